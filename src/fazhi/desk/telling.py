"""Telling: an entry that somebody was warned, never that a term lapsed, for that is read from the clocks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.ledger import Collision, Draft, extend, held, today
from fazhi.ledger import act as transaction
from fazhi.people.actors import machine

KIND = "warned"


def tell(matter: UUID, clock: str, thread: str, due: date, unit: UUID) -> bool:
    """Record once a clock and due day that the unit was warned; whether this was the first time."""
    key = f"warned/{clock}/{thread}/{due:%Y%m%d}/{unit}"
    with transaction("default"):
        view = held(matter)
        if any(line.key == key for line in view.entries):
            return False
        said = {"clock": clock, "due": due.isoformat(), "unit": str(unit)}
        try:
            extend(view, [Draft(KIND, today(), fields=said, thread=thread)], machine(unit), seen=view.head, key=key)
        except Collision:
            return False
    return True
