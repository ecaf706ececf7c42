"""Searching: numbers first, then names, words and parts of words; every row passes the reader's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

from fazhi.ledger import query, read_many
from fazhi.ledger.view import MatterView
from fazhi.people import holders, masks, parties, sameness, units
from fazhi.people.actors import Actor
from fazhi.reach import ask
from fazhi.reach.follow import next_due
from fazhi.reach.scope import NO_FILTER, Filters, Scope
from fazhi.reach.subjects import acting, subject
from fazhi.search.follow import texts_of
from fazhi.search.values import Hit, Snippet
from fazhi.search.words import (
    kind_token,
    mark,
    number_token,
    pairs_of,
    party_token,
    plain,
    runs_of,
    unit_token,
    words_of,
)

FEW = 4000
FEW_UNITS = 200
ROUNDS = 10
MOST_KINDS = 400
LONGEST = 100
AROUND = 24

_FOUND = "select s.matter, s.day from search_row s where s.words @> %s::text[]{more} limit {limit}"
_AMONG = """
select distinct r.day, r.matter from reach_row r
where r.matter = any(%s::uuid[]) and {within} order by r.day desc, r.matter desc
"""
_WALK = """
select s.day, s.matter from search_row s
where s.words @> %s::text[]{more}{place} and exists (select from reach_row r where r.matter = s.matter and {within})
order by s.day desc, s.matter desc limit {limit}
"""


Sort = Literal["number", "party", "text"]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a text asks for: tokens that must all be there, any one of some, and texts to find when read again."""

    sort: Sort
    every: tuple[str, ...]
    some: tuple[str, ...] = ()
    recheck: tuple[str, ...] = ()


def search(
    scope: Scope,
    actor: Actor,
    text: str,
    filters: Filters = NO_FILTER,
    after: str = "",
    limit: int = 30,
    order: ask.Order = "day",
) -> ask.Page[Hit]:
    """Matters newest first. A number or a party found exactly comes alone; else all words must be there.

    Without a text the open ones may be asked for by the day they are due.
    """
    if actor != scope.actor:
        raise ValueError("检索须以本人的权限进行。")
    if not scope.narrowed(filters):
        return ask.Page(())
    limit = max(1, min(limit, ask.MOST))
    text = " ".join(text.split())[:LONGEST]
    if not text:
        return _listed(scope, filters, after, limit, order)
    found: list[tuple[date, UUID]] = []
    sort: Sort = "text"
    for wanted in _readings(text):
        found, sort = _ask(scope, filters, wanted, after, limit + 1), wanted.sort
        if found:
            break
    shown = found[:limit]
    more = ask.cursor_of(*shown[-1]) if len(found) > limit else ""
    return ask.Page(_hits(scope, [matter for _, matter in shown], text, sort), more)


def suggest(scope: Scope, start: str, limit: int = 10) -> tuple[units.UnitLine, ...]:
    """Units of the reader's scope whose name holds the text or whose pinyin initials begin with it."""
    wanted = plain(start.strip())
    lines = units.names(scope.units).values()
    near = [line for line in lines if wanted in plain(line.name) or line.initials.startswith(wanted)]
    return tuple(sorted(near, key=lambda line: line.sort_key)[:limit]) if wanted else ()


def _listed(scope: Scope, filters: Filters, after: str, limit: int, order: ask.Order) -> ask.Page[Hit]:
    page = ask.select(scope, filters, order, after, limit)
    return ask.Page(_hits(scope, page.items, "", "number"), page.after)


def _readings(text: str) -> Iterable[_Wanted]:
    """How the text may be meant, the most exact first."""
    yield _Wanted("number", (number_token(text),))
    if text[-1:].isdecimal() and not text.isdecimal():
        yield _Wanted("number", (number_token(f"{text}号"),))
    digits = holders.plain_number(text)
    if len(digits) == 14 and (matter := holders.matter_of(digits)):
        yield _Wanted("number", (), (str(matter),))
    people = sameness.same_as(parties.find(name=text, phone=text, id_number=text))
    if people:
        yield _Wanted("party", (), tuple(party_token(party) for party in sorted(people)))
    words = words_of(text)
    if words:
        yield _Wanted("text", tuple(sorted(mark("w", word) for word in words)))
    pairs = pairs_of(text)
    if pairs:
        yield _Wanted("text", tuple(sorted(mark("g", pair) for pair in pairs)), recheck=runs_of(text))


def of_people(scope: Scope, people: Sequence[UUID], kind: str, limit: int) -> list[tuple[date, UUID]]:
    """Matters of a kind within reach that name one of these people, newest first."""
    if not people or not scope.boxes:
        return []
    wanted = _Wanted("party", (), tuple(party_token(party) for party in people))
    return _ask(scope, Filters(kinds=frozenset({kind})), wanted, "", limit)


def _ask(scope: Scope, filters: Filters, wanted: _Wanted, after: str, limit: int) -> list[tuple[date, UUID]]:
    """Rare ones are gathered and put in order; common ones are met soon enough when walking from the newest."""
    if wanted.sort == "number" and wanted.some:
        return _among(scope, filters, [UUID(one) for one in wanted.some], after)[:limit]
    more, more_values = _pruned(scope, filters, wanted)
    statement, values = _FOUND.format(more=more, limit=FEW + 1), [list(wanted.every), *more_values]
    if _likely(statement, values) <= FEW:
        rows = query.fetch_planned("default", statement, values)
        if len(rows) <= FEW:
            found = _among(scope, filters, [row[0] for row in rows], after)
            return _rechecked(found, wanted, limit)
    return _walk(scope, filters, wanted, after, limit)


def _likely(statement: str, values: Sequence[object]) -> int:
    """How many rows the planner expects below the limit; a wrong guess costs time, never a row."""
    ((plan,),) = query.fetch_planned("default", "explain (format json) " + statement, values)
    top = plan[0]["Plan"]
    return int(top.get("Plans", [top])[0]["Plan Rows"])


def _pruned(scope: Scope, filters: Filters, wanted: _Wanted) -> tuple[str, list[object]]:
    """Rights tokens beside the words, where they are few enough to help; the rows are asked of reach in any case."""
    boxes = scope.narrowed(filters)
    more, values = "", list[object]()
    if wanted.some:
        more, values = " and s.words && %s::text[]", [list(wanted.some)]
    inside = frozenset[UUID]().union(*(box.units for box in boxes))
    if len(inside) <= FEW_UNITS:
        more += " and s.words && %s::text[]"
        values.append(sorted(map(unit_token, inside)))
    elif all(box.kinds is not None for box in boxes):
        kinds = {
            kind_token(kind, level) for box in boxes for kind in box.kinds or () for level in range(box.secrecy + 1)
        }
        if len(kinds) <= MOST_KINDS:
            more += " and s.words && %s::text[]"
            values.append(sorted(kinds))
    return more, values


def _among(scope: Scope, filters: Filters, matters: Sequence[UUID], after: str) -> list[tuple[date, UUID]]:
    """Those of the matters within scope and filter, newest first, after the place."""
    if not matters:
        return []
    within, values = ask.conditions(scope.narrowed(filters), filters)
    rows = query.fetch_planned("default", _AMONG.format(within=within), [list(matters), *values])
    place = ask.place_of(after) if after else None
    return [(day, matter) for day, matter in rows if place is None or (day, matter) < place]


def _walk(scope: Scope, filters: Filters, wanted: _Wanted, after: str, limit: int) -> list[tuple[date, UUID]]:
    """For words so common that the newest rows are full of them."""
    within, values = ask.conditions(scope.narrowed(filters), filters)
    more, more_values = (" and s.words && %s::text[]", [list(wanted.some)]) if wanted.some else ("", [])
    size = limit * (4 if wanted.recheck else 1)
    kept: list[tuple[date, UUID]] = []
    for _ in range(ROUNDS):
        place = " and (s.day, s.matter) < (%s, %s)" if after else ""
        at = list(ask.place_of(after)) if after else []
        statement = _WALK.format(more=more, place=place, within=within, limit=size)
        rows = query.fetch_planned("default", statement, [list(wanted.every), *more_values, *at, *values])
        kept += _rechecked([(day, matter) for day, matter in rows], wanted, limit - len(kept))
        if len(kept) >= limit or len(rows) < size:
            break
        after = ask.cursor_of(*rows[-1])
    return kept


def _rechecked(found: list[tuple[date, UUID]], wanted: _Wanted, limit: int) -> list[tuple[date, UUID]]:
    """Pairs of signs may stand apart: those that do not hold the text itself are dropped."""
    if not wanted.recheck:
        return found[:limit]
    kept: list[tuple[date, UUID]] = []
    for start in range(0, len(found), 50):
        batch = found[start : start + 50]
        views = read_many((matter for _, matter in batch), bodies=True)
        kept += [one for one in batch if one[1] in views and _holds(views[one[1]], wanted.recheck)]
        if len(kept) >= limit:
            break
    return kept[:limit]


def _holds(view: MatterView, wanted: Sequence[str]) -> bool:
    written = [plain(text) for text in texts_of(view)]
    return all(any(run in text for text in written) for run in wanted)


def _hits(scope: Scope, matters: Sequence[UUID], text: str, sort: Sort) -> tuple[Hit, ...]:
    """The matters as hits. One who reads them masked is not told that a masked word or person is in them."""
    views = read_many(matters, bodies=True)
    clear = acting(scope, matters)
    named = units.names({view.unit for view in views.values()})
    query_numbers = holders.numbers_of(view.id for view in views.values() if not view.number)
    wanted = sorted({*runs_of(text), *words_of(text)}, key=len, reverse=True)
    people = parties.clear_many({one for view in views.values() for one in view.parties})
    found = []
    for view in (views[matter] for matter in matters if matter in views):
        found_people = [people[one] for one in view.parties if one in people]
        known = parties.values_of(found_people, places=view.id not in clear)
        texts = tuple(_texts(view, known, clear=view.id in clear))
        if view.id in clear or _may_know(scope, sort, text, texts):
            about = subject(view, known, clear=view.id in clear)
            hit = _hit(view, named, query_numbers.get(view.id, ""))
            found.append(replace(hit, subject=about, snippet=_snippet(texts, wanted)))
    return tuple(found)


def _texts(view: MatterView, known: Sequence[str], *, clear: bool) -> Iterable[str]:
    """What the reader may read of it, in one line each; `known` are the values that name its parties."""
    mask = masks.contacts if clear else masks.free_text
    for written in texts_of(view):
        yield " ".join(mask(written, known).split())


def _may_know(scope: Scope, sort: Sort, text: str, texts: Sequence[str]) -> bool:
    if sort != "text":
        return sort == "number" or "reveal" in scope.actor.powers
    shown = [plain(one) for one in texts]
    return all(any(word in one for one in shown) for word in words_of(text) or runs_of(text))


def _hit(view: MatterView, named: dict[UUID, units.UnitLine], query_number: str) -> Hit:
    unit = named.get(view.unit)
    struck = {line.corrects for line in view.entries if line.strikes}
    closed = any(line.kind in view.page.closing and line.seq not in struck for line in view.entries if not line.strikes)
    return Hit(
        matter=view.id,
        number=view.number or query_number,
        procedure=view.procedure,
        title=view.page.title,
        unit=view.unit,
        unit_name=unit.name if unit else "",
        unit_name_en=(unit.name_en or unit.name) if unit else "",
        day=view.opened,
        due=None if closed else ask.shown_due(next_due(view)),
        closed=closed,
    )


def _snippet(texts: Sequence[str], wanted: Sequence[str]) -> Snippet:
    for text in texts:
        low = plain(text)
        spot = next((low.find(one) for one in wanted if one in low), -1)
        if spot >= 0:
            return _marked(text[max(0, spot - AROUND) : spot + 3 * AROUND], wanted)
    return ()


def _marked(text: str, wanted: Sequence[str]) -> Snippet:
    pieces: list[tuple[str, bool]] = []
    low, at = plain(text), 0
    while at < len(text):
        spots = [(low.find(one, at), -len(one)) for one in wanted if low.find(one, at) >= 0]
        if not spots:
            pieces.append((text[at:], False))
            break
        spot, size = min(spots)
        if spot > at:
            pieces.append((text[at:spot], False))
        pieces.append((text[spot : spot - size], True))
        at = spot - size
    return tuple(pieces)
