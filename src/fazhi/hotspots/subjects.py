"""What a message complains of, by the words of a page: a topic and a subject, or neither."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fazhi.hotspots.voices import Voice
from fazhi.law import Title

HEAD = 300
"""Characters of a text that are read for its subject."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject within its topic; codes, titles and the words by which it is known."""

    topic: str
    name: str
    topic_title: Title
    title: Title
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def subjects() -> Mapping[str, Subject]:
    """By `topic/name`, in the order of the page."""
    table = tomllib.loads(Path(__file__).with_name("subjects.toml").read_text(encoding="utf-8"))
    found = {}
    for topic, told in table.items():
        title = Title(**told["title"])
        for name, one in told.items():
            if name != "title":
                found[f"{topic}/{name}"] = Subject(topic, name, title, Title(one["zh"], one["en"]), tuple(one["words"]))
    return found


def subject_of(voice: Voice) -> str:
    """`topic/name` whose words weigh most, a word of the title counting threefold; empty where none is said."""
    head = voice.text[:HEAD]
    best, most = "", 0
    for key, one in subjects().items():
        weight = sum(3 * voice.title.count(word) + head.count(word) for word in one.words)
        if weight > most:
            best, most = key, weight
    return best
