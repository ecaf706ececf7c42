"""A comparison as a workbook: figures, where definitions differ, coverage, what vanished and what repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from fazhi.report.check.exact import shown
from fazhi.report.compare.beside import HEADING, TEXT
from fazhi.report.compare.values import Comparison, Line

_HOW = {HEADING: "有章节", TEXT: "有提及"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def workbook(comparison: Comparison) -> bytes:
    """An XLSX file; no text in it is ever read as a formula."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    names = comparison.names
    changed = [f"{name}比上一份" for name in names[1:]]
    _sheet(book, "口径相同", ["指标", "单位", *names, *changed], map(_figures, comparison.alike), bold, wrap)
    apart = ([line.title, *(_of(cell) for cell in line.cells), "；".join(line.apart)] for line in comparison.apart)
    _sheet(book, "口径不同", ["指标", *names, "为什么不能比较"], apart, bold, wrap)
    covered = ([one.title, *(_HOW.get(how, "没有") for how in one.how)] for one in comparison.coverage)
    _sheet(book, "八个体系", ["体系", *names], covered, bold, wrap)
    gone = ([names[one.earlier], names[one.later], one.claim.subject, one.claim.text] for one in comparison.gone)
    _sheet(book, "不再出现的数", ["上一份", "这一份", "指标", "上一份的数"], gone, bold, wrap)
    again = ([names[one.earlier], one.text, names[one.later], one.again] for one in comparison.repeated)
    _sheet(book, "重复的不足", ["上一份", "不足", "这一份", "不足"], again, bold, wrap)
    told = ([names[one.earlier], names[one.later], one.message] for one in comparison.disagreements)
    _sheet(book, "同比对不上", ["上一份", "这一份", "说明"], told, bold, wrap)
    book.close()
    return stream.getvalue()


def _figures(line: Line) -> list[str | float]:
    numbers: list[str | float] = [
        _of(cell) if cell is None or cell.number is None else _number(cell) for cell in line.cells
    ]
    changes = ["" if one is None else shown(one) for one in line.changes]
    return [line.title, line.measure, *numbers, *changes]


def _number(cell: Any) -> float:
    return float(cell.number)


def _of(cell: Any) -> str:
    return "" if cell is None else str(cell.text)


def guarded(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, even when pasted on."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sheet(
    book: Any, name: str, head: Sequence[str], rows: Iterable[Sequence[str | float]], bold: Any, wrap: Any
) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    page.set_column(0, len(head) - 1, 26)
    for place, title in enumerate(head):
        page.write_string(0, place, guarded(title), bold)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, place, guarded(value), wrap)
            else:
                page.write_number(number, place, value, wrap)
