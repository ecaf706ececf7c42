"""A document of the library: its versions with the days they hold, and the pieces each is cut into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from fazhi.library.citations import Place

Kind = Literal["statute", "normative", "guide", "reply", "rulebook"]
Standing = Literal["in_force", "not_yet", "replaced", "repealed"]
_ITEM = re.compile(r"\s*[（(]\s*([零〇一二三四五六七八九十百0-9]{1,5})\s*[）)]")
_POINT = re.compile(r"\s*(\d{1,3})\s*[.．、]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One 款: its words, and the items (项) under it with their points (目)."""

    text: str
    items: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def whole(self) -> str:
        """The paragraph with all its items."""
        return "\n".join([self.text, *(line for item, points in self.items for line in (item, *points))])


@dataclass(frozen=True, slots=True)
class Piece:
    """An article, or a section of a text without articles. `key` is its address: 33, 33-1, s4; p2.5 in an annex."""

    key: str
    label: str
    headings: tuple[str, ...]
    text: str
    article: int = 0
    inserted: int = 0

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The 款 of an article; a line that begins with a bracketed number is an item of the one before."""
        found: list[Paragraph] = []
        for line in self.text.split("\n"):
            if found and _ITEM.match(line):
                found[-1] = replace(found[-1], items=(*found[-1].items, (line, ())))
            elif found and found[-1].items and _POINT.match(line):
                *before, (item, points) = found[-1].items
                found[-1] = replace(found[-1], items=(*before, (item, (*points, line))))
            else:
                found.append(Paragraph(line))
        return tuple(found)

    def at(self, place: Place) -> tuple[str, Place]:
        """The words at a place of this article; the second value is the part of the place that is not there."""
        paragraphs = self.paragraphs()
        if place.paragraph > len(paragraphs):
            return "", Place(place.article, place.inserted, place.paragraph)
        if not place.item:
            return (paragraphs[place.paragraph - 1].whole if place.paragraph else self.text), Place()
        chosen = paragraphs[place.paragraph - 1 : place.paragraph] if place.paragraph else paragraphs
        within = next((one for one in chosen if len(one.items) >= place.item), None)
        if within is None:
            return "", Place(place.article, place.inserted, place.paragraph, place.item)
        item, points = within.items[place.item - 1]
        if place.point > len(points):
            return "", place
        told = [within.text, points[place.point - 1]] if place.point else [within.text, item, *points]
        return "\n".join([told[0], item, told[1]] if place.point else told), Place()


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of one version of a document without its text. `until` is the first day it no longer holds.

    `assumed`: no text says from which day it holds, so it is taken from its date. `ended`: it says it is repealed,
    but not from which day.
    """

    identity: str
    title: str
    kind: Kind
    label: str
    passed: date | None
    since: date | None
    assumed: bool = False
    until: date | None = None
    why: str = ""
    ended: bool = False
    replaced: bool = False
    """Ended by a later version of itself."""
    first: date | None = None
    """When the document was first made, in whatever version."""
    file: str = ""
    link: str = ""

    def standing(self, day: date) -> Standing:
        """Whether it holds on a day."""
        if self.since is not None and day < self.since:
            return "not_yet"
        if self.ended or (self.until is not None and day >= self.until):
            return "replaced" if self.replaced else "repealed"
        return "in_force"


@dataclass(frozen=True, slots=True)
class Version:
    """A version with its text. `repeals` are titles it ends, each with the article that says so."""

    head: Head
    pieces: tuple[Piece, ...]
    history: tuple[str, ...] = ()
    repeals: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = field(default=())

    def piece(self, key: str) -> Piece | None:
        """The piece at an address."""
        return next((one for one in self.pieces if one.key == key), None)


def key_of(article: int, inserted: int = 0) -> str:
    """The address of an article: 33, 33-1."""
    return f"{article}-{inserted}" if inserted else str(article)
