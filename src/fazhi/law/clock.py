"""What a reading gives: clocks with their dates and states, and what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from fazhi.law.count import Count
from fazhi.law.finding import Finding
from fazhi.law.matter import Fact
from fazhi.law.procedure import ClockRule, FactKind, Procedure
from fazhi.law.term import Term

State = Literal["running", "paused", "ripe", "met", "early", "late", "lapsed", "dropped", "disputed"]

HORIZON = date.max
"""A `now` so far away that every run is seen to its end, if nothing further happens."""


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """What moved a clock: `until` is the day a pause ended, `days` how far the end moved."""

    kind: Literal["pause", "extension", "restart"]
    fact: Fact
    until: date | None = None
    days: int = 0
    term: Term | None = None


@dataclass(slots=True)
class Clock:
    """One run of a rule in one thread, as read at a moment."""

    rule: ClockRule
    thread: str
    started: Fact
    start: date
    state: State = "running"
    due: date | None = None
    due_moment: datetime | None = None
    strict: date | None = None
    warned_by: date | None = None
    other_due: date | None = None
    earliest: date | None = None
    reminded: date | None = None
    provisional: bool = False
    ended: Fact | None = None
    ended_on: date | None = None
    measured: int | None = None
    events: tuple[ClockEvent, ...] = ()
    count: Count | None = None
    page: Procedure | None = None

    @property
    def name(self) -> str:
        return self.rule.name

    @property
    def open(self) -> bool:
        """Whether nothing has ended the run yet; a lapsed run may be open."""
        return self.ended is None


@dataclass(frozen=True, slots=True)
class Note:
    """A finding about one fact, or about a run as a whole."""

    finding: Finding
    fact: Fact | None = None


@dataclass(slots=True)
class Reading:
    """A matter as it stands at a moment; `facts` are those that stand, heard and deemed ones among them, in order."""

    page: Procedure
    facts: tuple[Fact, ...]
    clocks: tuple[Clock, ...]
    deemed: tuple[Fact, ...] = ()
    notes: tuple[Note, ...] = ()
    closed: date | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(note.finding for note in self.notes)

    def clock(self, name: str, thread: str = "") -> Clock | None:
        """The last run of a rule in a thread."""
        return next((c for c in reversed(self.clocks) if c.name == name and c.thread == thread), None)


@dataclass(frozen=True, slots=True)
class Possible:
    """A kind of fact, and what stands against recording it now; nothing: it is lawful."""

    kind: FactKind
    findings: tuple[Finding, ...] = ()

    @property
    def barred(self) -> bool:
        return any(finding.severity == "barred" for finding in self.findings)

    @property
    def lawful(self) -> bool:
        return not any(finding.severity in ("barred", "unlawful") for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Change:
    """What a fact would do to one clock."""

    kind: Literal["starts", "stops", "drops", "pauses", "resumes", "moves", "vanishes"]
    rule: ClockRule
    thread: str
    before: Clock | None
    after: Clock | None

    @property
    def moved(self) -> tuple[date | None, date | None]:
        """The due day before and after."""
        return self.before.due if self.before else None, self.after.due if self.after else None
