"""One run of a clock while its facts are being followed."""

from __future__ import annotations

from datetime import date, datetime

from fazhi.law.matter import Fact
from fazhi.law.moment import as_moment
from fazhi.law.procedure import ClockRule, Procedure
from fazhi.law.term import Term

RunKey = tuple[str, str, str, date, int, date]
"""Rule, thread, kind and day and entry of the fact that started it, and the day it counts from."""


class Run:
    """`start` is counted from; `moves` are the facts that may pause or extend it, since it last began afresh."""

    __slots__ = (
        "at",
        "ended",
        "ended_at",
        "judged",
        "moment",
        "moves",
        "restarts",
        "rule",
        "start",
        "started",
        "term",
        "thread",
    )

    def __init__(self, rule: ClockRule, fact: Fact, thread: str, at: int, start: date, term: Term | None) -> None:
        self.rule = rule
        self.started = fact
        self.thread = thread
        self.at = at
        self.start = start
        self.term = term
        self.moment: datetime | None = as_moment(fact.moment) if fact.moment else None
        self.moves: list[Fact] = []
        self.restarts: list[Fact] = []
        self.ended: Fact | None = None
        self.ended_at = -1
        self.judged = False

    @property
    def key(self) -> RunKey:
        by = self.started
        return self.rule.name, self.thread, by.kind, by.day, by.entry, self.start

    @property
    def terms(self) -> tuple[Term, ...]:
        """The readings of the limit: the term, and the other reading of the page's own words."""
        other = self.rule.or_term
        if self.term is None:
            return ()
        return (self.term, other.term) if other and self.term is self.rule.term else (self.term,)

    def begin_afresh(self, fact: Fact, at: int, start: date, term: Term | None) -> None:
        """Earlier pauses and extensions are gone; a newly named day also replaces the one that named the old."""
        self.start, self.term, self.moves = start, term, []
        self.moment = as_moment(fact.moment) if fact.moment else None
        if self.rule.before:
            self.started, self.at = fact, at
        else:
            self.restarts.append(fact)


def counted_from(rule: ClockRule, fact: Fact) -> date | None:
    """The day of the fact, or the day it names when the clock counts back; None if it names none."""
    if not rule.before:
        return fact.day
    try:
        return date.fromisoformat(fact.fields.get("day", ""))
    except ValueError:
        return None


def term_of(rule: ClockRule, fact: Fact, page: Procedure) -> Term | None:
    """The length that the starting fact grants, else the rule's own; what extends a clock grants nothing to others."""
    if "lasts" not in fact.fields or fact.kind in page.extending or (rule.at_least and not rule.term):
        return rule.term
    return granted(fact) or rule.term


def granted(fact: Fact) -> Term | None:
    """The length a fact says it grants, if it says one that can be read."""
    try:
        return Term.parse(fact.fields["lasts"]) if "lasts" in fact.fields else None
    except ValueError:
        return None
