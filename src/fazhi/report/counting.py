"""The figures of a report counted behind the scenes where a district has many records, and kept until counted anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils import timezone

from fazhi.indicators import look
from fazhi.indicators.evaluate import evaluate
from fazhi.indicators.values import Reading, Span
from fazhi.ledger.heavy import as_of
from fazhi.report.gather import asked_by
from fazhi.report.level import reported_unit
from fazhi.report.models import Count

MANY: Final = 2_000_000
"""Records up to which the figures of a report are counted while one waits: about a second."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures as of one position, when that was, and how many records have come since."""

    span: Span
    readings: tuple[Reading, ...]
    at: datetime
    since: int


def has_many() -> bool:
    """Whether there is too much to count while one waits."""
    return as_of("indicators") > MANY


def count(outline: str, unit: UUID, cutoff: date, told: look.Told = look.silent) -> None:
    """Count the figures of an outline as of now, and keep them in place of what was counted before."""
    of = reported_unit(outline, unit, cutoff)
    span, pages = asked_by(outline, of, cutoff.year, cutoff)
    amounts = look.amounts_of(pages, span, told=told)
    said = {key: None if amount is None else str(amount) for key, amount in amounts.items()}
    kept = {"units": list(span.units), "position": span.position, "amounts": said, "at": timezone.now()}
    Count.objects.update_or_create(outline=outline, unit=of, cutoff=cutoff, defaults=kept)


def counted(outline: str, unit: UUID, cutoff: date) -> Counted | None:
    """What was counted last; None where nothing was, and where units or definitions are others now."""
    of = reported_unit(outline, unit, cutoff)
    row = Count.objects.filter(outline=outline, unit=of, cutoff=cutoff).first()
    if row is None:
        return None
    span, pages = asked_by(outline, of, cutoff.year, cutoff, row.position)
    amounts = {key: None if amount is None else Decimal(amount) for key, amount in row.amounts.items()}
    try:
        readings = tuple(evaluate(page, span, amounts) for page in pages)
    except KeyError:
        return None
    if list(span.units) != row.units:
        return None
    return Counted(span, readings, row.at, max(0, as_of("indicators") - row.position))
