"""Weights learned from letters that people read, one set a part, and the confidence they give."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from sklearn.linear_model import LogisticRegression

KEPT = "handling_weights.json"
PLACES = 3
"""Decimals of a kept weight."""
Row = tuple[float, ...]


class OtherSigns(ValueError):
    """The kept weights were learned for other signs than are read now; learn again."""


@dataclass(frozen=True, slots=True)
class Weights:
    """For each kind an offset and a weight of every sign."""

    kinds: tuple[str, ...]
    offsets: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]

    def shares(self, shown: tuple[float, ...]) -> dict[str, float]:
        """Confidence of each kind; together one."""
        scores = np.asarray(self.weights) @ np.asarray(shown, dtype=float) + np.asarray(self.offsets)
        raised = np.exp(scores - scores.max())
        return dict(zip(self.kinds, map(float, raised / raised.sum()), strict=True))


@lru_cache(maxsize=4)
def learned(part: str, signs: tuple[str, ...]) -> Weights:
    """The weights of one part; they must have been learned for the signs that are read now. Raises OtherSigns."""
    told: Mapping[str, dict[str, list[list[float]]]] = json.loads(
        files("fazhi.triage").joinpath(KEPT).read_text(encoding="utf-8")
    )
    one = told.get(part, {})
    if tuple(map(str, one.get("signs", ()))) != signs:
        raise OtherSigns(f"{KEPT} 是按别的词表算的，请用 fazhi triage hand learn 重算。")
    kinds, offsets = tuple(map(str, one["kinds"])), tuple(map(float, one["offsets"]))  # type: ignore[arg-type]
    return Weights(kinds, offsets, tuple(map(tuple, one["weights"])))


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
