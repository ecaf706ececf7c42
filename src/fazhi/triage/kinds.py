"""Types of letters and procedures that govern them, each with the patterns that speak of it and what each is worth."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from fazhi.law import Title


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of letter or a way of handling it; `page` names the rulebook's procedure where there is one."""

    name: str
    title: Title
    law: str
    page: str
    says: tuple[tuple[re.Pattern[str], float], ...]

    def worth(self, text: str) -> float:
        """What is said of it: each pattern once and a little more for each further hit."""
        total = 0.0
        for pattern, worth in self.says:
            times = sum(1 for _ in pattern.finditer(text))
            total += worth * (1 + 0.25 * math.log(times)) if times else 0.0
        return total

    def words(self, text: str) -> tuple[str, ...]:
        found = (match.group() for pattern, _ in self.says for match in list(pattern.finditer(text))[:2])
        return tuple(dict.fromkeys(word for word in found if word))[:5]


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    return tomllib.loads(files("fazhi.triage").joinpath("handling.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _kinds(part: str) -> Mapping[str, Kind]:
    return {name: _kind(name, one) for name, one in _data()[part].items()}


def _kind(name: str, one: Mapping[str, Any]) -> Kind:
    says = tuple((re.compile(words), float(worth)) for words, worth in one["says"])
    return Kind(name, Title(**one["title"]), one.get("law", ""), one.get("page", ""), says)


def types() -> Mapping[str, Kind]:
    return _kinds("types")


def ways() -> Mapping[str, Kind]:
    return _kinds("ways")


@lru_cache(maxsize=1)
def cues() -> Mapping[str, re.Pattern[str]]:
    """Turns of phrase that tell how a letter speaks, whatever it is about."""
    return {name: re.compile(words) for name, words in _data()["cues"].items()}
