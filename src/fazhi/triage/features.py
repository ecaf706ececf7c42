"""A letter as numbers: signs and words in order, at its head and in the whole, and the topics that its words name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import rjieba
from scipy.sparse import csr_matrix

from fazhi.triage.letter import Letter
from fazhi.triage.topics import second_scores, tree

LEAST = 2
"""Letters in which a term must stand to be kept."""
TOPIC_WEIGHT = 0.3
BLOCKS = ("all signs", "all words", "head signs", "head words")
"""Signs stand in runs of one to three, words alone and in pairs."""
TOPICS = "topics"


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[str, ...]:
    return tuple(word for word in rjieba.cut(text) if word.strip())


def terms(letter: Letter, block: str) -> Iterator[str]:
    """Terms of one block: runs of one to three signs, or words and pairs of words."""
    text = letter.head if block.startswith("head") else letter.text
    if block.endswith("signs"):
        for width in (1, 2, 3):
            for start in range(len(text) - width + 1):
                yield text[start : start + width]
        return
    words = cut(text)
    yield from words
    yield from (f"{one}\t{two}" for one, two in pairwise(words))


@dataclass(frozen=True, slots=True)
class Block:
    """Terms of one block in order, and how rare each is."""

    name: str
    places: Mapping[str, int]
    rarity: np.ndarray[Any, np.dtype[np.float32]]

    def weigh(self, letter: Letter) -> list[tuple[str, int, float]]:
        """Terms that are known, with place and weight; together of length one."""
        counts = Counter(term for term in terms(letter, self.name) if term in self.places)
        weighed = [
            (term, self.places[term], (1 + math.log(times)) * float(self.rarity[self.places[term]]))
            for term, times in counts.items()
        ]
        return _unit(weighed)


def _unit(weighed: list[tuple[str, int, float]], length: float = 1.0) -> list[tuple[str, int, float]]:
    whole = math.sqrt(sum(weight * weight for _, _, weight in weighed)) or 1.0
    return [(term, place, length * weight / whole) for term, place, weight in weighed]


def learn_block(name: str, letters: Sequence[Letter]) -> Block:
    used: Counter[str] = Counter()
    for letter in letters:
        used.update(set(terms(letter, name)))
    kept = sorted(term for term, count in used.items() if count >= LEAST)
    rarity = np.log((1 + len(letters)) / (1 + np.array([used[term] for term in kept], dtype=np.float64))) + 1
    return Block(name, {term: place for place, term in enumerate(kept)}, rarity.astype(np.float32))


def weigh_topics(letter: Letter) -> list[tuple[str, int, float]]:
    """Topics of the second level that the letter's words name, at its head first, then in the whole."""
    seconds = {key: place for place, key in enumerate(tree().seconds)}
    head, whole = second_scores(letter)
    weighed = [(f"{key[0]}{key[1]}", seconds[key], weight) for key, weight in head.items()]
    weighed += [(f"{key[0]}{key[1]}", len(seconds) + seconds[key], weight) for key, weight in whole.items()]
    return _unit(weighed, TOPIC_WEIGHT)


@dataclass(frozen=True, slots=True)
class Features:
    """All blocks side by side, the topics last; `width` columns."""

    blocks: tuple[Block, ...]

    @property
    def width(self) -> int:
        return sum(len(block.places) for block in self.blocks) + 2 * len(tree().seconds)

    def weigh(self, letter: Letter) -> list[tuple[str, str, int, float]]:
        """(block, term, column, weight) of everything known in the letter."""
        found: list[tuple[str, str, int, float]] = []
        start = 0
        for block in self.blocks:
            found += [(block.name, term, start + place, weight) for term, place, weight in block.weigh(letter)]
            start += len(block.places)
        return found + [(TOPICS, term, start + place, weight) for term, place, weight in weigh_topics(letter)]

    def matrix(self, letters: Iterable[Letter]) -> csr_matrix:
        """One row a letter."""
        values: list[float] = []
        columns: list[int] = []
        ends = [0]
        for letter in letters:
            for _, _, column, weight in self.weigh(letter):
                columns.append(column)
                values.append(weight)
            ends.append(len(columns))
        shape = (len(ends) - 1, self.width)
        return csr_matrix((np.array(values, dtype=np.float32), columns, ends), shape=shape)


def learn_features(letters: Sequence[Letter]) -> Features:
    return Features(tuple(learn_block(name, letters) for name in BLOCKS))
