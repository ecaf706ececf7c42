"""Counts by week or day as a small picture, drawn as SVG without styles, with the same said in words."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

HEIGHT = 36
STEP = 8
WIDE = 6


def bars(counts: Sequence[int], said: str, *, usual: float = 0.0, since: int = 0) -> SafeString:
    """One bar a count, the last `since` of them marked; `usual` draws a line at what was to be expected."""
    most = max([*counts, usual, 1])
    shapes = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            (
                "bar-now" if at >= len(counts) - since else "bar-then",
                at * STEP,
                round(HEIGHT - HEIGHT * count / most, 1),
                WIDE,
                max(round(HEIGHT * count / most, 1), 0.5),
            )
            for at, count in enumerate(counts)
        ),
    )
    level = round(HEIGHT - HEIGHT * usual / most, 1)
    line = format_html('<line class="bar-usual" x1="0" y1="{}" x2="{}" y2="{}"/>', level, STEP * len(counts), level)
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}" preserveAspectRatio="none">{}{}</svg>',
        STEP * len(counts),
        HEIGHT,
        said,
        shapes,
        line if usual else "",
    )
