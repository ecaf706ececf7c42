"""What a log is narrowed to, read from the address: words, days, and how far back its page begins."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.people.deeds import PAGE
from fazhi.web.faces.lists import taking, turning
from fazhi.web.faces.values import Field
from fazhi.web.office.gate import Here
from fazhi.web.office.narrowing import day_typed

LONGEST = 80
OLDEST = "old"
AT_ONCE = 500


class Numbered(Protocol):
    """A line of a log."""

    @property
    def number(self) -> int: ...


Line = TypeVar("Line", bound=Numbered)


@dataclass(frozen=True, slots=True)
class Log:
    """As typed, and the days asked for; `errors` name days that could not be read. `before`: the number of the line
    before which the page begins, or after which where the oldest come first; 0 for the first page."""

    typed: Mapping[str, str]
    since: date | None
    until: date | None
    before: int
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.typed.items() if value})

    @property
    def oldest(self) -> bool:
        """Whether the oldest lines come first."""
        return self.typed["sort"] == OLDEST

    def ways(self, name: str, rows: Sequence[Mapping[str, Any]], heads: Mapping[str, str]) -> dict[str, Any]:
        """The way on from a page of rows, back to its first, to its table at `name`_export, and to the other order by
        the first of its heads."""
        address = reverse(name)
        turns = {next(iter(heads)): (("", "descending"), (OLDEST, "ascending"))}
        return {
            "narrowed": any(value for key, value in self.typed.items() if key != "sort"),
            "heads": turning(heads, turns, self.typed, self.typed["sort"]),
            "sort": self.typed["sort"],
            "exports": taking(f"{name}_export", query=self.query),
            "after": f"{address}?{self.query}&before={rows[-1]['number']}" if len(rows) == PAGE else "",
            "first": f"{address}?{self.query}" if self.before else "",
        }


def read_log(request: HttpRequest, here: Here, *names: str) -> Log:
    """The words of these names and the days since and until."""
    typed = {name: request.GET.get(name, "").strip()[:LONGEST] for name in (*names, "since", "until")}
    typed["sort"] = OLDEST if request.GET.get("sort") == OLDEST else ""
    errors: dict[str, str] = {}
    since, until = (day_typed(name, typed, here, errors) for name in ("since", "until"))
    before = request.GET.get("before", "")
    return Log(typed, since, until, int(before) if before.isdecimal() else 0, errors)


def every(found: Callable[[int, int], Sequence[Line]]) -> Iterator[Line]:
    """All lines of a log in its order; `found` gives those before a number, so many at once."""
    before = 0
    while lines := found(before, AT_ONCE):
        yield from lines
        before = lines[-1].number


def day_fields(log: Log) -> list[Field]:
    words = {"since": _("从哪天起"), "until": _("到哪天为止（含当天）")}
    return [
        Field(name, label, "day", log.typed[name], error=log.errors.get(name, ""), id=f"n-{name}")
        for name, label in words.items()
    ]
