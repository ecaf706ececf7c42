"""What our finding of replies is measured beside: plain BM25 over words, and vectors of latent semantics."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import rjieba
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

K1, B = 1.5, 0.75
DIMENSIONS = 300
Matrix = NDArray[np.float64]


def bm25(questions: Sequence[str], replies: Sequence[str]) -> Matrix:
    """Okapi BM25 as textbooks have it: words of the cutter, a question's words as often as they stand there."""
    cut = [Counter(rjieba.cut(reply)) for reply in replies]
    standing: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, words in enumerate(cut):
        for word, times in words.items():
            standing[word].append((number, times))
    lengths = np.array([sum(words.values()) for words in cut], dtype=float)
    slow = K1 * (1 - B + B * lengths / lengths.mean())
    scores = np.zeros((len(questions), len(replies)))
    for row, question in enumerate(questions):
        for word, said in Counter(rjieba.cut(question)).items():
            rows = standing.get(word, [])
            rarity = math.log(1 + (len(replies) - len(rows) + 0.5) / (len(rows) + 0.5))
            for number, times in rows:
                scores[row, number] += said * rarity * times * (K1 + 1) / (times + slow[number])
    return scores


def vectors(questions: Sequence[str], replies: Sequence[str]) -> Matrix:
    """TF-IDF over words brought down to 300 dimensions (latent semantic analysis), compared by cosine."""
    weigh = TfidfVectorizer(analyzer=lambda text: list(rjieba.cut(text)), sublinear_tf=True)
    told = weigh.fit_transform(replies)
    fewer = TruncatedSVD(min(DIMENSIONS, len(replies) - 1), random_state=0).fit(told)
    said = fewer.transform(weigh.transform(questions))
    found: Matrix = normalize(said) @ normalize(fewer.transform(told)).T
    return found


METHODS: Mapping[str, Callable[[Sequence[str], Sequence[str]], Matrix]] = {"BM25": bm25, "vectors (LSA)": vectors}
