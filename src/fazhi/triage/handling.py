"""What a letter wants (question, complaint, report …) and the procedure and statute that govern it, with its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fazhi.triage.cues import show, signs
from fazhi.triage.kinds import Kind, types, ways
from fazhi.triage.letter import Letter
from fazhi.triage.weights import learned

PLAIN = {"type": "complain", "way": "appeal"}
"""What a letter without words is taken as, in doubt."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest kind, how sure, what else it may be, and the words that decided it."""

    kind: Kind
    sure: float
    others: tuple[tuple[Kind, float], ...]
    words: tuple[str, ...]


def read_type(letter: Letter) -> Choice:
    """What the letter wants; one without words is taken as a complaint, and doubtful."""
    return _choose(letter, "type", types())


def read_way(letter: Letter) -> Choice:
    """The procedure that governs; for thanks, the rules on letters and visits."""
    thanks = read_type(letter).kind.name == "praise"
    return _choose(letter, "way", {"appeal": ways()["appeal"]} if thanks else ways())


def _choose(letter: Letter, part: str, kinds: Mapping[str, Kind]) -> Choice:
    if letter.empty:
        share = 1 / len(kinds)
        others = tuple((kind, share) for name, kind in kinds.items() if name != PLAIN[part])
        return Choice(kinds[PLAIN[part]], share, others, ())
    shares = {name: share for name, share in learned(part, signs()).shares(_shown(letter)).items() if name in kinds}
    order = sorted(shares, key=lambda name: (-shares[name], name))
    ranked = tuple((kinds[name], shares[name]) for name in order)
    return Choice(*ranked[0], ranked[1:], ranked[0][0].words(letter.text))


@lru_cache(maxsize=8)
def _shown(letter: Letter) -> tuple[float, ...]:
    return show(letter)
