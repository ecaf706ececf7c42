"""Letters that tell of a threat to life: who works on them is told at once, whatever the hour."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from fazhi.ledger import query, read_many
from fazhi.ledger.day import lawful_day
from fazhi.people.actors import WORKING
from fazhi.reach.involved import involved
from fazhi.reminders.queue import remind
from fazhi.reminders.whom import Recipients
from fazhi.triage.record import KINDS, letter_of
from fazhi.triage.urgency import read_urgency

LOOKS_BACK: Final = timedelta(days=1)
MOST: Final = 200
_NEW = """
select id from ledger_matter where procedure = any (%s) and opened >= %s and not id = any (%s::uuid[])
order by opened, id limit %s
"""
_read: dict[UUID, date] = {}
"""What this process has read already, and when; after a restart it is read again, and told no second time."""


def tell_threats(people: Recipients) -> int:
    """Read the letters of today and yesterday for threats that stand; how many reminders are new."""
    since = people.day - LOOKS_BACK
    for matter in [one for one, day in _read.items() if day < since - LOOKS_BACK]:
        del _read[matter]
    rows = query.fetch("default", _NEW, [sorted(KINDS), since, list(_read), MOST])
    told = 0
    for matter, view in read_many([row[0] for row in rows], bodies=True).items():
        _read[matter] = people.day
        first = view.entries[0]
        if first.face == "import" or lawful_day(first.recorded_at) < since:
            continue
        if read_urgency(letter_of(view)).level == "at_once":
            unit = involved(view).unit_for("")
            whom = people.for_unit(view, unit, WORKING)
            told += remind("urgent", whom, matter=matter, thing=str(unit), urgent=True)
    return told
