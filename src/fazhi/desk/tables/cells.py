"""What a cell says of a field, in the words of people, and a field in the words of a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

from fazhi.desk.tables.layout import Column
from fazhi.desk.tables.names import plain_spelling
from fazhi.desk.tables.read import Cell
from fazhi.desk.tables.times import read_when
from fazhi.law import FieldKind, Term

EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number: a longer code that is no text has lost its last ones."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SHORTENED = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_TERMS = {"工作日": "working days", "日": "days", "天": "days", "月": "months", "年": "years", "小时": "hours"}
_TERM = re.compile(r"(\d+)\s*(?:个)?(工作日|小时|日|天|月|年)")


class Misread(ValueError):
    """A cell that cannot be what its column says; `advice` is what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.advice = advice


def text_of(cell: Cell) -> str:
    """The text of a cell. Misread where a spreadsheet has kept a code as a number and lost digits of it."""
    if cell is None:
        return ""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT:
        raise Misread("这个编码被表格软件存成了数字，末几位已经失真", "把这一列设成文本格式，重新填写后再导入")
    text = cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
    text = "\n".join(line.strip() for line in text.replace("\x00", "").splitlines()).strip()
    if _SHORTENED.fullmatch(text):
        raise Misread("这个编码被表格软件写成了科学记数，末几位已经失真", "把这一列设成文本格式，重新填写后再导入")
    return text


def unguarded(cell: Cell) -> Cell:
    """A cell of a separated table without the apostrophe that keeps programs from taking it for a formula."""
    return cell[1:] if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in ("'", *FORMULA) else cell


def read_cell(column: Column, cell: Cell, units: Mapping[str, UUID]) -> str:
    """The value of a field as the desk takes it; Misread says what is wrong with the cell."""
    text = text_of(cell) if column.kind not in ("day", "when", "moment", "number", "money") else ""
    if column.kind in ("day", "when", "moment"):
        return _when(column, cell)
    if column.kind in ("number", "money"):
        return _number(column, cell)
    if not text:
        return ""
    if column.kind == "choice" and column.field:
        return _choice(column.field, text)
    if column.kind == "unit":
        return _unit(text, units)
    return _term(text) if column.kind == "term" else text


def _when(column: Column, cell: Cell) -> str:
    try:
        when = read_when(cell)
    except ValueError as error:
        raise Misread(f"{column.title}读不懂：{error}", "写成 2024-05-06 的样子后再导入") from error
    if when is None:
        return ""
    if column.kind == "moment" and when.moment is None:
        raise Misread(f"{column.title}没有写几点几分", "写成 2024-05-06 09:30 的样子后再导入")
    return when.moment.isoformat() if column.kind != "day" and when.moment else when.day.isoformat()


def _number(column: Column, cell: Cell) -> str:
    if cell is None or isinstance(cell, bool):
        return ""
    text = re.sub(r"[,\s]", "", unicodedata.normalize("NFKC", str(cell)))
    if not text:
        return ""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise Misread(f"{column.title}不是数字", "只写数字，单位写在表头里，改正后再导入") from error
    if not number.is_finite():
        raise Misread(f"{column.title}不是数字", "改正后再导入")
    return f"{number:f}"


def _choice(known: FieldKind, text: str) -> str:
    plain = plain_spelling(text)
    for code, title in known.choice_titles.items():
        if plain in (plain_spelling(title.zh), plain_spelling(title.en), code):
            return code
    named = "、".join(title.zh for title in known.choice_titles.values())
    raise Misread(f"{known.title}没有这一项", f"写成其中之一：{named}")


def _unit(text: str, units: Mapping[str, UUID]) -> str:
    found = units.get(plain_spelling(text))
    if found is None:
        raise Misread("单位名册里没有这个写法", "按名册里的名称改正，或先建立该单位，再导入")
    return str(found)


def _term(text: str) -> str:
    spoken = _TERM.fullmatch(text)
    written = f"{spoken[1]} {_TERMS[spoken[2]]}" if spoken else text.replace("_", " ")
    try:
        return str(Term.parse(written))
    except ValueError as error:
        raise Misread("期限读不懂", "写成 30日、5个工作日、3个月 的样子后再导入") from error


def shown_cell(column: Column, value: str, units: Mapping[UUID, str]) -> Cell:
    """The value of a field as a cell shows it: days as days, numbers as numbers, all else as text."""
    if not value:
        return None
    try:
        if column.kind == "day":
            return date.fromisoformat(value)
        if column.kind in ("number", "money"):
            number = Decimal(value)
            whole = number == number.to_integral_value()
            return value if abs(number) >= EXACT else (int(number) if whole else float(number))
        if column.kind == "unit":
            return units.get(UUID(value), "")
    except (ValueError, InvalidOperation):
        return value
    if column.kind == "choice" and column.field and value in column.field.choice_titles:
        return column.field.choice_titles[value].zh
    return str(Term.parse(value).zh) if column.kind == "term" else value
