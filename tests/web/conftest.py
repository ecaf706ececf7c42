"""A district with people who can log in."""

from __future__ import annotations

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
