"""Routing judged on real answers: what an office's own letters taught, what topics, places and names say, and both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, calibration_error, class_scores, find_threshold, macro_f1, routed_alone
from fazhi.triage.model import Model
from fazhi.triage.route import Candidate, Duty, opened, route
from fazhi.triage.topics import second_shares
from fazhi.triage.training import LEAST_LETTERS, train

UNLEARNED = 0.001
UNNAMED = 0.02
"""Confidence of an agency that one of the two readers does not name, so that the other can still propose it."""
WAYS = ("majority", "rules", "learned", "both")


@dataclass(frozen=True, slots=True)
class Routed:
    """Answers of each way of routing: the most frequent agency, rules alone, learning alone, both."""

    answers: Mapping[str, tuple[Answer, ...]]

    def as_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for way, answers in self.answers.items():
            scores = class_scores(answers)
            often = {name: score for name, score in scores.items() if score.letters >= LEAST_LETTERS}
            alone = routed_alone(answers, find_threshold(answers))
            told[way] = {
                "letters": len(answers),
                "agencies": sum(score.letters > 0 for score in scores.values()),
                "accuracy": sum(answer.hit for answer in answers) / (len(answers) or 1),
                "macro_f1": macro_f1(often),
                "agencies_in_macro_f1": len(often),
                "calibration_error": calibration_error(answers),
                "best_share_alone_in_hindsight": alone.share,
            }
        return told


def join(learned: Mapping[str, float], named: Sequence[Candidate], names: Sequence[str]) -> list[tuple[str, float]]:
    """Both readers as one: their confidences multiplied and brought back to one."""
    said = {one.name: one.sure for one in named}
    worth = {
        name: math.exp(math.log(learned.get(name, 0.0) + UNLEARNED) + math.log(said.get(name, 0.0) + UNNAMED))
        for name in names
    }
    total = sum(worth.values()) or 1.0
    return sorted(((name, part / total) for name, part in worth.items()), key=lambda pair: (-pair[1], pair[0]))


def judge_routing(known: Sequence[tuple[Letter, str]], folds: int = 5, seed: int = 0) -> Routed:
    """Each letter routed by what the other folds taught; agencies of few letters count as missed, not as left out."""
    names = np.array([name for _, name in known])
    found: dict[str, list[Answer]] = {way: [Answer("", "", 0.0)] * len(known) for way in WAYS}
    for seen, unseen in StratifiedKFold(folds, shuffle=True, random_state=seed).split(names, names):
        model = train([known[place][0] for place in seen], [known[place][1] for place in seen])
        common, count = Counter(names[seen]).most_common(1)[0]
        duties = [Duty(str(name), str(name)) for name in sorted(set(names[seen]))]
        for place in unseen:
            letter, right = known[place]
            said = _ways(letter, model, duties)
            said["majority"] = (str(common), count / len(seen))
            for way in WAYS:
                name, sure = said[way]
                found[way][place] = Answer(right, name or str(common), sure)
    return Routed({way: tuple(answers) for way, answers in found.items()})


def _ways(letter: Letter, model: Model, duties: Sequence[Duty]) -> dict[str, tuple[str, float]]:
    named = route(letter, second_shares(opened(letter)), duties)
    sure = model.confidences([letter])[0]
    learned = dict(zip(model.names, map(float, sure), strict=True))
    best = max(learned, key=lambda name: learned[name])
    return {
        "rules": (named[0].name, named[0].sure) if named else ("", 0.0),
        "learned": (best, learned[best]),
        "both": join(learned, named, [duty.name for duty in duties])[0],
    }
