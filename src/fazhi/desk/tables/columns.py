"""What the columns of a table of appeals are called, and which column is which."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from fazhi.desk.tables.read import Cell, Sheet

LEFT_OUT = "-"
NEEDED = ("received", "text")
HEADING_WITHIN = 20

_WORDS = tomllib.loads(files("fazhi.desk.tables").joinpath("headings.toml").read_text(encoding="utf-8"))
ROLES: Mapping[str, str] = {role: table["title"] for role, table in _WORDS.items() if role != "left_out"}
_KNOWN: Mapping[str, str] = {
    spelling: LEFT_OUT if role == "left_out" else role
    for role, table in _WORDS.items()
    for spelling in table["spellings"]
}


class Unmapped(ValueError):
    """The headings leave a question that a person must answer; the words say how."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` gives the column (from 0) of each role found; `left_out` are headings that are known and not brought in."""

    heading_row: int
    headings: tuple[str, ...]
    at: Mapping[str, int]
    left_out: tuple[str, ...]

    def cell(self, cells: Sequence[Cell], role: str) -> Cell:
        """The cell of a role; None where the table has no such column or the row is short."""
        place = self.at.get(role)
        return None if place is None or place >= len(cells) else cells[place]

    def heading(self, role: str) -> str:
        """What the table calls a role; our own word where it has none."""
        return self.headings[self.at[role]] if role in self.at else ROLES[role]


def plain_heading(text: object) -> str:
    """A heading without spaces, brackets and what stands in them, in lower case."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text)).strip().lstrip("\ufeff*").lower()
    plain = re.sub(r"\(.*?\)|【.*?】|\[.*?\]", "", plain)
    return re.sub(r"[\s:*]+", "" if re.search(r"[\u4e00-\u9fff]", plain) else "_", plain).strip("_")


def read_columns(sheet: Sheet, chosen: Mapping[str, str] | None = None) -> Columns:
    """Which column is which. `chosen`: heading → role said by hand, "-" for not wanted. Raises Unmapped."""
    by_hand = {plain_heading(heading): role for heading, role in (chosen or {}).items()}
    number, headings = _heading(sheet, by_hand)
    roles = [_role(heading, by_hand) for heading in headings]
    _refuse_unknown_choice(chosen or {}, headings)
    problems = [*_unknown(headings, roles), *_twice(headings, roles), *_missing(headings, roles)]
    if problems:
        raise Unmapped("\n".join(problems))
    at = {role: place for place, role in enumerate(roles) if role and role != LEFT_OUT}
    left_out = tuple(heading for heading, role in zip(headings, roles, strict=True) if role == LEFT_OUT)
    return Columns(number, headings, at, left_out)


def _heading(sheet: Sheet, by_hand: Mapping[str, str]) -> tuple[int, tuple[str, ...]]:
    """The row that names the columns: the one of the first rows that knows most of its cells."""
    best, row = 0, 0
    found: tuple[str, ...] = ()
    for number, cells in sheet.rows[:HEADING_WITHIN]:
        known = {_role(cell, by_hand) for cell in cells} - {""}
        if len(known) > best:
            best, row = len(known), number
            found = tuple("" if cell is None else str(cell).strip() for cell in cells)
    if not best:
        first = "、".join(str(cell) for cell in sheet.rows[0][1] if cell is not None) if sheet.rows else "（空表）"
        raise Unmapped(
            f"前 {HEADING_WITHIN} 行里找不到表头，第一行是：{first[:200]}。"
            "表头至少要有“来信时间”和“来信内容”两列（常见叫法都认识）；"
            "名称不同的，用 --column '列名=received'、--column '列名=text' 指明。"
        )
    return row, found


def _role(heading: object, by_hand: Mapping[str, str]) -> str:
    plain = plain_heading(heading)
    return by_hand.get(plain) or _KNOWN.get(plain, "")


def _unknown(headings: Sequence[str], roles: Sequence[str]) -> list[str]:
    return [
        f"不认识第 {place} 列“{heading}”{_close(heading)}。"
        f"请指明它的用途：--column '{heading}=用途'；不导入就写 --column '{heading}=-'。"
        for place, (heading, role) in enumerate(zip(headings, roles, strict=True), 1)
        if heading and not role
    ]


def _close(heading: str) -> str:
    like = difflib.get_close_matches(plain_heading(heading), _KNOWN, 1, 0.6)
    role = _KNOWN[like[0]] if like else ""
    return f"（像是“{ROLES[role]}”，即 {role}）" if role in ROLES else ""


def _twice(headings: Sequence[str], roles: Sequence[str]) -> list[str]:
    said = []
    for role in ROLES:
        same = [heading for heading, which in zip(headings, roles, strict=True) if which == role]
        if len(same) > 1:
            rest = " ".join(f"--column '{heading}=-'" for heading in same[1:])
            said.append(f"“{'”和“'.join(same)}”都像是“{ROLES[role]}”。请留一列，其余写成不导入，例如 {rest}。")
    return said


def _missing(headings: Sequence[str], roles: Sequence[str]) -> list[str]:
    said = [
        f"缺少“{ROLES[role]}”一列，没有它无法登记。表里的列是：{'、'.join(filter(None, headings))}。"
        f"若其中一列就是，请写 --column '列名={role}'。"
        for role in NEEDED
        if role not in roles
    ]
    if "reply" in roles and "replied" not in roles:
        said.append(
            "有“答复内容”而没有“答复时间”一列，答复是否按期无从判断。请补上这一列，或写 --column '列名=replied'。"
        )
    return said


def _refuse_unknown_choice(chosen: Mapping[str, str], headings: Sequence[str]) -> None:
    there = {plain_heading(heading) for heading in headings}
    for heading, role in chosen.items():
        if role != LEFT_OUT and role not in ROLES:
            uses = "、".join(f"{name}（{word}）" for name, word in ROLES.items())
            raise Unmapped(f"--column '{heading}={role}' 里的用途不认识。可用的有：{uses}；不导入写“-”。")
        if plain_heading(heading) not in there:
            raise Unmapped(f"--column 指明的列“{heading}”不在表里。表里的列是：{'、'.join(filter(None, headings))}。")
