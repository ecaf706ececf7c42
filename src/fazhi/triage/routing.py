"""Routing judged on real answers: what an office's own letters taught, what topics, places and names say, and both."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.model_selection import StratifiedKFold

from fazhi.triage.agencies import COUNTY
from fazhi.triage.lessons import lesson_rows, likeness
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
                "best_share_alone_at_95_in_hindsight": routed_alone(answers, find_threshold(answers, 0.95)).share,
            }
        return told


def ceiling(known: Sequence[tuple[Letter, str]]) -> dict[str, float]:
    """How far letters themselves tell whose they are: pairs of like letters that name the same one county, and how
    many of them one agency answered; and how often the one county that a letter names did."""
    counties = {name for _, name in known if COUNTY.fullmatch(name)}
    named = [frozenset(one for one in counties if one[:2] in letter.text) for letter, _ in known]
    rows = lesson_rows([letter for letter, _ in known])
    pairs = [
        known[first][1] == known[int(second)][1]
        for first in range(len(known))
        for second in np.flatnonzero(likeness(rows[first : first + 1], rows[:first])[0] > 0 if first else ())
        if len(named[first]) == 1 and named[first] == named[int(second)]
    ]
    alone = [next(iter(one)) == name for one, (_, name) in zip(named, known, strict=True) if len(one) == 1]
    return {
        "pairs": len(pairs),
        "one_agency": sum(pairs) / (len(pairs) or 1),
        "one_county_named": len(alone),
        "answered_by_it": sum(alone) / (len(alone) or 1),
    }


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
    parts = StratifiedKFold(folds, shuffle=True, random_state=seed).split(names, names)
    return _judge(known, [(seen.tolist(), unseen.tolist()) for seen, unseen in parts])


def judge_later(known: Sequence[tuple[Letter, str]], share: float) -> tuple[Routed, dict[str, Any]]:
    """The last letters of a mailbox in order of time routed by what the earlier ones taught; and what went alone by
    thresholds that the earlier ones set among themselves."""
    first = len(known) - round(len(known) * share)
    earlier, later = list(range(first)), list(range(first, len(known)))
    asked = [known[place] for place in later]
    routed = _judge(known, [(earlier, later)])
    within = judge_routing([known[place] for place in earlier])
    told: dict[str, Any] = {"earlier": first, "later": len(asked)}
    for precision in (0.98, 0.95):
        threshold = find_threshold(within.answers["both"], precision)
        alone = routed_alone([routed.answers["both"][place] for place in later], threshold)
        told[f"alone_at_{round(100 * precision)}"] = {"share": alone.share, "right": alone.precision}
    answers = {way: tuple(given[place] for place in later) for way, given in routed.answers.items()}
    return Routed(answers), told


def _judge(known: Sequence[tuple[Letter, str]], parts: Sequence[tuple[list[int], list[int]]]) -> Routed:
    names = np.array([name for _, name in known])
    found: dict[str, list[Answer]] = {way: [Answer("", "", 0.0)] * len(known) for way in WAYS}
    for seen, unseen in parts:
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
