"""A list read whole: searched, sorted and paged by what stands in the address, taken along as it is narrowed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.people.pinyin import sort_key
from fazhi.web.faces.tables import as_table

Thing = TypeVar("Thing")
PAGE: Final = 100
LONGEST: Final = 60


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
        cells = [[column.of(thing) for column in self.columns] for thing in self.every]
        return as_table(name, [column.title for column in self.columns], cells, form)

    def values(self, export: str, *args: object) -> dict[str, Any]:
        """What the pieces of a list on a page are drawn from."""
        return {
            "heads": self.heads,
            "words": self.words,
            "query": self.query,
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
) -> Listed[Thing]:
    """The things that hold every word of `q`, in the order of `sort`, from behind the one that `after` names.

    A `prefix` keeps two lists of one page apart; an order, a page or a key that there is not is passed over.
    """
    words = " ".join(asked.get("q", "").split())[:LONGEST]
    order, down, after = (asked.get(prefix + name, "") for name in ("sort", "down", "after"))
    found = [thing for thing in things if holds(words, (column.of(thing) for column in columns))]
    by = next((column for column in columns if column.name == order), None)
    if by is not None:
        found.sort(key=lambda thing: _rank(by.of(thing)), reverse=bool(down))
    keys = [str(key(thing)) for thing in found]
    begin = keys.index(after) + 1 if after in keys else 0
    shown = found[begin : begin + PAGE]
    kept = _without(asked, prefix)
    onward = f"?{_with(kept, prefix, after=str(key(shown[-1])))}" if begin + PAGE < len(found) else ""
    heads = tuple(_head(kept, prefix, column, by, bool(down)) for column in columns)
    back = f"?{kept.urlencode()}" if begin else ""
    return Listed(columns, tuple(found), tuple(shown), heads, words, kept.urlencode(), back, onward)


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
    if isinstance(value, date):
        return 1, 0.0, value.isoformat()
    if isinstance(value, int | float):
        return 1, float(value), ""
    return 2, 0.0, sort_key(str(value))
