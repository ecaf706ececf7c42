"""What matters are about, in a line each: with places only for those who work on them, never with contacts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.ledger import query
from fazhi.ledger.brief import Brief, opening_of
from fazhi.ledger.view import MatterView
from fazhi.people import masks, parties
from fazhi.reach.scope import Scope, condition

LONGEST = 40
CODE = "code"
"""The column of a line that only machines know it by."""
_STANDING = """
select r.matter, bool_or(r.open), min(r.due), bool_or(r.todo and {within}),
    (array_agg(r.unit order by r.unit) filter (where r.role = 'responsible' and r.todo))[1] from reach_row r
where r.matter = any(%s::uuid[]) group by r.matter
"""
_ACTING = """
with r as materialized (select * from reach_row where matter = any(%s::uuid[]))
select distinct r.matter from r where {within} and r.todo
"""


def acting(scope: Scope, matters: Collection[UUID]) -> frozenset[UUID]:
    """Those of the matters on which the actor may record, and so reads with their places."""
    boxes = [box for box in scope.boxes if box.acts]
    if not boxes or not matters or "record" not in scope.actor.powers:
        return frozenset()
    within, values = condition(boxes)
    rows = query.fetch_planned("default", _ACTING.format(within=within), [list(matters), *values])
    return frozenset(row[0] for row in rows)


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a matter is open, its nearest day (`NO_DUE` without one), whether the actor records in it, and the
    unit that handles it, if another than the one that received it."""

    open: bool
    due: date
    acting: bool
    unit: UUID | None = None


def standings(scope: Scope, matters: Collection[UUID]) -> dict[UUID, Standing]:
    """How each of the matters stands, `acting` included; one statement."""
    boxes = [box for box in scope.boxes if box.acts] if "record" in scope.actor.powers else []
    within, values = condition(boxes)
    rows = query.fetch_planned("default", _STANDING.format(within=within), [*values, list(matters)]) if matters else ()
    return {matter: Standing(*said) for matter, *said in rows}


def subjects(scope: Scope, views: Mapping[UUID, MatterView] | Mapping[UUID, Brief]) -> dict[UUID, str]:
    """The subject of each; two statements for all, beside their bodies."""
    clear = acting(scope, views.keys())
    people = parties.clear_many({one for view in views.values() for one in view.parties})
    known = {one: [people[party] for party in view.parties if party in people] for one, view in views.items()}
    return {
        one: subject(view, parties.values_of(known[one], places=one not in clear), clear=one in clear)
        for one, view in views.items()
    }


def subject(view: MatterView | Brief, known: Iterable[str], *, clear: bool) -> str:
    """The title a matter was opened with, else the first words of its text; empty once erased."""
    told = opening_of(view)
    register = view.page.register
    if (
        register and view.page.standing
    ):  # a line is named by the first of its columns, its code aside, that the office may show
        told = {name: told[name] for name in register.columns if name in told and name not in register.private}
        told = {name: text for name, text in told.items() if name != CODE} or told
    text = told.get("title") or told.get("text") or next(iter(told.values()), "")
    text = " ".join((masks.contacts if clear else masks.free_text)(text, known).split())
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
