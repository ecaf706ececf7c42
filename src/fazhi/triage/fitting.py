"""Learning weights from letters that people read: apart from the weights, which every page reads without learning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from fazhi.triage.weights import Weights

PLACES = 3
"""Decimals of a kept weight."""
Row = tuple[float, ...]


def fit(rows: Sequence[Row], names: Sequence[str], strength: float, counts: Sequence[float] = ()) -> Weights:
    """Weights by a logistic on numbers brought to one scale; `counts` say what each row counts."""
    shown = np.array(rows, dtype=float)
    centre, spread = shown.mean(axis=0), shown.std(axis=0) + 1e-9
    count = np.array(counts, dtype=float) if counts else np.ones(len(rows))
    machine = LogisticRegression(C=strength, max_iter=2000)
    machine.fit((shown - centre) / spread, np.array(names), sample_weight=count / count.mean())
    coefficients, intercepts = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        intercepts = np.concatenate([-intercepts, intercepts]) / 2
    weights = np.round(coefficients / spread, PLACES)
    offsets = np.round(intercepts - (coefficients / spread) @ centre, PLACES)
    kinds = tuple(str(name) for name in machine.classes_)
    return Weights(kinds, tuple(map(float, offsets)), tuple(tuple(map(float, row)) for row in weights))
