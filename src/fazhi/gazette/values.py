"""What anyone may read of a publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.law import Title


@dataclass(frozen=True, slots=True)
class Item:
    """One publication; `withdrawn` ones have a reason and no text. `status` is that of the source's legal force."""

    id: str
    list: str
    procedure: Title
    act: Title
    unit: UUID
    number: str
    title: str
    text: str
    happened: date | None
    day: date
    source: str
    status: str
    withdrawn: date | None
    reason: str
    procedure_name: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Items newest first; `after` asks for the next page and is empty on the last."""

    items: tuple[Item, ...]
    after: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed, without an address: the door that serves it knows its own."""

    id: str
    title: str
    summary: str
    day: date


@dataclass(frozen=True, slots=True)
class Feed:
    """A list as a feed; `updated` is the day of the newest entry."""

    title: str
    entries: tuple[FeedEntry, ...]
    updated: date | None
