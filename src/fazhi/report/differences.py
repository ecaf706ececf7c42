"""Figures of a contribution held against our own readings: where both tell the same indicator, they should agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fazhi.indicators import look
from fazhi.indicators.values import END_OF_CHAIN, Reading
from fazhi.ledger import rulebook
from fazhi.people import units
from fazhi.report.compose import year_span
from fazhi.report.contributions import Contribution
from fazhi.report.read.text import read_text
from fazhi.report.values import plain
from fazhi.rulebook.figures import Indicator


@dataclass(frozen=True, slots=True)
class Difference:
    """What a unit states of an indicator and what its records say; `where` is the sentence; empty: a field."""

    name: str
    title: str
    stated: str
    read: str
    where: str = ""

    @property
    def text(self) -> str:
        place = f"（“{self.where}”）" if self.where else ""
        return f"{self.title}：报送{self.stated}，系统读数{self.read}{place}。"


def readings_for(known: Contribution, names: frozenset[str]) -> dict[str, Reading]:
    """Our readings of these indicators over the contributing unit and those below it, to the report's cut-off."""
    book = rulebook()
    pages = [book.indicators[name] for name in sorted(names) if name in book.indicators]
    if not pages:
        return {}
    span = year_span(
        units.whole(known.unit, date(known.year, 1, 1), known.cutoff), known.year, known.cutoff, END_OF_CHAIN
    )
    return {one.name: one for one in look.read_all(pages, look.as_of_now(span))}


def differences(known: Contribution) -> tuple[Difference, ...]:
    """Every figure of a contribution that our records tell otherwise; what has no data here is let be."""
    stated = list(_stated(known))
    readings = readings_for(known, frozenset(page.name for page, _, _ in stated))
    return tuple(_compared(stated, readings))


def _compared(stated: list[tuple[Indicator, Decimal, str]], readings: Mapping[str, Reading]) -> Iterator[Difference]:
    for page, value, where in stated:
        reading = readings.get(page.name)
        if reading is None or reading.value is None or reading.value == value:
            continue
        yield Difference(page.name, page.title.zh, plain(value) + page.unit, plain(reading.value) + page.unit, where)


def _stated(known: Contribution) -> Iterator[tuple[Indicator, Decimal, str]]:
    """Indicators and values: of the form, then of every sentence that states one exactly and in its unit."""
    book = rulebook()
    for name, value in known.figures.items():
        yield book.indicators[name], value, ""
    by_name = {alias: page for page in book.indicators.values() for alias in (page.name, *page.aliases)}
    for text in known.texts.values():
        for claim in read_text(f"{known.year}年法治政府建设年度报告\n{text}", "", "txt").claims:
            page = by_name.get(claim.indicator)
            exact = claim.qualifier == "exact" and claim.value is not None
            if page and exact and claim.unit == page.unit and claim.period in ("", str(known.year)):
                assert claim.value is not None
                yield page, claim.value, claim.sentence.strip()
