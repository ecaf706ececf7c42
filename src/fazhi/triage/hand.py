"""Letters that people read by hand: what they said, how far they agree, and what the machine's confidence is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from fazhi.triage.cues import show, signs
from fazhi.triage.fitting import fit
from fazhi.triage.labels import FRESH, UNREAD, Read, agreement
from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, calibration_error, class_scores, macro_f1, reliability
from fazhi.triage.pressing import Sentences, judge_urgency, learn_urgency
from fazhi.triage.urgency import alarms, at_life
from fazhi.triage.weights import Weights

STRENGTH = 0.03
"""How much the weights may follow the letters (C of the logistic): chosen so that each half foretells the other."""
BY_CHANCE = (1, 2, 3)
"""Parts of the draw in which every letter had the same chance."""


def learn(read: Sequence[tuple[Letter, str]]) -> Weights:
    """Weights of types or of ways from letters and what they were read as."""
    return fit([show(letter) for letter, _ in read], [name for _, name in read], STRENGTH)


def learn_all(read: Sequence[Read], sentences: Sequence[tuple[Letter, str, str]], alarmed: Sentences) -> dict[str, Any]:
    """All weights as they are kept, from letters and sentences of our own; the fresh part teaches nothing."""
    known = [one for one in read if one.label.part != FRESH]
    kept = {part: (signs(), learn(_pairs(known, place, sentences))) for place, part in ((1, "type"), (2, "way"))}
    pressing, life = learn_urgency(known, alarmed)
    kept |= {"pressing": (alarms(), pressing), "life": (at_life(), life)}
    return {part: {"signs": list(named), **asdict(weights)} for part, (named, weights) in kept.items()}


def _pairs(read: Sequence[Read], place: int, sentences: Sequence[tuple[Letter, str, str]]) -> list[tuple[Letter, str]]:
    drawn = [(one.letter, one.label.said[place]) for one in read if one.label.said[place] != UNREAD]
    return drawn + [(letter, (kind, way)[place - 1]) for letter, kind, way in sentences]


def judge(
    read: Sequence[Read], sentences: Sequence[tuple[Letter, str, str]], alarmed: Sentences = ()
) -> dict[str, Any]:
    """Each part drawn by chance judged by what all other parts taught, so that no letter judges itself."""
    known = [one for one in read if one.label.part != FRESH]
    told: dict[str, Any] = {"letters": sum(one.label.part in BY_CHANCE for one in known)}
    told["agreement"] = agreement([one.label for one in read])
    for place, name in ((1, "type"), (2, "way")):
        answers: list[Answer] = []
        for part in BY_CHANCE:
            asked = [one for one in known if one.label.part == part]
            if asked:
                weights = learn(_pairs([one for one in known if one.label.part != part], place, sentences))
                answers += [_kind_answer(weights, one, place) for one in asked]
        told[name] = _told(answers)
    return told | {"urgency": judge_urgency(read, alarmed)}


def _kind_answer(weights: Weights, one: Read, place: int) -> Answer:
    shares = weights.shares(show(one.letter))
    name = max(shares, key=lambda kind: shares[kind])
    return Answer(one.label.said[place], name, shares[name])


def _told(answers: Sequence[Answer]) -> dict[str, Any]:
    scores = class_scores(answers)
    return {
        "right": sum(one.hit for one in answers) / (len(answers) or 1),
        "sure": sum(one.sure for one in answers) / (len(answers) or 1),
        "macro_f1": macro_f1(scores),
        "calibration_error": calibration_error(answers),
        "classes": {name: asdict(score) for name, score in scores.items()},
        "reliability": [asdict(one) for one in reliability(answers)],
    }
