"""How urgent a letter is: its threats, told apart by how they stand, weighed by what people said of real letters."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from fazhi.triage.letter import Letter
from fazhi.triage.threats import OPENING, Level, Sign, kinds, read_signs, reasons, says
from fazhi.triage.topics import first_shares, tree
from fazhi.triage.weights import learned

LEVELS: Mapping[Level, tuple[str, str]] = {
    "at_once": ("立即处置", "At once"),
    "soon": ("从速办理", "Soon"),
    "ordinary": ("一般", "Ordinary"),
}
COSTS: Mapping[Level, Mapping[Level, float]] = {
    "at_once": {"at_once": 0, "soon": 8, "ordinary": 24},
    "soon": {"at_once": 2, "soon": 0, "ordinary": 9},
    "ordinary": {"at_once": 3, "soon": 1, "ordinary": 0},
}
"""What it costs to say a level (inner) of a letter that is of another (outer): a threat to life that is missed costs 24
looks in vain, one shown as pressing 8; a pressing letter missed costs nine. The level said costs least."""
HEAD = 60
AT_LIFE = ("at_once.", "weak.", "weakened.", "head.at", "head.soon", "now.", "often.whole", "again.whole", "past.whole")
"""How names of numbers begin by which a pressing letter is asked whether life is threatened."""
CUES = (
    "now",
    "often",
    "again",
    "past",
    "settled",
    "thanks",
    "supposed",
    "asking",
    "negated",
    "begged",
    "danger",
    "weak",
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """The level with its confidence, that of each level, and every sign that was weighed, also those lifted."""

    level: Level
    sure: float
    signs: tuple[Sign, ...]
    shares: Mapping[Level, float]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign.words for sign in self.signs if not sign.lifted))


@lru_cache(maxsize=1)
def alarms() -> tuple[str, ...]:
    """Names of the numbers by which urgency is weighed, in their order."""
    named = kinds()
    threats = [f"{level}.{kind}" for level in named for kind in named[level]]
    weak = [f"weak.{kind}" for kind in named["at_once"]]
    taken = [f"{how}.{reason}" for how in ("lifted", "weakened") for reason in reasons(how)]
    where = ["head.at_once", "head.soon", "head.lifted", "kinds.standing", "now.standing"]
    where += ["at_once.all", "at_once.any", "weak.all"]
    cues = [f"{cue}.{part}" for cue in CUES for part in ("whole", "head")]
    return (*threats, *weak, *taken, *where, *cues, *(f"topic.{name}" for name in tree().firsts), "length")


def show_alarm(letter: Letter) -> tuple[float, ...]:
    """The numbers of a letter: threats by kind and by how they stand, what surrounds them, topics and length."""
    signs, text, head = read_signs(letter), letter.text, letter.text[:HEAD]
    length = math.log1p(len(text) / 100)
    counts: Counter[str] = Counter()
    for sign in signs:
        counts[_name(sign)] += 1
        if sign.lifted or sign.weakened:
            counts[f"lifted.{sign.lifted}" if sign.lifted else f"weakened.{sign.weakened}"] += 1
        if sign.words in head:
            counts["head.lifted" if sign.lifted else f"head.{sign.level}"] += 1
    counts["at_once.all"] = sum(counts[f"at_once.{kind}"] for kind in kinds()["at_once"])
    counts["at_once.any"] = counts["at_once.all"] > 0
    counts["weak.all"] = sum(counts[f"weak.{kind}"] for kind in kinds()["at_once"])
    standing = {sign.kind for sign in signs if not sign.lifted}
    counts["kinds.standing"] = len(standing)
    counts["now.standing"] = says("now", text) if standing else 0
    for cue in CUES:
        counts[f"{cue}.whole"], counts[f"{cue}.head"] = says(cue, text), says(cue, head)
    shares = first_shares(letter)
    told = {f"topic.{name}": share for name, share in shares.items()} | {"length": length}
    return tuple(told[name] if name in told else math.log1p(counts[name]) for name in alarms())


def _name(sign: Sign) -> str:
    return f"{'lifted' if sign.lifted else 'weak' if sign.weakened else sign.level}.{sign.kind}"


@lru_cache(maxsize=1)
def at_life() -> tuple[str, ...]:
    """Names of the numbers that tell a threat to life from what is pressing."""
    return tuple(name for name in alarms() if name.startswith((*AT_LIFE, "length")))


def show_life(shown: tuple[float, ...]) -> tuple[float, ...]:
    """Those of the numbers of a letter."""
    told = dict(zip(alarms(), shown, strict=True))
    return tuple(told[name] for name in at_life())


def share_out(pressing: float, life: float) -> dict[Level, float]:
    """Confidence of each level: whether it is pressing at all, and whether it is then about life."""
    return {"at_once": pressing * life, "soon": pressing * (1 - life), "ordinary": 1 - pressing}


def cheapest(shares: Mapping[Level, float]) -> Level:
    """The level that costs least to say."""
    return min(LEVELS, key=lambda said: sum(share * COSTS[right][said] for right, share in shares.items()))


def decide(letter: Letter, signs: Sequence[Sign], shares: Mapping[Level, float]) -> Level:
    """The cheapest level; a letter of one or two sentences leaves nothing to weigh, what stands in it stands."""
    cheap = cheapest(shares)
    if len(letter.text) > OPENING:
        return cheap
    standing = {sign.level for sign in signs if not sign.lifted}
    if "at_once" in standing:
        return "at_once"
    return "ordinary" if not standing else "soon" if cheap == "ordinary" else cheap


def read_urgency(letter: Letter) -> Urgency:
    """The level, how sure, and every sign."""
    shown, signs = show_alarm(letter), read_signs(letter)
    pressing = learned("pressing", alarms()).shares(shown)["pressing"]
    life = learned("life", at_life()).shares(show_life(shown))["at_once"]
    shares = share_out(pressing, life)
    level = decide(letter, signs, shares)
    return Urgency(level, shares[level], signs, shares)
