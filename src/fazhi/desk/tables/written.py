"""Writing tables: XLSX and CSV with codes as text and no cell that a program would take for a formula; templates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from fazhi.desk.tables.cells import FORMULA
from fazhi.desk.tables.layout import Column, Layout
from fazhi.desk.tables.read import Cell

ROWS = 2000
"""How many rows of a template are prepared for typing."""
WIDEST = 48
FILLED = {
    "text": "文字",
    "day": "日期，如 2025-03-01",
    "when": "日期，如 2025-03-01；按小时计期的写到几点几分",
    "moment": "日期和时刻，如 2025-03-01 09:30",
    "number": "数字",
    "money": "金额（元）",
    "term": "期限，如 30日、5个工作日",
    "unit": "单位名册里的名称",
    "party": "姓名或名称",
    "choice": "从下列选项中选一项",
}
ROLES = {
    "own_number": "本表自己的编号：编号相同的行只登记一次；没有的可不填",
    "unit_name": "由哪个单位登记；不填为导入时指定的单位",
    "left_on": "已经移出的才填",
}


def write_csv(rows: Iterable[Sequence[Cell]], columns: Sequence[Column]) -> bytes:
    """A table that a spreadsheet opens in Chinese; what would start a formula gets an apostrophe before it."""
    told = io.StringIO(newline="")
    writer = csv.writer(told)
    writer.writerow([column.title.zh for column in columns])
    writer.writerows([[_guarded(_plain(cell)) for cell in row] for row in rows])
    return told.getvalue().encode("utf-8-sig")


def write_xlsx(layout: Layout, rows: Iterable[Sequence[Cell]], columns: Sequence[Column]) -> bytes:
    """A workbook of one sheet; texts are written as texts, days as days."""
    told = io.BytesIO()
    with _workbook(told) as book:
        sheet, forms = book.add_worksheet(_sheet_name(layout)), _forms(book)
        _head(sheet, forms, columns, [column.title.zh for column in columns])
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                _write(sheet, forms, number, place, cell)
    return told.getvalue()


def template(layout: Layout) -> bytes:
    """A workbook to be filled in: columns of text typed as text, choices to pick, and a sheet that explains them."""
    told = io.BytesIO()
    with _workbook(told) as book:
        sheet, forms = book.add_worksheet(_sheet_name(layout)), _forms(book)
        _head(sheet, forms, layout.columns, [column.heading for column in layout.columns])
        guide = book.add_worksheet("填写说明")
        choices = book.add_worksheet("选项")
        choices.hide()
        _explain(guide, forms, layout)
        for place, column in enumerate(layout.columns):
            if column.field and column.field.choices:
                _choices(sheet, choices, place, [title.zh for title in column.field.choice_titles.values()])
    return told.getvalue()


def _workbook(told: io.BytesIO) -> Any:
    return xlsxwriter.Workbook(told, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})


def _forms(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "number": book.add_format({"valign": "top"}),
    }


def _head(sheet: Any, forms: dict[str, Any], columns: Sequence[Column], headings: Sequence[str]) -> None:
    for place, (column, heading) in enumerate(zip(columns, headings, strict=True)):
        form = forms[
            "day" if column.kind in ("day", "when") else "number" if column.kind in ("number", "money") else "text"
        ]
        sheet.set_column(place, place, min(WIDEST, max(12, 2 * len(heading) + 4)), form)
        sheet.write_string(0, place, heading, forms["head"])
    sheet.freeze_panes(1, 0)


def _write(sheet: Any, forms: dict[str, Any], row: int, place: int, cell: Cell) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, date) and not isinstance(cell, datetime):
        sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), forms["day"])  # noqa: DTZ001
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(row, place, cell, forms["number"])
    else:
        sheet.write_string(row, place, str(cell), forms["text"])


def _explain(guide: Any, forms: dict[str, Any], layout: Layout) -> None:
    for place, heading in enumerate(("列", "怎么填", "必填", "选项")):
        guide.write_string(0, place, heading, forms["head"])
        guide.set_column(place, place, (18, 36, 8, 60)[place], forms["text"])
    for row, column in enumerate(layout.columns, 1):
        options = "、".join(title.zh for title in column.field.choice_titles.values()) if column.field else ""
        how = ROLES.get(column.role) or FILLED.get(column.kind, "文字")
        for place, text in enumerate((column.title.zh, how, "是" if column.required else "", options)):
            guide.write_string(row, place, text, forms["text"])


def _choices(sheet: Any, kept: Any, place: int, titles: Sequence[str]) -> None:
    """A list to pick from, kept on a sheet of its own: said in the cell it may not be longer than 255 signs."""
    for row, title in enumerate(titles):
        kept.write_string(row, place, title)
    letter = xlsxwriter.utility.xl_col_to_name(place)
    source = f"=选项!${letter}$1:${letter}${len(titles)}"
    sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": source, "ignore_blank": True})


def _sheet_name(layout: Layout) -> str:
    """The page's name as a sheet may be called: no more than 31 signs, none of those that are forbidden."""
    return "".join(sign for sign in layout.page.title.zh if sign not in "[]:*?/\\'")[:31] or "表"


def _plain(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def _guarded(text: str) -> str:
    """No program takes it for a formula; reading takes the apostrophe off again, and only where it was put on."""
    number = text[:1] == "-" and text[1:].replace(".", "", 1).isdigit()
    unsafe = text[:1] in FORMULA and not number
    marked = text[:1] == "'" and text[1:2] in ("'", *FORMULA)
    return f"'{text}" if unsafe or marked else text
