"""Registers: which matters stand on a list, since when, and with what values; and matters that begin by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from fazhi.law.clock import Reading
from fazhi.law.procedure import Every, Procedure
from fazhi.law.term import add_months


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line of a register: `left` is None while it stands."""

    entered: date
    left: date | None
    values: Mapping[str, str]


def register_line(reading: Reading) -> RegisterLine | None:
    """The line of a matter, deemed facts too; None if its page has no register or it never entered."""
    register = reading.page.register
    if register is None:
        return None
    entered: date | None = None
    left: date | None = None
    values: dict[str, str] = {}
    for fact in reading.facts:
        if fact.kind in register.enters and (entered is None or left is not None):
            entered, left = fact.day, None
        elif fact.kind in register.leaves and entered is not None and left is None:
            left = fact.day
        values.update({name: value for name, value in fact.fields.items() if name in register.columns})
    return RegisterLine(entered, left, values) if entered else None


_MONTHS: Mapping[Every, int] = {"year": 12, "quarter": 3, "month": 1}


def begins(page: Procedure, since: date, until: date) -> Iterator[date]:
    """The days from `since` to `until` on which a matter of this page begins by itself."""
    if not page.every:
        return
    months = _MONTHS[page.every]
    day = date(max(since, page.in_force).year, 1, 1)
    while day <= until:
        if day >= since and day >= page.in_force:
            yield day
        day = add_months(day, months)
