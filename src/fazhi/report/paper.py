"""A report as official paper: levels, signature, annex of figures, and the seal receipt in its imprint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fazhi.press import as_docx, as_pdf
from fazhi.press.official import LETTER, Annex, Block, Imprint, Paper, width
from fazhi.report.render import STATUS, definition
from fazhi.report.values import ANNEX, Figure, Report, Section, plain

HEAD = ("指标", "数值", "分子", "分母", "口径和依据")
WIDTHS = (32, 16, 12, 12, 60)
TITLE_SIGNS = 20
"""Signs of size 2 on a line."""


def docx(report: Report, issued: date | None = None, copies: tuple[str, ...] = ()) -> bytes:
    """The report as DOCX. NoFont, since the pages are counted as the PDF breaks them."""
    paper = official(report, issued, copies)
    return as_docx.write(paper, as_pdf.end_of(paper))


def pdf(report: Report, issued: date | None = None, copies: tuple[str, ...] = ()) -> bytes:
    """The report as PDF. NoFont if the machine has no Chinese face."""
    return as_pdf.write(official(report, issued, copies))


def official(report: Report, issued: date | None = None, copies: tuple[str, ...] = ()) -> Paper:
    """The report as paper; `issued` is the day of its signature, else that on which it was composed."""
    day = _day(issued or report.imprint.composed)
    blocks = tuple(block for section in report.sections for block in _blocks(section))
    imprint = Imprint(copies, (_receipt(report),), report.unit_name, day)
    return Paper(_title(report), blocks, report.unit_name, day, imprint, _annex(report))


def _title(report: Report) -> tuple[str, ...]:
    """In one line, or broken behind the unit: where its words end."""
    rest = report.title.removeprefix(report.unit_name)
    if width(report.title, LETTER) <= TITLE_SIGNS or rest == report.title:
        return (report.title,)
    return report.unit_name, rest


def _blocks(section: Section) -> Iterator[Block]:
    yield Block("first" if section.level == 1 else "second", section.title)
    for one in section.paragraphs:
        for line in one.text.split("\n"):
            if line.strip():
                yield Block("text", line.strip())


def _annex(report: Report) -> Annex | None:
    if not report.figures:
        return None
    span = f"统计期间：{_day(report.start)}至{_day(report.cutoff)}。依据：{report.source}（{STATUS[report.status]}）。"
    return Annex(ANNEX, (span,), HEAD, tuple(_row(one) for one in report.figures), WIDTHS)


def _row(figure: Figure) -> tuple[str, ...]:
    shown = [
        plain(one) if one is not None and not figure.suppressed else ""
        for one in (figure.numerator, figure.denominator)
    ]
    return (figure.title, figure.text + figure.unit_told, *shown, "；".join(definition(figure)))


def _receipt(report: Report) -> str:
    told = report.imprint
    sealed = f"第{told.seal}号封存，根摘要 {told.root}" if told.seal else "尚无封存回执"
    return f"数据取自业务记录，计至第{told.position}位；{sealed}。"


def _day(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
