"""Rows of a table of any page, understood: what a row enters, by which key it is known again, what is wrong with it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from fazhi.desk.tables import layout as parts
from fazhi.desk.tables.cells import Misread, read_cell, unguarded
from fazhi.desk.tables.columns import Columns
from fazhi.desk.tables.findings import RowFinding
from fazhi.desk.tables.layout import Layout
from fazhi.desk.tables.read import Cell, Sheet

CODES = frozenset({"choice", "day", "number", "money", "term", "moment", "when", "unit", "code"})
"""Kinds whose values can be shown beside a finding: they hold no name and no free text."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One good row. `key` is the same whenever the row comes again: its own number, else a keyed digest of all it says
    (`content`)."""

    row: int
    key: str
    content: str
    number: str
    unit: UUID | None
    day: date
    moment: datetime | None
    left: date | None
    fields: Mapping[str, str]
    body: Mapping[str, str] = field(default_factory=dict)
    party: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """A row as far as it can be understood: `line` is None where it is refused."""

    row: int
    line: TableRow | None
    findings: tuple[RowFinding, ...] = ()


def understand_rows(
    sheet: Sheet, columns: Columns, layout: Layout, units: Mapping[str, UUID], *, secret: bytes, today: date
) -> Iterator[UnderstoodRow]:
    """Each row below the heading, in order; `secret` keys the digest of rows without a number of their own."""
    seen: dict[str, TableRow] = {}
    for number, cells in sheet.rows:
        if number > columns.heading_row:
            if sheet.form != "XLSX":
                cells = tuple(unguarded(cell) for cell in cells)
            understood = _Row(number, cells, columns, layout, units).understand(secret, today)
            yield _against_earlier(understood, columns, seen)


class _Row:
    """One row while it is read."""

    def __init__(
        self, number: int, cells: Sequence[Cell], columns: Columns, layout: Layout, units: Mapping[str, UUID]
    ) -> None:
        self.number, self.cells, self.columns, self.layout, self.units = number, cells, columns, layout, units
        self.findings: list[RowFinding] = []

    def understand(self, secret: bytes, today: date) -> UnderstoodRow:
        said = {column.role: self.said(column) for column in self.layout.columns}
        width = len(self.columns.headings)
        if any(cell not in (None, "") for cell in self.cells[width:]):
            self.refuse("", "这一行的列数多于表头，各列可能错位", "检查多余的分隔符或引号后再导入")
        on, left = said[parts.DAY][:10], said.get(parts.LEFT, "")
        if on and date.fromisoformat(on) > today:
            self.refuse(parts.DAY, "日期在今天之后", "改正日期后再导入")
        if on and left and left < on:
            self.refuse(parts.LEFT, "移出早于列入", "核对两个日期后再导入")
        if self.findings or not on:
            return UnderstoodRow(self.number, None, tuple(self.findings))
        return UnderstoodRow(self.number, self.line(said, secret))

    def said(self, column: parts.Column) -> str:
        cell = self.columns.cell(self.cells, column.role)
        try:
            if column.role == parts.UNIT:
                return read_cell(parts.Column(column.role, column.title, "unit"), cell, self.units)
            value = read_cell(column, cell, self.units)
        except Misread as wrong:
            shown = str(cell)[:40] if column.kind in CODES or column.role in (parts.UNIT, parts.NUMBER) else ""
            self.findings.append(
                RowFinding(self.number, self.columns.heading(column.role), shown, str(wrong), wrong.advice)
            )
            return ""
        if not value and column.required:
            self.refuse(column.role, f"没有“{column.title}”", "补填后再导入")
        return value

    def line(self, said: Mapping[str, str], secret: bytes) -> TableRow:
        told = "\x1f".join(f"{role}={value}" for role, value in sorted(said.items()) if value)
        content = hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()[:32]
        key = content
        own, unit, left, when = (said.get(role, "") for role in (parts.NUMBER, parts.UNIT, parts.LEFT, parts.DAY))
        fields = {
            column.role: said[column.role] for column in self.layout.columns if column.field and said[column.role]
        }
        named = {"title": said.get(parts.TITLE, ""), "text": said.get(parts.TEXT, "")}
        body = {name: value for name, value in named.items() if value}
        register = self.layout.page.register
        known = [said.get(name, "") for name in register.key] if register else []
        if not own and known and all(known):
            told = "\x1f".join(("key", *known))
            key = hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()[:32]
        return TableRow(
            self.number, own or key, content, own, UUID(unit) if unit else None,
            date.fromisoformat(when[:10]), datetime.fromisoformat(when) if "T" in when else None,
            date.fromisoformat(left) if left else None, fields, body,
            said.get(parts.PARTY, ""), said.get(parts.PHONE, ""),
        )  # fmt: skip

    def refuse(self, role: str, reason: str, advice: str) -> None:
        heading = self.columns.heading(role) if role else ""
        self.findings.append(RowFinding(self.number, heading, "", reason, advice))


def _against_earlier(now: UnderstoodRow, columns: Columns, seen: dict[str, TableRow]) -> UnderstoodRow:
    """Two rows of one table with one number: the same row twice is noted, two different rows cannot both be it."""
    line = now.line
    if line is None or (first := seen.setdefault(line.key, line)) is line:
        return now
    heading = columns.heading(parts.NUMBER)
    if first.content == line.content:
        same = RowFinding(line.row, heading, line.number, f"与第 {first.row} 行完全相同", "不重复登记", "note")
        return UnderstoodRow(now.row, line, (*now.findings, same))
    reason = f"编号与第 {first.row} 行相同，内容却不同，看不出哪一行是它"
    clash = RowFinding(line.row, heading, line.number, reason, "改正其中一行的编号后再导入")
    return UnderstoodRow(now.row, None, (*now.findings, clash))
