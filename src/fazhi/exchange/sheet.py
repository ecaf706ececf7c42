"""A partner's file as rows of named cells: its encoding, its delimiter, its columns, its day and running number."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from fazhi.ledger import today
from fazhi.rulebook.partners import Partner

LARGEST_CELL = 4 * 1024 * 1024


class BadFile(ValueError):
    """The file as a whole cannot be taken; nothing was changed. The words say what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, the heading counted, and its cells by column. `wrong` says why it is no row."""

    row: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that can be read. `digest` is `sm3:<hex>` of its bytes."""

    name: str
    day: date
    serial: int
    digest: str
    lines: tuple[Line, ...]


def digest_of(data: bytes) -> str:
    return "sm3:" + hashlib.new("sm3", data).hexdigest()


def plain_name(name: str) -> str:
    """The last part of a name, as it may be shown and kept; it never becomes a path."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(sign for sign in last if sign.isprintable())[:200]


def is_called(partner: Partner, name: str) -> bool:
    """Whether a file is called as this partner calls its files."""
    return re.fullmatch(partner.file, plain_name(name)) is not None


def read_sheet(
    partner: Partner, data: bytes, name: str, *, day: date | None = None, serial: int | None = None
) -> Sheet:
    """The file of a day; BadFile where its name, encoding or heading are not what the page of the partner says."""
    name = plain_name(name)
    told = _told_by(partner, name)
    day, serial = day or told[0], serial or told[1]
    if day is None or serial is None:
        raise BadFile(f"从文件名“{name}”看不出是哪一天的第几份：应形如 {partner.example}，或者写明 --day 和 --serial。")
    if day > today():
        raise BadFile(f"文件写的是 {day}，在今天之后：请核对文件名。")
    return Sheet(name, day, serial, digest_of(data), read_lines(partner, data))


def read_lines(partner: Partner, data: bytes, needed: tuple[str, ...] | None = None) -> tuple[Line, ...]:
    """The rows below the heading; `needed` are the columns that must be there, all that the page reads unless said."""
    rows = _cells(partner, data)
    if not rows:
        raise BadFile("文件是空的：没有数据的日子也要有表头。")
    heading = tuple(cell.strip() for cell in rows[0])
    missing = [name for name in (partner.columns if needed is None else needed) if name not in heading]
    if missing:
        raise BadFile(f"缺少列：{'、'.join(missing)}。文件的列是：{'、'.join(filter(None, heading))[:300]}。")
    if twice := [name for name in dict.fromkeys(heading) if name and heading.count(name) > 1]:
        raise BadFile(f"列名重复：{'、'.join(twice)}，看不出以哪一列为准。")
    return tuple(_line(at, row, heading) for at, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row))


def _line(at: int, row: list[str], heading: tuple[str, ...]) -> Line:
    if len(row) != len(heading):
        return Line(at, {}, f"这一行有{len(row)}列，表头有{len(heading)}列：检查多余或缺少的分隔符和引号")
    return Line(at, dict(zip(heading, (_plain(cell) for cell in row), strict=True)))


def _plain(cell: str) -> str:
    lines = (line.strip() for line in cell.replace("\x00", "").splitlines())
    return "\n".join(line for line in lines if line)


def _told_by(partner: Partner, name: str) -> tuple[date | None, int | None]:
    found = re.fullmatch(partner.file, name)
    if found is None:
        return None, None
    try:
        return datetime.strptime(found["day"], "%Y%m%d").date(), int(found["serial"])  # noqa: DTZ007 - a bare day
    except ValueError as error:
        raise BadFile(f"文件名“{name}”里的日期不是日期：应为八位数字，如 20260301。") from error


def _cells(partner: Partner, data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig" if partner.encoding == "utf-8" else partner.encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(f"第{line}行不是约定的 {partner.encoding.upper()} 编码：请对方按约定重新生成。") from error
    csv.field_size_limit(LARGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=partner.delimiter, strict=True))
    except csv.Error as error:
        raise BadFile(f"引号或分隔符不成对，读不下去（{error}）：请对方重新生成文件。") from error
