"""Finding the matters that hold some words, newest first and within the reader's scope, whichever way is short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from fazhi.ledger import query
from fazhi.ledger.brief import Brief, read_briefs, texts_of
from fazhi.reach import ask
from fazhi.reach.scope import Filters, Scope
from fazhi.search.words import kind_token, month_token, plain, unit_token

FEW = 600
"""Rows that are gathered at once and put in order."""
MANY = 800
"""Rows of one month from which it is shorter to walk day by day until the page is full."""
SPARSE = 25
"""Rows of one month from which the tokens of busy units, in long lists, cost more than they spare."""
AMPLE = 3
"""How many times a page is expected in the months that are gathered first: the planner knows no kinds and no chance."""
FEW_UNITS = 200
ROUNDS = 10
MOST_KINDS = 400
YEAR = 12
AHEAD = 30_000
"""Rows of reach among which the newest of the reader are walked at most, if the page is likely to be among them."""
WALKED = 1_000
MARGIN = 1.5
WITHOUT_END = 10**9

_FOUND = "select s.matter from search_row s where {held}{more} limit {limit}"
# materialized, for the index of matter and unit would be asked for each matter with each unit of the reader
_AMONG = """
with r as materialized (select * from reach_row where matter = any(%s::uuid[]))
select distinct r.day, r.matter from r where {within} order by r.day desc, r.matter desc
"""
_WALK = """
select s.day, s.matter from search_row s
where {held}{place} and exists (select from reach_row r where r.matter = s.matter and {within})
order by s.day desc, s.matter desc limit {limit}
"""
# "offset 0" keeps the question of rights from being asked of more rows than are shown
_IN_MONTHS = """
with found as materialized (
    select s.day, s.matter from search_row s where {held}{more} and s.words && %s::text[]{place}
)
select day, matter from (select * from found order by day desc, matter desc) as f
where exists (select from reach_row r where r.matter = f.matter and {within} offset 0)
order by day desc, matter desc limit {limit}
"""
# "offset 0" again: word by word in the order of the list, and no further than the page
_NEAR = """
select n.day, n.matter from ({near}) as n
where exists (select from search_row s where s.matter = n.matter and {held} offset 0)
order by n.day desc, n.matter desc limit {limit}
"""
# with a limit each, below which the planner counts all rows however many processes would read them
_SHARE = """
explain (format json) (select 1 from {table} where {condition}{among} limit {most})
union all (select 1 from {table} where true{among} limit {most})
"""
_SPAN = "select min(day), max(day) from search_row"

Sort = Literal["number", "start", "party", "text"]
Found = list[tuple[date, UUID]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a text asks for: tokens that must all be there, any one of some, and texts to find when read again. Or the
    matters themselves."""

    sort: Sort
    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    recheck: tuple[str, ...] = ()
    matters: tuple[UUID, ...] = ()

    @property
    def held(self) -> tuple[str, list[object]]:
        """The condition on the words of a row `s`, with its values."""
        parts = [(sign, list(tokens)) for sign, tokens in (("@>", self.every), ("&&", self.some)) if tokens]
        return " and ".join(f"s.words {sign} %s::text[]" for sign, _ in parts), [tokens for _, tokens in parts]


def present(scope: Scope, filters: Filters, tokens: Sequence[str]) -> bool:
    """Whether a row that the reader might see holds one of these."""
    more, values = _pruned(scope, filters)
    statement = _FOUND.format(held="s.words && %s::text[]", more=more, limit=FEW + 1)
    return bool(query.fetch_planned("default", statement, [list(tokens), *values]))


def find(scope: Scope, filters: Filters, wanted: Wanted, after: str, limit: int) -> Found:
    """Rare ones are gathered and put in order, common ones are met soon when walking from the newest day, and those
    between are gathered month by month."""
    if wanted.matters:
        return _among(scope, filters, wanted.matters, after)[:limit]
    size = limit * (4 if wanted.recheck else 1)
    if wanted.sort == "text" and len(rows := _near(scope, filters, wanted, after, size)) == size:
        kept = _rechecked(rows, wanted, limit)
        onward = ask.cursor_of(*rows[-1])
        return kept if len(kept) == limit else kept + _find(scope, filters, wanted, onward, limit - len(kept))
    return _find(scope, filters, wanted, after, limit)


def _find(scope: Scope, filters: Filters, wanted: Wanted, after: str, limit: int) -> Found:
    held, values = wanted.held
    more, more_values = _pruned(scope, filters)
    statement, asked = _FOUND.format(held=held, more=more, limit=FEW + 1), [*values, *more_values]
    if wanted.sort in ("number", "start") or _likely(statement, asked) <= FEW:
        rows = query.fetch_planned("default", statement, asked)
        if len(rows) <= FEW:
            found = _among(scope, filters, [row[0] for row in rows], after)
            return _rechecked(found, wanted, limit)
    return _first(_newest(scope, filters, wanted, after, limit), wanted, limit)


def _near(scope: Scope, filters: Filters, wanted: Wanted, after: str, size: int) -> Found:
    """The newest of those the reader may see, asked for their words one by one, where that is likely to be short."""
    boxes = scope.narrowed(filters)
    held, values = wanted.held
    within, of_reader = ask.conditions(boxes, filters)
    more, more_values = _pruned(scope, filters)
    matters = int(MARGIN * size / _share("search_row s", held, more, [*values, *more_values, *more_values]))
    if matters > WALKED:
        return []
    rows = int(MARGIN * matters / _share("reach_row r", within, "", of_reader))
    if rows > AHEAD:
        return []
    near, near_values = ask.near(boxes, filters, "day", after, matters, rows)
    found = query.fetch_planned("default", _NEAR.format(near=near, held=held, limit=size), [*near_values, *values])
    return [(day, matter) for day, matter in found]


def _newest(scope: Scope, filters: Filters, wanted: Wanted, after: str, limit: int) -> Iterator[Found]:
    """All of them, newest first, some at a time."""
    months = _months(filters, after)
    held, values = wanted.held
    more, more_values = _pruned(scope, filters)
    statement = _FOUND.format(held=held, more=f"{more} and s.words && %s::text[]", limit=FEW + 1)
    first, dense = (
        (_likely(statement, [*values, *more_values, [one]]) for one in (months * 2)[:2]) if months else (0, 0)
    )
    size = limit * (4 if wanted.recheck else 1)
    if first > MANY and not more:
        return _walk(scope, filters, wanted, after, size)
    many = 1 - min(first - AMPLE * size, 0) // max(dense, 1)  # the first is seldom a whole one
    return _month_by_month(scope, filters, wanted, after, size, months, min(YEAR, many), pruned=dense < SPARSE)


def _likely(statement: str, values: Sequence[object]) -> int:
    """How many rows the planner expects below the limit; a wrong guess costs time, never a row."""
    ((plan,),) = query.fetch_planned("default", "explain (format json) " + statement, values)
    top = plan[0]["Plan"]
    return int(top.get("Plans", [top])[0]["Plan Rows"])


def _share(table: str, condition: str, among: str, values: Sequence[object]) -> float:
    """Which part of the rows of a table, `among` some of them, the planner expects to meet the condition."""
    statement = _SHARE.format(table=table, condition=condition, among=among, most=WITHOUT_END)
    ((plan,),) = query.fetch_planned("default", statement, values)
    some, every = (max(int(part["Plan Rows"]), 1) for part in plan[0]["Plan"]["Plans"])
    return some / every


def _pruned(scope: Scope, filters: Filters) -> tuple[str, list[object]]:
    """Rights tokens beside the words, where they are few enough to help; the rows are asked of reach in any case."""
    boxes = scope.narrowed(filters)
    inside = frozenset[UUID]().union(*(box.units for box in boxes))
    if len(inside) <= FEW_UNITS:
        return " and s.words && %s::text[]", [sorted(map(unit_token, inside))]
    if all(box.kinds is not None for box in boxes):
        kinds = {
            kind_token(kind, level) for box in boxes for kind in box.kinds or () for level in range(box.secrecy + 1)
        }
        if len(kinds) <= MOST_KINDS:
            return " and s.words && %s::text[]", [sorted(kinds)]
    return "", []


def _among(scope: Scope, filters: Filters, matters: Sequence[UUID], after: str) -> Found:
    """Those of the matters within scope and filter, newest first, after the place."""
    if not matters:
        return []
    within, values = ask.conditions(scope.narrowed(filters), filters)
    rows = query.fetch_planned("default", _AMONG.format(within=within), [query.array(matters), *values])
    place = ask.place_of(after) if after else None
    return [(day, matter) for day, matter in rows if place is None or (day, matter) < place]


def _walk(scope: Scope, filters: Filters, wanted: Wanted, after: str, size: int) -> Iterator[Found]:
    """For words so common that the newest rows are full of them."""
    within, values = ask.conditions(scope.narrowed(filters), filters)
    held, tokens = wanted.held
    for _ in range(ROUNDS):
        place, at = _place(after)
        statement = _WALK.format(held=held, place=place, within=within, limit=size)
        rows = query.fetch_planned("default", statement, [*tokens, *at, *values])
        yield [(day, matter) for day, matter in rows]
        if len(rows) < size:
            return
        after = ask.cursor_of(*rows[-1])


def _month_by_month(
    scope: Scope,
    filters: Filters,
    wanted: Wanted,
    after: str,
    size: int,
    months: Sequence[str],
    many: int,
    *,
    pruned: bool,
) -> Iterator[Found]:
    """Some months at a time, more and more of them while they hold too little."""
    within, values = ask.conditions(scope.narrowed(filters), filters)
    held, tokens = wanted.held
    more, more_values = _pruned(scope, filters) if pruned else ("", [])
    start, full = 0, 0
    while start < len(months) and full < ROUNDS:
        place, at = _place(after)
        statement = _IN_MONTHS.format(held=held, more=more, place=place, within=within, limit=size)
        some = list(months[start : start + many])
        rows = query.fetch_planned("default", statement, [*tokens, *more_values, some, *at, *values])
        yield [(day, matter) for day, matter in rows]
        if len(rows) == size:
            after, full = ask.cursor_of(*rows[-1]), full + 1
        else:
            start, many = start + many, 4 * many


def _months(filters: Filters, after: str) -> list[str]:
    """Tokens of the months in which matters were opened, as far as filter and place leave them, the newest first."""
    ((first, last),) = query.fetch("default", _SPAN)
    if first is None:
        return []
    newest = min(day for day in (last, filters.until, ask.place_of(after)[0] if after else None) if day)
    oldest = max(first, filters.since or first)
    numbers = range(newest.year * YEAR + newest.month - 1, oldest.year * YEAR + oldest.month - 2, -1)
    return [month_token(date(number // YEAR, number % YEAR + 1, 1)) for number in numbers]


def _place(after: str) -> tuple[str, list[object]]:
    return (" and (s.day, s.matter) < (%s, %s)", list(ask.place_of(after))) if after else ("", [])


def _first(batches: Iterable[Found], wanted: Wanted, limit: int) -> Found:
    kept: Found = []
    for rows in batches:
        kept += _rechecked(rows, wanted, limit - len(kept))
        if len(kept) >= limit:
            break
    return kept


def _rechecked(found: Found, wanted: Wanted, limit: int) -> Found:
    """Pairs of signs may stand apart: those that do not hold the text itself are dropped."""
    if not wanted.recheck:
        return found[:limit]
    kept: Found = []
    for start in range(0, len(found), 50):
        batch = found[start : start + 50]
        briefs = read_briefs((matter for _, matter in batch), texts=True)
        kept += [one for one in batch if one[1] in briefs and _holds(briefs[one[1]], wanted.recheck)]
        if len(kept) >= limit:
            break
    return kept[:limit]


def _holds(brief: Brief, wanted: Sequence[str]) -> bool:
    written = [plain(text) for text in texts_of(brief)]
    return all(any(run in text for text in written) for run in wanted)
