"""Which series of official numbers a matter draws from: its organ, the word of its page, the year of the fact."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger.number import Series
from fazhi.people import units


def series_for(page: Procedure, unit: UUID, day: date) -> Series | None:
    """None where the page names no word. The year is that of the lawful day of the fact that is numbered."""
    if not page.number_word:
        return None
    organ = units.organ_of(unit)
    return Series(organ, units.organ_code(organ), page.number_word, day.year)
