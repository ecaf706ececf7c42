"""Which series of official numbers a matter draws from: its organ, the word of its page, the year of the fact."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger import query
from fazhi.ledger.number import Series
from fazhi.people.forest import STAMP, forest


def series_for(page: Procedure, unit: UUID, day: date) -> Series | None:
    """None where the page names no word. The year is that of the lawful day of the fact that is numbered."""
    if not page.number_word:
        return None
    organ, code = forest(query.fetch("default", STAMP)[0][0]).organ(unit)
    return Series(organ, code, page.number_word, day.year)
