"""Values of a figure: the span it was read over, its reading, and the records it opens to."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from fazhi.indicators.compile import Want
from fazhi.law import Source, Title

END_OF_CHAIN = 2**63 - 1
"""``to_position`` of a row that still stands."""

NEVER = date(9999, 12, 31)
"""``until`` of a matter that is open."""

Part = Literal["numerator", "denominator"]

SMALL_WORDS = "（少于5，不公开）"
PROTECTED_WORDS = "（为保护个人信息不公开）"


def change_word(value: Decimal) -> str:
    """The direction of a change in words: a bare number beside 同比 does not say which way."""
    return "持平" if not value else "增长" if value > 0 else "下降"


def a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes 28."""
    last = monthrange(day.year - 1, day.month)[1]
    return day.replace(year=day.year - 1, day=min(day.day, last))


@dataclass(frozen=True, slots=True)
class Span:
    """Where, when and as of what a figure is read: units, first day, lawful cut-off (included) and position."""

    units: tuple[UUID, ...]
    start: date
    cutoff: date
    position: int = END_OF_CHAIN

    def before(self) -> Span:
        """The same part of the year before, which a change is measured against."""
        return replace(self, start=a_year_before(self.start), cutoff=a_year_before(self.cutoff))

    def parameters(self) -> dict[str, Any]:
        """What a statement takes; ValueError for a span that a change could not be measured over."""
        if not 0 <= (self.cutoff - self.start).days < 366:
            raise ValueError("统计期间须在一年以内，且截止日不早于起始日。")
        before = self.before()
        return {
            "units": list(self.units),
            "start": self.start,
            "cutoff": self.cutoff,
            "start_before": before.start,
            "cutoff_before": before.cutoff,
            "position": self.position,
        }

    def calendar(self) -> str:
        """Which part of a year it is, without the year: only like parts are compared."""
        return f"{self.start:%m-%d}/{self.cutoff:%m-%d}"


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure with all that is needed to check it.

    ``value`` is rounded as the page says and None where there is no data (a denominator of zero, nothing to compare
    with) or where ``suppressed``; ``numerator`` and ``denominator`` are exact. Two readings are compared only where
    ``fingerprint`` is the same.
    """

    name: str
    title: Title
    kind: str
    unit: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    span: Span
    page_digest: str
    fingerprint: str
    source: Source
    numerator_of: frozenset[str] = frozenset()
    denominator_of: frozenset[str] = frozenset()
    """Which numbers stand above and below the line, by definition."""
    note: str = ""
    sensitive: bool = False
    suppressed: bool = False
    halves: tuple[tuple[Want, ...], tuple[Want, ...]] = field(default=((), ()), compare=False, repr=False)
    """What is asked above and below the line."""
    small: bool = False
    """Kept back because the number itself is small, and not only because it would tell one that is."""

    @property
    def no_data(self) -> bool:
        return self.value is None and not self.suppressed

    @property
    def text(self) -> str:
        """The figure as it is printed, without its unit."""
        if self.suppressed:
            return SMALL_WORDS if self.small else PROTECTED_WORDS
        if self.value is None:
            return "无数据"
        if self.kind == "change":
            return f"{change_word(self.value)}{abs(self.value):f}" if self.value else change_word(self.value)
        return f"{self.value:f}"

    @property
    def unit_told(self) -> str:
        """The unit, where the text ends in a number that it can follow."""
        return self.unit if self.text[-1:].isdigit() else ""


@dataclass(frozen=True, slots=True)
class Record:
    """One counted thing behind a figure: the matter and the lawful day that put it in the span."""

    matter: UUID
    day: date
    ref: str


@dataclass(frozen=True, slots=True)
class Records:
    """A page of records; ``hidden`` are those on this page that the reader has no right to open."""

    rows: tuple[Record, ...]
    hidden: int
    after: str
    """Key of the last row seen, to be given back for the next page; empty on the last page."""
