"""How far a run reaches: its pauses and extensions, taken in order of happening."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from fazhi.law import messages
from fazhi.law.clock import ClockEvent, Note
from fazhi.law.count import Count, Ends, Pauses, ends
from fazhi.law.matter import Fact
from fazhi.law.moment import as_moment, start_of
from fazhi.law.order import concerns
from fazhi.law.procedure import Procedure
from fazhi.law.run import Run, granted
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays


class Reach:
    """One reading of a run's term, with what has moved it so far."""

    __slots__ = ("_ended", "_given", "_pauses", "calendar", "notes", "page", "rolls", "run", "terms")

    def __init__(self, run: Run, term: Term, page: Procedure, calendar: Workdays, *, minimum: bool = False) -> None:
        self.run = run
        self.page = page
        self.calendar = calendar
        self.rolls = not minimum and page.rolls_for(run.rule) != "never"
        self.terms = [term]
        self.notes: list[Note] = []
        self._pauses: list[Fact] = []
        self._ended: dict[int, Fact] = {}
        self._given: list[tuple[Fact, Term]] = []
        for fact in run.moves:
            self._take(fact, lengthens=not minimum)

    def count(self, until: Fact | date) -> Count:
        """The arithmetic of the run, an open pause lasting until this fact or day."""
        run, lost = self.run, 0
        pauses: Pauses = ()
        if self._pauses:
            spans = [(begun, self._ended.get(at, until)) for at, begun in enumerate(self._pauses)]
            pauses = _merged((begun.day, _day_of(end)) for begun, end in spans)
            if self.terms[0].unit == "hours":
                lost = _minutes((_hour_of(begun), _hour_of(end)) for begun, end in spans)
        backward = bool(run.rule.before)
        return Count(run.start, tuple(self.terms), pauses, run.moment, lost, backward, self.rolls)

    def ends(self, until: Fact | date) -> Ends:
        return ends(self.count(until), self.calendar)

    @property
    def paused(self) -> bool:
        """Whether a pause has not ended."""
        return len(self._ended) < len(self._pauses)

    def events(self) -> tuple[ClockEvent, ...]:
        """What moved the run, in order of happening."""
        if not (self.run.restarts or self._pauses or self._given):
            return ()
        found = [ClockEvent("restart", fact) for fact in self.run.restarts]
        for at, begun in enumerate(self._pauses):
            end = self._ended.get(at)
            found.append(ClockEvent("pause", begun, end.day if end else None, self._units(begun, end)))
        found.extend(ClockEvent("extension", fact, term=term) for fact, term in self._given)
        return tuple(sorted(found, key=lambda event: event.fact.day))

    def _units(self, begun: Fact, end: Fact | None) -> int:
        """Days, or working days, of a pause that has ended."""
        if end is None:
            return 0
        if self.terms[0].unit == "working days":
            return self.calendar.until(end.day.toordinal() - 1) - self.calendar.until(begun.day.toordinal() - 1)
        return (end.day - begun.day).days

    def _take(self, fact: Fact, *, lengthens: bool) -> None:
        rule = self.run.rule
        for at, begun in enumerate(self._pauses):
            if at not in self._ended and fact.kind in rule.pauses[begun.kind] and concerns(fact.thread, begun.thread):
                self._ended[at] = fact
        if fact.kind in rule.pauses and not self._has_open(fact) and not self._lapsed(fact):
            self._pauses.append(fact)
        if fact.kind in rule.extended_by and lengthens and not self._lapsed(fact):
            self._extend(fact)

    def _has_open(self, fact: Fact) -> bool:
        """Whether this very pause is under way already."""
        return any(
            at not in self._ended and begun.kind == fact.kind and begun.thread == fact.thread
            for at, begun in enumerate(self._pauses)
        )

    def _lapsed(self, fact: Fact) -> bool:
        reached = self.ends(fact)
        if not _is_after(fact, reached):
            return False
        self.notes.append(Note(messages.lapsed_already(self.page, self.run.rule, fact.kind, reached.due), fact))
        return True

    def _extend(self, fact: Fact) -> None:
        rule = self.run.rule
        if rule.times is not None and len(self._given) >= rule.times:
            self.notes.append(Note(messages.extended_too_often(self.page, rule, fact.kind), fact))
            return
        asked, most = granted(fact), rule.extension
        given = asked or most
        if asked and most and self._with(asked, fact) > self._with(most, fact):
            self.notes.append(Note(messages.extended_too_long(self.page, rule, fact.kind, asked, most), fact))
            given = most
        if given:
            self.terms.append(given)
            self._given.append((fact, given))

    def _with(self, extension: Term, fact: Fact) -> datetime:
        """How far the run would reach: extensions are compared by that, for their units may differ."""
        count = self.count(fact)
        longer = Count(count.start, (*count.terms, extension), count.pauses, count.moment, count.lost)
        reached = ends(longer, self.calendar)
        return reached.moment or as_moment(reached.last)


def lapsed_before(run: Run, fact: Fact, page: Procedure, calendar: Workdays) -> bool:
    """Whether a run was over when a fact happened: by both readings of its term, or its minimum if that deems."""
    rule = run.rule
    if run.terms:
        return all(_is_after(fact, Reach(run, term, page, calendar).ends(fact)) for term in run.terms)
    if rule.at_least and rule.deems:
        return _is_after(fact, Reach(run, rule.at_least, page, calendar, minimum=True).ends(fact))
    return False


def _is_after(fact: Fact, reached: Ends) -> bool:
    if reached.moment and fact.moment:
        return as_moment(fact.moment) > reached.moment
    return fact.day > reached.due


def _day_of(end: Fact | date) -> date:
    return end.day if isinstance(end, Fact) else end


def _hour_of(end: Fact | date) -> datetime:
    if isinstance(end, Fact):
        return as_moment(end.moment) if end.moment else start_of(end.day)
    return start_of(end)


def _merged(spans: Iterable[tuple[date, date]]) -> Pauses:
    """Overlapping spans count once."""
    result: list[tuple[date, date]] = []
    for begin, end in sorted(spans):
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > begin:
            result.append((begin, end))
    return tuple(result)


def _minutes(spans: Iterable[tuple[datetime, datetime]]) -> int:
    total, reached = timedelta(), datetime.min  # noqa: DTZ901 - moments here are China's, without zone
    for begin, end in sorted(spans):
        total += max(end - max(begin, reached), timedelta())
        reached = max(reached, end)
    return total // timedelta(minutes=1)
