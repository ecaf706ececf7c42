"""Names of places that a message gives, read by their form."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba

from fazhi.hotspots.voices import Voice

_PLACE = re.compile(
    r"(?:[A-Z]?\d{0,2}[市县区])?[A-Za-z0-9\u4e00-\u9fff·]{1,8}?(?:小区|新城|花园|家园|嘉园|名庭|大院|社区|街道|公园|广场|学校|小学|中学|医院|大道|[路镇乡村苑街巷城湾])"
)
_NOT_PLACE = re.compile(r"^(?:的|在|请|是|我|我们|和|与|到|为|这|该|本|一|要|有|了|关于|投诉|反映|解决|希望)+")
HEAD = 80
"""Signs of a text in which places are looked for: where something is stands at the head."""
LONG = 6
"""Signs beyond which a match may hold more than a name."""
SAYING = frozenset("vrcdpuy")
"""Sorts of words that are no part of a name: verbs, pronouns, conjunctions, adverbs, prepositions, particles."""


def places_in(voice: Voice) -> list[str]:
    """Places that the title and the first line name, in order."""
    named = (_named(_NOT_PLACE.sub("", match)) for match in _PLACE.findall(f"{voice.title} {voice.text[:HEAD]}"))
    return [place for place in named if len(place) > 2]


def names_in(voice: Voice) -> str:
    """All that reads like the name of a place, as written, one beside the other."""
    return " ".join(_PLACE.findall(f"{voice.title} {voice.text[:HEAD]}"))


@lru_cache(maxsize=100_000)
def _named(place: str) -> str:
    """The name without what was said before it, where a long match holds a verb or a word of the sentence."""
    if len(place) <= LONG:
        return place
    words = rjieba.tag(place)
    before = max((at for at, (_, sort) in enumerate(words) if sort[:1] in SAYING and sort != "vn"), default=-1)
    return "".join(word for word, _ in words[before + 1 :])
