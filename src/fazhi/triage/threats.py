"""What threatens in a letter, clause by clause, and what takes the threat back or weakens it."""

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
THREATS: tuple[Level, ...] = ("at_once", "soon")
Words = Mapping[str, re.Pattern[str]]
_CLAUSE = re.compile(r"[^，,。！!？?；;：:、\n]+[，,。！!？?；;：:、\n]?")
_ENDS = "。！!？?\n"
REACH = 14
"""Signs before a threat in which a word of supposing still bears on it."""
OPENING = 100
"""Signs in which a letter says what is the matter; a threat told further on, without a word of now, is a story."""
LIFTS = ("negated", "afar", "rhetorical", "supposed", "asking", "settled", "past")
NEAR = 8
"""Signs around a threat in which a word of hazard makes it one that is only feared."""
EVENTS = ("人身威胁", "群体聚集", "群体动向", "伤亡", "老幼受害", "时限临近", "断水断电断暖")
"""Pressing matters that happen and are over; others last, whenever they began."""
OF_THE_BODY = ("中毒发病", "重伤死亡", "伤人")
"""Threats that are no longer one at once where a doctor or a court has the case."""
TOLD_IN_PASSING = "叙述中提到"


@dataclass(frozen=True, slots=True)
class Sign:
    """A threat that a letter names: its words, its kind, the clause it stands in; `lifted` says why it is no alarm,
    `weakened` why one to life is pressing at most."""

    words: str
    kind: str
    level: Level
    clause: int
    lifted: str = ""
    weakened: str = ""


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("fazhi.triage").joinpath("urgency.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Words]:
    return {part: {kind: re.compile(words) for kind, words in kinds.items()} for part, kinds in _data().items()}


def read_signs(letter: Letter) -> tuple[Sign, ...]:
    """Every sign of a letter, weighed."""
    clauses = _CLAUSE.findall(letter.text)
    found = [sign for number, clause in enumerate(clauses) for sign in _signs(clause, number)]
    return tuple(_weaken(_weigh(sign, clauses), clauses) for sign in found)


def says(part: str, text: str) -> int:
    """How often a text says something of a part of the list of words."""
    return sum(1 for words in _words()[part].values() for _ in words.finditer(text))


def kinds() -> Mapping[Level, tuple[str, ...]]:
    """Kinds of threats by level."""
    return {level: tuple(_words()[level]) for level in THREATS}


def reasons(how: str) -> tuple[str, ...]:
    """Why threats are `lifted` or `weakened`, in words."""
    if how == "weakened":
        return (*(_name(part) for part in ("often", "hazard", "elsewhere", "cared")), TOLD_IN_PASSING)
    return (*_words()["figurative"], *(_name(part) for part in LIFTS))


def _signs(clause: str, number: int) -> list[Sign]:
    found: list[Sign] = []
    for level in THREATS:
        for kind, words in _words()[level].items():
            found += [Sign(match.group(), kind, level, number) for match in words.finditer(clause)]
    return found


def _weigh(sign: Sign, clauses: Sequence[str]) -> Sign:
    reason = _lifted(sign, clauses)
    return replace(sign, lifted=reason) if reason else sign


def _weaken(sign: Sign, clauses: Sequence[str]) -> Sign:
    """What is only feared, happened elsewhere, is cared for, often happens or is told in passing is pressing at most;
    a wish to die never is."""
    if sign.lifted or sign.level != "at_once" or sign.kind == "轻生":
        return sign
    reason = _weakness(sign, clauses)
    return replace(sign, level="soon", weakened=reason) if reason else sign


def _weakness(sign: Sign, clauses: Sequence[str]) -> str:
    clause, sentence = clauses[sign.clause], _sentence(clauses, sign.clause)
    present = bool(_says("now", sentence))
    start = clause.find(sign.words)
    around = clause[max(0, start - NEAR) : start] + clause[start + len(sign.words) :][:NEAR]
    if _says("often", clause):
        return _name("often")
    if present:
        return ""
    grounds = [("hazard", around), ("elsewhere", sentence)]
    if sign.kind in OF_THE_BODY and not _says("many", sentence):
        grounds.append(("cared", sentence))
    found = next((_name(part) for part, text in grounds if _says(part, text)), "")
    return found or (TOLD_IN_PASSING if sum(map(len, clauses[: sign.clause])) >= OPENING else "")


def _lifted(sign: Sign, clauses: Sequence[str]) -> str:
    """Why a threat is no alarm; empty if it stands."""
    clause = clauses[sign.clause]
    before = clause[: clause.find(sign.words)]
    if _within(clause, sign.words, "figurative"):
        return next(kind for kind, words in _words()["figurative"].items() if _covers(words, clause, sign.words))
    if _says("negated", before):
        return _name("negated")
    if _says("afar", before):
        return _name("afar")
    if _says("rhetorical", clause) and "人命" in sign.words:
        return _name("rhetorical")
    sentence = _sentence(clauses, sign.clause)
    present = _says("now", sentence) or _says("again", sentence)
    if sign.kind not in ("轻生", "伤人"):
        if _says("supposed", before[-REACH:]) and not present:
            return _name("supposed")
        if _says("asking", sentence) and not present:
            return _name("asking")
    if _settled(sign, clauses):
        return _name("settled")
    passing = sign.level == "at_once" or sign.kind in EVENTS
    if passing and _says("past", sentence) and not present and sign.kind != "轻生":
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
