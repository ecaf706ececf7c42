"""What a letter wants (question, complaint, report …) and the procedure and statute that govern it, with its words."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fazhi.law import Title
from fazhi.triage.letter import Letter

SHARPNESS = 0.55
"""How sharply a lead in worth becomes confidence; fitted on our own sentences (`tests/triage/handling.tsv`)."""
UNSPOKEN = 0.15
"""What a kind of which no word speaks weighs beside one that is spoken of."""
AT_HEAD = 1.3
"""A word in the opening says more of what the letter wants."""
OPENING = 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of letter or a way of handling it; `page` names the rulebook's procedure where there is one."""

    name: str
    title: Title
    law: str
    page: str
    prior: float
    says: tuple[tuple[re.Pattern[str], float], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The likeliest kind, how sure, what else it may be, and the words that decided it."""

    kind: Kind
    sure: float
    others: tuple[tuple[Kind, float], ...]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, Kind]]:
    data = tomllib.loads(files("fazhi.triage").joinpath("handling.toml").read_text(encoding="utf-8"))
    return {part: {name: _kind(name, one) for name, one in kinds.items()} for part, kinds in data.items()}


def _kind(name: str, one: dict[str, Any]) -> Kind:
    says = tuple((re.compile(words), float(worth)) for words, worth in one["says"])
    return Kind(name, Title(**one["title"]), one.get("law", ""), one.get("page", ""), one.get("prior", 0.0), says)


def types() -> dict[str, Kind]:
    return _data()["types"]


def ways() -> dict[str, Kind]:
    return _data()["ways"]


def read_type(letter: Letter) -> Choice:
    """What the letter wants; a letter that says nothing of it is taken as a complaint, and doubtful."""
    return _choose(types().values(), letter, fallback="complain")


def read_way(letter: Letter) -> Choice:
    """The procedure that governs; where none is named, and for thanks, the rules on letters and visits."""
    thanks = read_type(letter).kind.name == "praise"
    open_ways = [kind for kind in ways().values() if kind.name == "appeal" or not thanks]
    return _choose(open_ways, letter, fallback="appeal")


def _choose(kinds: Iterable[Kind], letter: Letter, fallback: str) -> Choice:
    scores: dict[str, float] = {}
    words: dict[str, tuple[str, ...]] = {}
    known = {kind.name: kind for kind in kinds}
    for kind in known.values():
        scores[kind.name], words[kind.name] = _score(kind, letter)
    if not any(words.values()):
        scores[fallback] += 0.3
    raised = {name: math.exp(score / SHARPNESS) * (1.0 if score > 0 else UNSPOKEN) for name, score in scores.items()}
    total = sum(raised.values())
    order = sorted(known, key=lambda name: (-scores[name], name != fallback, name))
    ranked = tuple((known[name], raised[name] / total) for name in order)
    return Choice(*ranked[0], ranked[1:], words[order[0]])


def _score(kind: Kind, letter: Letter) -> tuple[float, tuple[str, ...]]:
    """Worth of what is said, each pattern once and a little more for each further hit; longer letters weigh less."""
    total, told = kind.prior, []
    for pattern, worth in kind.says:
        found = list(pattern.finditer(letter.text))
        if not found:
            continue
        near = AT_HEAD if found[0].start() < OPENING else 1.0
        total += worth * near * (1 + 0.25 * math.log(len(found)))
        told += [match.group() for match in found[:2]]
    return total, tuple(dict.fromkeys(word for word in told if word))[:5]
