"""The words by which a report is read: units, names that are no figures, what names an indicator."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

FOLDER = resources.files("fazhi") / "rulebook" / "reading"


@dataclass(frozen=True, slots=True)
class Words:
    """Units by what they make of a number, and names with numbers that state none."""

    units: dict[str, str]
    """From a unit to its group: count, duration, amount, measure, rank, label."""
    unit: re.Pattern[str]
    label: re.Pattern[str]
    names: re.Pattern[str]
    lines: frozenset[str]


def read_page(name: str) -> dict[str, Any]:
    """A TOML file of the folder."""
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the words, the longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(word) for word in ordered))


@lru_cache(maxsize=1)
def load_words() -> Words:
    groups = {name: table["words"].split() for name, table in read_page("units.toml").items()}
    units = {word: name for name in reversed(groups) for word in groups[name]}
    page = read_page("names.toml")
    return Words(
        units=units,
        unit=any_of(word for name, words in groups.items() if name not in ("label",) for word in words),
        label=any_of([*groups["label"], *(word for word in groups["count"] if len(word) == 1)]),
        names=any_of((page["fixed"] + page["idioms"]).split()),
        lines=frozenset(page["lines"].split()),
    )
