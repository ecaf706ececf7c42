"""What is known of an operation, what may come of one, and how one ends before its end."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: `words` for the asker, a file with its name, whose matters stand in that file, an address where
    the rest is seen, and rows of cells that tell the rest. Of a file none of whose rows is a matter's, nothing more is
    asked than whether the post may still have it."""

    words: str
    name: str = ""
    data: bytes = b""
    matters: Collection[UUID] = ()
    href: str = ""
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One long work as its asker sees it. `total` is None where nobody knows how much there is to do."""

    id: UUID
    account: UUID
    post: UUID
    kind: str
    language: str
    state: State
    stopping: bool
    tries: int
    done: int
    total: int | None
    asked: datetime
    began: datetime | None
    ended: datetime | None
    expires: datetime | None
    seen: datetime | None
    title: str
    given: Mapping[str, str]
    brought: UUID | None = None
    file: UUID | None = None
    words: str = ""
    href: str = ""
    rows: Sequence[Sequence[str]] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def share(self) -> int | None:
        """How much of a hundred is done, as far as that is known."""
        return min(100, 100 * self.done // self.total) if self.total else None


class CannotDo(ValueError):
    """It cannot be done, or not any more; the text says why and what would help."""


class Cancelled(Exception):
    """Its asker wants it no longer."""


class Interrupted(Exception):
    """The process ends; the work is taken up again by the next one."""


class Absent(LookupError):
    """There is no such operation, or none of this person's."""
