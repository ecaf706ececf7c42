"""The entry: what is handed in (Draft), what stands in the record (EntryLine), and why it is refused (Collision)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it is recorded. `fields` are declared codes and stay on the line for good; `body` is free text,
    encrypted and erasable. `corrects` is the seq of the entry whose place this one takes."""

    kind: str
    day: date
    moment: datetime | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    corrects: int | None = None
    strikes: bool = False


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line as recorded. `commitment` is HMAC-SM3(salt, body), empty without a body; digests read `sm3:<hex>`."""

    id: int
    matter: UUID
    seq: int
    kind: str
    page: str
    day: date
    moment: datetime | None
    thread: str
    fields: Mapping[str, str]
    unit: UUID
    post: UUID | None
    account: UUID | None
    face: str
    corrects: int | None
    strikes: bool
    key: str
    commitment: str
    body_key: str
    recorded_at: datetime
    prev: str
    digest: str


@dataclass(frozen=True, slots=True)
class Appended:
    """The answer to an append; `repeated` when the same key had already been recorded and nothing was written."""

    matter: UUID
    seq: int
    entry: int
    recorded_at: datetime
    repeated: bool = False
    number: str | None = None


class Opening(TypedDict, total=False):
    """What an opening may say beside its first entry. `unit` receives; without it the actor's unit does."""

    unit: UUID
    parent: UUID
    parent_thread: str
    old_number: str
    external_number: str


@dataclass(frozen=True, slots=True)
class Since:
    """An entry recorded since the reader last looked: enough to say who and what, nothing personal."""

    seq: int
    kind: str
    unit: UUID
    post: UUID | None
    account: UUID | None
    recorded_at: datetime


class Collision(Exception):
    """Somebody recorded in the matter meanwhile: `since` has who and what, `head` is the seq to read again from."""

    def __init__(self, matter: UUID, seen: int, head: int, since: tuple[Since, ...] = ()) -> None:
        self.matter, self.seen, self.head, self.since = matter, seen, head, since
        super().__init__(f"本件已有新的记录（您看到第{seen}条，现为第{head}条），这次没有记入。请看过后再提交一次。")


class KeyUsed(ValueError):
    """One idempotency key for two different acts of a matter: the second would be lost, so it is refused."""


class UnknownMatter(LookupError):
    """No such matter in the record."""
