"""Rules by which a line of a register comes under closer watch, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from fazhi.law import Title
from fazhi.rulebook.load import NATIONAL


@dataclass(frozen=True, slots=True)
class Rule:
    """All that it says must hold. `share`: (column, of column, below); `falls` and `grows`: (column, by share, within
    days); `least`: (column, amount); `silent`: (column, days) since it was last told; `where`: values of choices."""

    name: str
    title: Title
    level: str
    share: tuple[str, str, Decimal] | None = None
    falls: tuple[str, Decimal, int] | None = None
    grows: tuple[str, Decimal, int] | None = None
    least: tuple[str, Decimal] | None = None
    silent: tuple[str, int] | None = None
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Watch:
    """The rules of a register, the column that says the level and the one that says why; levels from the lowest."""

    register: str
    grade: str
    sign: str
    levels: tuple[str, ...]
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def watches() -> Mapping[str, Watch]:
    """By register."""
    table = tomllib.loads((NATIONAL / "watches.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {name: _watch(name, told) for name, told in table.items()}


def _watch(name: str, told: Mapping[str, Any]) -> Watch:
    rules = tuple(_rule(key, one) for key, one in told["rules"].items())
    return Watch(name, told["grade"], told["sign"], tuple(told["levels"]), rules)


def _rule(name: str, told: Mapping[str, Any]) -> Rule:
    def changes(word: str) -> tuple[str, Decimal, int] | None:
        return (told[word]["of"], Decimal(told[word]["by"]), int(told[word]["days"])) if word in told else None

    share, least, silent = told.get("share"), told.get("least"), told.get("silent")
    return Rule(
        name=name,
        title=Title(**told["title"]),
        level=told["level"],
        share=(share["of"], share["in"], Decimal(share["below"])) if share else None,
        falls=changes("falls"),
        grows=changes("grows"),
        least=(least["of"], Decimal(least["amount"])) if least else None,
        silent=(silent["of"], int(silent["days"])) if silent else None,
        where=told.get("where", {}),
    )
