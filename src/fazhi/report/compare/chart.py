"""Comparable figures as bars: one SVG without scripts, styles or outside addresses."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from html import escape

from fazhi.report.compare.values import Comparison, Line

_COLOURS = ("#1f5f6b", "#b0812f", "#5b6f9a", "#7a8b4f", "#8c5a6b", "#4f7a8b")
_LEFT, _BAR, _GAP, _WIDTH, _SPAN = 16, 18, 22, 640, 360
_MOST = 14


def draw(comparison: Comparison, lines: Sequence[Line] | None = None) -> str:
    """A group of bars for each line, every group to its own scale; the numbers stand beside the bars as text."""
    chosen = [line for line in (comparison.alike if lines is None else lines) if _drawable(line)][:_MOST]
    if not chosen:
        return ""
    parts: list[str] = []
    top = 12
    for line in chosen:
        parts.append(_text(_LEFT, top + 12, f"{line.title}（{line.measure}）", weight=True))
        top += 20
        largest = max(
            (abs(cell.number) for cell in line.cells if cell and cell.number is not None), default=Fraction(1)
        )
        for place, (name, cell) in enumerate(zip(comparison.names, line.cells, strict=True)):
            if cell is None or cell.number is None:
                continue
            width = round(float(abs(cell.number) / largest) * _SPAN, 1) if largest else 0
            colour = _COLOURS[place % len(_COLOURS)]
            parts.append(f'<rect x="{_LEFT}" y="{top}" width="{max(width, 1)}" height="{_BAR - 4}" fill="{colour}"/>')
            parts.append(_text(_LEFT + max(width, 1) + 6, top + 11, f"{name} {cell.text}"))
            top += _BAR
        top += _GAP - 8
    title = escape("、".join(comparison.names))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" lang="zh-Hans" '
        f'aria-label="{title}" font-family="sans-serif" font-size="12">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


def _drawable(line: Line) -> bool:
    return sum(1 for cell in line.cells if cell and cell.number is not None) > 1


def _text(x: float, y: float, text: str, *, weight: bool = False) -> str:
    bold = ' font-weight="600"' if weight else ""
    return f'<text x="{x}" y="{y}" fill="currentColor"{bold}>{escape(text)}</text>'
