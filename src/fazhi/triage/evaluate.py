"""A model judged on letters it has not seen: on a file of its own, or fold by fold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from fazhi.triage.letter import Letter
from fazhi.triage.measure import (
    PRECISION,
    Answer,
    calibration_error,
    class_scores,
    find_threshold,
    macro_f1,
    reliability,
    routed_alone,
)
from fazhi.triage.training import train

Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Judged:
    """Readings of letters not seen in training, and for each fold the threshold that its own training set."""

    answers: tuple[Answer, ...]
    thresholds: tuple[float, ...]
    folds: tuple[int, ...]
    trained: int

    def as_json(self) -> dict[str, Any]:
        scores = class_scores(self.answers)
        found = routed_alone(self.answers, find_threshold(self.answers))
        sure = [
            answer
            for answer, fold in zip(self.answers, self.folds, strict=True)
            if answer.sure >= self.thresholds[fold]
        ]
        right = sum(answer.hit for answer in sure)
        total = len(self.answers) or 1
        return {
            "trained": self.trained,
            "tested": len(self.answers),
            "folds": len(self.thresholds),
            "macro_f1": macro_f1(scores),
            "accuracy": sum(answer.hit for answer in self.answers) / total,
            "classes": {name: asdict(score) for name, score in scores.items()},
            "calibration_error": calibration_error(self.answers),
            "reliability": [asdict(one) for one in reliability(self.answers)],
            "routed_alone": {
                "wanted_precision": PRECISION,
                "share": len(sure) / total,
                "precision": right / len(sure) if sure else 0.0,
                "thresholds": list(self.thresholds),
                "best_share_in_hindsight": found.share,
            },
        }


def judge(
    known: Sequence[tuple[Letter, str]], asked: Sequence[tuple[Letter, str]], notice: Notice = lambda said: None
) -> Judged:
    """Train on the one, read the other. Raises TooFew."""
    model = train([letter for letter, _ in known], [name for _, name in known], notice)
    said = model.read_many([letter for letter, _ in asked])
    answers = tuple(Answer(right, name, sure) for (_, right), (name, sure) in zip(asked, said, strict=True))
    return Judged(answers, (model.alone,), (0,) * len(answers), len(known))


def cross_validate(
    known: Sequence[tuple[Letter, str]], folds: int, seed: int = 0, notice: Notice = lambda said: None
) -> Judged:
    """Each letter read by a model that was trained without it; shares of classes are kept in every fold."""
    names = np.array([name for _, name in known])
    answers: list[Answer] = [Answer("", "", 0.0)] * len(known)
    whose = [0] * len(known)
    thresholds: list[float] = []
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed).split(names, names)
    for number, (seen, unseen) in enumerate(parts):
        one = judge([known[place] for place in seen], [known[place] for place in unseen])
        thresholds += one.thresholds
        for place, answer in zip(unseen, one.answers, strict=True):
            answers[place], whose[place] = answer, number
        notice(f"第 {number + 1}/{folds} 折：宏平均F1 {macro_f1(class_scores(one.answers)):.4f}")
    return Judged(tuple(answers), tuple(thresholds), tuple(whose), len(known) - len(known) // folds)
