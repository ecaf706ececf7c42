"""Warnings of terms about to end: people are reminded, then it is recorded as told. A lapse is never recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from fazhi.desk.telling import tell, told_key
from fazhi.jobs.reminding import remind_of_term
from fazhi.law import Clock
from fazhi.ledger import MatterView, query, read_many, today
from fazhi.reach.involved import involved
from fazhi.reminders.whom import Recipients

AHEAD = timedelta(days=3)
LONGEST_REST = timedelta(days=12)  # a rest period may lie between the day to be warned by and the day due
STALE = timedelta(days=30)  # who let a term pass this long ago has been told, or entered the matter late
BATCH = 200
OURS = ("", "office")

_DUE = """
select distinct matter from worklist_row
where live and lane = 'ours' and by_day between %s and %s order by matter
"""


def warn() -> int:
    """Warn the unit whose duty it is once a clock and due day; how many warnings were new."""
    day = today()
    people = Recipients(day)
    matters = [row[0] for row in query.fetch("default", _DUE, [day - STALE, day + AHEAD + LONGEST_REST])]
    told = 0
    for start in range(0, len(matters), BATCH):
        for view in read_many(matters[start : start + BATCH]).values():
            for clock in _ending(view, day):
                told += _warn(view, clock, people)
    return told


def _ending(view: MatterView, day: date) -> Iterator[Clock]:
    for clock in view.horizon.clocks:
        if clock.due is None or clock.ended is not None or clock.state in ("dropped", "paused"):
            continue
        watch = min(clock.warned_by or clock.due, clock.due)
        if clock.rule.by in OURS and clock.start <= day and watch - AHEAD <= day <= clock.due + STALE:
            yield clock


def _warn(view: MatterView, clock: Clock, people: Recipients) -> bool:
    assert clock.due is not None
    unit = involved(view).unit_for(clock.thread)
    key = told_key(clock.rule.name, clock.thread, clock.due, unit)
    if any(line.key == key for line in view.entries):
        return False
    remind_of_term(view, clock, unit, people)
    return tell(view.id, clock.rule.name, clock.thread, clock.due, unit)
