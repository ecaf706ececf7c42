"""Searching: numbers first, then names, words and parts of words; every row passes the reader's scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from fazhi.ledger.brief import Brief, read_briefs, texts_of
from fazhi.ledger.number import given_at
from fazhi.people import holders, masks, parties, sameness, units
from fazhi.people.actors import Actor
from fazhi.reach import ask
from fazhi.reach.scope import NO_FILTER, Filters, Scope
from fazhi.reach.subjects import Standing, standings, subject
from fazhi.search.find import Sort, Wanted, find, present
from fazhi.search.values import Hit, Snippet
from fazhi.search.words import beginning_token, mark, number_token, pairs_of, party_token, plain, runs_of, words_of

LONGEST = 100
AROUND = 24
MOST_SERIES = 1000
"""Series of numbers that are looked through for a number said without its series."""
_PLACE = re.compile(r"第?\s*([1-9]\d{0,7})\s*号")


def search(
    scope: Scope,
    actor: Actor,
    text: str,
    filters: Filters = NO_FILTER,
    after: str = "",
    limit: int = 30,
    order: ask.Order = "day",
) -> ask.Page[Hit]:
    """Matters newest first. A number or a party found exactly comes alone; else all words must be there, or a number
    that begins so.

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
    for wanted in _readings(scope, filters, text):
        found, sort = find(scope, filters, wanted, after, limit + 1), wanted.sort
        if found:
            break
    named = _of_half_a_name(scope, filters, text, after, limit + 1) if sort == "text" else []
    begun = _of_half_a_number(scope, filters, text, after, limit + 1) if sort == "text" else []
    found = sorted({*found, *named, *begun}, reverse=True)[: limit + 1] if named or begun else found
    shown = found[:limit]
    more = ask.cursor_of(*shown[-1]) if len(found) > limit else ""
    by_name, by_number = frozenset(one for _, one in named), frozenset(one for _, one in begun)
    return ask.Page(_hits(scope, [matter for _, matter in shown], text, sort, by_name, by_number), more)


def _of_half_a_name(scope: Scope, filters: Filters, text: str, after: str, limit: int) -> list[tuple[date, UUID]]:
    """Matters of people whose names hold the text, for those who may read names; beside those that say it."""
    people = sameness.same_as(parties.find_part(text)) if "reveal" in scope.actor.powers else frozenset()
    if not people:
        return []
    return find(scope, filters, Wanted("party", (), tuple(map(party_token, sorted(people)))), after, limit)


def _of_half_a_number(scope: Scope, filters: Filters, text: str, after: str, limit: int) -> list[tuple[date, UUID]]:
    """Matters of which a number begins with the text."""
    start = beginning_token(text)
    return find(scope, filters, Wanted("start", (start,)), after, limit) if start else []


def suggest(scope: Scope, start: str, limit: int = 10) -> tuple[units.UnitLine, ...]:
    """Units of the reader's scope whose name holds the text or whose pinyin initials begin with it."""
    wanted = plain(start.strip())
    lines = units.names(scope.units).values()
    near = [line for line in lines if wanted in plain(line.name) or line.initials.startswith(wanted)]
    return tuple(sorted(near, key=lambda line: line.sort_key)[:limit]) if wanted else ()


def _listed(scope: Scope, filters: Filters, after: str, limit: int, order: ask.Order) -> ask.Page[Hit]:
    page = ask.select(scope, filters, order, after, limit)
    return ask.Page(_hits(scope, page.items, "", "number"), page.after)


def _readings(scope: Scope, filters: Filters, text: str) -> Iterable[Wanted]:
    """How the text may be meant, the most exact first."""
    numbers = [number_token(text)]
    if text[-1:].isdecimal() and not text.isdecimal():
        numbers.append(number_token(f"{text}号"))
    if present(scope, filters, numbers):
        yield from (Wanted("number", (number,)) for number in numbers)
    digits = holders.plain_number(text)
    if len(digits) == 14 and (matter := holders.matter_of(digits)):
        yield Wanted("number", matters=(matter,))
    if (place := _PLACE.fullmatch(text)) and (numbered := given_at(int(place[1]), MOST_SERIES)):
        yield Wanted("number", matters=numbered)
    people = sameness.same_as(parties.find(name=text, phone=text, id_number=text))
    if people:
        yield Wanted("party", (), tuple(party_token(party) for party in sorted(people)))
    words = words_of(text)
    if words:
        yield Wanted("text", tuple(sorted(mark("w", word) for word in words)))
    pairs = pairs_of(text)
    if pairs:
        yield Wanted("text", tuple(sorted(mark("g", pair) for pair in pairs)), recheck=runs_of(text))


def of_people(scope: Scope, people: Sequence[UUID], kind: str, limit: int) -> list[tuple[date, UUID]]:
    """Matters of a kind within reach that name one of these people, newest first."""
    if not people or not scope.boxes:
        return []
    wanted = Wanted("party", (), tuple(party_token(party) for party in people))
    return find(scope, Filters(kinds=frozenset({kind})), wanted, "", limit)


def _hits(
    scope: Scope,
    matters: Sequence[UUID],
    text: str,
    sort: Sort,
    of_known: frozenset[UUID] = frozenset(),
    numbered: frozenset[UUID] = frozenset(),
) -> tuple[Hit, ...]:
    """The matters as hits. One who reads them masked is not told that a masked word or person is in them; `of_known`
    are those of a person whom the reader may know, `numbered` those that a number led to."""
    briefs = read_briefs(matters, texts=bool(text))
    stand = standings(scope, matters)
    handled = {brief.id: one.unit or brief.unit for brief in briefs.values() if (one := stand.get(brief.id))}
    named = units.names(set(handled.values()))
    query_numbers = holders.numbers_of(brief.id for brief in briefs.values() if not brief.number)
    asked = frozenset(words_of(text) or runs_of(text))
    wanted = sorted({*runs_of(text), *asked}, key=len, reverse=True)
    people = parties.clear_many({one for brief in briefs.values() for one in brief.parties})
    found = []
    for brief in (briefs[matter] for matter in matters if matter in briefs and matter in stand):
        clear = stand[brief.id].acting
        known = parties.values_of([people[one] for one in brief.parties if one in people], places=not clear)
        near: Iterable[str] = _texts(brief, known, wanted, clear=clear)
        if not clear and brief.id not in of_known and brief.id not in numbered:
            near = tuple(near)
            if not _may_know(scope, sort, asked, near):
                continue
        about = subject(brief, known, clear=clear)
        hit = _hit(brief, stand[brief.id], named.get(handled[brief.id]), query_numbers.get(brief.id, ""))
        by_name = sort == "party" or brief.id in of_known
        who = _person([people[one] for one in brief.parties if one in people], text) if by_name else ""
        found.append(replace(hit, subject=about, snippet=_snippet(near, wanted), person=who))
    return tuple(found)


def _person(known: Sequence[parties.Party], text: str) -> str:
    """The masked party by whom a matter was found; nothing where a namesake's other name led to it."""
    sought = "".join(text.split()).casefold()
    for one in known:
        if sought in "".join(one.name.split()).casefold() or text.upper() in (one.phone, one.id_number):
            return masks.name(one.name) if one.kind == "citizen" else masks.firm(one.name)
    return ""


def _texts(brief: Brief, known: Sequence[str], wanted: Sequence[str], *, clear: bool) -> Iterator[str]:
    """What the reader may read of it, in one line each; `known` are the values that name its parties. Only texts that
    could hold a word that is wanted: a mask brings no word into a text that had it nowhere."""
    mask = masks.contacts if clear else masks.free_text
    for written in texts_of(brief) if wanted else ():
        if _could_hold(written, wanted):
            yield " ".join(mask(written, known).split())


def _could_hold(written: str, wanted: Sequence[str]) -> bool:
    whole = "".join(runs_of(written))
    return any(word in whole for word in wanted)


def _may_know(scope: Scope, sort: Sort, asked: Iterable[str], texts: Iterable[str]) -> bool:
    if sort != "text":
        return sort == "number" or "reveal" in scope.actor.powers
    shown = [plain(one) for one in texts]
    return all(any(word in one for one in shown) for word in asked)


def _hit(brief: Brief, stands: Standing, unit: units.UnitLine | None, query_number: str) -> Hit:
    return Hit(
        matter=brief.id,
        number=brief.number or query_number,
        procedure=brief.page.name,
        title=brief.page.title,
        unit=unit.id if unit else brief.unit,
        unit_name=unit.name if unit else "",
        unit_name_en=(unit.name_en or unit.name) if unit else "",
        day=brief.opened,
        due=ask.shown_due(stands.due) if stands.open else None,
        closed=not stands.open,
    )


def _snippet(texts: Iterable[str], wanted: Sequence[str]) -> Snippet:
    """The text that holds most of what was sought, around each word that the excerpt does not hold yet."""
    rows = [(text, plain(text)) for text in texts]
    text, low = max(rows, key=lambda row: sum(one in row[1] for one in wanted), default=("", ""))
    pieces: list[tuple[str, bool]] = []
    seen = ""
    for one in wanted:
        if one not in low or one in seen:
            continue
        spot = low.find(one)
        part = text[max(0, spot - AROUND) : spot + (AROUND if seen else 3 * AROUND)]
        pieces += [("…", False), *_marked(part, wanted)] if seen else _marked(part, wanted)
        seen += plain(part)
    return tuple(pieces)


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
