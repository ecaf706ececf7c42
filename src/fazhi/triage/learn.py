"""A model that learns from corrections: each moves the weights just so far that its letter is read rightly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fazhi.triage.letter import Letter
from fazhi.triage.model import Model

ROUNDS = 5
MARGIN = 0.5
"""By how much the right class shall lead the next."""
STEP_MOST = 0.4
"""How far one correction may move the weights at once, so that one slip does not turn the model."""


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
    weights, offsets = model.weights.copy(), model.offsets.copy()
    rows = model.features.matrix([letter for letter, _ in known])
    for _ in range(ROUNDS):
        for place, (_, right) in enumerate(known):
            row = rows[place]
            margins = np.asarray(row @ weights.T).ravel() + offsets
            margins[right] -= MARGIN
            rival = int(margins.argmax())
            short = float(margins[rival] - margins[right])
            if rival == right or short <= 0:
                continue
            step = min(STEP_MOST, short / (2 * (float(row.multiply(row).sum()) + 1)))
            weights[right, row.indices] += step * row.data
            weights[rival, row.indices] -= step * row.data
            offsets[right] += step
            offsets[rival] -= step
    return Learned(replace(model, weights=weights, offsets=offsets), len(known), unknown)
