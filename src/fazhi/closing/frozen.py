"""Values of a closed year: each figure with its page and its set, the balance by kind; as JSON and back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from fazhi.indicators.balance import Balance, Stretch
from fazhi.indicators.sets import SetOfRows
from fazhi.indicators.values import Span
from fazhi.rulebook import Indicator
from fazhi.rulebook.pages import Page
from fazhi.rulebook.read_figures import read_indicator

FORMAT = "fazhi-year-1"


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """A figure as it was told; `rows` are the sets above and below the line."""

    name: str
    page_digest: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    rows: tuple[SetOfRows, SetOfRows]


@dataclass(frozen=True)
class Frozen:
    """A closed year of a unit. Its balance begins `since` the day after the last close, else on 1 January."""

    unit: UUID
    year: int
    units: tuple[UUID, ...]
    since: date
    cutoff: date
    position: int
    figures: tuple[FrozenFigure, ...]
    balances: tuple[Balance, ...]
    tables: Mapping[str, Mapping[str, Any]]

    @property
    def span(self) -> Span:
        return Span(self.units, date(self.year, 1, 1), self.cutoff, self.position)

    @property
    def stretch(self) -> Stretch:
        return Stretch(self.units, self.since, self.cutoff, self.position)

    @property
    def open(self) -> int:
        """How many matters the next year begins with."""
        return sum(one.closing for one in self.balances)

    @cached_property
    def pages(self) -> Mapping[str, Indicator]:
        """The definitions as they were when the year was closed."""
        found = {}
        for name, table in self.tables.items():
            page, findings = read_indicator(Page(Path(f"{name}.toml"), table), name)
            if page is None:
                raise ValueError(f"年结时的指标 {name} 读不出来：{findings[0].message}")
            found[name] = page
        return found

    def to_json(self) -> str:
        """What was frozen and the pages it was read by; equal years give equal texts."""
        return json.dumps(
            {"format": FORMAT, **asdict(self)},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            default=_plain,
        )


def digest_of(text: str) -> str:
    """The digest of the text, which stands on the chained line."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def from_json(text: str) -> Frozen:
    """The closed year of a text; ValueError if the format is another."""
    said = json.loads(text)
    if said.pop("format", "") != FORMAT:
        raise ValueError(f"年结的保存格式不是 {FORMAT}，无法打开。")
    return Frozen(
        unit=UUID(said["unit"]),
        year=said["year"],
        units=tuple(UUID(one) for one in said["units"]),
        since=date.fromisoformat(said["since"]),
        cutoff=date.fromisoformat(said["cutoff"]),
        position=said["position"],
        figures=tuple(_figure(one) for one in said["figures"]),
        balances=tuple(Balance(**one) for one in said["balances"]),
        tables=said["tables"],
    )


def _figure(said: Mapping[str, Any]) -> FrozenFigure:
    amounts = {name: None if said[name] is None else Decimal(said[name]) for name in _AMOUNTS}
    above, below = (SetOfRows(**one) for one in said["rows"])
    return FrozenFigure(said["name"], said["page_digest"], **amounts, rows=(above, below))


_AMOUNTS: Sequence[str] = ("value", "numerator", "denominator")


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
