"""Matters that may speak of the same thing, as a reader's rights allow; and how many there are, for those without."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fazhi.hotspots.marks import marks_of, places_of
from fazhi.hotspots.places import one_place
from fazhi.ledger import query
from fazhi.reach.ask import visible
from fazhi.reach.scope import Scope

BACK = timedelta(days=400)
LIKE = 0.2
"""How alike two messages must be: the share of what one says, weighed by how rare it is, that the other says too, in
the measure of how much each says."""
LEAST = 2
"""Terms that two messages must share: one rare word is chance."""
RARE = 150
"""A term that more messages use than this leads to none; it still counts once others have led there."""
LEADING = 14
COPY = 0.6
"""How alike two messages must be all of whose terms are in common use: ten thousand copies of one letter find each
other, and two that only speak as everybody does do not."""
MOST_READ = 2_000
SAME_PLACE = 1.5
"""How much more two messages are alike that name one place; two that name two places are never the same matter. Found
on the first half of the real letters that the documentation tells of."""
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
class Said:
    """What a message says and where, as marks or in the clear."""

    marks: Sequence[str]
    places: Sequence[str]


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


def leading_of(marks: Sequence[str], used: Mapping[str, int]) -> list[str]:
    """The rarest terms that others use too: through them the like is found."""
    return sorted((mark for mark in marks if 0 < used.get(mark, 0) <= RARE), key=lambda one: used[one])[:LEADING]


def weights_of(marks: Sequence[str], used: Mapping[str, int]) -> dict[str, float]:
    return {mark: math.log((RARE + 20) / (min(used.get(mark, 0), RARE + 1) + 1)) + 0.2 for mark in marks}


def share_of(mine: Said, theirs: Said, weights: Mapping[str, float]) -> float:
    """How much of what one says another says too, from 0 to 1; nothing where they name two places."""
    shared = set(mine.marks).intersection(theirs.marks)
    same = one_place(mine.places, theirs.places)
    if len(shared) < LEAST or same is False:
        return 0.0
    whole = sum(weights.values())
    share = likeness(sum(weights[mark] for mark in shared), whole, len(mine.marks), len(theirs.marks))
    return min(share * SAME_PLACE, 1.0) if same else share


def likeness(shared: float, whole: float, terms: int, theirs: int) -> float:
    """Weight of what both say against what each says; what only one of them goes into at length does not part them."""
    return shared / whole / math.sqrt(max(theirs, LEAST) / max(terms, 1)) if whole else 0.0


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
