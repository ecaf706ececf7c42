"""The index of passages beside the database: built whole into a folder, then put in the place of the last."""

from __future__ import annotations

import math
import shutil
import threading
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from fazhi.library.values import Head, Piece
from fazhi.library.words import asked, pairs, words

FIELDS = ("title", "heading", "words", "pairs")
POINTER = "current"
NEVER = date.max.toordinal()
_HEAP = 64_000_000
_open: dict[Path, tuple[str, Passages]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a word counts by where it stands; `pairs` are two signs of the text side by side."""

    title: float = 0.5
    heading: float = 0.5
    words: float = 1.0
    pairs: float = 1.0


ASKED = Weights()
"""The weights found best on half of the questions that the documentation tells of."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found: its version, its key within it, and its score."""

    identity: str
    key: str
    score: float


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("ref", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("since", indexed=True, fast=True)
    builder.add_integer_field("until", indexed=True, fast=True)
    return builder.build()


class Passages:
    """An index that is open for questions."""

    def __init__(self, index: tantivy.Index) -> None:
        self.index = index
        self.searcher = index.searcher()
        self._schema = index.schema
        self._rarity: dict[str, float] = {}

    def find(
        self, question: str, day: date | None, limit: int, weights: Weights = ASKED, also: str = "", share: float = 0.8
    ) -> list[Hit]:
        """The passages in force on a day that fit a question best; `also` are other words for the same, at a share."""
        query = self._query(self._terms(question, also, weights, share), day)
        if query is None:
            return []
        found = self.searcher.search(query, limit, count=False)
        refs = ((score, str(self.searcher.doc(address)["ref"][0])) for score, address in found.hits)
        return [Hit(ref.partition("|")[0], ref.partition("|")[2], float(score)) for score, ref in refs]

    def _terms(self, question: str, also: str, weights: Weights, share: float) -> dict[tuple[str, str], float]:
        """What is looked for: a field and a term with its weight."""
        terms: dict[tuple[str, str], float] = {}
        for text, part in ((question, 1.0), (also, share)):
            said, pairs_said = asked(text)
            named = [("title", weights.title), ("heading", weights.heading), ("words", weights.words)]
            found = [((field, word), weight * part) for field, weight in named for word in said]
            found += [(("pairs", pair), weights.pairs * part) for pair in pairs_said]
            for term, weight in found:
                terms[term] = max(weight, terms.get(term, 0.0))
        return terms

    def _query(self, terms: dict[tuple[str, str], float], day: date | None) -> tantivy.Query | None:
        should = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._one(field, term), weight))
            for (field, term), weight in terms.items()
            if weight > 0
        ]
        if not should:
            return None
        matching = tantivy.Query.boolean_query(should)
        if day is None:
            return matching
        kind, on = tantivy.FieldType.Integer, day.toordinal()
        held = [
            tantivy.Query.range_query(self._schema, "since", kind, None, on),
            tantivy.Query.range_query(self._schema, "until", kind, on + 1, None),
        ]
        silent = [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in held]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), *silent])

    def _one(self, field: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, term)

    def rarity(self, word: str) -> float:
        """How much a word tells passages apart: the logarithm of how few of them have it."""
        if word not in self._rarity:
            found: Any = self.searcher.search(self._one("words", word), 1)
            self._rarity[word] = math.log(1 + self.size / ((found.count or 0) + 1))
        return self._rarity[word]

    def has(self, word: str) -> bool:
        """Whether any passage has a word."""
        found: Any = self.searcher.search(self._one("words", word), 1)
        return bool(found.count)

    @property
    def size(self) -> int:
        """Passages in the index."""
        return int(self.searcher.num_docs)


def build(pieces: Iterable[tuple[Head, Piece]], folder: Path | None = None) -> Passages:
    """An index of these passages, in memory or in a folder that exists."""
    index = tantivy.Index(_schema(), path=None if folder is None else str(folder))
    writer = index.writer(_HEAP, num_threads=1)
    titles: dict[str, str] = {}
    for head, piece in pieces:
        if head.identity not in titles:
            titles[head.identity] = " ".join(words(head.title))
        writer.add_document(_document(head, piece, titles[head.identity]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return Passages(index)


def _document(head: Head, piece: Piece, title: str) -> tantivy.Document:
    text = piece.text
    return tantivy.Document(
        ref=f"{head.identity}|{piece.key}",
        title=title,
        heading=" ".join(words(" ".join(piece.headings))),
        words=" ".join(words(text)),
        pairs=" ".join(pairs(text)),
        since=head.since.toordinal() if head.since else 0,
        until=0 if head.ended and head.until is None else head.until.toordinal() if head.until else NEVER,
    )


def rebuild(place: Path, pieces: Iterable[tuple[Head, Piece]], stamp: str) -> int:
    """Build anew and put it in the place of what was there; readers go on meanwhile. The number of passages."""
    place.mkdir(parents=True, exist_ok=True)
    name = uuid.uuid4().hex
    folder = place / name
    folder.mkdir()
    try:
        size = build(pieces, folder).size
        (folder / "stamp").write_text(stamp, encoding="utf-8")
        pointer = place / f"{name}.next"
        pointer.write_text(name, encoding="utf-8")
        pointer.replace(place / POINTER)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    for other in place.iterdir():
        if other.is_dir() and other.name != name:
            shutil.rmtree(other, ignore_errors=True)
    return size


def opened(place: Path) -> Passages | None:
    """The index that stands now; None before the first was built."""
    try:
        name = (place / POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    with _lock:
        known = _open.get(place)
        if known is None or known[0] != name:
            try:
                known = _open[place] = (name, Passages(tantivy.Index.open(str(place / name))))
            except (ValueError, OSError):
                return None
        return known[1]


def stamp_at(place: Path) -> str:
    """The state of the library from which the index was built; empty where there is none."""
    try:
        name = (place / POINTER).read_text(encoding="utf-8").strip()
        return (place / name / "stamp").read_text(encoding="utf-8")
    except OSError:
        return ""
