"""Documents side by side: found by any of their names, and the version that holds on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from fazhi.library.history import ended_by, settle_versions
from fazhi.library.names import SHORT, full_name, plain_name
from fazhi.library.values import Head, Piece, Version

MOST_LIKE = 8
"""Documents named where a name fits several."""


class Shelf(Protocol):
    """What citations and answers need of a library, wherever it is kept."""

    @property
    def names(self) -> Mapping[str, Sequence[Head]]:
        """Versions by plain name, the earliest first."""
        ...

    @property
    def heads(self) -> Mapping[str, Head]:
        """Versions by their identity."""
        ...

    @property
    def ended(self) -> Mapping[str, tuple[date, str]]:
        """Documents that others ended, by plain name: from which day, and by which article."""
        ...

    @property
    def guides(self) -> Sequence[Head]:
        """Versions of the guides that this house writes: of its rulebook and of its services."""
        ...

    def piece(self, head: Head, key: str) -> Piece | None:
        """The piece of a version at an address."""
        ...

    def pieces(self, wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Piece]:
        """Pieces by the identity of their version and their key; those that are not there are left out."""
        ...


class Folder:
    """A library held in memory."""

    def __init__(self, versions: Iterable[Version]) -> None:
        settled = settle_versions(list(versions))
        self.versions: Mapping[str, Version] = {one.head.identity: one for one in settled}
        self._pieces = {
            (version.head.identity, piece.key): piece for version in settled for piece in reversed(version.pieces)
        }
        self.names: Mapping[str, Sequence[Head]] = by_name(one.head for one in settled)
        self.ended: Mapping[str, tuple[date, str]] = ended_by((one.head, one.repeals) for one in settled)
        self.heads: Mapping[str, Head] = {one.head.identity: one.head for one in settled}
        self.guides: Sequence[Head] = guides_of(self.heads.values())

    def piece(self, head: Head, key: str) -> Piece | None:
        return self._pieces.get((head.identity, key))

    def pieces(self, wanted: Sequence[tuple[str, str]]) -> Mapping[tuple[str, str], Piece]:
        return {one: self._pieces[one] for one in wanted if one in self._pieces}

    def every_piece(self) -> Iterator[tuple[Head, Piece]]:
        """All pieces of all versions, for an index."""
        return ((version.head, piece) for version in self.versions.values() for piece in version.pieces)


def guides_of(heads: Iterable[Head]) -> list[Head]:
    """Those that are guides of this house."""
    return [one for one in heads if one.kind in ("rulebook", "guide")]


def by_name(heads: Iterable[Head]) -> dict[str, list[Head]]:
    """Versions by plain name, the earliest first."""
    found: dict[str, list[Head]] = defaultdict(list)
    for head in sorted(heads, key=lambda one: (one.since or date.min, one.passed or date.min)):
        found[plain_name(head.title)].append(head)
    return dict(found)


def spoken_names(shelf: Shelf, text: str) -> tuple[str, ...]:
    """Names of the shelf that a text speaks, in full and short; only those can be cited bare."""
    names = set(shelf.names) | {short for short in SHORT if plain_name(SHORT[short]) in shelf.names}
    whole = {f"中华人民共和国{name}" for name in names if name in text}
    return tuple(name for name in names | whole if len(name) > 1 and name in text)


def find(shelf: Shelf, title: str) -> tuple[Sequence[Head], tuple[str, ...]]:
    """The versions of a document by any of its names; where several documents fit, none and their titles."""
    name = full_name(title)
    if name in shelf.names:
        return shelf.names[name], ()
    if len(name) < 4:
        return (), ()
    like = list(_like(shelf, name))
    if len(like) == 1:
        return shelf.names[like[0]], ()
    return (), tuple(shelf.names[one][-1].title for one in like[:MOST_LIKE])


def _like(shelf: Shelf, name: str) -> Iterator[str]:
    """Documents whose name ends so: an office is often left out before 关于…的规定, a place before …条例."""
    return (one for one in shelf.names if one.endswith(name))


def in_force(heads: Sequence[Head], day: date) -> Head | None:
    """The version that holds on a day: the latest, where days overlap."""
    holding = [head for head in heads if head.standing(day) == "in_force"]
    return holding[-1] if holding else None
