"""Letters that people read by hand: what they said, how far they agree, and what the machine's confidence is worth."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from fazhi.triage.cues import show, signs
from fazhi.triage.handling import Weights
from fazhi.triage.kinds import types, ways
from fazhi.triage.letter import Letter
from fazhi.triage.measure import Answer, calibration_error, class_scores, macro_f1, reliability
from fazhi.triage.urgency import Basis, Shares, basis_of, read_signs

STRENGTH = 0.05
"""How much the weights may follow the letters (C of the logistic): chosen so that each half foretells the other."""
PARTS = ("urgency", "type", "way")
PLACES = 3
"""Decimals of a kept weight."""


@dataclass(frozen=True, slots=True)
class Label:
    """One letter as it was read: `part` is that of the draw, 0 for letters drawn because they sound alarming; of
    those only the urgency was read, type and way are `-`."""

    digest: str
    part: int
    said: tuple[str, str, str]
    again: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A letter with its label."""

    letter: Letter
    label: Label


def digest_of(title: str, text: str) -> str:
    """By which a letter is known without its words."""
    return hashlib.sha256(f"{title.strip()}\n{text.strip()}".encode()).hexdigest()[:16]


def read_labels(lines: Iterable[str]) -> dict[str, Label]:
    """Rows of digest, part, urgency, type, way and, where read twice, the three again. Raises ValueError."""
    found = {}
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\n").split("\t")
        known = (None, None, {"at_once", "soon", "ordinary"}, {*types(), "-"}, {*ways(), "-"})
        again = cells[5:8]
        pairs = [*zip(cells, known, strict=False), *zip(again, known[2:], strict=False)]
        wrong = [cell for cell, names in pairs if names and cell not in names]
        if len(cells) not in (5, 8) or not cells[1].isdecimal() or wrong:
            raise ValueError(f"第{number}行不是“摘要、部分、紧急程度、类型、程序”：{'、'.join(wrong) or line.strip()}")
        second = (again[0], again[1], again[2]) if again else None
        found[cells[0]] = Label(cells[0], int(cells[1]), (cells[2], cells[3], cells[4]), second)
    return found


def learn(part: str, read: Sequence[tuple[Letter, str]]) -> Weights:
    """Weights of one part from letters and what they were read as."""
    rows = np.array([show(letter) for letter, _ in read], dtype=float)
    centre, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    names = np.array([name for _, name in read])
    machine = LogisticRegression(C=STRENGTH, max_iter=1000).fit((rows - centre) / spread, names)
    coefficients, intercepts = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        coefficients, intercepts = (
            np.vstack([-coefficients, coefficients]) / 2,
            np.concatenate([-intercepts, intercepts]) / 2,
        )
    weights = np.round(coefficients / spread, PLACES)
    offsets = np.round(intercepts - (coefficients / spread) @ centre, PLACES)
    kinds = tuple(str(name) for name in machine.classes_)
    return Weights(kinds, tuple(map(float, offsets)), tuple(tuple(map(float, row)) for row in weights))


def learn_both(read: Sequence[Read], sentences: Sequence[tuple[Letter, str, str]]) -> dict[str, Any]:
    """Weights of types and ways as they are kept, from letters and sentences of our own (type, way)."""
    told: dict[str, Any] = {"signs": list(signs())}
    for place, part in ((1, "type"), (2, "way")):
        told[part] = asdict(learn(part, _pairs(read, place, sentences)))
    return told


def _pairs(read: Sequence[Read], place: int, sentences: Sequence[tuple[Letter, str, str]]) -> list[tuple[Letter, str]]:
    drawn = [(one.letter, one.label.said[place]) for one in read if one.label.part]
    return drawn + [(letter, (kind, way)[place - 1]) for letter, kind, way in sentences]


def judge(read: Sequence[Read], sentences: Sequence[tuple[Letter, str, str]]) -> dict[str, Any]:
    """Each part of the draw judged by what the other parts taught, so that no letter judges itself."""
    told: dict[str, Any] = {"letters": sum(one.label.part > 0 for one in read)}
    told["agreement"] = agreement([one.label for one in read])
    parts = sorted({one.label.part for one in read} - {0})
    for place, name in ((1, "type"), (2, "way")):
        answers: list[Answer] = []
        for part in parts:
            weights = learn(name, _pairs([one for one in read if one.label.part != part], place, sentences))
            answers += [_kind_answer(weights, one, place) for one in read if one.label.part == part]
        told[name] = _told(answers)
    told["urgency"] = _told([answer for part in parts for answer in _urgency_answers(read, part)])
    told["urgency_by_part"] = {part: _told(_urgency_answers(read, part)) for part in parts}
    told["alarms"] = alarms(read)
    return told


def _kind_answer(weights: Weights, one: Read, place: int) -> Answer:
    shares = weights.shares(show(one.letter))
    name = max(shares, key=lambda kind: shares[kind])
    return Answer(one.label.said[place], name, shares[name])


def _urgency_answers(read: Sequence[Read], part: int) -> list[Answer]:
    """Letters of a part, with the shares that all others gave."""
    shares = urgency_shares([one for one in read if one.label.part != part])
    found = [(one.label.said[0], basis_of(read_signs(one.letter))) for one in read if one.label.part == part]
    return [Answer(right, basis.level, shares.get(basis.name, 0.5)) for right, basis in found]


def urgency_shares(read: Sequence[Read]) -> Shares:
    """How often each basis of a level was right, one of two counted beforehand so that few letters claim little."""
    seen: Counter[Basis] = Counter()
    right: Counter[Basis] = Counter()
    for one in read:
        basis = basis_of(read_signs(one.letter))
        if one.label.part or basis.level != "ordinary":
            seen[basis] += 1
            right[basis] += basis.level == one.label.said[0]
    return {basis.name: round((right[basis] + 1) / (seen[basis] + 2), 2) for basis in seen}


def alarms(read: Sequence[Read]) -> dict[str, dict[str, int]]:
    """What letters were of which the machine says that they are pressing, those drawn for it and by chance together."""
    found: dict[str, Counter[str]] = {"at_once": Counter(), "soon": Counter()}
    for one in read:
        level = basis_of(read_signs(one.letter)).level
        if level in found:
            found[level][one.label.said[0]] += 1
    return {level: dict(counts) for level, counts in found.items()}


def agreement(labels: Sequence[Label]) -> dict[str, Mapping[str, float]]:
    """Of letters read twice: how often alike, and Cohen's kappa."""
    twice = [(one.said, one.again) for one in labels if one.again]
    return {
        part: _kappa([(first[place], second[place]) for first, second in twice if second])
        for place, part in enumerate(PARTS)
        if twice
    }


def _kappa(pairs: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    alike = sum(first == second for first, second in pairs) / len(pairs)
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    chance = sum(firsts[name] * seconds[name] for name in firsts) / len(pairs) ** 2
    return {"letters": len(pairs), "alike": alike, "kappa": (alike - chance) / (1 - chance) if chance < 1 else 1.0}


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
