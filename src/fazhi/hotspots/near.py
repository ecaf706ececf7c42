"""Which of some texts speak of the same thing as one being written; for texts that whoever asks may read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from fazhi.hotspots.look import LIKE as ALIKE
from fazhi.hotspots.look import likeness
from fazhi.hotspots.marks import heaviest

LIKE = 0.3
"""Share of what was written, weighed by how rare it is, that another must say too; for what is short."""
LEAST = 2


def near_texts(title: str, text: str, others: Sequence[tuple[str, str, str]], *, most: int = 3) -> tuple[str, ...]:
    """Keys of those that are likeliest, from (key, title, text)."""
    said = heaviest(title, text)
    told = {key: frozenset(heaviest(theirs, more)) for key, theirs, more in others}
    used = Counter(term for terms in told.values() for term in terms)
    weights = {term: math.log((len(told) + 20) / (used[term] + 1)) for term in said}
    whole = sum(weights.values())
    found = []
    for key, terms in told.items():
        shared = [term for term in said if term in terms]
        share = sum(weights[term] for term in shared) / whole if whole else 0.0
        near = max(share - LIKE, likeness(share, 1.0, len(said), len(terms)) - ALIKE)
        if len(shared) >= LEAST and near >= 0:
            found.append((-near, key))
    return tuple(key for _, key in sorted(found)[:most])
