"""A district with people who can log in, and clients in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from district import District, lay


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.unit("信访局", "区政府", organ_code="福访")
    laid.clerk("信访员", "信访局", "record", "publish", "reveal", "approve", "lead")
    laid.grant("信访员", "区政府", secrecy=1)
    return laid


@pytest.fixture
def at_desk(district: District) -> Callable[..., Any]:
    """A client logged in as one of the district's people; `enforce` asks for CSRF tokens as a browser does."""
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.test import Client

    cache.clear()

    def logged_in(name: str, *, enforce: bool = False) -> Client:
        client = Client(enforce_csrf_checks=enforce)
        client.force_login(get_user_model().objects.get(pk=district.accounts[name]))
        return client

    return logged_in
