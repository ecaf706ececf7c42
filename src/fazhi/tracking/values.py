"""What the holder of a matter sees of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from fazhi.law import Explanation, Title

Tone = Literal["waiting", "yours", "paused", "late", "done"]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened, on its lawful day; `deemed` is what the law takes as done because a term was over.

    `at` stands where the hour is known.
    """

    title: Title
    day: date
    deemed: bool
    letter: str
    kind: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Own:
    """What the holder said through the public pages, in full; nothing but its day once it was erased."""

    title: Title
    day: date
    texts: tuple[str, ...]
    files: tuple[str, ...]
    erased: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A term that runs now. `due` is None while it is paused; `yours`: it is the holder's to act, not the office's.

    `status` is the legal force of the source; `provisional` says that a calendar notice to come may move the day.
    """

    rule: str
    thread: str
    title: Title
    due: date | None
    late: bool
    paused: bool
    yours: bool
    acts: tuple[Title, ...]
    provisional: bool
    source: str
    status: str
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A day that a letter had told, and what a holiday notice made of it since."""

    letter: str
    was: date
    due: date


@dataclass(frozen=True, slots=True)
class State:
    """Where the matter stands, in plain words."""

    title: Title
    tone: Tone


@dataclass(frozen=True, slots=True)
class Onward:
    """Another procedure that the matter was handed on to: what, where it stands, and since when."""

    title: Title
    number: str
    unit: UUID
    opened: date
    state: State


@dataclass(frozen=True, slots=True)
class Led:
    """The matter that leads a joined one: who handles it, and where it stands."""

    unit: UUID
    state: State


@dataclass(frozen=True, slots=True)
class Tracking:
    """A matter as its holder sees it. `acts` names what the holder may lawfully record now."""

    matter: UUID
    procedure: str
    title: Title
    number: str
    unit: UUID
    opened: date
    closed: date | None
    state: State
    steps: tuple[Step, ...]
    next_due: Term | None
    awaited: tuple[Term, ...]
    reply: str | None
    """Text of the reply; None while there is none; see `reply_erased`."""
    reply_erased: bool
    acts: frozenset[str]
    head: int
    own: tuple[Own, ...] = ()
    onward: tuple[Onward, ...] = ()
    led: Led | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def may_rate(self) -> bool:
        return "rated" in self.acts

    @property
    def may_add(self) -> bool:
        return "supplemented" in self.acts

    @property
    def may_withdraw(self) -> bool:
        return "withdrawn" in self.acts
