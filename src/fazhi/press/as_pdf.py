"""Official paper as PDF, set by typst; and where its imprint has to stand, which DOCX follows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pypdfium2

from fazhi.press.faces import faces
from fazhi.press.measures import BOTTOM, XIAOBIAO, points
from fazhi.press.official import End, Paper
from fazhi.press.typeset import typeset

SHEET = Path(__file__).with_name("paper.typ")
LINE = 22.0
"""Points that a line of the imprint takes at most."""


def write(paper: Paper) -> bytes:
    """The paper as PDF. NoFont if the machine has no Chinese face."""
    return _set(paper, end_of(paper))


def end_of(paper: Paper) -> End:
    """Where the imprint stands: the last page is even, and it needs room there beneath the text."""
    document = pypdfium2.PdfDocument(_set(paper, ""))
    pages = len(document)
    if pages % 2:
        return "next"
    lines = len(paper.imprint.lines) + 2
    return "same" if _lowest(document[pages - 1]) - points(BOTTOM) > lines * LINE else "blank"


def _lowest(page: pypdfium2.PdfPage) -> float:
    """The foot of the lowest sign above the page number, in points from the foot of the page."""
    text = page.get_textpage()
    feet = (text.get_charbox(place)[1] for place in range(text.count_chars()))
    return min((foot for foot in feet if foot > points(BOTTOM) - 2), default=0.0)


def _set(paper: Paper, end: str) -> bytes:
    found = faces()
    heavy = "bold" if found["title"][0] not in (XIAOBIAO, "FZXiaoBiaoSong-B05S") else "regular"
    told: Mapping[str, Any] = asdict(paper) | {
        "imprint": asdict(paper.imprint) | {"lines": paper.imprint.lines},
        "begins": paper.signature,
        "fonts": found,
        "heavy": heavy,
        "end": end,
    }
    return typeset(SHEET.read_bytes(), {"file.json": json.dumps(told, ensure_ascii=False).encode()})
