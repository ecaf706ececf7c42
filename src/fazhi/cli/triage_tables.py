"""Sorted letters out of a table: title, text and the name each was given; columns not needed are passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fazhi.desk.tables.columns import APPEALS, plain_heading
from fazhi.desk.tables.read import Cell, read_sheet
from fazhi.triage.letter import Letter, read_letter

AGENCY = "agency"
LABELS = ("label", "标签", "一级标签", "一级分类", "一级类别", "类别", "分类标签")
HEADING_WITHIN = 20


class NotSorted(ValueError):
    """The table lacks a column that is needed; the words say which and what it may be called."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Letters with the name each was given; `refused` are rows that could not be used, with the reason; `days` say
    when each letter came, as written and empty where nothing is."""

    letters: tuple[tuple[Letter, str], ...]
    refused: tuple[tuple[int, str], ...]
    days: tuple[str, ...] = ()


def read_sorted(path: Path, *, role: str = "topic", column: str = "") -> Sorted:
    """Letters of a file; `role` says what they are sorted by, `column` names that column by hand. Raises NotSorted."""
    sheet = read_sheet(path)
    names = _spellings(role) | ({plain_heading(column): role} if column else {})
    heading, at = _heading(sheet.rows, names)
    missing = [name for name in ("text", role) if name not in at]
    if missing:
        there = "、".join(str(cell) for cell in heading if cell not in (None, ""))
        wanted = "、".join("“来信内容”" if name == "text" else "给出类别的" for name in missing)
        raise NotSorted(
            f"{path.name} 里找不到{wanted}列。现有的列：{there or '（空表）'}。可用 --column 列名 指明类别列。"
        )
    letters: list[tuple[Letter, str]] = []
    refused: list[tuple[int, str]] = []
    days: list[str] = []
    for number, cells in sheet.rows:
        if cells is heading:
            continue
        title, text, name = (_said(cells, at.get(part)) for part in ("title", "text", role))
        letter = read_letter(text, title)
        if letter.empty or not name:
            refused.append((number, "没有文字" if letter.empty else "没有类别"))
        else:
            letters.append((letter, name))
            days.append(_said(cells, at.get("received")))
    return Sorted(tuple(letters), tuple(refused), tuple(days))


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Title and text of each row of a file, sorted or not. Raises NotSorted, Unreadable."""
    sheet = read_sheet(path)
    heading, at = _heading(sheet.rows, _spellings("topic"))
    if "text" not in at:
        raise NotSorted(f"{path.name} 里找不到“来信内容”列。")
    for _, cells in sheet.rows:
        if cells is not heading:
            yield _said(cells, at.get("title")), _said(cells, at["text"])


def _spellings(role: str) -> dict[str, str]:
    known = {
        spelling: name for spelling, name in APPEALS.spellings.items() if name in ("title", "text", "received", role)
    }
    return known | ({plain_heading(word): role for word in LABELS} if role == "topic" else {})


def _heading(
    rows: Sequence[tuple[int, tuple[Cell, ...]]], names: Mapping[str, str]
) -> tuple[tuple[Cell, ...], dict[str, int]]:
    """The row of the first ones that names most columns, and where each stands; the first of equals counts."""
    best: dict[str, int] = {}
    found: tuple[Cell, ...] = rows[0][1] if rows else ()
    for _, cells in rows[:HEADING_WITHIN]:
        at: dict[str, int] = {}
        for place, cell in enumerate(cells):
            role = names.get(plain_heading(cell))
            if role:
                at.setdefault(role, place)
        if len(at) > len(best):
            best, found = at, cells
    return found, best


def _said(cells: Sequence[Cell], place: int | None) -> str:
    return "" if place is None or place >= len(cells) or cells[place] is None else str(cells[place]).strip()
