"""A model that learns from corrections: each moves the weights just so far that its letter is read rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fazhi.triage.letter import Letter
from fazhi.triage.model import Model

ROUNDS = 40
LEAD = 1.5
"""How much surer than the next the right class shall be."""
STEP = 0.03
"""How far one look at a correction moves the weights; offsets move with them, so that like letters follow."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The model after the corrections; how many it took in and those whose class it does not know."""

    model: Model
    taken: int
    unknown: tuple[str, ...]


def learn(model: Model, corrections: Sequence[tuple[Letter, str]]) -> Learned:
    """A new model; the old one stays as it was. Confidence keeps the scale that training on unseen letters gave it."""
    known = [(letter, model.names.index(name)) for letter, name in corrections if name in model.names]
    unknown = tuple(sorted({name for _, name in corrections if name not in model.names}))
    learned = replace(model, weights=model.weights.copy(), offsets=model.offsets.copy())
    for _ in range(ROUNDS):
        moved = [_follow(learned, letter, right) for letter, right in known]
        if not any(moved):
            break
    return Learned(learned, len(known), unknown)


def _follow(model: Model, letter: Letter, right: int) -> bool:
    """Move the weights a little towards the right class and away from its rival; False where none leads it."""
    sure = model.confidences([letter])[0]
    rival = int(np.where(np.arange(len(sure)) == right, -1.0, sure).argmax())
    if sure[right] >= LEAD * sure[rival]:
        return False
    row = model.features.matrix([letter])
    for place, sign in ((right, STEP), (rival, -STEP)):
        model.weights[place, row.indices] += sign * row.data
        model.offsets[place] += sign
    return True
