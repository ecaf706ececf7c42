"""Lists and counts of matters within a scope: the only way to them. Empty rights ask no query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar
from uuid import UUID

from fazhi.ledger import query
from fazhi.reach.follow import NO_DUE
from fazhi.reach.scope import NO_FILTER, Box, Filters, Scope, cells_of, condition, probes

Order = Literal["day", "due"]
Item = TypeVar("Item")

CAP = 1000
FEW = 6
MOST = 200
NEAR = 4000
"""Rows that are walked at most before the cells are asked one by one."""
FEW_CELLS = 30

# Most readers find a page among the first rows of all: these are walked within one index, and no more of them.
_NEAR = """
select distinct r.{order}, r.matter from (
    select * from reach_row r where {on}{place} order by r.{order} {way}, r.matter {way} limit {near}
) as r where {within} {ordered}"""
_WALK = "select distinct r.{order}, r.matter from reach_row r where {within}{place} {ordered}"
# Every cell is asked for a few rows; only cells whose few rows all belong to the page are asked for a whole page.
_PROBE = """
with s as (
    select * from unnest(%s::uuid[], %s::text[], %s::smallint[]) with ordinality as s(unit, kind, secrecy, cell)
), few as materialized (
    select s.cell, found.* from s cross join lateral (
        select r.{order}, r.matter, row_number() over (order by r.{order} {way}, r.matter {way}) as place
        from reach_row r
        where r.unit = s.unit and r.kind = s.kind and r.secrecy = s.secrecy{narrowing}{place}
        order by r.{order} {way}, r.matter {way} limit {few}
    ) as found
), page as materialized (
    select distinct {order}, matter from few {ordered}
), edge as (
    select {order}, matter from page order by {order} {back}, matter {back} limit 1
), more as (
    select found.* from s join few on few.cell = s.cell and few.place = {few} cross join lateral (
        select r.{order}, r.matter from reach_row r
        where r.unit = s.unit and r.kind = s.kind and r.secrecy = s.secrecy{narrowing}{place}
        order by r.{order} {way}, r.matter {way} limit {limit}
    ) as found
    where (select count(*) from page) < {limit}
       or (few.{order}, few.matter) {inside} (select edge.{order}, edge.matter from edge)
)
select {order}, matter from page union select {order}, matter from more {ordered}
"""
_COUNT = """
select count(distinct matter), count(*) from (select r.matter from reach_row r where {within} limit {raw}) as found
"""
_COUNT_ALL = "select count(distinct r.matter) from reach_row r where {within}"
_KINDS = """
select r.kind from reach_row r where r.matter = any(%s::uuid[])
group by r.kind order by count(distinct r.matter) desc, r.kind
"""
_VISIBLE = """
with r as materialized (select * from reach_row where matter = any(%s::uuid[]))
select distinct r.matter from r where {within}
"""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows of a list; `after` asks for the next ones, empty at the end."""

    items: tuple[Item, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A count that stops at its cap: `more` is said as "1,000+"."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.more else f"{self.number:,}"


class BadCursor(ValueError):
    """The address holds a place in the list that this list never gave out."""


def select(
    scope: Scope, filters: Filters = NO_FILTER, order: Order = "day", after: str = "", limit: int = 50
) -> Page[UUID]:
    """Matters by opening day, newest first, or open ones by due day, earliest first; each once."""
    limit = max(1, min(limit, MOST))
    if order == "due":
        filters = _opened(filters)
    boxes = scope.narrowed(filters)
    if not boxes or (filters.open is False and order == "due"):
        return Page(())
    cells = cells_of(boxes, scope.all_kinds)
    rows: list[query.Row] = []
    if cells > FEW_CELLS:
        rows = query.fetch_planned("default", *near(boxes, filters, order, after, limit + 1))
    if len(rows) <= limit:
        rows = query.fetch_planned("default", *_listing(boxes, scope.all_kinds, filters, order, after, limit + 1))
    shown = rows[:limit]
    more = cursor_of(*shown[-1]) if len(rows) > limit else ""
    return Page(tuple(matter for _, matter in shown), more)


def count(scope: Scope, filters: Filters = NO_FILTER, cap: int = CAP) -> Count:
    """Matters within scope and filter, counted up to `cap`."""
    boxes = scope.narrowed(filters)
    if not boxes:
        return Count(0)
    within, values = conditions(boxes, filters)
    raw = 4 * cap
    ((distinct, rows),) = query.fetch_planned("default", _COUNT.format(within=within, raw=raw + 1), values)
    if rows > raw and distinct <= cap:
        ((distinct,),) = query.fetch_planned("default", _COUNT_ALL.format(within=within), values)
    return Count(min(distinct, cap), distinct > cap)


def usual_kinds(scope: Scope, filters: Filters = NO_FILTER) -> tuple[str, ...]:
    """Kinds of the newest matters within scope and filter, the most frequent first."""
    newest = select(scope, filters, limit=MOST).items
    return tuple(kind for (kind,) in query.fetch_planned("default", _KINDS, [list(newest)])) if newest else ()


def visible(scope: Scope, matters: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the matters that may be seen: the recheck for rows that come from elsewhere."""
    wanted = list(matters)
    if not wanted or not scope.boxes:
        return frozenset()
    within, values = condition(scope.boxes)
    rows = query.fetch_planned("default", _VISIBLE.format(within=within), [wanted, *values])
    return frozenset(row[0] for row in rows)


def cursor_of(day: date, matter: UUID) -> str:
    return f"{day.isoformat()}_{matter.hex}"


def place_of(after: str) -> tuple[date, UUID]:
    """The day and matter of a cursor."""
    day, _, matter = after.partition("_")
    try:
        return date.fromisoformat(day), UUID(hex=matter)
    except ValueError as error:
        raise BadCursor("列表的翻页位置无效，请从第一页重新打开。") from error


def _opened(filters: Filters) -> Filters:
    return Filters(filters.units, filters.kinds, True, filters.todo, filters.since, filters.until)


def _narrowing(filters: Filters) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    if filters.open is not None:
        parts.append("r.open" if filters.open else "not r.open")
    if filters.todo is not None:
        parts.append("r.todo" if filters.todo else "not r.todo")
    if filters.since is not None:
        parts.append("r.day >= %s")
        values.append(filters.since)
    if filters.until is not None:
        parts.append("r.day <= %s")
        values.append(filters.until)
    return "".join(f" and {part}" for part in parts), values


def conditions(boxes: Sequence[Box], filters: Filters) -> tuple[str, list[object]]:
    """Rights and filter over a row `r` of reach, with the values."""
    text, values = condition(boxes)
    more, more_values = _narrowing(filters)
    return text + more, values + more_values


def near(
    boxes: Sequence[Box], filters: Filters, order: Order, after: str, limit: int, rows: int = NEAR
) -> tuple[str, list[object]]:
    """A query for the first of the list as far as they stand among the first rows of all, whosesoever those are."""
    words, at = _in_order(order, after, limit)
    days = NO_FILTER if order == "due" else Filters(since=filters.since, until=filters.until)
    on, of_days = _narrowing(days)
    within, values = conditions(boxes, filters)
    opened = "r.open" if order == "due" else "true"
    return _NEAR.format(on=opened + on, within=within, near=rows, **words), [*of_days, *at, *values]


def _listing(
    boxes: Sequence[Box], all_kinds: Sequence[str], filters: Filters, order: Order, after: str, limit: int
) -> tuple[str, list[object]]:
    words, at = _in_order(order, after, limit)
    cells = probes(boxes, all_kinds)
    if cells is None:
        within, values = conditions(boxes, filters)
        return _WALK.format(within=within, **words), values + at
    narrowing, more_values = _narrowing(filters)
    text = _PROBE.format(narrowing=narrowing, few=min(FEW, limit), limit=limit, **words)
    columns: list[object] = [query.array(cell[part] for cell in cells) for part in range(3)]
    return text, columns + 2 * (more_values + at)


def _in_order(order: Order, after: str, limit: int) -> tuple[dict[str, str], list[object]]:
    """The words of a statement that follow from order and place, and the values of the place."""
    sign, way = ("<", "desc") if order == "day" else (">", "asc")
    back, inside = ("asc", ">=") if order == "day" else ("desc", "<=")
    place = f" and (r.{order}, r.matter) {sign} (%s, %s)" if after else ""
    ordered = f"order by {order} {way}, matter {way} limit {limit}"
    words = {"order": order, "way": way, "back": back, "inside": inside, "place": place, "ordered": ordered}
    return words, list(place_of(after)) if after else []


def shown_due(due: date) -> date | None:
    """The due day as a page shows it."""
    return None if due == NO_DUE else due
