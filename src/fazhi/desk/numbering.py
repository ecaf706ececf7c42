"""Which series of official numbers a matter draws from: its organ, the word of its page, the year of the fact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger import query
from fazhi.ledger.number import Series, start_after
from fazhi.people.forest import STAMP, forest

_LAST = "select coalesce(max(last), 0) from ledger_number_counter where unit = any (%s) and word = %s and year = %s"


def series_for(page: Procedure, unit: UUID, day: date) -> Series | None:
    """None where the page names no word. The year is that of the lawful day of the fact that is numbered.

    An organ that was renamed goes on with the numbers of the one before it, for they bear the same code.
    """
    return series_of(page.number_word, unit, day) if page.number_word else None


def series_of(word: str, unit: UUID, day: date) -> Series:
    """The series of an organ under one word, in the year of the day."""
    trees = forest(query.fetch("default", STAMP)[0][0])
    organ, code = trees.organ(unit)
    before: Sequence[UUID] = ()
    if trees.merged:
        organ, before = trees.line_of(organ, day)
    series = Series(organ, code, word, day.year)
    if before and (last := query.fetch("default", _LAST, [list(before), series.word, series.year])[0][0]):
        start_after(series, last)
    return series
