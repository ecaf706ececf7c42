"""Telling anew: who was told a due day, by a warning or a letter, is told the day that a holiday notice makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.desk.lettering import DUES
from fazhi.desk.lettering import KIND as LETTER
from fazhi.desk.telling import KIND as WARNED
from fazhi.desk.telling import tell, told_key
from fazhi.jobs.reminding import remind_of_term
from fazhi.jobs.warn import BATCH
from fazhi.law import Clock
from fazhi.ledger import MatterView, query, read_many, today
from fazhi.ledger.entry import EntryLine
from fazhi.reach.involved import involved
from fazhi.reminders.whom import Recipients

_LIVE = "select distinct matter from worklist_row where live order by matter"


@dataclass(frozen=True, slots=True)
class Told:
    """A due day as it was told in one entry: to a unit, or in a letter."""

    seq: int
    due: date
    letter: str = ""


def retell(matters: Iterable[UUID] | None = None) -> int:
    """Tell every open matter, or these, what has moved since it was told; how many tellings were new."""
    ids = list(matters) if matters is not None else [row[0] for row in query.fetch("default", _LIVE)]
    told, people = 0, Recipients(today())
    for start in range(0, len(ids), BATCH):
        for view in read_many(ids[start : start + BATCH]).values():
            told += sum(_retell(view, clock, one, people) for clock, one in moved(view))
    return told


def moved(view: MatterView) -> Iterator[tuple[Clock, Told]]:
    """Each open clock whose due day is another than was told of it last, though nothing was recorded that moves it."""
    for clock in view.horizon.clocks:
        if clock.due is None or clock.ended is not None or clock.state == "dropped":
            continue
        since = max((clock.started.entry, *(event.fact.entry for event in clock.events)))
        last = {one.letter: one for one in _told(view, clock) if one.seq > since}
        yield from ((clock, one) for one in last.values() if one.due != clock.due)


def _told(view: MatterView, clock: Clock) -> Iterator[Told]:
    """What was told of a clock, in order: to the unit, in a letter, or to the unit about a letter."""
    for line in view.entries:
        if line.kind == WARNED and line.fields.get("clock") == clock.name and line.thread == clock.thread:
            yield Told(line.seq, date.fromisoformat(line.fields["due"]), line.fields.get("letter", ""))
        elif line.kind == LETTER and (due := _in_letter(line, clock)):
            yield Told(line.seq, due, line.fields["letter"])


def _in_letter(line: EntryLine, clock: Clock) -> date | None:
    pairs = (one.rpartition("=") for one in line.fields.get(DUES, "").split())
    return next((date.fromisoformat(day) for name, _, day in pairs if name == f"{clock.name}#{clock.thread}"), None)


def _retell(view: MatterView, clock: Clock, one: Told, people: Recipients) -> bool:
    assert clock.due is not None
    unit = involved(view).unit_for(clock.thread)
    key = told_key(clock.name, clock.thread, clock.due, unit, one.letter, moved=True)
    if any(line.key == key for line in view.entries):
        return False
    remind_of_term(view, clock, unit, people)
    return tell(view.id, clock.name, clock.thread, clock.due, unit, was=one.due, letter=one.letter)
