"""An indicator: one of seven kinds of figure, with its slots filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from fazhi.law.source import UNTITLED, Source, Title

IndicatorKind = Literal["count", "sum", "ratio", "change", "duration", "rank", "compression"]
Period = Literal["day", "week", "month", "quarter", "year", "all"]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: facts of a procedure, or runs of a clock in the given states, in such cases only."""

    procedure: str
    fact: str = ""
    clock: str = ""
    states: tuple[str, ...] = ()
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`counts` is the numerator, `of` the denominator; `day` names the fact whose lawful day picks the period."""

    name: str
    kind: IndicatorKind
    title: Title = UNTITLED
    in_force: date = date.min
    counts: tuple[Counted, ...] = ()
    of: tuple[Counted, ...] = ()
    period: Period = "year"
    day: str = ""
    field: str = ""
    unit: str = "件"
    rounding: int = 0
    source: Source | None = None
    digest: str = ""
