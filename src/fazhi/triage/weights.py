"""Weights learned from letters that people read, one set a part, and the confidence they give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

KEPT = "handling_weights.json"


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
