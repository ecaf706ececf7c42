"""The standards that reports by anyone are held against: rates and their bases, contents, deadlines, laws in force."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from fazhi.law import Title

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Rate:
    """What a rate divides: words that name its numerator and its base. `own_base`: counts of cases are no base.

    `summed`: every word may add to the numerator; else the rate's own name picks its word.
    """

    words: tuple[str, ...]
    of: tuple[str, ...]
    per: tuple[str, ...]
    whole: bool
    own_base: bool
    summed: bool


@dataclass(frozen=True, slots=True)
class LawDays:
    """The days of a law: `since` None where the table does not know its first day."""

    name: str
    since: date | None
    revised: tuple[date, ...]
    until: date | None
    by: str


@dataclass(frozen=True, slots=True)
class Content:
    """A content that every report must have; `within`: it is looked for inside that other content."""

    key: str
    title: Title
    headings: tuple[str, ...]
    text: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of the systems that chapters follow, with the words by which a heading is known."""

    key: str
    title: Title
    words: tuple[str, ...]


@dataclass(frozen=True)
class Standards:
    """All of them. `above` and `public` are (month, day) of the year after the report's."""

    rates: tuple[Rate, ...]
    laws: Mapping[str, LawDays]
    laws_status: str
    contents: tuple[Content, ...]
    contents_source: str
    contents_status: str
    dull: frozenset[str]
    above: tuple[int, int]
    public: tuple[int, int]
    chapters: tuple[Chapter, ...]
    chapters_source: str
    chapters_years: range

    def rate(self, name: str) -> Rate | None:
        """The rate whose ending fits the name best."""
        best: tuple[int, Rate] | None = None
        for one in self.rates:
            for word in one.words:
                if name.endswith(word) and (best is None or len(word) > best[0]):
                    best = (len(word), one)
        return best[1] if best else None


@lru_cache(maxsize=1)
def standards() -> Standards:
    """The standards as the rulebook has them. Cached."""
    rates, laws, held = (_table(name) for name in ("rates", "laws", "contents"))
    systems = held["systems"]
    return Standards(
        rates=tuple(_rate(one) for one in rates["rates"]),
        laws={name: _law(name, said) for name, said in laws["laws"].items()},
        laws_status=laws["status"],
        contents=tuple(_content(one) for one in held["contents"]),
        contents_source=held["source"],
        contents_status=held["status"],
        dull=frozenset(held["dull"]),
        above=_day(held["deadlines"]["above"]),
        public=_day(held["deadlines"]["public"]),
        chapters=tuple(Chapter(one["key"], Title(**one["title"]), tuple(one["words"])) for one in systems["chapters"]),
        chapters_source=systems["source"],
        chapters_years=range(systems["since"], systems["until"] + 1),
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _rate(said: Mapping[str, Any]) -> Rate:
    words, of, per = (tuple(said[name]) for name in ("words", "of", "per"))
    return Rate(words, of, per, said["whole"], said.get("own_base", False), said.get("summed", False))


def _law(name: str, said: Mapping[str, Any]) -> LawDays:
    return LawDays(name, said.get("in_force"), tuple(said.get("revised", ())), said.get("until"), said.get("by", ""))


def _content(said: Mapping[str, Any]) -> Content:
    headings, text = tuple(said["headings"]), tuple(said["text"])
    return Content(said["key"], Title(**said["title"]), headings, text, said.get("within", ""))


def _day(said: str) -> tuple[int, int]:
    month, day = said.split("-")
    return int(month), int(day)
