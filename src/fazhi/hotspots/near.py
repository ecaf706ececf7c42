"""Which of some texts speak of the same thing as one being written; for texts that whoever asks may read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import rjieba

from fazhi.hotspots.likeness import LIKE as ALIKE
from fazhi.hotspots.likeness import likeness
from fazhi.hotspots.marks import heaviest
from fazhi.hotspots.places import names_in, one_place, where
from fazhi.hotspots.terms import STOP, worth_of
from fazhi.hotspots.voices import Voice

LIKE = 0.3
"""Share of what was written, weighed by how rare it is, that another must say too; for what is short."""
LEAST = 2
HEADED = 0.4
"""Share of what the heading of another names, places aside, that was written too: one grievance, wherever it is."""
NAMING = 0.4
"""What a word is worth at least that names a grievance."""


def near_texts(title: str, text: str, others: Sequence[tuple[str, str, str]], *, most: int = 3) -> tuple[str, ...]:
    """Keys of those that are likeliest, from (key, title, text); none that names another place."""
    said, here = heaviest(title, text), where(title, text)
    told = {
        key: frozenset(heaviest(theirs, more))
        for key, theirs, more in others
        if one_place(here, where(theirs, more)) is not False
    }
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


def of_one_sort(text: str, others: Sequence[tuple[str, str]], *, most: int = 3) -> tuple[str, ...]:
    """Keys of those whose heading names the same grievance, from (key, heading); for what is public anyway.

    A stall and a shop, a smell and a smoke at another place are of one sort, though no two sentences are alike.
    """
    said = _grievance(text)
    named = {key: _grievance(heading) for key, heading in others}
    used = Counter(word for words in named.values() for word in words)
    found = []
    for key, words in named.items():
        weights = {word: math.log((len(named) + 20) / used[word]) for word in words}
        shared = words & said
        share = sum(weights[word] for word in shared) / (sum(weights.values()) or 1.0)
        if len(shared) >= LEAST and share >= HEADED:
            found.append((-share, key))
    return tuple(key for _, key in sorted(found)[:most])


def _grievance(text: str) -> frozenset[str]:
    """The words that name what is wrong, long ones by the shorter ones within; names of places left out."""
    placed = names_in(Voice("", "", datetime.min, "", text))  # noqa: DTZ901 - the moment is not read
    words = {word for word in rjieba.cut_for_search(text) if len(word) > 1 and word not in placed}
    return frozenset(word for word in words if word not in STOP and worth_of(word) >= NAMING)
