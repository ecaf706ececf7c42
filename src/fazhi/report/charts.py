"""The figures of a report as bars: this year beside the last, and the rates; the table of figures stands beneath."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from fazhi.report.values import Figure, Report

NOW, BEFORE, RATE = "#1f5f6b", "#b8b2a6", "#5b6f9a"
LEFT, SPAN, BAR, GAP, WIDTH = 190, 330, 12, 10, 640
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
        parts.append(_label(top + BAR + 4, one.title.removesuffix("同比")))
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
            parts += [_label(top + BAR - 1, one.title), _bar(top, value, Decimal(100), RATE, f"{one.text}%")]
            top += BAR + GAP
    return _svg("主要比率", parts, top)


def _bar(top: int, value: Decimal, most: Decimal, colour: str, told: str) -> str:
    width = max(round(float(value / most) * SPAN, 1), 1) if most else 1
    drawn = f'<rect x="{LEFT}" y="{top}" width="{min(width, SPAN)}" height="{BAR}" fill="{colour}"/>'
    return drawn + f'<text x="{LEFT + min(width, SPAN) + 6}" y="{top + BAR - 2}">{escape(told)}</text>'


def _label(top: int, text: str) -> str:
    return f'<text x="{LEFT - 8}" y="{top}" text-anchor="end">{escape(text[:14])}</text>'


def _svg(title: str, parts: Sequence[str], height: int) -> str:
    if not parts:
        return ""
    head = f'viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}" font-size="11" fill="currentColor"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {head}><title>{escape(title)}</title>{"".join(parts)}</svg>'
