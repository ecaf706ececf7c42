"""Whether a fact may enter the record: what is impossible is refused, what is unlawful is recorded and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from fazhi.law import messages
from fazhi.law.clock import HORIZON, Clock, Reading
from fazhi.law.fields import check_fields, read_day
from fazhi.law.finding import Finding
from fazhi.law.matter import Fact, Matter
from fazhi.law.moment import as_moment
from fazhi.law.order import concerns, standing
from fazhi.law.procedure import MOVES, NAMES_DAY, START, STOP, FactKind, Groups, Procedure
from fazhi.law.read import read_clocks
from fazhi.law.workdays import Workdays

EARLIEST = date(1949, 10, 1)
"""No act under the laws of the People's Republic is older; an earlier day is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stood when a fact happened: the clocks as they were then, and every other fact whenever it happened."""

    reading: Reading
    fact: Fact
    others: tuple[Fact, ...] = ()

    @property
    def page(self) -> Procedure:
        return self.reading.page

    def has(self, name: str) -> bool:
        """Whether such a fact is there, in a thread that concerns this one."""
        return any(other.kind == name and concerns(other.thread, self.fact.thread) for other in self.reading.facts)

    def value(self, field: str) -> str:
        """What is said of a field, by this fact or last before it; what this fact sets counts only after it."""
        for fact in (self.fact, *reversed(self.reading.facts)):
            kind = self.page.kind(fact.kind) if fact is not self.fact else None
            said = fact.fields.get(field) or (kind.sets.get(field) if kind else None)
            if said is not None and concerns(fact.thread, self.fact.thread):
                return said
        return ""

    def holds(self, when: FactKind) -> bool:
        """Whether the case is one that a fact is for; what the fact itself has yet to say does not speak against it."""
        open_fields = when.fields if when.name == self.fact.kind else {}
        return all(
            self.value(field) in accepted
            for field, accepted in when.when.items()
            if field in self.fact.fields or field not in open_fields
        )


def admit(matter: Matter, fact: Fact, *, now: datetime, calendar: Workdays) -> tuple[Finding, ...]:
    """What stands against recording a fact. Any `barred` finding: the record refuses it."""
    fact = _numbered(matter, fact)
    if wrong := _correction(matter, fact):
        return (wrong,)
    if fact.strikes:
        return tuple(_orphans(matter, fact, calendar))
    earlier, others = _around(matter, fact)
    reading = read_clocks(replace(matter, facts=earlier), fact.moment or fact.day, calendar)
    kind = reading.page.kind(fact.kind)
    if kind is None:
        return (messages.unknown_fact(reading.page, fact.kind),)
    found = [*_time(reading.page, kind, fact, as_moment(now)), *check_fields(reading.page, kind, fact)]
    found.extend(objections(Before(reading, fact, others), kind))
    found.extend(effects(reading.page, replace(matter, facts=(*earlier, fact)), kind, calendar))
    found.extend(_announced(reading.page, replace(matter, facts=(*earlier, fact)), kind, calendar))
    if fact.corrects is not None:
        found.extend(_orphans(matter, fact, calendar))
    return tuple(found)


def objections(before: Before, kind: FactKind) -> Iterator[Finding]:
    """What the page says against a fact, whatever its fields: order, cases, repetition, closed matters."""
    page = before.page
    if closing := _closed_by(before, kind):
        yield messages.closed(page, kind, closing)
    for group in kind.after:
        if not any(before.has(name) for name in group):
            yield messages.not_before(page, kind, group, "after")
    for group in _needed(before, kind.needs):
        if not any(before.has(name) for name in group):
            yield messages.not_before(page, kind, group, "needs")
    for name in kind.unless:
        if before.has(name):
            yield messages.too_late_after(page, kind, name)
    if not before.holds(kind):
        yield messages.not_this_case(page, kind)
    if not kind.repeats and (there := _told_already(before)):
        yield messages.told_already(page, kind, there)
    for clock in before.reading.clocks:
        if kind.name in clock.rule.opens and _still_runs(clock, before.fact):
            yield messages.not_over(page, kind, clock)


def _needed(before: Before, groups: Groups) -> Iterator[tuple[str, ...]]:
    """The groups of needed facts, without those that are not for such a case."""
    for group in groups:
        kinds = [(name, before.page.kind(name)) for name in group]
        needed = tuple(name for name, kind in kinds if kind is None or before.holds(kind))
        if needed:
            yield needed


def _closed_by(before: Before, kind: FactKind) -> Fact | None:
    """The fact that closed the matter, unless this one follows it or something that came later."""
    facts = before.reading.facts
    at = next((at for at, fact in enumerate(facts) if fact.kind in before.page.closing), None)
    if at is None or kind.name not in before.page.facts:
        return None
    later = {fact.kind for fact in facts[at:]}
    follows = any(name in later for group in kind.after for name in group)
    return None if follows else facts[at]


def _told_already(before: Before) -> Fact | None:
    heard_and_told = (*before.others, *before.reading.facts)
    fact = before.fact
    return next(
        (
            other
            for other in heard_and_told
            if other.kind == fact.kind and other.thread == fact.thread and not other.deemed
        ),
        None,
    )


def _still_runs(clock: Clock, fact: Fact) -> bool:
    """Whether a run that concerns the fact is open, and neither lapsed nor full the day before it."""
    if clock.ended or clock.state == "lapsed" or not concerns(clock.thread, fact.thread):
        return False
    return not (clock.due is None and clock.earliest and fact.day > clock.earliest)


def _numbered(matter: Matter, fact: Fact) -> Fact:
    last = max((other.entry for other in matter.facts), default=0)
    return replace(fact, entry=last + 1) if last and not fact.entry else fact


def _around(matter: Matter, fact: Fact) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """The facts that stand before this one, and all others that stand."""
    facts = standing((*matter.facts, fact))
    at = next(at for at, other in enumerate(facts) if other is fact)
    return tuple(facts[:at]), (*facts[:at], *facts[at + 1 :])


def _correction(matter: Matter, fact: Fact) -> Finding | None:
    if fact.corrects is None and not fact.strikes:
        return None
    known = any(other.entry == fact.corrects for other in matter.facts)
    return None if known else messages.no_such_entry(matter.page, fact.corrects)


def _time(page: Procedure, kind: FactKind, fact: Fact, now: datetime) -> Iterator[Finding]:
    if fact.day > now.date() or (fact.moment and as_moment(fact.moment) > now):
        yield messages.not_yet(page, kind, fact.day, now.date())
    if fact.day < EARLIEST:
        yield messages.too_old(page, kind, fact.day, EARLIEST)


def effects(page: Procedure, matter: Matter, kind: FactKind, calendar: Workdays) -> Iterator[Finding]:
    """What the last fact of a matter does to the clocks and should not: no hour, too much, too early, too late."""
    fact, roles = matter.facts[-1], page.roles.get(kind.name, ())
    for rule, role in roles:
        if role & (START | NAMES_DAY) and rule.term and rule.term.unit == "hours" and not fact.moment:
            yield messages.hour_missing(page, kind, rule)
    if not any(role & (STOP | MOVES) for _, role in roles):
        return
    after = read_clocks(matter, fact.moment or fact.day, calendar)
    for note in after.notes:
        if note.fact is fact:
            yield note.finding
    for clock in after.clocks:
        if clock.ended is fact and clock.state in ("early", "late", "disputed"):
            yield messages.ends_badly(page, kind, clock)


def _announced(page: Procedure, matter: Matter, kind: FactKind, calendar: Workdays) -> Iterator[Finding]:
    """A last day announced for comments that cuts short the time which the law leaves for them."""
    fact, course = matter.facts[-1], page.course
    told = fact.fields.get(course.last_day, "") if course and kind.name == course.draft else ""
    day = read_day(told)
    if course is None or day is None:
        return
    if day < fact.day:
        yield messages.ends_before_it_begins(page, kind, course.last_day, day)
    for clock in read_clocks(matter, fact.moment or fact.day, calendar).clocks:
        cut = clock.earliest is not None and day < clock.earliest and clock.started.entry == fact.entry
        if cut and set(clock.rule.stops) & set(course.until):
            yield messages.announced_too_short(page, clock, day, course.last_day)


def _orphans(matter: Matter, fact: Fact, calendar: Workdays) -> Iterator[Finding]:
    """The facts that a correction would leave without what they come after."""
    already = {other.entry for _, other in _groundless(read_clocks(matter, HORIZON, calendar))}
    corrected = read_clocks(replace(matter, facts=(*matter.facts, fact)), HORIZON, calendar)
    for kind, other in _groundless(corrected):
        if other is not fact and other.entry not in already:
            yield messages.orphaned(corrected.page, kind, other)


def _groundless(reading: Reading) -> Iterator[tuple[FactKind, Fact]]:
    """Recorded facts that stand before what they must come after."""
    for at, fact in enumerate(reading.facts):
        kind = reading.page.kind(fact.kind)
        if fact.deemed or kind is None:
            continue
        there = [other for other in reading.facts[:at] if concerns(other.thread, fact.thread)]
        if not all(any(other.kind in group for other in there) for group in kind.after):
            yield kind, fact
