"""Warnings of terms about to end: written out for sending, then recorded as told. A lapse is never recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from fazhi.desk.telling import tell, told_key
from fazhi.law import Clock
from fazhi.ledger import MatterView, query, read_many, today
from fazhi.reach.involved import involved

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
    matters = [row[0] for row in query.fetch("default", _DUE, [day - STALE, day + AHEAD + LONGEST_REST])]
    told = 0
    for start in range(0, len(matters), BATCH):
        for view in read_many(matters[start : start + BATCH]).values():
            for clock in _ending(view, day):
                told += _warn(view, clock)
    return told


def _ending(view: MatterView, day: date) -> Iterator[Clock]:
    for clock in view.horizon.clocks:
        if clock.due is None or clock.ended is not None or clock.state in ("dropped", "paused"):
            continue
        watch = min(clock.warned_by or clock.due, clock.due)
        if clock.rule.by in OURS and clock.start <= day and watch - AHEAD <= day <= clock.due + STALE:
            yield clock


def _warn(view: MatterView, clock: Clock) -> bool:
    assert clock.due is not None
    unit = involved(view).unit_for(clock.thread)
    key = told_key(clock.rule.name, clock.thread, clock.due, unit)
    if any(line.key == key for line in view.entries):
        return False
    send(view.id, clock, unit)
    return tell(view.id, clock.rule.name, clock.thread, clock.due, unit)


def send(matter: UUID, clock: Clock, unit: UUID, *, was: date | None = None, letter: str = "") -> Path:
    """The sending adapter: one file a warning for whatever carries messages on; nothing personal in it. `was` is the
    due day told before, `letter` the letter that states it."""
    folder = Path(settings.FAZHI_HOME) / "outbox"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    said: dict[str, object] = {"matter": str(matter), "unit": str(unit)}
    said |= {"clock": clock.rule.name, "due": str(clock.due)}
    name = f"{clock.due:%Y%m%d}-{clock.rule.name}-{matter.hex}.json"
    if was is not None and clock.due is not None:
        said |= {"was": str(was), "earlier": clock.due < was} | ({"letter": letter} if letter else {})
        name = f"moved-{name.removesuffix('.json')}{f'-{letter}' if letter else ''}.json"
    part = folder / f"{name}.part"
    part.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return part.replace(folder / name)
