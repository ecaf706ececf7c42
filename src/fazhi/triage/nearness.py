"""The second reader: letters are alike if their words name the same topics, and what was like letters' class counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from fazhi.triage.letter import Letter
from fazhi.triage.topics import Topic, tree

Numbers = np.ndarray[Any, np.dtype[np.float64]]
Rows = np.ndarray[Any, np.dtype[np.float32]]

REACH = 0.5
"""How fast likeness falls with distance."""
CAUTION = 0.5
"""How little single letters are followed, more so in classes of many letters."""


@lru_cache(maxsize=1)
def _places() -> tuple[dict[tuple[str, str], int], dict[Topic, int]]:
    where = tree()
    return {key: at for at, key in enumerate(where.seconds)}, {topic: at for at, topic in enumerate(where.topics)}


def topic_rows(letters: Sequence[Letter]) -> Rows:
    """One row a letter: topics of the second and third level that head and whole name, each level of length one."""
    return np.array([_row(letter) for letter in letters], dtype=np.float32)


def _row(letter: Letter) -> Numbers:
    seconds, thirds = _places()
    wide, narrow = np.zeros((2, len(seconds))), np.zeros((2, len(thirds)))
    for part, text in enumerate((letter.head, letter.text)):
        for word, times in tree().found(text).items():
            topics = tree().named[word]
            for key in {(topic.first, topic.second) for topic in topics}:
                wide[part, seconds[key]] += times
            for topic in topics:
                narrow[part, thirds[topic]] += times
    length = np.array([[1.0], [math.log1p(len(letter.text) / 30 + 1)]])
    return np.concatenate([_unit(np.log1p(wide) / length), _unit(np.log1p(narrow) / length)])


def _unit(values: Numbers) -> Numbers:
    flat = values.ravel()
    return np.asarray(flat / (np.linalg.norm(flat) or 1.0))


@dataclass(frozen=True, slots=True)
class Nearness:
    """Rows of the letters learned from, and what each says for each class."""

    rows: Rows
    weights: Numbers

    def margins(self, rows: Rows) -> Numbers:
        return np.asarray(_alike(rows, self.rows) @ self.weights, dtype=np.float64)


def learn_nearness(rows: Rows, right: Numbers, classes: int) -> Nearness:
    """Kernel ridge regression to plus and minus one; a letter of a rare class is followed more closely."""
    wanted = 2.0 * (right[:, None] == np.arange(classes)) - 1.0
    share = np.bincount(right, minlength=classes)[right] * classes / len(right)
    weights = np.linalg.solve(_alike(rows, rows) + np.diag(CAUTION * share), wanted)
    return Nearness(rows, weights)


def _alike(some: Rows, others: Rows) -> Numbers:
    distance = (some * some).sum(axis=1)[:, None] + (others * others).sum(axis=1)[None] - 2 * some @ others.T
    return np.asarray(np.exp(-REACH * distance), dtype=np.float64)
