"""Registers as both doors show them: filters in the address, sorted columns, values in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from fazhi.law import FieldKind, Procedure, Title
from fazhi.registers.values import Line, State, Wanted
from fazhi.rulebook.columns import column_kinds, slots_of
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Head
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import day_words, said

WIDE = 6
"""Columns of a list; the rest stands on the page of the line."""
SHORT = 80
LINE, NAME = 7, 12
"""From how many signs on a value may be broken into lines, and the first of a row."""
FIND = "f-"
NUMBERS = ("number", "money")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of a register; `unread` says why its day could not be understood."""

    wanted: Wanted
    after: str
    query: Mapping[str, str]
    unread: str = ""

    @property
    def day_told(self) -> date | None:
        """The day for which the list was asked, where it was."""
        return self.wanted.day if self.query["on"] and not self.unread else None

    def address(self, base: str, **change: str) -> str:
        """The same question with something else in it; whatever changes, the first page comes."""
        kept = {name: value for name, value in {**self.query, **change}.items() if value and name != "after"}
        if change.get("after"):
            kept["after"] = change["after"]
        return f"{base}?{urlencode(kept)}" if kept else base


def read_address(page: Procedure, given: Mapping[str, str], today: date) -> Asked:
    """State, day, year, order, words and values of columns; a day that is not understood is told; today stands then."""
    names = slots_of(page)
    columns = {name: given[FIND + name].strip() for name in names if given.get(FIND + name, "").strip()}
    state: State = next((one for one in get_args(State) if one == given.get("state")), "standing")
    day, typed, unread = today, given.get("on", "").strip(), ""
    try:
        day = read_day(typed, today, calendar()) if typed else today
    except ValueError as wrong:
        unread = str(wrong)
    order, year = given.get("order", ""), given.get("year", "").strip().removesuffix("年")
    order = order if order in names else ""
    down = given.get("down") == "yes"
    wanted = Wanted(day, state, columns, int(year) if year.isdecimal() and len(year) == 4 else 0, order, down)
    query = {FIND + name: value for name, value in columns.items()}
    query |= {"state": "" if state == "standing" else state, "order": order, "down": "yes" if down else ""}
    query |= {"year": str(wanted.year or ""), "on": typed if unread else "" if day == today else day.isoformat()}
    query["q"] = " ".join(given.get("q", "").split())
    return Asked(wanted, given.get("after", ""), query, unread)


def state_chips(page: Procedure, asked: Asked, base: str) -> list[Chip]:
    """The states a line can be in; what is held once and counted has none."""
    leaves = page.register.leaves if page.register else ()
    words: list[tuple[State, str]] = [("standing", _("在册")), ("ending", _("将到期")), ("left", _("已移出"))]
    if not leaves:
        return []
    if not any(rule.deems in leaves for rule in page.clocks.values()):
        words.pop(1)
    words.append(("all", _("全部")))
    now = asked.wanted.state
    return [
        Chip(label, asked.address(base, state="" if one == "standing" else one), chosen=one == now)
        for one, label in words
    ]


def filter_fields(page: Procedure, asked: Asked, values: Callable[[str], Mapping[str, int]]) -> list[Field]:
    """One field for each column to find by; texts with few values are offered as a choice."""
    kinds, query = column_kinds(page), asked.query
    hint = _("如 2025-12-31、2025年12月31日")
    found = [Field("on", _("查哪一天有效的"), "text", query.get("on", ""), hint, asked.unread, narrows=True)]
    for name in slots_of(page):
        kind, value = kinds[name], asked.wanted.columns.get(name, "")
        label = said(kind.title)
        if kind.kind == "choice":
            choices = tuple((code, said(title)) for code, title in kind.choice_titles.items())
            found.append(Field(FIND + name, label, "select", value, choices=choices, narrows=True))
        elif kind.kind in ("number", "money", "day"):
            by_day, by_number = (
                _("一天，或者一段，如 2025-01-01..2025-12-31"),
                _("一个数，如 500；一段范围，如 100..500"),
            )
            hint = by_day if kind.kind == "day" else by_number
            found.append(Field(FIND + name, label, "text", value, hint, narrows=True))
        else:
            few = tuple((one, "") for one in values(name))
            found.append(Field(FIND + name, label, "search", value, choices=few, narrows=True))
    if "held" in (page.register.enters if page.register else ()):
        found.append(Field("year", _("年度"), "text", query.get("year", ""), narrows=True))
    return found


def heads(page: Procedure, asked: Asked, base: str) -> list[Head]:
    """The heads of the list, those of columns to find by with the way to sort by them."""
    slots, now = slots_of(page), asked.wanted
    found = []
    for name, kind in listed(page).items():
        number = kind.kind in NUMBERS
        if name not in slots:
            found.append(Head(said(kind.title), number=number))
            continue
        down = now.order == name and not now.down
        mark = "" if now.order != name else ("descending" if now.down else "ascending")
        found.append(Head(said(kind.title), asked.address(base, order=name, down="yes" if down else ""), mark, number))
    return found


def listed(page: Procedure) -> dict[str, FieldKind]:
    """The columns that a list shows: those to find by first in the page's order, no private ones."""
    register = page.register
    private = set(register.private) if register else set()
    shown = {name: kind for name, kind in column_kinds(page).items() if name not in private}
    find = set(register.find) if register else set()
    first = [name for name in shown if name in find or shown[name].required]
    chosen = [*first, *(name for name in shown if name not in first)][:WIDE]
    naming = naming_column(shown)
    return {name: shown[name] for name in dict.fromkeys((naming, *shown)) if name == naming or name in chosen}


def naming_column(kinds: Mapping[str, FieldKind]) -> str:
    """The column by which a line is called: its first text that must be said, else its first column."""
    texts = (name for name, kind in kinds.items() if kind.kind == "text" and kind.required)
    return next(texts, next(iter(kinds), ""))


def heading(page: Procedure, line: Line, names: Mapping[str, str]) -> str:
    """What a line is called."""
    kinds = column_kinds(page)
    private = page.register.private if page.register else ()
    name = naming_column({one: kind for one, kind in kinds.items() if one not in private})
    return value_words(kinds[name], line.data.get(name, ""), names) if name else ""


def directory_words(group: Title, page: Procedure) -> tuple[object, ...]:
    """By what a register is found in the directory: its name and group in both languages, and its statute."""
    return page.title.zh, page.title.en, group.zh, group.en, page.source or ""


def source_words(page: Procedure) -> dict[str, str]:
    """What a register rests on, and how firmly where it is not read in the statute itself."""
    source = page.source
    return {"law": str(source or ""), "law_status": status_words(source.weakest) if source else ""}


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a line in the list, long texts shortened; `label` names it where the list folds."""

    label: str
    value: str
    number: bool
    short: bool = False
    """Whether it is a day, or a few signs, and so stands in one line."""


def cells(page: Procedure, line: Line, names: Mapping[str, str]) -> list[Cell]:
    """The values of a line as the list shows them."""
    found: list[Cell] = []
    for name, kind in listed(page).items():
        value = value_words(kind, line.data.get(name, ""), names)
        shown = value if len(value) <= SHORT else value[:SHORT] + "…"
        short = kind.kind == "day" or len(shown) < (LINE if found else NAME)
        found.append(Cell(said(kind.title), shown, kind.kind in NUMBERS, short))
    return found


def pairs(page: Procedure, data: Mapping[str, str], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Every value of a line with the title of its column."""
    kinds = column_kinds(page)
    return [(said(kind.title), value_words(kind, data[name], names)) for name, kind in kinds.items() if data.get(name)]


def value_words(kind: FieldKind, value: str, names: Mapping[str, str]) -> str:
    """A value as people read it."""
    if not value:
        return ""
    if kind.kind == "choice":
        return said(kind.choice_titles.get(value, value))
    if kind.kind == "unit":
        return names.get(value, "")
    if kind.kind == "day":
        try:
            return day_words(date.fromisoformat(value), year=True)
        except ValueError:
            return value
    return number_words(value) if kind.kind in NUMBERS else value


def number_words(value: str | Decimal) -> str:
    """A number with separators, without noughts that say nothing; a year or a code as it is written."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return str(value)
    if number == number.to_integral_value():
        whole = int(number)
        return str(whole) if abs(whole) < 10_000 else f"{whole:,}"
    places = max(2, -int(number.normalize().as_tuple().exponent))
    return f"{number:,.{places}f}"


def changes(page: Procedure, versions: Sequence[Line], names: Mapping[str, str]) -> list[dict[str, object]]:
    """The history of a line, the newest first: what each version said anew."""
    found: list[dict[str, object]] = []
    before: Mapping[str, str] = {}
    for one in versions:
        fresh = {name: value for name, value in one.data.items() if before.get(name) != value}
        gone = [name for name in before if name not in one.data]
        said_anew = pairs(page, fresh, names)
        said_anew += [(said(column_kinds(page)[name].title), _("（删去）")) for name in gone]
        found.append(
            {"since": one.since, "until": one.until, "leaves": one.leaves, "first": not before, "said": said_anew}
        )
        before = one.data
    return found[::-1]
