"""Reading the clocks of a matter: deemed facts until nothing new follows, sub-matters, and pages that take over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from fazhi.law.clock import Clock, Note, Reading
from fazhi.law.follow import Follow
from fazhi.law.judge import deemed, judge, over_on
from fazhi.law.matter import Fact, Matter
from fazhi.law.moment import as_moment
from fazhi.law.order import concerns, happened, merged, standing
from fazhi.law.procedure import Procedure
from fazhi.law.run import Run, RunKey
from fazhi.law.workdays import Workdays

Told = tuple[str, str, Fact]
"""The thread a sub-matter is heard in, the name of its page, and a fact of it."""

Judged = tuple[Run, Clock, list[Note]]

_ROUNDS = 50
"""No page chains so many deemed facts; one whose facts deem one another in a circle is left here."""


def read_clocks(matter: Matter, now: datetime | date, calendar: Workdays) -> Reading:
    """Every run of every clock as it stands at a moment; a day means its end, HORIZON the end of all."""
    moment = as_moment(now)
    facts = happened(standing(matter.facts), moment)
    told = list(_told(matter, moment, calendar))
    reading = _read_page(matter.page, merged(facts, _heard(matter.page, told)), moment, calendar)
    for page in sorted(matter.later, key=lambda later: later.in_force):
        if page.in_force <= moment.date() and _takes_over(page, reading):
            earlier = [fact for fact in reading.deemed if fact.day < page.in_force]
            known = merged(facts, [*_heard(page, told), *earlier])
            reading = _handed_over(reading, _read_page(page, known, moment, calendar))
    return reading


def _read_page(page: Procedure, facts: list[Fact], now: datetime, calendar: Workdays) -> Reading:
    by_law: dict[RunKey, Fact] = {}
    names = frozenset(page.clocks)
    read: dict[str, list[Judged]] = {name: [] for name in page.clocks}
    for _ in range(_ROUNDS):
        timeline = merged(facts, list(by_law.values()))
        follow = Follow(page, calendar, names, {id(fact): key for key, fact in by_law.items()})
        read.update(_judged(page, follow.all(timeline), timeline, now, calendar))
        found = _taken_as_done(page, read, facts, now)
        if found == by_law:
            break
        names, by_law = _touched(page, by_law, found), found
    judged = [one for name in page.clocks for one in read[name]]
    return Reading(
        page,
        tuple(timeline),
        tuple(clock for _, clock, _ in judged),
        tuple(sorted(by_law.values(), key=lambda fact: fact.day)),
        tuple(note for _, _, notes in judged for note in notes),
        next((fact.day for fact in timeline if fact.kind in page.closing), None),
    )


def _touched(page: Procedure, before: dict[RunKey, Fact], after: dict[RunKey, Fact]) -> frozenset[str]:
    """The clocks that must be read again because deemed facts have come or gone."""
    changed = {told[key].kind for told in (before, after) for key in told if before.get(key) != after.get(key)}
    sets = any(kind.sets for name in changed if (kind := page.kind(name)))
    if sets or changed & page.closing:
        return frozenset(page.clocks)
    return frozenset(rule.name for name in changed for rule, _ in page.roles.get(name, ()))


def _judged(
    page: Procedure, runs: dict[str, list[Run]], timeline: list[Fact], now: datetime, calendar: Workdays
) -> Iterator[tuple[str, list[Judged]]]:
    """The runs of each clock that belong to the case, judged."""
    values = _values(page, timeline) if page.cases else {}
    for name, of_rule in runs.items():
        judged = [(run, *judge(run, page, calendar, now)) for run in of_rule]
        yield name, [one for one in judged if not one[0].rule.when or _belongs(one[0], one[1], values)]


def _values(page: Procedure, timeline: list[Fact]) -> dict[str, list[tuple[int, Fact, str]]]:
    """What was said of each field that decides cases, the latest first."""
    said: dict[str, list[tuple[int, Fact, str]]] = {}
    for at, fact in enumerate(timeline):
        kind = page.kind(fact.kind)
        given = {**kind.sets, **fact.fields} if kind and kind.sets else fact.fields
        for name, value in given.items():
            if name in page.cases:
                said.setdefault(name, []).insert(0, (at, fact, value))
    return said


def _belongs(run: Run, clock: Clock, values: dict[str, list[tuple[int, Fact, str]]]) -> bool:
    """Whether the run is of such a case, by what had been said before it ended or was over."""
    over = over_on(clock)
    for name, accepted in run.rule.when.items():
        latest = ""
        for at, fact, value in values.get(name, ()):
            before_end = run.ended is None or at < run.ended_at
            before_over = over is None or fact.day < over or (fact.day == over and not fact.deemed)
            if before_end and before_over and concerns(fact.thread, run.thread):
                latest = value
                break
        if latest not in accepted:
            return False
    return True


def _taken_as_done(
    page: Procedure, read: dict[str, list[Judged]], facts: Sequence[Fact], now: datetime
) -> dict[RunKey, Fact]:
    """The deemed facts of all runs that are over; what happens once is taken as done once, by the earliest."""
    found: dict[RunKey, Fact] = {}
    candidates = [
        (run.key, fact) for name in page.deeming for run, clock, _ in read[name] if (fact := deemed(clock, now))
    ]
    for key, fact in sorted(candidates, key=lambda pair: pair[1].day):
        kind = page.kind(fact.kind)
        there = (*facts, *found.values())
        if (kind and kind.repeats) or not any(_same_act(other, fact) for other in there):
            found[key] = fact
    return found


def _same_act(other: Fact, fact: Fact) -> bool:
    return other.kind == fact.kind and other.day <= fact.day and concerns(other.thread, fact.thread)


def _told(matter: Matter, now: datetime, calendar: Workdays) -> Iterator[Told]:
    """What the sub-matters tell, deemed facts too."""
    for thread, children in matter.children.items():
        for child in children:
            for fact in read_clocks(child, now, calendar).facts:
                yield thread, child.page.name, fact


def _heard(page: Procedure, told: list[Told]) -> list[Fact]:
    """What the facts of sub-matters become on this page, with those fields that it knows."""
    heard: list[Fact] = []
    for thread, name, fact in told:
        for becomes in (*page.heard.get((name, fact.kind), ()), *page.heard.get(("", fact.kind), ())):
            kind = page.kind(becomes)
            fields = {key: value for key, value in fact.fields.items() if kind and key in kind.fields}
            heard.append(Fact(becomes, fact.day, fact.moment, fields, thread, deemed=fact.deemed))
    return heard


def _takes_over(page: Procedure, reading: Reading) -> bool:
    """Whether a page takes over on its first day: the matter is open and has none of the facts that keep it."""
    if page.transition is None or page.in_force <= reading.page.in_force:
        return False
    keeping = reading.page.closing | set(page.transition.unless)
    return not any(fact.kind in keeping for fact in reading.facts if fact.day < page.in_force)


def _handed_over(old: Reading, new: Reading) -> Reading:
    """Runs that were over before the handover stay as the old page judged them."""
    day = new.page.in_force
    clocks = [clock for clock in old.clocks if _done_before(clock, day)]
    clocks += [clock for clock in new.clocks if not _done_before(clock, day)]
    notes = [note for note in old.notes if note.fact and note.fact.day < day]
    notes += [note for note in new.notes if not note.fact or note.fact.day >= day]
    by_law = [fact for fact in old.deemed if fact.day < day] + list(new.deemed)
    return Reading(new.page, new.facts, tuple(clocks), tuple(by_law), tuple(notes), new.closed)


def _done_before(clock: Clock, day: date) -> bool:
    over = over_on(clock)
    return (clock.ended_on is not None and clock.ended_on < day) or (over is not None and over < day)
