"""A model of topics: plain numbers that give a letter a class, how sure, and the words that decided it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from fazhi.triage.features import TOPICS, Features
from fazhi.triage.letter import Letter
from fazhi.triage.nearness import Nearness, topic_rows

Numbers = np.ndarray[Any, np.dtype[np.float64]]

WORDS_TOLD = 6
READERS = 3
"""A linear machine, letters alike, and a linear machine over terms weighed by class."""
FEW = 12
"""Runs of signs at which confidence is halved: weights of a letter are brought to one length, so that three known signs
would speak as loudly as three hundred. Found on openings of letters within the training folds of seed 0."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a letter was read as, how sure, what else it may be, and the words that decided it."""

    name: str
    sure: float
    others: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Linear weights by class, letters alike, and how both become confidence; from `alone` on no person need look."""

    names: tuple[str, ...]
    features: Features
    weights: Numbers
    offsets: Numbers
    near: Nearness
    ratio_weights: Numbers
    ratio_offsets: Numbers
    slopes: Numbers
    steps: Numbers
    alone: float
    letters: int

    def confidences(self, letters: Sequence[Letter]) -> Numbers:
        """One row a letter, one column a name: the readers weighed together."""
        if not letters:
            return np.zeros((0, len(self.names)))
        rows = self.features.matrix(letters)
        linear = margins_of(rows, self.weights, self.offsets)
        ratio = margins_of(rows, self.ratio_weights, self.ratio_offsets)
        margins = np.hstack([linear, self.near.margins(topic_rows(letters)), ratio])
        return soften(margins, self.slopes, self.steps, firmness(rows, self.features))

    def read(self, letter: Letter) -> Verdict:
        sure = self.confidences([letter])[0]
        order = sorted(range(len(self.names)), key=lambda place: (-sure[place], self.names[place]))
        ranked = tuple((self.names[place], float(sure[place])) for place in order)
        return Verdict(*ranked[0], ranked[1:], self.words(letter, order[0]))

    def read_many(self, letters: Sequence[Letter]) -> list[tuple[str, float]]:
        """Name and confidence of each letter."""
        sure = self.confidences(letters)
        return [(self.names[int(row.argmax())], float(row.max())) for row in sure]

    def words(self, letter: Letter, place: int) -> tuple[str, ...]:
        """Words of the letter that speak most for a class against the mean of the others."""
        lean = self.weights[place] - self.weights.mean(axis=0)
        gains: defaultdict[str, float] = defaultdict(float)
        for block, term, column, weight in self.features.weigh(letter):
            word = term.replace("\t", "")
            if block != TOPICS and block.endswith("words") and len(word) > 1:
                gains[word] += weight * float(lean[column])
        return _distinct(sorted((word for word in gains if gains[word] > 0), key=lambda word: (-gains[word], word)))


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """The first words, none of which stands in another that is told."""
    told: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in told):
            told.append(word)
        if len(told) == WORDS_TOLD:
            break
    return tuple(told)


def margins_of(rows: csr_matrix, weights: Numbers, offsets: Numbers) -> Numbers:
    return np.asarray(rows @ weights.T) + offsets


def firmness(rows: csr_matrix, features: Features) -> Numbers:
    """How much each letter says that is known, from 0 (nothing) towards 1: what its confidence rests on."""
    known = np.asarray(rows[:, : len(features.blocks[0].places)].getnnz(axis=1), dtype=np.float64)
    return np.asarray(known / (known + FEW))


def soften(margins: Numbers, slopes: Numbers, steps: Numbers, firm: Numbers) -> Numbers:
    scores = (margins @ slopes.T + steps) * firm[:, None]
    scores -= scores.max(axis=1, keepdims=True)
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
