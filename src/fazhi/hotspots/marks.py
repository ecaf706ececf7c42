"""Terms of a message as keyed marks: what it names is found again in other messages without standing in a table."""

from __future__ import annotations

import hmac
from base64 import b64encode
from datetime import datetime
from functools import lru_cache

from fazhi.hotspots.places import keyed, where
from fazhi.hotspots.terms import terms_of
from fazhi.hotspots.voices import Voice
from fazhi.people import sealing

MOST = 32
"""Marks kept of a message, the heaviest terms first."""


def marks_of(title: str, text: str) -> tuple[str, ...]:
    """Marks of the heaviest terms; the same text gives the same marks on one site and others on another."""
    return tuple(mark(term) for term in heaviest(title, text))


def places_of(title: str, text: str, place: str = "") -> tuple[str, ...]:
    """Marks of the places a message names, to be held against those of another by `one_place`."""
    return keyed(where(title, text, place), mark)


@lru_cache(maxsize=2048)
def heaviest(title: str, text: str) -> tuple[str, ...]:
    """The terms of a message that weigh most, in the clear; for what is compared and not kept."""
    terms = terms_of(Voice("", "", datetime.min, title, text))  # noqa: DTZ901 - the moment is not read
    return tuple(sorted(terms, key=lambda term: (-terms[term], -len(term), term))[:MOST])


@lru_cache(maxsize=200_000)
def mark(term: str) -> str:
    """A keyed mark of 48 bits."""
    return b64encode(hmac.digest(_key(), term.encode(), "sha256")[:6]).decode()


@lru_cache(maxsize=1)
def _key() -> bytes:
    return sealing.mark("hotspots", "terms").encode()
