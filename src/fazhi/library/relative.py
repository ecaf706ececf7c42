"""Places told from where words stand: 本条, 前款, 前两款, 第二款 within the articles of a text that is a document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fazhi.library.citations import NUMBER, Citation, Place, ordinal, read_places

_INSERTED = r"(?:之(?P<inserted>[一二三四五六七八九十]{1,3}))?"
_HEADING = re.compile(
    rf"[ \t\u3000]*(?:#+\s*|\*\*)?(?P<label>第\s*(?P<article>{NUMBER})\s*条{_INSERTED})(?:\*\*)?(?=[ \t\u3000:：]|$)"
)
_CHAPTER = re.compile(rf"[ \t\u3000]*(?:#+\s*|第\s*{NUMBER}\s*[编章节]|附\s*[件录表])")
_ITEM = re.compile(r"[ \t\u3000]*(?:[（(]\s*(?P<item>[一二三四五六七八九十]{1,3})\s*[）)]|[0-9０-９]{1,2}[.．、)）])")
_WORDS = re.compile(
    rf"(?<![以目当])(?P<own>本)(?P<level>条(?![例约款目件])|款(?![项式额])|项(?![目下]))"
    rf"|(?<![以目当])[前上](?P<many>{NUMBER}|几)?(?P<before>条(?![例约目件])|款(?![款项式额数])|项(?![目]))"
    rf"|(?<![条之的至到、和及与或或者，\d])(?P<bare>第\s*{NUMBER}\s*款)"
)
_LEVELS = {"条": "article", "款": "paragraph", "项": "item"}


@dataclass(frozen=True, slots=True)
class Standing:
    """From here on the text stands at this place: article, paragraph and, in a list, the item."""

    start: int
    place: Place
    heading: int = 0
    """Where the words of the article begin, after its heading; 0 in the lines after that."""


def standings(text: str) -> tuple[Standing, ...]:
    """The course of a text through its articles, line by line; empty where it has fewer than two in order."""
    found: list[Standing] = []
    here, at, articles = Place(), 0, 0
    for line in text.splitlines(keepends=True):
        heading = _HEADING.match(line.rstrip("\n\r"))
        if heading:
            here = Place(ordinal(heading["article"]), ordinal(heading["inserted"] or ""), 1)
            articles += 1
            found.append(Standing(at, here, at + heading.end()))
        elif not line.strip():
            pass
        elif _CHAPTER.match(line):
            here = Place()
            found.append(Standing(at, here))
        elif here.article:
            item = _ITEM.match(line)
            if item is None:
                here = replace(here, paragraph=here.paragraph + 1, item=0)
            elif item["item"]:
                here = replace(here, item=ordinal(item["item"]))
            found.append(Standing(at, here))
        at += len(line)
    return tuple(found) if articles > 1 else ()


def relative(text: str, course: Sequence[Standing]) -> Iterator[Citation]:
    """Citations of places near by, each with the place it comes to; what comes to none is left out."""
    starts = [one.start for one in course]
    articles = [one.place for one in course if one.heading]
    for match in _WORDS.finditer(text):
        standing = course[bisect_right(starts, match.start()) - 1] if starts and match.start() >= starts[0] else None
        if standing is None or not standing.place.article:
            continue
        base = _meant(match, standing.place, articles)
        if not base:
            continue
        if match["bare"]:
            places, _, end = read_places(text, match.start(), len(text), _article(standing.place))
        else:
            deeper, _, end = read_places(text, match.end(), len(text), base[-1])
            same = bool(deeper) and _article(deeper[0]) == _article(base[-1])
            places = (*base[:-1], *deeper) if same else tuple(base)
            end = end if same else match.end()
        yield Citation(match.start(), end, text[match.start() : end], "", "relative", places)


def _article(place: Place) -> Place:
    return Place(place.article, place.inserted)


def _meant(match: re.Match[str], here: Place, articles: Sequence[Place]) -> list[Place]:
    """The places that the words name, seen from here; none where there is nothing before it."""
    if match["bare"]:
        return [_article(here)]
    if match["own"]:
        cut = {"条": _article(here), "款": replace(here, item=0), "项": here if here.item else Place()}
        return [cut[match["level"][0]]] if cut[match["level"][0]].article else []
    level = match["before"][0]
    many = {"几": 99, "": 1}.get(match["many"] or "", ordinal(match["many"] or "") or 1)
    if level == "条":
        at = next((spot for spot, one in enumerate(articles) if _article(one) == _article(here)), 0)
        return [_article(one) for one in articles[max(at - many, 0) : at]] if many < 99 else []
    now = here.paragraph if level == "款" else here.item
    first = 1 if many == 99 else now - many
    if now < 2 or first < 1:
        return []
    if level == "款":
        return [replace(_article(here), paragraph=number) for number in range(first, now)]
    return [replace(here, item=number) for number in range(first, now)]
