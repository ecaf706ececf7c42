"""The library on pages: documents, the versions of one with its pieces on a day, one article through versions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from fazhi.answers.told import label_words, version_words
from fazhi.law import Title
from fazhi.library import look
from fazhi.library.citations import ordinal, read_places
from fazhi.library.names import slug
from fazhi.library.shelf import find, in_force
from fazhi.library.values import Head, Piece, key_of
from fazhi.web.faces.values import Chip
from fazhi.web.faces.words import said

KINDS = {
    "statute": Title("法律法规", "Laws and regulations"),
    "normative": Title("规范性文件", "Normative documents"),
    "guide": Title("办事指南", "Guides"),
    "reply": Title("公开的答复", "Published replies"),
    "rulebook": Title("本平台的期限规则", "Time limits kept here"),
}
STANDINGS = {
    "in_force": Title("现行有效", "in force"),
    "not_yet": Title("尚未施行", "not yet in force"),
    "replaced": Title("已有新文本", "replaced by a later text"),
    "repealed": Title("已经废止", "repealed"),
}


def list_values(kind: str, words: str, after: str, today: date, here: str) -> dict[str, Any]:
    """Documents by title, with chips for their kinds."""
    counts = look.counts()
    heads, more = look.titles(kind, words, after)
    tail = f"&q={quote(words)}" if words else ""
    chips = [Chip(_("全部"), f"{here}?{tail[1:]}" if words else here, chosen=not kind)]
    chips += [
        Chip(said(KINDS[name]), f"{here}?kind={name}{tail}", str(count), name == kind)
        for name, count in counts.items()
        if name in KINDS
    ]
    asked = f"kind={quote(kind)}&q={quote(words)}"
    return {
        "chips": chips if counts else [],
        "words": words,
        "kept": [("kind", kind)] if kind else [],
        "items": [{"href": document_link(head), **head_values(head, today)} for head in heads],
        "after": f"{here}?{asked}&after={quote(more)}" if more else "",
        "first": f"{here}?{asked}" if after else "",
    }


def every_title(kind: str, words: str, today: date) -> Iterator[dict[str, Any]]:
    """All documents of the list, page after page."""
    after = ""
    while True:
        heads, after = look.titles(kind, words, after)
        yield from ({"href": document_link(head), **head_values(head, today)} for head in heads)
        if not after:
            return


def head_values(head: Head, day: date) -> dict[str, Any]:
    """One version in words."""
    standing = head.standing(day)
    return {
        "title": head.title,
        "kind": said(KINDS[head.kind]),
        "label": label_words(head.label),
        "since": head.since,
        "assumed": head.assumed,
        "until": head.until,
        "why": head.why if standing in ("replaced", "repealed") else "",
        "standing": ""
        if head.kind == "reply" or (head.kind == "guide" and head.since is None)
        else said(STANDINGS[standing]),
        "holds": standing == "in_force",
        "version": version_words(head, day),
        "link": head.link,
    }


def document_link(head: Head, key: str = "", day: date | None = None) -> str:
    """The address of a document or of a piece of it."""
    tail = f"{key}/" if key else ""
    return f"/library/{quote(slug(head.title))}/{tail}" + (f"?on={day.isoformat()}" if day else "")


def versions_of(name: str) -> Sequence[Head]:
    """The versions of a document by any of its names; none where the name fits none or several."""
    return find(look.kept(), name)[0]


def chosen(heads: Sequence[Head], day: date) -> Head:
    """The version in force on a day, else the one nearest to it."""
    holding = in_force(heads, day)
    past = [head for head in heads if head.since is not None and head.since <= day]
    return holding or (past[-1] if past else heads[0])


def document_values(heads: Sequence[Head], head: Head, day: date) -> dict[str, Any]:
    """One version with all its pieces, and the others beside it."""
    version = look.version(head.identity, "public")
    pieces = version.pieces if version else ()
    shown: list[dict[str, Any]] = []
    before: tuple[str, ...] = ()
    for piece in pieces:
        shown.append(
            {
                "key": piece.key,
                "label": piece.label,
                "text": piece.text,
                "headings": [one for one in piece.headings if one not in before],
                "href": document_link(head, piece.key, day),
            }
        )
        before = piece.headings
    return {
        "head": head_values(head, day),
        "versions": version_rows(heads, head, day),
        "history": version.history if version else (),
        "notes": version.notes if version else (),
        "pieces": shown,
        "day": day,
    }


def version_rows(heads: Sequence[Head], head: Head, day: date) -> list[dict[str, Any]]:
    """Every version with the day that leads to it."""
    return [
        {**head_values(one, day), "href": document_link(one, day=one.since), "chosen": one.identity == head.identity}
        for one in reversed(heads)
    ]


def read_key(words: str) -> str:
    """The address of a piece from what stands in the link: 33, 33-1, s4 or 第三十三条之一."""
    places, _ranges, _end = read_places(words, 0, len(words))
    if places and places[0].article:
        return key_of(places[0].article, places[0].inserted)
    return str(ordinal(words)) if ordinal(words) else words


def article_values(heads: Sequence[Head], head: Head, key: str, day: date) -> dict[str, Any] | None:
    """One piece on a day, its neighbours, and how it reads in the other versions; None where it is in none."""
    kept = look.kept()
    read = kept.pieces([(one.identity, key) for one in heads])
    piece = read.get((head.identity, key))
    if not read:
        return None
    return {
        "head": head_values(head, day),
        "day": day,
        "piece": _piece_values(piece) if piece else None,
        "wanted": key,
        "document": document_link(head, day=day) + (f"#{key}" if piece else ""),
        "others": [
            {
                **head_values(one, day),
                "href": document_link(one, key, one.since),
                "text": other.text,
                "same": piece is not None and other.text == piece.text,
                "label": other.label,
            }
            for one in reversed(heads)
            if one.identity != head.identity and (other := read.get((one.identity, key))) is not None
        ],
    }


def _piece_values(piece: Piece) -> dict[str, Any]:
    return {
        "label": piece.label,
        "headings": " › ".join(piece.headings),
        "paragraphs": [one.whole for one in piece.paragraphs()],
    }
