"""How urgent a letter is, clause by clause: what threatens, and what takes it back (settled, denied, past)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from fazhi.triage.letter import Letter

Level = Literal["at_once", "soon", "ordinary"]
Words = Mapping[str, re.Pattern[str]]
Shares = Mapping[str, float]
"""By basis, how often its level was right."""
LEVELS: Mapping[Level, tuple[str, str]] = {
    "at_once": ("立即处置", "At once"),
    "soon": ("从速办理", "Soon"),
    "ordinary": ("一般", "Ordinary"),
}
_CLAUSE = re.compile(r"[^，,。！!？?；;：:、\n]+[，,。！!？?；;：:、\n]?")
_ENDS = "。！!？?\n"
REACH = 14
"""Signs before a threat in which a word of supposing still bears on it."""
OPENING = 100
"""Signs in which a letter says what is the matter; a threat told further on, without a word of now, is a story."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A threat that a letter names: its words, its kind, the clause it stands in; `lifted` says why it is no alarm."""

    words: str
    kind: str
    level: Level
    clause: int
    lifted: str = ""


@dataclass(frozen=True, slots=True)
class Urgency:
    """The level with its confidence and every sign that was weighed, also those that were lifted."""

    level: Level
    sure: float
    signs: tuple[Sign, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign.words for sign in self.signs if not sign.lifted))


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("fazhi.triage").joinpath("urgency.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Words]:
    parts = {part: kinds for part, kinds in _data().items() if part != "sure"}
    return {part: {kind: re.compile(words) for kind, words in kinds.items()} for part, kinds in parts.items()}


def _shares() -> Shares:
    return {name: float(share) for name, share in _data()["sure"].items()}


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a level rests: one sign or several that stand, signs that were all taken back, or none."""

    level: Level
    name: str


def basis_of(weighed: Sequence[Sign]) -> Basis:
    """Ordinary unless a threat stands that nothing takes back; what threatens life stands above all else."""
    standing = [sign for sign in weighed if not sign.lifted]
    if any(sign.level == "at_once" for sign in standing):
        return Basis("at_once", "at_once")
    if standing:
        return Basis("soon", "soon_often" if len({sign.words for sign in standing}) > 1 else "soon_once")
    return Basis("ordinary", "lifted" if weighed else "unnamed")


def read_urgency(letter: Letter) -> Urgency:
    """The level, how often letters on the same basis were of it, and every sign."""
    weighed = read_signs(letter)
    basis = basis_of(weighed)
    return Urgency(basis.level, float(_shares()[basis.name]), weighed)


def read_signs(letter: Letter) -> tuple[Sign, ...]:
    """Every sign of a letter, weighed."""
    clauses = _CLAUSE.findall(letter.text)
    found = [sign for number, clause in enumerate(clauses) for sign in _signs(clause, number)]
    return tuple(_in_story(_weigh(sign, clauses), clauses) for sign in found)


def _signs(clause: str, number: int) -> list[Sign]:
    found: list[Sign] = []
    for level in ("at_once", "soon"):
        for kind, words in _words()[level].items():
            found += [Sign(match.group(), kind, level, number) for match in words.finditer(clause)]
    return found


def _weigh(sign: Sign, clauses: Sequence[str]) -> Sign:
    reason = _lifted(sign, clauses)
    return replace(sign, lifted=reason) if reason else sign


def _in_story(sign: Sign, clauses: Sequence[str]) -> Sign:
    """What a long letter tells in passing, or happens often, is pressing at most; a wish to die never is."""
    told = sum(map(len, clauses[: sign.clause]))
    clause = clauses[sign.clause]
    if sign.lifted or sign.level != "at_once" or sign.kind == "轻生":
        return sign
    passing = told >= OPENING and not _says("now", clause)
    return replace(sign, level="soon") if passing or _says("often", clause) else sign


def _lifted(sign: Sign, clauses: Sequence[str]) -> str:
    """Why a threat is no alarm; empty if it stands."""
    clause = clauses[sign.clause]
    before = clause[: clause.find(sign.words)]
    if _within(clause, sign.words, "figurative"):
        return next(kind for kind, words in _words()["figurative"].items() if _covers(words, clause, sign.words))
    if _says("negated", before):
        return _name("negated")
    sentence = _sentence(clauses, sign.clause)
    present = _says("now", sentence) or _says("again", sentence)
    if sign.kind not in ("轻生", "伤人"):
        if _says("supposed", before[-REACH:]) and not present:
            return _name("supposed")
        if _says("asking", sentence) and not present:
            return _name("asking")
    if _settled(sign, clauses):
        return _name("settled")
    if _says("past", sentence) and not present and sign.kind != "轻生":
        return _name("past")
    return ""


def _settled(sign: Sign, clauses: Sequence[str]) -> bool:
    """Whether a later word says it is over and nothing after that says it is back; thanks alone settle nothing."""
    rest = list(clauses[sign.clause :])
    rest[0] = rest[0][rest[0].find(sign.words) :]
    over = next((place for place in range(len(rest)) if _over(clauses, sign.clause + place, rest[place])), None)
    if over is None:
        before = _sentence(clauses, sign.clause).split(sign.words)[0]
        return _says("settled", before) and _says("thanks", "".join(clauses)) and not _says("again", "".join(rest))
    return not _says("again", "".join(rest[over:])) and not _says("again", "".join(rest[: over + 1]))


def _over(clauses: Sequence[str], number: int, clause: str) -> bool:
    """Whether a clause says that it is over, and does not ask for it, alone or at the end of a sentence that asks."""
    if not _says("settled", clause) or _says("wished", clause):
        return False
    return _says("done", clause) or not _says("begged", _sentence(clauses, number).split(clause)[0])


def _says(part: str, text: str) -> bool:
    return any(words.search(text) for words in _words()[part].values())


def _within(clause: str, words: str, part: str) -> bool:
    return any(_covers(pattern, clause, words) for pattern in _words()[part].values())


def _covers(pattern: re.Pattern[str], clause: str, words: str) -> bool:
    """Whether a set phrase of the clause overlaps the words or is about them."""
    start = clause.find(words)
    return any(match.start() < start + len(words) + 4 and match.end() > start - 4 for match in pattern.finditer(clause))


def _name(part: str) -> str:
    return next(iter(_words()[part]))


def _sentence(clauses: Sequence[str], number: int) -> str:
    first = number
    while first > 0 and clauses[first - 1][-1] not in _ENDS:
        first -= 1
    last = number
    while last + 1 < len(clauses) and clauses[last][-1] not in _ENDS:
        last += 1
    return "".join(clauses[first : last + 1])
