"""A model judged on letters it has not seen: on a file of its own, or fold by fold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
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
from fazhi.triage.topics import first_sure
from fazhi.triage.training import train

Notice = Callable[[str], None]
Reader = Callable[[Sequence[Letter]], Sequence[tuple[str, float]]]
Pairs = Sequence[tuple[Letter, str]]
OPENINGS = (8, 15, 30, 60)
"""Signs of a letter after which it is cut to be judged as a short one."""
VERY_SURE = 0.9
"""Confidence that people are told as the highest."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Readings of letters not seen in training, and for each fold the threshold that its own training set; `openings`
    are the same letters cut short."""

    answers: tuple[Answer, ...]
    thresholds: tuple[float, ...]
    folds: tuple[int, ...]
    trained: int
    openings: Mapping[int, tuple[Answer, ...]] = field(default_factory=dict)

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
            "openings": [_short(signs, answers) for signs, answers in {**self.openings, 0: self.answers}.items()],
            "routed_alone": {
                "wanted_precision": PRECISION,
                "share": len(sure) / total,
                "precision": right / len(sure) if sure else 0.0,
                "thresholds": list(self.thresholds),
                "best_share_in_hindsight": found.share,
            },
        }


def _short(signs: int, answers: Sequence[Answer]) -> dict[str, float]:
    """How letters of so many signs are read (0: whole ones), and what the highest confidence is worth."""
    very = [answer for answer in answers if answer.sure >= VERY_SURE]
    return {
        "signs": signs,
        "accuracy": sum(answer.hit for answer in answers) / (len(answers) or 1),
        "calibration_error": calibration_error(answers),
        "very_sure": len(very),
        "very_sure_right": sum(answer.hit for answer in very) / (len(very) or 1),
    }


def judge(known: Pairs, asked: Pairs, notice: Notice = lambda said: None) -> Judged:
    """Train on the one, read the other. Raises TooFew."""
    model = train([letter for letter, _ in known], [name for _, name in known], notice)
    answers, openings = _read(asked, model.read_many)
    return Judged(answers, (model.alone,), (0,) * len(answers), len(known), openings)


def judge_words(asked: Pairs) -> Judged:
    """Read by the words of the tree alone, as an office does that has trained nothing."""
    answers, openings = _read(asked, lambda letters: [_likeliest(first_sure(letter)) for letter in letters])
    return Judged(answers, (2.0,), (0,) * len(answers), 0, openings)


def _likeliest(sure: Mapping[str, float]) -> tuple[str, float]:
    name = max(sure, key=lambda one: (sure[one], one), default="")
    return name, sure.get(name, 0.0)


def _read(asked: Pairs, reader: Reader) -> tuple[tuple[Answer, ...], dict[int, tuple[Answer, ...]]]:
    letters = [letter for letter, _ in asked]

    def read(some: Sequence[Letter]) -> tuple[Answer, ...]:
        return tuple(Answer(right, name, sure) for (_, right), (name, sure) in zip(asked, reader(some), strict=True))

    cut = {signs: [_opening(letter, signs) for letter in letters] for signs in OPENINGS}
    return read(letters), {signs: read(some) for signs, some in cut.items()}


def _opening(letter: Letter, signs: int) -> Letter:
    return replace(letter, text=letter.text[:signs], head=letter.head[:signs])


def cross_validate(known: Pairs, folds: int, seed: int = 0, notice: Notice = lambda said: None) -> Judged:
    """Each letter read by a model that was trained without it; shares of classes are kept in every fold."""
    names = np.array([name for _, name in known])
    blank = Answer("", "", 0.0)
    answers = [blank] * len(known)
    openings = {signs: [blank] * len(known) for signs in OPENINGS}
    whose = [0] * len(known)
    thresholds: list[float] = []
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed).split(names, names)
    for number, (seen, unseen) in enumerate(parts):
        one = judge([known[place] for place in seen], [known[place] for place in unseen])
        thresholds += one.thresholds
        for at, place in enumerate(unseen):
            answers[place], whose[place] = one.answers[at], number
            for signs, cut in one.openings.items():
                openings[signs][place] = cut[at]
        notice(f"第 {number + 1}/{folds} 折：宏平均F1 {macro_f1(class_scores(one.answers)):.4f}")
    short = {signs: tuple(cut) for signs, cut in openings.items()}
    return Judged(tuple(answers), tuple(thresholds), tuple(whose), len(known) - len(known) // folds, short)
