"""What the columns of a table are called, and which column is which."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from fazhi.desk.tables.read import Cell, Sheet

LEFT_OUT = "-"
NEEDED = ("received", "text")
HEADING_WITHIN = 20

_WORDS = tomllib.loads(files("fazhi.desk.tables").joinpath("headings.toml").read_text(encoding="utf-8"))
ROLES: Mapping[str, str] = {role: table["title"] for role, table in _WORDS.items() if role != "left_out"}


@dataclass(frozen=True, slots=True)
class Headings:
    """How columns may be headed: `titles` by role, roles by plain spelling ("-" for what is known and not brought in),
    those without which nothing can be entered, and those that need another beside them, with the reason."""

    titles: Mapping[str, str]
    spellings: Mapping[str, str]
    needed: tuple[str, ...]
    paired: Mapping[str, tuple[str, str]] = field(default_factory=dict)


APPEALS = Headings(
    ROLES,
    {
        spelling: LEFT_OUT if role == "left_out" else role
        for role, table in _WORDS.items()
        for spelling in table["spellings"]
    },
    NEEDED,
    {"reply": ("replied", "答复是否按期无从判断")},
)


class Unmapped(ValueError):
    """The headings leave a question that a person must answer; the words say how."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` gives the column (from 0) of each role found; `left_out` are headings that are known and not brought in."""

    heading_row: int
    headings: tuple[str, ...]
    at: Mapping[str, int]
    left_out: tuple[str, ...]
    titles: Mapping[str, str] = field(default_factory=lambda: ROLES)

    def cell(self, cells: Sequence[Cell], role: str) -> Cell:
        """The cell of a role; None where the table has no such column or the row is short."""
        place = self.at.get(role)
        return None if place is None or place >= len(cells) else cells[place]

    def heading(self, role: str) -> str:
        """What the table calls a role; our own word where it has none."""
        return self.headings[self.at[role]] if role in self.at else self.titles.get(role, role)


def plain_heading(text: object) -> str:
    """A heading without spaces, brackets and what stands in them, in lower case."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text)).strip().lstrip("\ufeff*").lower()
    plain = re.sub(r"\(.*?\)|【.*?】|\[.*?\]", "", plain)
    return re.sub(r"[\s:*]+", "" if re.search(r"[\u4e00-\u9fff]", plain) else "_", plain).strip("_")


def read_columns(sheet: Sheet, chosen: Mapping[str, str] | None = None, known: Headings = APPEALS) -> Columns:
    """Which column is which. `chosen`: heading → role said by hand, "-" for not wanted. Raises Unmapped."""
    spoken = {plain_heading(heading): role for heading, role in (chosen or {}).items()}
    roles_of = {**known.spellings, **spoken}
    number, headings = _heading(sheet, roles_of, known)
    roles = [roles_of.get(plain_heading(heading), "") for heading in headings]
    _refuse_unknown_choice(chosen or {}, headings, known)
    problems = [*_unknown(headings, roles, known), *_twice(headings, roles, known), *_missing(headings, roles, known)]
    if problems:
        raise Unmapped("\n".join(problems))
    at = {role: place for place, role in enumerate(roles) if role and role != LEFT_OUT}
    left_out = tuple(heading for heading, role in zip(headings, roles, strict=True) if role == LEFT_OUT)
    return Columns(number, headings, at, left_out, known.titles)


def _heading(sheet: Sheet, roles_of: Mapping[str, str], known: Headings) -> tuple[int, tuple[str, ...]]:
    """The row that names the columns: the one of the first rows that knows most of its cells."""
    best, row = 0, 0
    found: tuple[str, ...] = ()
    for number, cells in sheet.rows[:HEADING_WITHIN]:
        hits = len({roles_of.get(plain_heading(cell), "") for cell in cells} - {""})
        if hits > best:
            best, row = hits, number
            found = tuple("" if cell is None else str(cell).strip() for cell in cells)
    if not best:
        first = "、".join(str(cell) for cell in sheet.rows[0][1] if cell is not None) if sheet.rows else "（空表）"
        wanted = "、".join(f"“{known.titles[role]}”" for role in known.needed)
        by_hand = "、".join(f"--column '列名={role}'" for role in known.needed)
        raise Unmapped(
            f"前 {HEADING_WITHIN} 行里找不到表头，第一行是：{first[:200]}。"
            f"表头至少要有{wanted}各列；名称不同的，用 {by_hand} 指明。"
        )
    return row, found


def _unknown(headings: Sequence[str], roles: Sequence[str], known: Headings) -> list[str]:
    return [
        f"不认识第 {place} 列“{heading}”{_close(heading, known)}。"
        f"请指明它的用途：--column '{heading}=用途'；不导入就写 --column '{heading}=-'。"
        for place, (heading, role) in enumerate(zip(headings, roles, strict=True), 1)
        if heading and not role
    ]


def _close(heading: str, known: Headings) -> str:
    like = difflib.get_close_matches(plain_heading(heading), known.spellings, 1, 0.6)
    role = known.spellings[like[0]] if like else ""
    return f"（像是“{known.titles[role]}”，即 {role}）" if role in known.titles else ""


def _twice(headings: Sequence[str], roles: Sequence[str], known: Headings) -> list[str]:
    said = []
    for role, title in known.titles.items():
        same = [heading for heading, which in zip(headings, roles, strict=True) if which == role]
        if len(same) > 1:
            rest = " ".join(f"--column '{heading}=-'" for heading in same[1:])
            said.append(f"“{'”和“'.join(same)}”都像是“{title}”。请留一列，其余写成不导入，例如 {rest}。")
    return said


def _missing(headings: Sequence[str], roles: Sequence[str], known: Headings) -> list[str]:
    said = [
        f"缺少“{known.titles[role]}”一列，没有它无法登记。表里的列是：{'、'.join(filter(None, headings))}。"
        f"若其中一列就是，请写 --column '列名={role}'。"
        for role in known.needed
        if role not in roles
    ]
    for role, (other, why) in known.paired.items():
        if role in roles and other not in roles:
            said.append(
                f"有“{known.titles[role]}”而没有“{known.titles[other]}”一列，{why}。"
                f"请补上这一列，或写 --column '列名={other}'。"
            )
    return said


def _refuse_unknown_choice(chosen: Mapping[str, str], headings: Sequence[str], known: Headings) -> None:
    there = {plain_heading(heading) for heading in headings}
    for heading, role in chosen.items():
        if role != LEFT_OUT and role not in known.titles:
            uses = "、".join(f"{name}（{word}）" for name, word in known.titles.items())
            raise Unmapped(f"--column '{heading}={role}' 里的用途不认识。可用的有：{uses}；不导入写“-”。")
        if plain_heading(heading) not in there:
            raise Unmapped(f"--column 指明的列“{heading}”不在表里。表里的列是：{'、'.join(filter(None, headings))}。")
