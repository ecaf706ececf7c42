"""Urgency learned from letters that people read, and judged on letters drawn for it: how many are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fazhi.triage.fitting import fit
from fazhi.triage.labels import FRESH, Read
from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, calibration_error, reliability
from fazhi.triage.threats import Level, read_signs
from fazhi.triage.urgency import LEVELS, decide, share_out, show_alarm, show_life
from fazhi.triage.weights import Weights

STRENGTH = 0.03
STRENGTH_LIFE = 0.1
"""How much the weights may follow the letters (C of the logistic), chosen within the parts that are learned from."""
OWN = 0.3
"""What a sentence of our own counts beside a letter: it is plainer than letters are."""
SOUNDING = 1.5
"""What a letter counts that was drawn because it sounds alarming."""
BY_CHANCE = 19.0
"""How many letters one drawn by chance stands for."""
AGAIN = 2000
"""Draws with replacement, by strata, from which intervals are read."""
Sentences = Sequence[tuple[Letter, Level]]


def weigh(one: Read) -> float:
    """What a letter counts in learning: the root of what it stands for, so that rare strata are not drowned."""
    stands = one.label.stands_for if one.label.part > 3 else BY_CHANCE if one.label.part else SOUNDING
    return float(stands**0.5)


def learn_urgency(read: Sequence[Read], sentences: Sentences) -> tuple[Weights, Weights]:
    """Weights of pressing or not, and, of what presses, of life or not."""
    shown = [show_alarm(one.letter) for one in read] + [show_alarm(letter) for letter, _ in sentences]
    levels = [one.label.said[0] for one in read] + [level for _, level in sentences]
    counts = [weigh(one) for one in read] + [OWN] * len(sentences)
    pressing = fit(shown, ["ordinary" if level == "ordinary" else "pressing" for level in levels], STRENGTH, counts)
    among = [place for place, level in enumerate(levels) if level != "ordinary"]
    life = fit(
        [show_life(shown[place]) for place in among],
        [levels[place] for place in among],
        STRENGTH_LIFE,
        [OWN if place >= len(read) else 1.0 for place in among],
    )
    return pressing, life


def say(letter: Letter, weights: tuple[Weights, Weights]) -> tuple[Level, Mapping[Level, float]]:
    """The level and the confidence of each, by these weights."""
    shown = show_alarm(letter)
    pressing = weights[0].shares(shown)["pressing"]
    shares = share_out(pressing, weights[1].shares(show_life(shown))["at_once"])
    return decide(letter, read_signs(letter), shares), shares


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter was, what was said of it, how sure, how many letters it stands for and of which stratum it is."""

    right: str
    said: str
    sure: float
    stands_for: float


def judge_urgency(read: Sequence[Read], sentences: Sentences) -> dict[str, Any]:
    """The parts drawn by chance judged by all others, and the fresh part by all but itself, with intervals of 95 %."""
    known = [one for one in read if one.label.part != FRESH]
    fresh = [one for one in read if one.label.part == FRESH]
    told: dict[str, Any] = {"fresh": tell(_say_all(fresh, known, sentences))}
    found: list[Told] = []
    for part in (1, 2, 3):
        asked = [one for one in known if one.label.part == part]
        found += _say_all(asked, [one for one in known if one.label.part != part], sentences)
    return told | {"chance": tell(found)}


def _say_all(asked: Sequence[Read], known: Sequence[Read], sentences: Sentences) -> list[Told]:
    if not asked or len({one.label.said[0] for one in known} | {level for _, level in sentences}) < len(LEVELS):
        return []
    weights = learn_urgency(known, sentences)
    said = [(one, *say(one.letter, weights)) for one in asked]
    return [Told(one.label.said[0], level, shares[level], one.label.stands_for) for one, level, shares in said]


MEASURES: Mapping[str, tuple[Callable[[Told], bool], Callable[[Told], bool]]] = {
    "pressing_found": (lambda one: one.right != "ordinary", lambda one: one.said != "ordinary"),
    "said_pressing_is": (lambda one: one.said != "ordinary", lambda one: one.right != "ordinary"),
    "life_found_pressing": (lambda one: one.right == "at_once", lambda one: one.said != "ordinary"),
    "life_found_at_once": (lambda one: one.right == "at_once", lambda one: one.said == "at_once"),
    "said_at_once_is": (lambda one: one.said == "at_once", lambda one: one.right == "at_once"),
    "said_at_once_presses": (lambda one: one.said == "at_once", lambda one: one.right != "ordinary"),
}
"""Shares that are told: of which letters, and what holds for how many of them."""


def tell(answers: Sequence[Told]) -> dict[str, Any]:
    """How many pressing letters are found, how much of what is said is so, and what the confidence is worth."""
    plain = [Answer(one.right, one.said, one.sure) for one in answers]
    return {
        "letters": len(answers),
        "calibration_error": calibration_error(plain),
        "reliability": [(one.sure, one.right, one.answers) for one in reliability(plain)],
        "measures": {name: _share(answers, *of) for name, of in MEASURES.items()},
    }


def _share(answers: Sequence[Told], of: Callable[[Told], bool], holds: Callable[[Told], bool]) -> dict[str, float]:
    """A share with its interval: letters drawn again with replacement within each stratum."""
    counted = np.array([one.stands_for * of(one) for one in answers], dtype=float)
    held = np.array([one.stands_for * (of(one) and holds(one)) for one in answers], dtype=float)
    chance = np.random.default_rng(0)
    strata = {
        weight: [at for at, one in enumerate(answers) if one.stands_for == weight] for weight in _weights(answers)
    }
    shares = []
    for _ in range(AGAIN if answers else 0):
        drawn = np.concatenate([chance.choice(part, len(part)) for part in strata.values()])
        if counted[drawn].sum():
            shares.append(held[drawn].sum() / counted[drawn].sum())
    low, high = np.percentile(shares, [2.5, 97.5]) if shares else (0.0, 1.0)
    share = float(held.sum() / counted.sum()) if counted.sum() else 0.0
    letters = sum(map(of, answers))
    return {"share": share, "low": float(low), "high": float(high), "letters": letters}


def _weights(answers: Sequence[Told]) -> list[float]:
    return sorted({one.stands_for for one in answers})
