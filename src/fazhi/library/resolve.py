"""Citations resolved: the version in force on a day and the words at the place, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from urllib.parse import quote

from fazhi.law.numerals import arabic
from fazhi.library.citations import KINDS, Citation, Place, cite
from fazhi.library.names import full_name, plain_name, slug
from fazhi.library.relative import relative, standings
from fazhi.library.shelf import Shelf, find, in_force, spoken_names
from fazhi.library.values import Head, key_of

Status = Literal[
    "found",
    "document_found",
    "unknown_document",
    "several_documents",
    "nothing_named",
    "own_unknown",
    "no_such_version",
    "not_yet_in_force",
    "repealed",
    "no_version_on_day",
    "no_such_article",
    "no_such_clause",
]
FOUND = ("found", "document_found")
MOST_OF_A_RANGE = 200
_SOUNDS = re.compile(rf"(?:{KINDS})(?:[（(][^（()）]{{1,12}}[)）])?$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """One place of one citation. `head` and `text` where it was found; else `why` in words, and `head` if one is near.

    `text` is empty where a document is cited as a whole.
    """

    citation: Citation
    place: Place
    status: Status
    head: Head | None = None
    key: str = ""
    label: str = ""
    text: str = ""
    why: str = ""

    @property
    def link(self) -> str:
        """Where the place stands on the pages of the library, without the day."""
        if self.head is None or self.status not in FOUND:
            return ""
        name = quote(slug(self.head.title))
        return f"/library/{name}/{self.key}/" if self.key else f"/library/{name}/"

    def as_json(self) -> dict[str, object]:
        """Plain values for a machine."""
        head = self.head
        document = None if head is None else {
            "title": head.title,
            "version": head.label,
            "since": head.since.isoformat() if head.since else None,
            "since_assumed": head.assumed,
            "until": head.until.isoformat() if head.until else None,
            "file": head.file,
        }  # fmt: skip
        return {
            "start": self.citation.start,
            "end": self.citation.end,
            "cited": self.citation.text,
            "said": self.citation.said,
            "title": self.citation.title,
            "place": str(self.place),
            "status": self.status,
            "document": document,
            "article": self.label,
            "text": self.text,
            "why": self.why,
            "link": self.link,
        }


def resolve(text: str, shelf: Shelf, day: date, own: str = "") -> tuple[Resolved, ...]:
    """Every place that a text cites, in order; `own` is the title of the document that says 本法, 本办法 or 前款."""
    return tuple(found for citation in _cited(text, shelf) for found in _resolve_one(citation, shelf, day, own))


def _cited(text: str, shelf: Shelf) -> list[Citation]:
    """Citations of all kinds by their start; headings of the text's own articles are none."""
    course = standings(text)
    headings = {spot for one in course if one.heading for spot in range(one.start, one.heading)}
    named = cite(text, spoken_names(shelf, text), [one.start for one in course if one.heading])
    named = tuple(one for one in named if one.said != "none" or one.start not in headings)
    taken = {spot for one in named for spot in range(one.start, one.end)}
    near = [one for one in relative(text, course) if not taken.intersection(range(one.start, one.end))]
    return sorted([*named, *near], key=lambda one: one.start)


def _resolve_one(citation: Citation, shelf: Shelf, day: date, own: str) -> Iterator[Resolved]:
    title = citation.title
    if citation.said in ("own", "relative") or (citation.said == "none" and not title and own):
        title = own
    if not title:
        yield from _unnamed(citation)
        return
    heads, like = find(shelf, title)
    if not heads:
        yield _absent(citation, title, like, shelf, day)
        return
    chosen = _choose(citation, heads, day)
    if isinstance(chosen, tuple):
        status, why, near = chosen
        yield Resolved(citation, Place(), status, near, why=why)
        return
    places = tuple(_spread(citation, shelf, chosen))
    if not places:
        yield Resolved(citation, Place(), "document_found", chosen)
    for place in places:
        yield _at(citation, place, shelf, chosen, heads)


def _absent(citation: Citation, title: str, like: Sequence[str], shelf: Shelf, day: date) -> Resolved:
    """A document that is not kept: several fit, another has ended it, or nothing is known of it."""
    if like:
        why = f"“{title}”可以指{'、'.join(f'《{one}》' for one in like)}，不能确定是哪一件。"
        return Resolved(citation, Place(), "several_documents", why=why)
    ended, by = shelf.ended.get(full_name(title), (None, ""))
    if ended is not None and ended <= day:
        why = f"文库里没有《{title}》的文本；{by}载明自{ended}起废止了它。"
        return Resolved(citation, Place(), "repealed", why=why)
    sounds = "" if citation.places or _SOUNDS.search(title) else "，从名称看不是法规文件"
    return Resolved(citation, Place(), "unknown_document", why=f"文库里没有《{title}》{sounds}。")


def _unnamed(citation: Citation) -> Iterator[Resolved]:
    if citation.said in ("own", "relative"):
        yield Resolved(
            citation,
            Place(),
            "own_unknown",
            why="文中说“本法”“前款”等，但没有说明是哪一件文件；请用 --own 给出。",
        )
    elif citation.places:
        yield Resolved(citation, citation.places[0], "nothing_named", why="只有条号，前文没有说是哪一件文件。")


def _choose(citation: Citation, heads: Sequence[Head], day: date) -> Head | tuple[Status, str, Head | None]:
    """The version that is meant: the one named, or the one in force on the day; else why there is none."""
    if year := _year(citation.version):
        named = [head for head in heads if year in {one.year for one in (head.passed, head.since) if one}]
        if not named:
            known = "、".join(head.label or "日期不明的文本" for head in heads)
            return "no_such_version", f"文库里没有《{heads[0].title}》{year}年的文本，有的是：{known}。", None
        return in_force(named, day) or _none_holds(named, day)
    return in_force(heads, day) or _missing(heads, day) or _none_holds(heads, day)


def _missing(heads: Sequence[Head], day: date) -> tuple[Status, str, Head | None] | None:
    """That the document stood on the day in a version earlier than those that are kept."""
    first = heads[0]
    older = first.first is not None and first.passed is not None and first.first < first.passed
    if older and first.first is not None and first.first <= day and first.standing(day) == "not_yet":
        begins = f"《{first.title}》{first.label}文本自{first.since}起施行"
        return "no_version_on_day", f"{begins}；{day}适用的是更早的文本，文库里没有。", first
    return None


def _none_holds(heads: Sequence[Head], day: date) -> tuple[Status, str, Head | None]:
    standings = [head.standing(day) for head in heads]
    first = heads[0]
    if all(one == "not_yet" for one in standings):
        begins = f"《{first.title}》{first.label}文本自{first.since}起施行"
        return "not_yet_in_force", f"{begins}，到{day}尚未施行。", first
    past = [head for head, standing in zip(heads, standings, strict=True) if standing in ("repealed", "replaced")]
    last = past[-1]
    when = f"自{last.until}起" if last.until else ""
    why = f"《{last.title}》{last.label}文本{when}已不再有效：{last.why or '文件载明已经废止，未载日期'}。"
    if len(past) < len(heads):
        why += f"后一文本自{heads[len(past)].since}起施行。"
        return "no_version_on_day", why, last
    return "repealed", why, last


def _year(said: str) -> int:
    year = arabic(said[:4]) or arabic(
        "".join(str("〇一二三四五六七八九".find(sign)) for sign in said[:4].replace("零", "〇"))
    )
    return int(year) if year and 1900 < year < 2200 else 0


def _spread(citation: Citation, shelf: Shelf, head: Head) -> Iterator[Place]:
    """The places of a citation, ranges of whole articles written out."""
    ends = dict(citation.ranges)
    for place in citation.places:
        yield place
        last = ends.get(place)
        if last is None or place.paragraph or last.paragraph:
            continue
        for number in range(place.article, min(last.article, place.article + MOST_OF_A_RANGE)):
            if number > place.article:
                yield Place(number)
            yield from _inserted(shelf, head, number, place if number == place.article else Place(number))


def _inserted(shelf: Shelf, head: Head, number: int, after: Place) -> Iterator[Place]:
    """Articles put in between (之一, 之二), which a range takes in without naming them."""
    inserted = after.inserted + 1
    while shelf.piece(head, key_of(number, inserted)) is not None:
        yield Place(number, inserted)
        inserted += 1


def _at(citation: Citation, place: Place, shelf: Shelf, head: Head, heads: Sequence[Head]) -> Resolved:
    key = key_of(place.article, place.inserted)
    piece = shelf.piece(head, key)
    told = Resolved(citation, place, "found", head, key)
    if piece is None:
        others = [one.label for one in heads if one is not head and shelf.piece(one, key) is not None]
        hint = f"{'、'.join(others)}文本有这一条。" if others else ""
        why = f"《{head.title}》{head.label}文本没有{replace(place, paragraph=0, item=0, point=0)}。{hint}"
        return replace(told, status="no_such_article", key="", why=why)
    words, missing = piece.at(place)
    if missing != Place():
        why = f"《{head.title}》{head.label}文本的{piece.label}没有{str(missing).partition('条')[2] or missing}。"
        return replace(told, status="no_such_clause", label=piece.label, why=why)
    return replace(told, label=piece.label, text=words)


def own_title(text: str, shelf: Shelf) -> str:
    """The title of a text that is itself a document of the shelf, by its first line."""
    first = next((line.strip("# \u3000\t") for line in text.splitlines() if line.strip()), "")
    return first if len(first) < 100 and plain_name(first) in shelf.names else ""
