"""One figure over twelve months or five years, and over several units beside one another."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from fazhi.indicators import look
from fazhi.indicators.values import Reading, Span, a_year_before
from fazhi.people.forest import forest
from fazhi.rulebook import Indicator

MONTHS = 12
YEARS = 5


@dataclass(frozen=True, slots=True)
class Beside:
    """A unit's figure, and that of a year before read over the same units: those merged into it since count with it.

    `told` is what the unit had by itself a year before, where that is another number.
    """

    unit: UUID
    now: Reading
    before: Reading
    told: Reading | None


@dataclass(frozen=True, slots=True)
class Joined:
    """A former unit whose old figures are compared under its heir since the day on which it was merged."""

    gone: UUID
    heir: UUID
    day: date


def months(page: Indicator, span: Span, many: int = MONTHS) -> tuple[Reading, ...]:
    """The figure of each of the last months, the one of the cut-off up to that day."""
    first = span.cutoff.replace(day=1)
    spans = []
    for back in reversed(range(many)):
        year, month = divmod(first.year * 12 + first.month - 1 - back, 12)
        start = date(year, month + 1, 1)
        last = start.replace(day=monthrange(year, month + 1)[1])
        spans.append(replace(span, start=start, cutoff=min(last, span.cutoff)))
    return _over(page, spans)


def years(page: Indicator, span: Span, many: int = YEARS) -> tuple[Reading, ...]:
    """The figure of each of the last years, every one up to the same day of the year: like is set beside like."""
    spans = [span]
    for _ in range(many - 1):
        start, cutoff = a_year_before(spans[0].start), a_year_before(spans[0].cutoff)
        spans.insert(0, replace(spans[0], start=start, cutoff=cutoff))
    return _over(page, spans)


def beside(page: Indicator, span: Span, units: Iterable[UUID], allowed: frozenset[UUID]) -> tuple[Beside, ...]:
    """Each unit with all below it, as far as the reader is allowed to see."""
    trees, span = forest(), look.as_of_now(span)
    ago = span.before()
    found = []
    for unit in units:
        there = _within(trees.whole(unit, span.start, span.cutoff), allowed)
        alone = _within(trees.whole(unit, ago.start, ago.cutoff), allowed)
        now = look.read(page, replace(span, units=there))
        before = look.read(page, replace(ago, units=there))
        told = before if alone == there else look.read(page, replace(ago, units=alone))
        found.append(Beside(unit, now, before, told if told.value != before.value else None))
    return tuple(found)


def joined(units: Iterable[UUID], span: Span) -> tuple[Joined, ...]:
    """The table by which years are compared across a change: which former unit counts under which, since when."""
    merged, since = forest().merged, a_year_before(span.start)
    rows = [
        Joined(gone, heir, day) for heir in units for gone, day in merged.get(heir, ()) if since < day <= span.cutoff
    ]
    return tuple(sorted(rows, key=lambda one: (one.day, str(one.heir), str(one.gone))))


def _over(page: Indicator, spans: Iterable[Span]) -> tuple[Reading, ...]:
    return tuple(look.read(page, look.as_of_now(span)) for span in spans)


def _within(units: Iterable[UUID], allowed: frozenset[UUID]) -> tuple[UUID, ...]:
    return tuple(sorted(set(units) & allowed, key=str))
