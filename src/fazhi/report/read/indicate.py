"""Which indicator a claim states, by the words around it and the lexicon of the field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fazhi.report.claims import Kind
from fazhi.report.read.words import FOLDER, read_page

_WEIGHTS = (6, 5, 3, 2, 1)
"""A word counts by where it stands: subject, beside the number, clause, sentence so far, headings and text above."""


@dataclass(frozen=True, slots=True)
class Place:
    """The words around a number, from near to far."""

    subject: str
    beside: str
    clause: str
    sentence: str
    around: str


@dataclass(frozen=True, slots=True)
class Named:
    """An entry of the lexicon: every group of `words` must be met, no word of `without` may stand beside the number."""

    indicator: str
    kinds: frozenset[str]
    units: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    without: tuple[str, ...]


@lru_cache(maxsize=1)
def load_lexicon() -> tuple[Named, ...]:
    """All pages of the lexicon in order."""
    named: list[Named] = []
    for page in sorted(item.name for item in (FOLDER / "indicators").iterdir() if item.name.endswith(".toml")):
        for name, entry in read_page(f"indicators/{page}").items():
            named.append(
                Named(
                    name,
                    frozenset(entry.get("kind", "count").split()),
                    frozenset(entry.get("units", "").split()),
                    tuple(tuple(group.split("|")) for group in entry["words"]),
                    tuple(entry["without"].split("|")) if "without" in entry else (),
                )
            )
    return tuple(named)


def indicate(place: Place, kind: Kind, unit: str, measure: str) -> str:
    """The id of the entry that the words fit best; empty where none does. `measure` is the unit without 万, 亿."""
    best, most = "", 0.0
    near = f"{place.subject}\n{place.beside}\n{place.clause}"
    whole = f"{near}\n{place.sentence}\n{place.around}"
    for named in _fitting(kind, unit, measure):
        if not all(_said(group, near, whole) for group in named.words):
            continue
        if any(_bars(word, place) for word in named.without) or _of_another_rate(named, place.subject, kind):
            continue
        score = _score(named, place)
        if score > most:
            best, most = named.indicator, score
    return best


def _of_another_rate(named: Named, subject: str, kind: Kind) -> bool:
    """Whether the number is called a rate of its own (败诉率) in which no word of the entry is said."""
    if kind != "ratio" or not subject.endswith("率") or len(subject) < 3:
        return False
    words = (word.removeprefix("@") for group in named.words for word in group)
    return not any(len(word) > 1 and word in subject for word in words)


@lru_cache(maxsize=1024)
def _fitting(kind: str, unit: str, measure: str) -> tuple[Named, ...]:
    """The entries that a number of this kind and unit may state."""
    units = {unit or "-", measure or "-"}
    return tuple(named for named in load_lexicon() if kind in named.kinds and (not named.units or named.units & units))


def _score(named: Named, place: Place) -> float:
    total, nearest = 0.0, 0
    for group in named.words:
        weight = _weight(group, place)
        if weight == 0:
            return 0.0
        total += weight
        nearest = max(nearest, weight)
    if nearest < _WEIGHTS[2]:
        return 0.0
    return total + (0.5 if named.units else 0.0)


def _said(group: tuple[str, ...], near: str, whole: str) -> bool:
    """Whether any word of the group is said at all; asked first, for most entries fail here."""
    return any(word[1:] in near if word[0] == "@" else word in whole for word in group)


def _bars(word: str, place: Place) -> bool:
    """`word` bars beside the number, `~word` anywhere in the sentence so far."""
    return word[1:] in place.sentence if word.startswith("~") else word in place.beside or word in place.subject


def _weight(group: tuple[str, ...], place: Place) -> int:
    """How near the nearest of the words stands; `@word` must stand in the clause."""
    found = 0
    places = (place.subject, place.beside, place.clause, place.sentence, place.around)
    for word in group:
        bare = word.removeprefix("@")
        for weight, text in zip(_WEIGHTS, places, strict=True):
            if word != bare and weight < _WEIGHTS[2]:
                break
            if bare in text:
                found = max(found, weight)
                break
    return found
