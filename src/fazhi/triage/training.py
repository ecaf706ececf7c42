"""Training: two linear machines and letters alike, and their confidence learned from letters they have not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from fazhi.triage.features import learn_features
from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, find_threshold
from fazhi.triage.model import READERS, Model, firmness, margins_of, soften
from fazhi.triage.nearness import Numbers, Rows, learn_nearness, topic_rows

SOFTNESS = 1.0
"""The cost C of the linear machine."""
RATIO_SOFTNESS = 0.1
"""The cost C of the machine over terms weighed by how much oftener a class uses them than the others."""
FOLLOW = 0.3
"""How closely the logistic that joins the readers follows the letters (its C), where there are enough of them."""
ENOUGH = 300
"""Letters a class from which confidence is learned without holding back."""
INNER = 4
"""Inner folds by which confidence is learned from letters the machine has not seen."""
MARGIN = 3.0
"""Standard errors by which routing without a person must be safer on known letters than is wished: the threshold is
chosen after looking at them, and the confidence was fitted on them, so that 1.5 gave 97.9 % where 98 were wished."""
LEAST_LETTERS = 5
"""Letters a class must have to be learned."""


class TooFew(ValueError):
    """There is not enough to learn from; the words say what is missing."""


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
    near = topic_rows(chosen)
    margins = _unseen_margins(rows, near, right, len(known))
    slopes, steps = _calibrate(margins, right)
    weights, offsets = _fit(rows, right, len(known))
    sure = soften(margins, slopes, steps, firmness(rows, features))
    answers = [
        Answer(known[int(place)], known[int(row.argmax())], float(row.max()))
        for place, row in zip(right, sure, strict=True)
    ]
    alone = find_threshold(answers, margin=MARGIN)
    second = learn_nearness(near, right, len(known))
    third = _fit_ratio(rows, right, len(known))
    return Model(known, features, weights, offsets, second, *third, slopes, steps, alone, len(chosen))


def _fit(rows: csr_matrix, right: Numbers, classes: int) -> tuple[Numbers, Numbers]:
    """Weights and offset of each class, also where there are only two."""
    machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=0).fit(rows, right)
    if classes == 2:
        return np.vstack([-machine.coef_, machine.coef_]), np.concatenate([-machine.intercept_, machine.intercept_])
    return machine.coef_, machine.intercept_


def _fit_ratio(rows: csr_matrix, right: Numbers, classes: int) -> tuple[Numbers, Numbers]:
    """Weights and offset of each class against all others, terms first weighed by the log of how much oftener the
    class uses them (Wang and Manning 2012); the weights are brought back to plain terms."""
    used = (rows > 0).astype(np.float64)
    weights, offsets = np.zeros((classes, rows.shape[1])), np.zeros(classes)
    for place in range(classes):
        mine = right == place
        often = 1 + np.asarray(used[mine].sum(axis=0)).ravel()
        rarely = 1 + np.asarray(used[~mine].sum(axis=0)).ravel()
        ratio = np.log((often / often.sum()) / (rarely / rarely.sum()))
        machine = LinearSVC(C=RATIO_SOFTNESS, class_weight="balanced", random_state=0)
        machine.fit(rows @ diags(ratio), mine)
        weights[place], offsets[place] = machine.coef_[0] * ratio, machine.intercept_[0]
    return weights, offsets


def _unseen_margins(rows: csr_matrix, near: Rows, right: Numbers, classes: int) -> Numbers:
    """Margins of each letter by the three readers, none of which has seen it."""
    margins = np.zeros((rows.shape[0], READERS * classes))
    folds = StratifiedKFold(min(INNER, int(np.bincount(right).min())), shuffle=True, random_state=0)
    for seen, unseen in folds.split(rows, right):
        margins[unseen, :classes] = margins_of(rows[unseen], *_fit(rows[seen], right[seen], classes))
        alike = learn_nearness(near[seen], right[seen], classes).margins(near[unseen])
        margins[unseen, classes : 2 * classes] = alike
        margins[unseen, 2 * classes :] = margins_of(rows[unseen], *_fit_ratio(rows[seen], right[seen], classes))
    return margins


def _calibrate(margins: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
    """How margins become confidence: a multinomial logistic of all margins, each reader's brought to one scale."""
    classes = margins.shape[1] // READERS
    scale = np.repeat([part.std() or 1.0 for part in np.split(margins, READERS, axis=1)], classes)
    strength = FOLLOW * min(1.0, len(right) / (ENOUGH * classes))
    machine = LogisticRegression(C=strength, max_iter=1000).fit(margins / scale, right)
    if machine.coef_.shape[0] == 1:
        return np.vstack([-machine.coef_, machine.coef_]) / 2 / scale, np.concatenate(
            [-machine.intercept_, machine.intercept_]
        ) / 2
    return machine.coef_ / scale, machine.intercept_
