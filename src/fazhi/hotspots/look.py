"""Matters that may speak of the same thing, as a reader's rights allow; and how many there are, for those without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fazhi.hotspots.likeness import LEAST, LIKE, RARE, Said, leading_of, share_of, weights_of
from fazhi.hotspots.marks import marks_of, places_of
from fazhi.ledger import query
from fazhi.reach.ask import visible
from fazhi.reach.scope import Scope

BACK = timedelta(days=400)
COPY = 0.6
"""How alike two messages must be all of whose terms are in common use: ten thousand copies of one letter find each
other, and two that only speak as everybody does do not."""
MOST_READ = 2_000
FEW = 5
"""A count of people below this is not told in public."""

_USED = """
select m, (select count(*) from (select 1 from hotspots_voice v where v.marks @> array[m] limit {most}) one)
from unnest(%s::text[]) as m
"""
_ALIKE = """
select v.matter, v.lead, v.day, v.marks, v.places from hotspots_voice v
where v.marks && %s::text[] and v.day >= %s and v.matter <> %s order by v.day desc, v.matter limit {most}
"""
_JOINED = "select matter from hotspots_voice where lead = %s order by day, matter"
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Alike:
    """A matter that may speak of the same thing: how much of what was said it says too (0 to 1)."""

    matter: UUID
    share: float
    day: date
    lead: UUID | None


def alike(
    title: str, text: str, today: date, *, place: str = "", but: UUID = _NOBODY, most: int = 20
) -> tuple[Alike, ...]:
    """The likeliest first, without regard to rights: for counts, and for those who ask for rights after."""
    marks = marks_of(title, text)
    if len(marks) < LEAST:
        return ()
    used: dict[str, int] = dict(query.fetch_planned("default", _USED.format(most=RARE + 1), [list(marks)]))
    rare = leading_of(marks, used)
    leading, least = (rare, LIKE) if rare else (list(marks[:LEAST]), COPY)
    said = Said(marks, places_of(title, text, place))
    weights = weights_of(marks, used)
    rows = query.fetch_planned("default", _ALIKE.format(most=MOST_READ), [leading, today - BACK, but])
    found = [
        Alike(matter, round(share, 3), day, lead)
        for matter, lead, day, theirs, places in rows
        if (share := share_of(said, Said(theirs, places), weights)) >= least
    ]
    return tuple(sorted(found, key=lambda one: (-one.share, one.day, str(one.matter)))[:most])


def near(
    scope: Scope, title: str, text: str, *, place: str = "", but: UUID = _NOBODY, most: int = 5
) -> tuple[Alike, ...]:
    """Those that the reader may see; a joined one stands behind its lead."""
    found = alike(title, text, scope.day, place=place, but=but, most=8 * most)
    seen = visible(scope, [one.matter for one in found])
    return tuple(one for one in found if one.matter in seen)[:most]


def how_many(title: str, text: str, today: date, place: str = "") -> int:
    """How many messages of the last year are likely to speak of it; 0 where there are fewer than may be told."""
    count = len(alike(title, text, today, place=place, most=1000))
    return count if count >= FEW else 0


def joined_to(lead: UUID) -> tuple[UUID, ...]:
    """The matters joined to this one, the oldest first; rights are asked by those who show them."""
    return tuple(row[0] for row in query.fetch_planned("default", _JOINED, [lead]))
