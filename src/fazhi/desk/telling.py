"""Telling: an entry that somebody was warned, never that a term lapsed, for that is read from the clocks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.ledger import Collision, Draft, extend, held, today
from fazhi.ledger import act as transaction
from fazhi.people.actors import machine

KIND = "warned"


def told_key(clock: str, thread: str, due: date, unit: UUID, letter: str = "", *, moved: bool = False) -> str:
    """Under which a telling is known, so that it is told once."""
    return f"{'moved' if moved else 'warned'}/{clock}/{thread}/{due:%Y%m%d}/{unit}{f'/{letter}' if letter else ''}"


def tell(
    matter: UUID, clock: str, thread: str, due: date, unit: UUID, *, was: date | None = None, letter: str = ""
) -> bool:
    """Record once a clock and due day that the unit was warned; whether this was the first time. `was` is the day that
    it, or a letter, was told before."""
    key = told_key(clock, thread, due, unit, letter, moved=was is not None)
    with transaction("default"):
        view = held(matter)
        if any(line.key == key for line in view.entries):
            return False
        said = {"clock": clock, "due": due.isoformat(), "unit": str(unit)}
        said |= {"was": was.isoformat()} if was else {}
        said |= {"letter": letter} if letter else {}
        try:
            extend(view, [Draft(KIND, today(), fields=said, thread=thread)], machine(unit), seen=view.head, key=key)
        except Collision:
            return False
    return True
