"""Matters that may speak of the same thing, as a reader's rights allow; and how many there are, for those without."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fazhi.hotspots.marks import marks_of
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
FEW = 5
"""A count of people below this is not told in public."""

_USED = """
select m, (select count(*) from (select 1 from hotspots_voice v where v.marks @> array[m] limit {most}) one)
from unnest(%s::text[]) as m
"""
_ALIKE = """
select v.matter, v.lead, v.day, v.marks from hotspots_voice v
where v.marks && %s::text[] and v.day >= %s and v.matter <> %s
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


def alike(title: str, text: str, today: date, *, but: UUID = _NOBODY, most: int = 20) -> tuple[Alike, ...]:
    """The likeliest first, without regard to rights: for counts, and for those who ask for rights after."""
    marks = marks_of(title, text)
    if len(marks) < LEAST:
        return ()
    used: dict[str, int] = dict(query.fetch_planned("default", _USED.format(most=RARE + 1), [list(marks)]))
    weights = {mark: math.log((RARE + 20) / (used.get(mark, 0) + 1)) + 0.2 for mark in marks}
    leading = sorted((mark for mark in marks if 0 < used.get(mark, 0) <= RARE), key=lambda one: used[one])[:LEADING]
    if not leading:
        return ()
    rows = query.fetch_planned("default", _ALIKE, [leading, today - BACK, but])
    found = (_weighed(row, marks, weights) for row in rows)
    near = [one for one in found if one is not None]
    return tuple(sorted(near, key=lambda one: (-one.share, one.day, str(one.matter)))[:most])


def _weighed(row: Sequence[Any], marks: Sequence[str], weights: dict[str, float]) -> Alike | None:
    matter, lead, day, theirs = row
    shared = set(marks).intersection(theirs)
    share = likeness(sum(weights[mark] for mark in shared), sum(weights.values()), len(marks), len(theirs))
    if len(shared) < LEAST or share < LIKE:
        return None
    return Alike(matter, round(share, 3), day, lead)


def likeness(shared: float, whole: float, terms: int, theirs: int) -> float:
    """Weight of what both say against what each says; what only one of them goes into at length does not part them."""
    return shared / whole / math.sqrt(max(theirs, LEAST) / max(terms, 1)) if whole else 0.0


def near(scope: Scope, title: str, text: str, *, but: UUID = _NOBODY, most: int = 5) -> tuple[Alike, ...]:
    """Those that the reader may see; a joined one stands behind its lead."""
    found = alike(title, text, scope.day, but=but, most=8 * most)
    seen = visible(scope, [one.matter for one in found])
    return tuple(one for one in found if one.matter in seen)[:most]


def how_many(title: str, text: str, today: date) -> int:
    """How many messages of the last year are likely to speak of it; 0 where there are fewer than may be told."""
    count = len(alike(title, text, today, most=1000))
    return count if count >= FEW else 0


def joined_to(lead: UUID) -> tuple[UUID, ...]:
    """The matters joined to this one, the oldest first; rights are asked by those who show them."""
    return tuple(row[0] for row in query.fetch_planned("default", _JOINED, [lead]))
