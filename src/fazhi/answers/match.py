"""A letter and the replies that may belong to it: by words and pairs of signs, less what fits every letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fazhi.library.words import pairs, words

Matrix = NDArray[np.float64]
K1, B = 1.5, 0.75
BODY = 0.5
"""What a word of the letter's text counts beside one of its title."""
PAIRS = 0.5
COSINE = 1.0
POPULAR = 0.9
OWN, OTHERS = 1, 5
"""Of the letters a reply fits best, the first is left out (it may be its own), the next five tell how common it is."""
TITLE_TWICE = 2


class Letters:
    """Replies made ready to be matched; `background` are earlier letters (title, text) that tell common replies."""

    def __init__(self, replies: Sequence[str], background: Sequence[tuple[str, str]] = ()) -> None:
        self.words, self.pairs = _Field([words(one) for one in replies]), _Field([pairs(one) for one in replies])
        self.common: Matrix = np.zeros(len(replies))
        if len(background) > OWN + OTHERS:
            near = np.sort(self._plain(background), axis=0)
            self.common = near[-OWN - OTHERS : -OWN].mean(axis=0)

    def match(self, letters: Sequence[tuple[str, str]]) -> Matrix:
        """How well each reply fits each letter: a row a letter, a column a reply."""
        fitted: Matrix = self._plain(letters) - POPULAR * self.common
        return fitted

    def _plain(self, letters: Sequence[tuple[str, str]]) -> Matrix:
        title_words, text_words = [words(title) for title, _ in letters], [words(text) for _, text in letters]
        title_pairs, text_pairs = [pairs(title) for title, _ in letters], [pairs(text) for _, text in letters]
        by_words = self.words.bm25(title_words) + BODY * self.words.bm25(text_words)
        by_pairs = self.pairs.bm25(title_pairs) + BODY * self.pairs.bm25(text_pairs)
        whole_words = [title * TITLE_TWICE + text for title, text in zip(title_words, text_words, strict=True)]
        whole_pairs = [title * TITLE_TWICE + text for title, text in zip(title_pairs, text_pairs, strict=True)]
        cosine = _cosine((self.words, self.pairs), (whole_words, whole_pairs))
        return _standard(by_words + PAIRS * by_pairs) + COSINE * _standard(cosine)


class _Field:
    """The terms of every reply of one sort, counted."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self.known: dict[str, int] = {}
        for text in texts:
            for term in text:
                self.known.setdefault(term, len(self.known))
        self.counts = self.count(texts)
        self.rows = np.repeat(np.arange(len(texts)), np.diff(self.counts.indptr))
        self.frequency: Matrix = np.bincount(self.counts.indices, minlength=len(self.known)).astype(float)

    def count(self, texts: Sequence[Sequence[str]]) -> Any:
        """Counts of known terms, a row a text."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for text in texts:
            for term, times in Counter(term for term in text if term in self.known).items():
                columns.append(self.known[term])
                data.append(times)
            ends.append(len(columns))
        return sparse.csr_matrix((data, columns, ends), shape=(len(texts), len(self.known)), dtype=float)

    def bm25(self, asked: Sequence[Sequence[str]]) -> Matrix:
        """BM25 of every reply for every question, each term of a question once."""
        total = self.counts.shape[0]
        rarity = np.log(1 + (total - self.frequency + 0.5) / (self.frequency + 0.5))
        length = np.asarray(self.counts.sum(axis=1)).ravel()
        slow = K1 * (1 - B + B * length / max(length.mean(), 1e-9))
        weights = self.counts.copy()
        weights.data = weights.data * (K1 + 1) / (weights.data + slow[self.rows]) * rarity[weights.indices]
        said = self.count(asked)
        said.data[:] = 1.0
        found: Matrix = (said @ weights.T).toarray()
        return found

    def rare(self, counts: Any) -> Any:
        """Counts as weights: their logarithm, by rarity."""
        rarity = np.log((1 + self.counts.shape[0]) / (1 + self.frequency)) + 1
        weighed = counts.copy()
        weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
        return weighed


def _cosine(fields: tuple[_Field, _Field], asked: tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]) -> Matrix:
    """The cosine between questions and replies over words and pairs together."""
    told = _unit(sparse.hstack([field.rare(field.counts) for field in fields]).tocsr())
    said = _unit(
        sparse.hstack([field.rare(field.count(texts)) for field, texts in zip(fields, asked, strict=True)]).tocsr()
    )
    found: Matrix = (said @ told.T).toarray()
    return found


def _unit(rows: Any) -> Any:
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(length, 1e-12)) @ rows


def _standard(scores: Matrix) -> Matrix:
    """Each row about its mean, in its own spread."""
    spread = scores.std(axis=1, keepdims=True)
    standard: Matrix = (scores - scores.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9)
    return standard
