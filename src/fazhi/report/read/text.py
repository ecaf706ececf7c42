"""From the text of a report to what it states: repair, outline, imprint, claims."""

from __future__ import annotations

import re

from fazhi.report.claims import ReadReport
from fazhi.report.read.imprint import read_imprint
from fazhi.report.read.lines import find_body, find_headings, find_sentences, furniture_between
from fazhi.report.read.repair import repair
from fazhi.report.read.state import find_claims
from fazhi.report.values import ANNEX

PAPER = ("docx", "pdf")
"""Formats that have no page of a portal around the report; what stands behind the signature is an annex."""


_ANNEX = re.compile(rf"^[ \t\u3000]*(?:附件\s*)?{ANNEX}\s*$", re.MULTILINE)


def read_text(text: str, source: str = "", format: str = "txt") -> ReadReport:
    """Read a report given as text."""
    bench = repair(_without_annex(text))
    body = find_body(bench.text.text)
    imprint = read_imprint(bench.text.text, body)
    if not format.startswith(PAPER):
        bench.apply("furniture", [(start, end, "") for start, end in furniture_between(bench.text.text, body)])
    bench.repairs.sort(key=lambda made: made.start)
    clean = bench.text
    headings = find_headings(clean.text)
    sentences = find_sentences(clean.text, headings)
    return ReadReport(
        source=source,
        format=format,
        title=imprint.title,
        unit=imprint.unit,
        level=imprint.level,
        year=imprint.year,
        dates=imprint.dates,
        outline=headings,
        text=clean.text,
        sentences=sentences,
        claims=tuple(find_claims(clean, headings, sentences, imprint.year)),
        repairs=tuple(bench.repairs),
    )


def _without_annex(text: str) -> str:
    """The text up to the definitions of figures that our own reports carry behind it."""
    match = _ANNEX.search(text)
    return text[: match.start()] if match else text
