"""The figures of a report as bars: this year beside the last, and the rates; the table of figures stands beneath."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from fazhi.report.values import Figure, Report

NOW, BEFORE = "#0e5a66", "#8b877c"
SPAN, BAR, HEAD, GAP, WIDTH = 290, 12, 19, 12, 400
MOST = 16


def charts(report: Report) -> tuple[str, ...]:
    """SVG without scripts, styles or outside addresses; none where there is nothing to draw."""
    changes = [one for one in report.figures if one.kind == "change" and _drawable(one) and one.denominator]
    rates = [one for one in report.figures if one.kind == "ratio" and one.unit == "%" and _drawable(one)]
    return tuple(chart for chart in (_changes(changes[:MOST]), _rates(rates[:MOST])) if chart)


def _drawable(figure: Figure) -> bool:
    return not figure.suppressed and figure.numerator is not None and figure.denominator is not None


def _changes(figures: Sequence[Figure]) -> str:
    """Two bars a figure, each pair to its own scale."""
    parts: list[str] = []
    top = 6
    for one in figures:
        assert one.numerator is not None and one.denominator is not None
        most = max(one.numerator, one.denominator)
        parts.append(_label(top, one.title.removesuffix("同比")))
        top += HEAD
        for name, value, colour in (("上年同期", one.denominator, BEFORE), ("本期", one.numerator, NOW)):
            parts.append(_bar(top, value, most, colour, f"{name} {value.normalize():f}"))
            top += BAR + 4
        top += GAP
    return _svg("本期与上年同期", parts, top)


def _rates(figures: Sequence[Figure]) -> str:
    parts: list[str] = []
    top = 6
    for one in figures:
        value = Decimal(one.text) if one.text.replace(".", "", 1).isdecimal() else None
        if value is not None:
            parts += [_label(top, one.title), _bar(top + HEAD, value, Decimal(100), NOW, f"{one.text}%")]
            top += HEAD + BAR + GAP
    return _svg("主要比率", parts, top)


def _bar(top: int, value: Decimal, most: Decimal, colour: str, told: str) -> str:
    width = max(round(float(value / most) * SPAN, 1), 1) if most else 1
    then = ' class="then"' if colour == BEFORE else ""
    drawn = f'<rect{then} y="{top}" width="{min(width, SPAN)}" height="{BAR}" fill="{colour}"/>'
    return drawn + f'<text x="{min(width, SPAN) + 6}" y="{top + BAR - 1}">{escape(told)}</text>'


def _label(top: int, text: str) -> str:
    """Above its bars, so that it can be read on a telephone too."""
    return f'<text y="{top + HEAD - 6}">{escape(text)}</text>'


def _svg(title: str, parts: Sequence[str], height: int) -> str:
    if not parts:
        return ""
    head = f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}" font-size="13" fill="currentColor"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}><title>{escape(title)}</title>{"".join(parts)}</svg>'
