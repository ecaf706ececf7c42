"""A model of topics: learned from letters that people have sorted, kept without any code, and able to say its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from fazhi.triage.features import TOPICS, Features, learn_features
from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, find_threshold

Numbers = np.ndarray[Any, np.dtype[np.float64]]

SOFTNESS = 1.0
"""The cost C of the linear machine."""
INNER = 4
"""Inner folds by which confidence is learned from letters the machine has not seen."""
LEAST_LETTERS = 5
"""Letters a class must have to be learned."""
WORDS_TOLD = 6


class TooFew(ValueError):
    """There is not enough to learn from; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a letter was read as, how sure, what else it may be, and the words that decided it."""

    name: str
    sure: float
    others: tuple[tuple[str, float], ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Linear weights by class, and how margins become confidence; from `alone` on no person need look."""

    names: tuple[str, ...]
    features: Features
    weights: Numbers
    offsets: Numbers
    slopes: Numbers
    steps: Numbers
    alone: float
    letters: int

    def confidences(self, rows: csr_matrix) -> Numbers:
        return _soft(_margins(rows, self.weights, self.offsets), self.slopes, self.steps)

    def read(self, letter: Letter) -> Verdict:
        sure = self.confidences(self.features.matrix([letter]))[0]
        order = sorted(range(len(self.names)), key=lambda place: (-sure[place], self.names[place]))
        ranked = tuple((self.names[place], float(sure[place])) for place in order)
        return Verdict(*ranked[0], ranked[1:], self.words(letter, order[0]))

    def read_many(self, letters: Sequence[Letter]) -> list[tuple[str, float]]:
        """Name and confidence of each letter."""
        sure = self.confidences(self.features.matrix(letters))
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


def train(letters: Sequence[Letter], names: Sequence[str], notice: Callable[[str], None] = lambda said: None) -> Model:
    """Learn from sorted letters; classes with too few letters are left out and told. Raises TooFew."""
    counts = Counter(names)
    small = sorted(name for name, count in counts.items() if count < LEAST_LETTERS)
    if small:
        notice(f"少于 {LEAST_LETTERS} 件、没有学习的类别：{'、'.join(small)}。")
    kept = [place for place, name in enumerate(names) if counts[name] >= LEAST_LETTERS]
    known = tuple(sorted({names[place] for place in kept}))
    if len(known) < 2:
        raise TooFew(f"至少要有两个类别、每类 {LEAST_LETTERS} 件，才能学习；现有：{dict(counts)}。")
    chosen = [letters[place] for place in kept]
    right = np.array([known.index(names[place]) for place in kept])
    features = learn_features(chosen)
    rows = features.matrix(chosen)
    margins = _unseen_margins(rows, right, len(known))
    slopes, steps = _calibrate(margins, right)
    weights, offsets = _fit(rows, right, len(known))
    sure = _soft(margins, slopes, steps)
    answers = [
        Answer(known[int(place)], known[int(row.argmax())], float(row.max()))
        for place, row in zip(right, sure, strict=True)
    ]
    return Model(known, features, weights, offsets, slopes, steps, find_threshold(answers), len(chosen))


def _fit(rows: csr_matrix, right: Numbers, classes: int) -> tuple[Numbers, Numbers]:
    """Weights and offset of each class, also where there are only two."""
    machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=0).fit(rows, right)
    if classes == 2:
        return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])
    return machine.coef_, machine.intercept_


def _margins(rows: csr_matrix, weights: Numbers, offsets: Numbers) -> Numbers:
    return np.asarray(rows @ weights.T) + offsets


def _unseen_margins(rows: csr_matrix, right: Numbers, classes: int) -> Numbers:
    """Margins of each letter by a machine that has not seen it."""
    margins = np.zeros((rows.shape[0], classes))
    folds = StratifiedKFold(min(INNER, int(np.bincount(right).min())), shuffle=True, random_state=0)
    for seen, unseen in folds.split(rows, right):
        margins[unseen] = _margins(rows[unseen], *_fit(rows[seen], right[seen], classes))
    return margins


def _calibrate(margins: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """How margins become confidence: a multinomial logistic of all margins."""
    machine = LogisticRegression(C=1.0, max_iter=500).fit(margins, right)
    if machine.coef_.shape[0] == 1:
        return np.vstack([-machine.coef_, machine.coef_]) / 2, np.concatenate(
            [-machine.intercept_, machine.intercept_]
        ) / 2
    return machine.coef_, machine.intercept_


def _soft(margins: Numbers, slopes: Numbers, steps: Numbers) -> Numbers:
    scores = margins @ slopes.T + steps
    scores -= scores.max(axis=1, keepdims=True)
    raised = np.exp(scores)
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
