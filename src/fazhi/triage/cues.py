"""What a letter shows of what it wants, as numbers: at its head, at its end and in the whole."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from fazhi.triage.kinds import cues, types, ways
from fazhi.triage.letter import Letter
from fazhi.triage.topics import first_shares, tree

END = 60
"""Signs at the end of a letter, where it says what shall be done."""
_ASKS = re.compile(r"[?？]|吗|呢")


@lru_cache(maxsize=1)
def signs() -> tuple[str, ...]:
    """Names of the numbers, in their order."""
    spoken = [f"{part}.{name}" for part, kinds in (("type", types()), ("way", ways())) for name in kinds]
    named = [f"{name}.{where}" for name in (*spoken, *cues(), "asks") for where in ("head", "end", "whole")]
    return (*named, *(f"topic.{name}" for name in tree().firsts), "length")


def show(letter: Letter) -> tuple[float, ...]:
    """The numbers of a letter; those of the whole are damped by its length."""
    head, end, whole = letter.head, letter.text[-END:], letter.text
    length = math.log1p(len(whole) / 100)
    found: list[float] = []
    for kind in (*types().values(), *ways().values()):
        found += [kind.worth(head), kind.worth(end), kind.worth(whole) / (1 + length)]
    for pattern in (*cues().values(), _ASKS):
        times = sum(1 for _ in pattern.finditer(whole))
        found += [bool(pattern.search(head)), bool(pattern.search(end)), math.log1p(times) / (1 + length)]
    shares = first_shares(letter)
    return (*found, *(shares.get(name, 0.0) for name in tree().firsts), length)
