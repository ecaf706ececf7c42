"""What a message complains of: its subject by the words of a page, within a topic that others read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fazhi.hotspots.voices import Voice
from fazhi.law import Title

HEAD = 300
"""Characters of a text that are read for its subject."""
Topics = Callable[[Sequence[Voice]], Sequence[str]]
"""Reads the topic of each message, empty where none is named. Sorting letters is another room's work."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: its code, its title and the words by which it is known."""

    name: str
    title: Title
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def subjects() -> Mapping[str, Subject]:
    """By code, in the order of the page."""
    table = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text(encoding="utf-8"))
    return {name: Subject(name, Title(one["zh"], one["en"]), tuple(one["words"])) for name, one in table.items()}


def subject_of(voice: Voice) -> str:
    """The code whose words weigh most, a word of the title counting threefold; empty where none is said."""
    head = voice.text[:HEAD]
    best, most = "", 0
    for key, one in subjects().items():
        weight = sum(3 * voice.title.count(word) + head.count(word) for word in one.words)
        if weight > most:
            best, most = key, weight
    return best


def titles_of(subject: str) -> tuple[Title, ...]:
    """Topic and subject of `topic/code` in words, as far as they are named."""
    topic, _, name = subject.partition("/")
    known = subjects().get(name)
    return (*((Title(topic),) if topic and not topic.isascii() else ()), *((known.title,) if known else ()))


def unsorted(voices: Sequence[Voice]) -> Sequence[str]:
    """No topics: what a message complains of is read from its words alone."""
    return [""] * len(voices)
