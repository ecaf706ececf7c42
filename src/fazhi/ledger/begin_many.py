"""Opening many matters in one transaction with a few statements in all: rows as if each had been opened by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from fazhi.law import Procedure
from fazhi.ledger import number, query
from fazhi.ledger.append import blank, linked, store, with_lines
from fazhi.ledger.entry import Appended, Draft, Opening
from fazhi.ledger.follow import plain
from fazhi.ledger.follow_new import follow_new
from fazhi.ledger.number import Series
from fazhi.ledger.pages import keep
from fazhi.ledger.view import MatterView, read_many

if TYPE_CHECKING:
    from fazhi.people.actors import Actor

_MATTERS = """
insert into ledger_matter (id, procedure, page, opened, unit, old_number, external_number, key, digest)
select m.id, m.procedure, m.page, m.opened, m.unit, m.old_number, m.external_number, m.key, m.digest
from jsonb_populate_recordset(null::ledger_matter, %s::jsonb) with ordinality m join ledger_page p on p.digest = m.page
order by m.ordinality
on conflict (key) do nothing returning id, transaction_timestamp()
"""
_KEPT = "select digest from ledger_page where digest = any (%s)"
_KNOWN = "select key, id from ledger_matter where key = any (%s)"


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """A matter about to be opened, under no other. Those that hold the very same `drafts` are folded as one course."""

    page: Procedure
    drafts: tuple[Draft, ...]
    key: str
    unit: UUID
    series: Series | None = None
    old_number: str = ""
    external_number: str = ""


def begin_many(beginnings: Sequence[Beginning], actor: Actor, *, using: str = "default") -> list[Appended]:
    """Open the matters in the transaction at hand, in order; a key known already gives the answer it gave before."""
    if not beginnings:
        return []
    blanks = [_blank(one, actor, using) for one in beginnings]
    stamped = _open(blanks, beginnings, using)
    fresh = [(view, one) for view, one in zip(blanks, beginnings, strict=True) if view.id in stamped]
    grown = _numbered(_lined(fresh, actor, stamped, using), actor, stamped, using)
    follow_new(_alike(grown), using)
    done = {view.id: _answer(view, one) for view, one in grown}
    before = _before([one.key for view, one in zip(blanks, beginnings, strict=True) if view.id not in stamped], using)
    return [done.get(view.id) or before[one.key] for view, one in zip(blanks, beginnings, strict=True)]


Grown = list[tuple[MatterView, Beginning]]


def _blank(one: Beginning, actor: Actor, using: str) -> MatterView:
    opening: Opening = {"unit": one.unit, "old_number": one.old_number, "external_number": one.external_number}
    return blank(one.page, one.drafts[0], actor, uuid4(), using, opening)


def _open(blanks: Sequence[MatterView], beginnings: Sequence[Beginning], using: str) -> dict[UUID, datetime]:
    """The matters that are new, each with the moment of the transaction."""
    pages = {one.page.digest: one.page for one in beginnings}
    kept = {row[0] for row in query.fetch(using, _KEPT, [list(pages)])}
    for digest in pages.keys() - kept:
        keep(pages[digest], using)
    rows = [_row(view, one.key) for view, one in zip(blanks, beginnings, strict=True)]
    return dict(query.fetch(using, _MATTERS, [json.dumps(rows, default=plain)]))


def _row(view: MatterView, key: str) -> Mapping[str, object]:
    return {
        "id": view.id,
        "procedure": view.procedure,
        "page": view.page.digest,
        "opened": view.opened,
        "unit": view.unit,
        "old_number": view.old_number,
        "external_number": view.external_number,
        "key": key,
        "digest": view.head_digest,
    }


def _lined(fresh: Grown, actor: Actor, at: Mapping[UUID, datetime], using: str) -> Grown:
    """The matters with their lines, none of them numbered yet."""
    return _stored([(view, one, one.drafts, one.key) for view, one in fresh], actor, at, using)


def _numbered(grown: Grown, actor: Actor, at: Mapping[UUID, datetime], using: str) -> Grown:
    """Numbers go last, one statement a series, so that others wait for its counter as short as may be."""
    asking: dict[Series, list[UUID]] = {}
    for view, one in grown:
        if one.series:
            asking.setdefault(one.series, []).append(view.id)
    texts = {}
    for series in sorted(asking, key=str):  # in one order, so that two such transactions never wait for each other
        texts.update(number.give_many(asking[series], series, using))
    told = []
    for view, one in grown:
        if one.series:
            fields = {"number": texts[view.id], "organ": str(one.series.unit)}
            drafts = (Draft(number.KIND, one.drafts[-1].day, fields=fields),)
            told.append((view, one, drafts, f"{one.key}/number"))
    more = {view.id: view for view, _ in _stored(told, actor, at, using)}
    return [(more.get(view.id, view), one) for view, one in grown]


def _stored(
    told: Sequence[tuple[MatterView, Beginning, Sequence[Draft], str]],
    actor: Actor,
    at: Mapping[UUID, datetime],
    using: str,
) -> Grown:
    """The matters grown by drafts, all lines in one statement."""
    all_linked = [linked(view, drafts, actor, key, at[view.id]) for view, _, drafts, key in told]
    rows = [row for one in all_linked for _, row in one]
    ids = store(rows, using) if rows else {}
    return [
        (with_lines(view, drafts, [line for line, _ in lines], ids), one)
        for (view, one, drafts, _), lines in zip(told, all_linked, strict=True)
    ]


def _alike(grown: Grown) -> list[list[MatterView]]:
    """The matters by course: the same page, unit, drafts and numbers of elsewhere."""
    found: dict[tuple[object, ...], list[MatterView]] = {}
    for view, one in grown:
        series = one.series and (one.series.unit, one.series.word, one.series.year)
        course = (id(one.page), id(one.drafts), one.unit, series, one.old_number, one.external_number)
        found.setdefault(course, []).append(view)
    return list(found.values())


def _answer(view: MatterView, one: Beginning) -> Appended:
    line = view.entries[len(one.drafts) - 1]
    return Appended(view.id, view.head, line.id, line.recorded_at, number=view.number)


def _before(keys: Sequence[str], using: str) -> dict[str, Appended]:
    """What was answered when these keys were first used."""
    if not keys:
        return {}
    known: dict[str, UUID] = dict(query.fetch(using, _KNOWN, [list(keys)]))
    views = read_many(set(known.values()), using=using)
    found = {}
    for key, matter in known.items():
        view, first = views[matter], views[matter].entries[0]
        found[key] = Appended(matter, view.head, first.id, first.recorded_at, repeated=True, number=view.number)
    return found
