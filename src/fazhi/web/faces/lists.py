"""A list read whole: searched, sorted and paged by what stands in the address, taken along as it is narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.people.pinyin import sort_key
from fazhi.web.faces.tables import as_table

Thing = TypeVar("Thing")
Heading = TypeVar("Heading")
PAGE: Final = 100
LONGEST: Final = 60
PLACES: Final = ("after", "before")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: `href` sorts by it, `mark` says how it is sorted now."""

    label: str
    href: str = ""
    mark: str = ""
    number: bool = False


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """What a column says of a thing: words are searched, all values sort, and each is a cell of the table."""

    name: str
    title: str
    of: Callable[[Thing], object]
    number: bool = False
    words: Callable[[Thing], object] | None = None
    """What is searched where it reads otherwise than it sorts."""


@dataclass(frozen=True)
class Listed(Generic[Thing]):
    """The list as its address asks for it: `every` thing in order, those `shown` on this page, and the way on."""

    columns: Sequence[Column[Thing]]
    every: tuple[Thing, ...]
    shown: tuple[Thing, ...]
    heads: tuple[Head, ...]
    words: str
    query: str
    first: str
    after: str

    def table(self, name: str, form: str) -> HttpResponse:
        cells = [[_cell(column, thing) for column in self.columns] for thing in self.every]
        return as_table(name, [column.title for column in self.columns], cells, form)

    def heads_of(self, *names: str) -> tuple[Head, ...]:
        """The heads of those columns that the page draws."""
        return tuple(head for column, head in zip(self.columns, self.heads, strict=True) if column.name in names)

    def values(self, export: str, *args: object) -> dict[str, Any]:
        """What the pieces of a list on a page are drawn from."""
        return {
            "heads": self.heads,
            "words": self.words,
            "query": self.query,
            "kept": kept_beside(parse_qsl(self.query)),
            "exports": taking(export, *args, query=self.query),
            "first": self.first,
            "after": self.after,
        }


def listed(
    asked: QueryDict,
    columns: Sequence[Column[Thing]],
    things: Iterable[Thing],
    key: Callable[[Thing], object],
    *,
    prefix: str = "",
    size: int = PAGE,
) -> Listed[Thing]:
    """The things that hold every word of `q`, in the order of `sort`, from behind the one that `after` names.

    A `prefix` keeps two lists of one page apart; an order, a page or a key that there is not is passed over.
    """
    words = words_asked(asked)
    order, down, after = (asked.get(prefix + name, "") for name in ("sort", "down", "after"))
    found = [thing for thing in things if holds(words, ((column.words or column.of)(thing) for column in columns))]
    by = next((column for column in columns if column.name == order), None)
    if by is not None:
        found.sort(key=lambda thing: _rank(by.of(thing)), reverse=bool(down))
    keys = [str(key(thing)) for thing in found]
    begin = keys.index(after) + 1 if after in keys else 0
    shown = found[begin : begin + size]
    kept = _without(asked, prefix)
    onward = f"?{_with(kept, prefix, after=str(key(shown[-1])))}" if begin + size < len(found) else ""
    heads = tuple(_head(kept, prefix, column, by, bool(down)) for column in columns)
    back = f"?{kept.urlencode()}" if begin else ""
    return Listed(columns, tuple(found), tuple(shown), heads, words, kept.urlencode(), back, onward)


def words_asked(asked: Mapping[str, str]) -> str:
    """What is looked for in a list, as it was typed."""
    return " ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST]


def narrowed(
    words: str, groups: Iterable[tuple[Heading, Iterable[Thing]]], of: Callable[[Heading, Thing], Iterable[object]]
) -> list[tuple[Heading, list[Thing]]]:
    """A directory in groups, narrowed to what holds every word; a group with nothing left is left out."""
    found = [(title, [one for one in things if holds(words, of(title, one))]) for title, things in groups]
    return [(title, things) for title, things in found if things]


def turning(
    titles: Mapping[str, str], ways: Mapping[str, Sequence[tuple[str, str]]], kept: Mapping[str, str], now: str
) -> tuple[Head, ...]:
    """The heads of a list that its room reads in order, page by page. `ways` gives a column that sorts what `sort` is
    in the address and how that marks the head, one after the other as it is pressed; `now` is the one in use."""
    heads = []
    for name, title in titles.items():
        turns = ways.get(name, ())
        at = next((place for place, (word, _mark) in enumerate(turns) if word == now), -1)
        told = {"sort": turns[(at + 1) % len(turns)][0]} if turns else {}
        query = urlencode({key: value for key, value in {**kept, **told}.items() if value})
        heads.append(Head(title, f"?{query}" if turns else "", turns[at][1] if at >= 0 else ""))
    return tuple(heads)


def kept_beside(asked: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """What else stands in the address and stays there when other words are looked for: all but the place."""
    return [(name, value) for name, value in asked if value and name != "q" and name.rpartition("-")[2] not in PLACES]


def taking(name: str, *args: object, query: str = "") -> list[tuple[str, str]]:
    """The ways to take a list along, as its page is narrowed."""
    ways = (("xlsx", _("导出表格")), ("csv", _("导出文本")))
    tail = f"?{query}" if query else ""
    return [(label, reverse(name, args=[*args, form]) + tail) for form, label in ways]


def holds(words: str, cells: Iterable[object]) -> bool:
    """Whether every word stands somewhere in the cells."""
    if not words:
        return True
    text = " ".join(str(cell) for cell in cells if cell is not None).casefold()
    return all(word in text for word in words.casefold().split())


def _cell(column: Column[Thing], thing: Thing) -> object:
    value = column.of(thing)
    return column.words(thing) if column.words and isinstance(value, datetime) else value


def _head(kept: QueryDict, prefix: str, column: Column[Thing], by: Column[Thing] | None, down: bool) -> Head:
    chosen = by is not None and by.name == column.name
    mark = ("descending" if down else "ascending") if chosen else ""
    turn = "yes" if chosen and not down else ""
    return Head(column.title, f"?{_with(kept, prefix, sort=column.name, down=turn)}", mark, column.number)


def _without(asked: QueryDict, prefix: str) -> QueryDict:
    kept = asked.copy()
    kept.pop(f"{prefix}after", None)
    return kept


def _with(kept: QueryDict, prefix: str, **change: str) -> str:
    changed = kept.copy()
    for name, value in change.items():
        changed.pop(prefix + name, None)
        if value:
            changed[prefix + name] = value
    return changed.urlencode()


def _rank(value: object) -> tuple[int, float, str]:
    """Numbers and days by size, words by their sound; what is empty comes first."""
    if value is None or value == "":
        return 0, 0.0, ""
    if isinstance(value, datetime):
        return 1, value.timestamp(), ""
    if isinstance(value, date):
        return 1, 0.0, value.isoformat()
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 2, 0.0, sort_key(str(value))
