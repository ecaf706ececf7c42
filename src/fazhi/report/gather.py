"""Gathers what a report is composed from: the units of its tree, all its figures, and the last receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from fazhi.indicators import look
from fazhi.indicators.public import for_public
from fazhi.indicators.values import END_OF_CHAIN, Reading, Span
from fazhi.ledger import rulebook, today
from fazhi.ledger.receipt import receipt
from fazhi.people import units
from fazhi.report.compose import compose, names_in, year_span
from fazhi.report.level import reported_unit
from fazhi.report.shortcomings import of_units
from fazhi.report.values import Contributed, Imprint, Report
from fazhi.rulebook import Indicator


def read_figures(
    outline: str, unit: UUID, year: int, cutoff: date | None = None, position: int = END_OF_CHAIN
) -> tuple[Span, tuple[Reading, ...]]:
    """Every figure that an outline prints, over one unit's tree and one year, as of one position."""
    span, pages = asked_by(outline, unit, year, cutoff, position)
    return span, look.read_all(pages, span)


def asked_by(
    outline: str, unit: UUID, year: int, cutoff: date | None = None, position: int = END_OF_CHAIN
) -> tuple[Span, list[Indicator]]:
    """Over what an outline is counted, and which figures it prints."""
    book = rulebook()
    if outline not in book.outlines:
        raise LookupError(f"没有名为 {outline} 的报告提纲，有：{'、'.join(book.outlines)}。")
    span = year_span((), year, cutoff, position)
    span = look.as_of_now(year_span(units.whole(unit, span.start, span.cutoff), year, cutoff, position))
    pages = [book.indicators[name] for name in names_in(book.outlines[outline]) if name in book.indicators]
    return span, pages


def compose_report(
    outline: str,
    unit: UUID,
    year: int,
    cutoff: date | None = None,
    position: int = END_OF_CHAIN,
    written: Mapping[str, str] | None = None,
    *,
    contributed: Sequence[Contributed] = (),
    counted: tuple[Span, Sequence[Reading]] | None = None,
    public: bool = True,
) -> Report:
    """The report of a unit as it can be told today; `public` keeps small numbers of persons back.

    Its figures are read now where they were not `counted` before.
    By the outline of a district it is the report of the government above `unit`, over the whole of its tree.
    """
    of = reported_unit(outline, unit, cutoff or date(year, 12, 31))
    span, readings = counted or read_figures(outline, of, year, cutoff, position)
    told = for_public(readings, look.choices_of) if public else readings
    page = rulebook().outlines[outline]
    last = receipt()
    imprint = Imprint(span.position, last.seal if last else 0, last.root if last else "", page.digest, today())
    stated = of_units((of, unit), year, today())
    name = units.name_of(of, span.cutoff)
    idle = idle_figures(readings)
    return compose(page, of, name, year, span, told, imprint, written, idle, stated, contributed)


def idle_figures(readings: Sequence[Reading]) -> dict[str, str]:
    """Figures of kinds of business with nothing counted under any of them, each with the title of that business.

    What a unit received and what it handled for others are two businesses.
    """
    book = rulebook()
    pages = {one.name: book.indicators[one.name] for one in readings}
    of = {name: (page.of[0].procedure, page.whose) for name, page in pages.items()}
    busy = {of[one.name] for one in readings if one.numerator or one.denominator}
    titles = {kind: str(book.procedures[kind][-1].title) for kind, _ in set(of.values()) if kind in book.procedures}
    return {name: titles.get(kind[0], kind[0]) for name, kind in of.items() if kind not in busy}
