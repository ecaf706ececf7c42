"""From a file by anyone to the claims of a report."""

from __future__ import annotations

from pathlib import Path

from fazhi.library.files import MOST_BYTES, MOST_TEXT, Unreadable, take_text, too_much
from fazhi.report.claims import ReadReport
from fazhi.report.read.text import read_text

HEADING = "报告"
"""The word by which the title of a page with a report is told."""


def read_file(path: Path) -> ReadReport:
    """Read a TXT, HTML, DOCX or PDF file."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unreadable(too_much(f"{size / 1_000_000:.0f} MB", f"{MOST_BYTES // 1_000_000} MB"))
    return read_content(path.read_bytes(), path.name)


def read_content(content: bytes, name: str = "") -> ReadReport:
    """Read what a file holds; raises Unreadable with the reason."""
    text, form = take_text(content, HEADING)
    if not text.strip():
        raise Unreadable("文件里没有文字；请确认给对了文件。")
    if len(text) > MOST_TEXT:
        raise Unreadable(too_much(f"{len(text)} 字", f"{MOST_TEXT} 字"))
    return read_text(text, name, form)
