"""A real OpenID Connect provider on the loopback, for those who log in through another house."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import requests


@contextmanager
def provider_running() -> Iterator[str]:
    """Its address, until the block ends."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@contextmanager
def joined_to(provider: str) -> Iterator[str]:
    """This site as a client of that provider."""
    from django.test import override_settings

    with override_settings(FAZHI_OIDC_ISSUER=provider, FAZHI_OIDC_CLIENT="fazhi", FAZHI_OIDC_SECRET="secret"):
        yield provider


def person_at(provider: str, subject: str, username: str) -> None:
    """Somebody whom the provider knows."""
    requests.put(f"{provider}/users/{subject}", json={"preferred_username": username}, timeout=10).raise_for_status()


def way_back(asked: str, subject: str) -> str:
    """Where the provider sends somebody who logs in there at the address asked."""
    answer = requests.post(asked, data={"sub": subject}, allow_redirects=False, timeout=10)
    return unescape(answer.headers["Location"])
