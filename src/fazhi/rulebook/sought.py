"""Everyday words by which people look for a kind of business, and the kind that a question in English speaks of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fazhi.law import Procedure

_FILE = Path(__file__).with_name("sought.toml")
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(
    """
    a an the of or and on in at to for by with from is are was be do does did i my me we our you your it its how many
    much long what when where who which can could may must should have has had there this that days day time take
    takes government administrative people s application
    """.split()  # noqa: SIM905
)


@cache
def _read() -> Mapping[str, tuple[str, ...]]:
    return {name: tuple(words) for name, words in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()}


def sought(name: str) -> tuple[str, ...]:
    """The everyday words of a kind of business, Chinese and English; none where nobody gave any."""
    return _read().get(name, ())


def spoken_of(question: str, pages: Mapping[str, Procedure]) -> list[str]:
    """The kinds of business that an English question speaks of by their everyday words or titles, the best first."""
    text = f" {' '.join(_WORD.findall(question.casefold()))} "
    asked = [word for word in text.split() if word not in _EMPTY]
    scores = {name: _score(name, page, text, asked) for name, page in pages.items()}
    order = list(_read())
    found = [name for name, score in scores.items() if score > 0]
    return sorted(found, key=lambda name: (-scores[name], order.index(name) if name in order else len(order)))


def _score(name: str, page: Procedure, text: str, asked: list[str]) -> int:
    """Two for every everyday word or phrase, one for every word of the title."""
    title = set(_WORD.findall(page.title.en.casefold()))
    phrases = sum(f" {one} " in text for one in sought(name) if one.isascii())
    return 2 * phrases + sum(word in title for word in dict.fromkeys(asked))
