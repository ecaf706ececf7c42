"""Kinds of agencies, and the names people write brought to one: bureaus by work, counties and towns by place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

COUNTY = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2}[县区])(?!.*(?:开发区|高新区))")
TOWN = re.compile(r"(?:镇|乡|街道|办事处|村民委员会|社区)")
ZONE = re.compile(r"(?:高新|经开|开发|产业|园)区")
_MANY = re.compile(r"[\s、,，;；]+")
_CITY = re.compile(r"^[\u4e00-\u9fff]{0,2}市")


@dataclass(frozen=True, slots=True)
class Agency:
    """A kind of agency: how names of it look, the topics and words that are its work."""

    name: str
    title: str
    names: re.Pattern[str]
    topics: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def agencies() -> Mapping[str, Agency]:
    data = tomllib.loads(files("fazhi.triage").joinpath("agencies.toml").read_text(encoding="utf-8"))
    return {name: _agency(name, one) for name, one in data.items()}


def _agency(name: str, one: dict[str, object]) -> Agency:
    topics = tuple((topic.split("/")[0], topic.split("/")[1]) for topic in _list(one["topics"]))
    names = re.compile(f"{one['names']}|{re.escape(str(one['title']))}")
    return Agency(name, str(one["title"]), names, topics, tuple(str(one["words"]).split()))


def _list(value: object) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def agency_of(name: str) -> Agency | None:
    """The kind of agency that a unit's name tells: the name that stands last in it decides."""
    best: Agency | None = None
    last = -1
    for one in agencies().values():
        for match in one.names.finditer(name):
            if match.end() > last:
                best, last = one, match.end()
    return best


def normal_name(written: str) -> str:
    """One name for the many spellings of an agency, of several the first; empty for none or a person's name."""
    first = next((part for part in _MANY.split(written.strip()) if part), "")
    county = COUNTY.match(_CITY.sub("", first) if not COUNTY.match(first) else first)
    if ZONE.search(first):
        return "开发区管理机构"
    if county:
        return county["name"].replace("商县", "商南县") if county["name"] == "商县县" else county["name"]
    kind = agency_of(first)
    if kind:
        return kind.title
    if TOWN.search(first):
        return "镇街"
    return "" if len(first) < 4 else first
