"""How good a reading is: F1 by class and on the whole, calibration, and how much may be routed without a person."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BINS = 10
PRECISION = 0.98


@dataclass(frozen=True, slots=True)
class Answer:
    """One judged reading: what was right, what was said, how sure it was."""

    right: str
    said: str
    sure: float

    @property
    def hit(self) -> bool:
        return self.right == self.said


@dataclass(frozen=True, slots=True)
class ClassScore:
    precision: float
    recall: float
    f1: float
    letters: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of one range of confidence: how many, how sure on average, how many right."""

    least: float
    answers: int
    sure: float
    right: float


@dataclass(frozen=True, slots=True)
class Alone:
    """What a threshold routes without a person: how much of all, and how much of that rightly."""

    threshold: float
    share: float
    precision: float


def class_scores(answers: Sequence[Answer]) -> dict[str, ClassScore]:
    """By class, of all classes that are right somewhere or said somewhere."""
    found: dict[str, ClassScore] = {}
    for name in sorted({answer.right for answer in answers} | {answer.said for answer in answers}):
        hits = sum(answer.hit and answer.right == name for answer in answers)
        said = sum(answer.said == name for answer in answers)
        right = sum(answer.right == name for answer in answers)
        precision, recall = hits / said if said else 0.0, hits / right if right else 0.0
        f1 = 2 * hits / (said + right) if said + right else 0.0
        found[name] = ClassScore(precision, recall, f1, right)
    return found


def macro_f1(scores: Mapping[str, ClassScore]) -> float:
    """The mean of F1 over classes that are right somewhere."""
    known = [score.f1 for score in scores.values() if score.letters]
    return sum(known) / len(known) if known else 0.0


def reliability(answers: Sequence[Answer]) -> list[Bin]:
    """Answers by confidence in ten ranges; empty ranges are left out."""
    held: list[list[Answer]] = [[] for _ in range(BINS)]
    for answer in answers:
        held[min(int(answer.sure * BINS), BINS - 1)].append(answer)
    return [
        Bin(
            place / BINS,
            len(held[place]),
            sum(answer.sure for answer in held[place]) / len(held[place]),
            sum(answer.hit for answer in held[place]) / len(held[place]),
        )
        for place in range(BINS)
        if held[place]
    ]


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error: how far confidence and rightness lie apart, by ranges, weighed by answers."""
    return sum(bin.answers * abs(bin.sure - bin.right) for bin in reliability(answers)) / (len(answers) or 1)


def find_threshold(answers: Sequence[Answer], precision: float = PRECISION, margin: float = 0.0) -> float:
    """The lowest confidence from which answers are right as often as wished; above 1 where there is none. `margin`
    asks for so many standard errors more, since what was so on known letters falls a little on new ones."""
    best, hits = 2.0, 0
    ordered = sorted(answers, key=lambda answer: -answer.sure)
    for place, answer in enumerate(ordered, 1):
        hits += answer.hit
        last_of_equals = place == len(ordered) or ordered[place].sure < answer.sure
        wanted = precision * place + margin * math.sqrt(place * precision * (1 - precision))
        if last_of_equals and hits >= wanted:
            best = answer.sure
    return best


def routed_alone(answers: Sequence[Answer], threshold: float) -> Alone:
    sure = [answer for answer in answers if answer.sure >= threshold]
    right = sum(answer.hit for answer in sure)
    return Alone(threshold, len(sure) / (len(answers) or 1), right / len(sure) if sure else 0.0)
