"""Which series of official numbers a matter draws from: its organ, the word of its page, the year of the fact."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from time import monotonic
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger.number import Series
from fazhi.people import units

KEPT = 30  # seconds for which an organ's word is remembered by one process


def series_for(page: Procedure, unit: UUID, day: date) -> Series | None:
    """None where the page names no word. The year is that of the lawful day of the fact that is numbered."""
    if not page.number_word:
        return None
    organ, code = _organ(unit, int(monotonic() // KEPT))
    return Series(organ, code, page.number_word, day.year)


@lru_cache(maxsize=1024)
def _organ(unit: UUID, _: int) -> tuple[UUID, str]:
    organ = units.organ_of(unit)
    return organ, units.organ_code(organ)
