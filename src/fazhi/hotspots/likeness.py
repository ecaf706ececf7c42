"""How alike two messages are: what both say, weighed by how rare it is, and whether they name one place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fazhi.hotspots.places import one_place

LIKE = 0.2
"""How alike two messages must be: the share of what one says, weighed by how rare it is, that the other says too, in
the measure of how much each says."""
LEAST = 2
"""Terms that two messages must share: one rare word is chance."""
RARE = 150
"""A term that more messages use than this leads to none; it still counts once others have led there."""
LEADING = 14
SAME_PLACE = 1.5
"""How much more two messages are alike that name one place; two that name two places are never the same matter. Found
on the first half of the real letters that the documentation tells of."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says and where, as marks or in the clear."""

    marks: Sequence[str]
    places: Sequence[str]


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
