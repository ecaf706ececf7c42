"""The library as it is kept in the database: documents by name, versions, pieces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, get_args

from django.db.models import Count, Max

from fazhi.library import models
from fazhi.library.history import ended_by
from fazhi.library.shelf import by_name, guides_of
from fazhi.library.values import Head, Kind, Piece, Version

PAGE = 50
Stamp = tuple[int, datetime | None]
_shelves: dict[str, tuple[Stamp, Kept]] = {}


class Kept:
    """The library of the database as a shelf; its heads are read once, its pieces when asked for."""

    def __init__(self, using: str, stamp: Stamp) -> None:
        self.using = using
        self.stamp = stamp
        rows = list(models.Version.objects.using(using).all())
        self.heads: Mapping[str, Head] = {row.digest: head_of(row) for row in rows}
        repeals = ((self.heads[row.digest], [(title, by) for title, by in row.repeals]) for row in rows)
        self.ended: Mapping[str, tuple[date, str]] = ended_by(repeals)
        self.names: Mapping[str, Sequence[Head]] = by_name(self.heads.values())
        self.guides: Sequence[Head] = guides_of(self.heads.values())

    def piece(self, head: Head, key: str) -> Piece | None:
        rows = models.Piece.objects.using(self.using).filter(version__digest=head.identity, key=key)
        return next(map(piece_of, rows), None)

    def pieces(self, wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Piece]:
        rows = models.Piece.objects.using(self.using).filter(
            version__digest__in={identity for identity, _ in wanted}, key__in={key for _, key in wanted}
        )
        asked = frozenset(wanted)
        told = rows.values_list("version__digest", "key", "label", "headings", "text", "article", "inserted")
        return {
            (digest, key): Piece(key, label, tuple(headings), text, article, inserted)
            for digest, key, label, headings, text, article, inserted in told
            if (digest, key) in asked
        }


def kept(using: str = "public") -> Kept:
    """The library; read again once it has changed."""
    stamp = stamp_of(using)
    known = _shelves.get(using)
    if known is None or known[0] != stamp:
        known = _shelves[using] = (stamp, Kept(using, stamp))
    return known[1]


def stamp_of(using: str = "public") -> Stamp:
    """What changes whenever the library does."""
    told = models.Version.objects.using(using).aggregate(count=Count("id"), last=Max("changed"))
    return told["count"], told["last"]


def version(identity: str, using: str = "public") -> Version | None:
    """One version with its text."""
    row = models.Version.objects.using(using).filter(digest=identity).first()
    if row is None:
        return None
    pieces = tuple(piece_of(one) for one in row.pieces.order_by("number"))
    repeals = tuple((title, by) for title, by in row.repeals)
    return Version(head_of(row), pieces, tuple(row.history), repeals, tuple(row.notes))


def every_piece(using: str = "default") -> Iterator[tuple[Head, Piece]]:
    """All pieces of all versions, for the index."""
    heads = {row.pk: head_of(row) for row in models.Version.objects.using(using).all()}
    rows = models.Piece.objects.using(using).order_by("version_id", "number")
    for row in rows.iterator(chunk_size=2000):
        yield heads[row.version_id], piece_of(row)


def titles(kind: str = "", words: str = "", after: str = "", using: str = "public") -> tuple[list[Head], str]:
    """Documents by title, each with its latest version; the second value begins the next page."""
    rows = models.Version.objects.using(using).order_by("name", "-since", "-passed").distinct("name")
    if kind in get_args(Kind):
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(title__icontains=words)
    if after:
        rows = rows.filter(name__gt=after)
    found = list(rows[: PAGE + 1])
    more = found[PAGE - 1].name if len(found) > PAGE else ""
    return [head_of(row) for row in found[:PAGE]], more


def counts(using: str = "public") -> dict[str, int]:
    """How many documents there are of each kind."""
    rows = models.Version.objects.using(using).values_list("kind").annotate(n=Count("name", distinct=True))
    return dict(rows.order_by("kind"))


def head_of(row: models.Version) -> Head:
    """The head of a row."""
    kind: Any = row.kind
    return Head(
        identity=row.digest,
        title=row.title,
        kind=kind,
        label=row.label,
        passed=row.passed,
        since=row.since,
        assumed=row.assumed,
        until=row.until,
        why=row.why,
        ended=row.ended,
        replaced=row.replaced,
        first=row.first,
        file=row.file,
        link=row.link,
    )


def piece_of(row: models.Piece) -> Piece:
    """The piece of a row."""
    return Piece(row.key, row.label, tuple(row.headings), row.text, row.article, row.inserted)


def replies(using: str = "public") -> dict[str, str]:
    """Digests of the published replies that are kept, with the address at which each was published."""
    return dict(models.Version.objects.using(using).filter(kind="reply").values_list("digest", "link"))
