"""Lists taken along: short ones at once, long ones in the background; both asked for and read in the same way."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from fazhi.operations.perform import Progress
from fazhi.operations.values import Outcome
from fazhi.web.faces.tables import TYPES, as_file, at_most, file_name, written
from fazhi.web.office.gate import Here, show

MOST: Final = 5000
"""Rows that are handed out at once."""
MOST_LONG: Final = 100_000
"""Rows of an export in the background; more are asked for by narrowing."""
FIRST: Final = "first"
EXPORT: Final = "export_"
"""Before the name of a list in the kind of its operation."""
Row = tuple[UUID | None, Sequence[object]]


def _unknown() -> int | None:
    return None


@dataclass(frozen=True)
class Table:
    """A list as its address asks for it: each row with the matter it tells of. Nothing is read before `rows` is.

    `total` is how many rows there are, where that is known without reading them; `write` sets rows into a file where
    a list has a layout of its own."""

    name: str
    heads: Sequence[str]
    rows: Iterator[Row]
    total: Callable[[], int | None] = _unknown
    write: Callable[[Iterable[Sequence[object]], str], bytes] | None = None

    def written(self, rows: Iterable[Sequence[object]], form: str) -> bytes:
        return self.write(rows, form) if self.write else written(self.name, self.heads, rows, form)


Reader = Callable[[HttpRequest, Here, str], Table]


def give(request: HttpRequest, here: Here, export: str, table: Table, form: str, of: str = "") -> HttpResponse:
    """The file, or where the list is too long for that, the choice between its beginning and the background."""
    if form not in TYPES:
        raise Http404
    rows = [cells for _matter, cells in islice(table.rows, MOST + 1)]
    if len(rows) <= MOST or request.GET.get(FIRST):
        return as_file(table.written(at_most(rows, MOST), form), file_name(table.name, form))
    query = request.GET.urlencode()
    asked = {"export": export, "of": of, "form": form, "query": query, "key": secrets.token_hex(16)}
    values = {"name": table.name, "most": f"{MOST:,}", "asked": asked.items(), "first": f"?{query}&{FIRST}=yes"}
    return show(request, here, "office/operation_offer.html", values)


def asked_again(query: str) -> HttpRequest:
    """The question of an address as it was typed, to be read again when there is time."""
    request = HttpRequest()
    request.method, request.GET = "GET", QueryDict(query)
    return request


def export(table: Table, form: str, progress: Progress) -> Outcome:
    """The whole list as a file, up to a bound that its last row tells of."""
    matters: set[UUID] = set()
    total = table.total()
    count = 0

    def rows() -> Iterator[Sequence[object]]:
        nonlocal count
        for count, (matter, cells) in enumerate(table.rows, 1):
            progress.told(count, total)
            if matter is not None:
                matters.add(matter)
            yield cells

    data = table.written(at_most(rows(), MOST_LONG), form)
    return Outcome(f"{min(count, MOST_LONG):,}", file_name(table.name, form), data, matters)
