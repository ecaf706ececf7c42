"""Passages put in order: by the words they share with a question, by what it asks for, by the rank of the document."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from fazhi.answers.everyday import expected, legal_words
from fazhi.library.index import Hit, Passages
from fazhi.library.names import plain_name
from fazhi.library.shelf import Shelf
from fazhi.library.values import Head, Piece
from fazhi.library.words import asked, plain

CANDIDATES = 60
_COURTS = "最高人民"
_PLACE = re.compile(r"[^省市区县]{2,7}?(?:省|市|区|县|经济特区|自治区)")


@dataclass(frozen=True, slots=True)
class Worth:
    """What each sign of a good passage is worth; found on every other of the questions in the documentation.

    `first`: the score of the index beside the best one; `score`: that score; `said`: the share of the question's words
    in passage or title, by rarity; `text`: the same in the passage alone; `law`: of the law's words for what was said;
    `pairs`: of pairs of signs; `kind`: what the question asks for stands there; `length`: per logarithm of the length.
    """

    first: float = 0.8
    score: float = 1.8 / 30
    said: float = 1.0
    text: float = 1.0
    law: float = 1.0
    pairs: float = 0.8
    kind: float = 1.75
    length: float = 0.3
    statute: float = 1.4
    courts: float = -0.7
    elsewhere: float = -0.4


WORTH = Worth()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage with the support it gives."""

    head: Head
    piece: Piece
    support: float


def rank(
    question: str,
    day: date | None,
    shelf: Shelf,
    passages: Passages,
    limit: int = CANDIDATES,
    wanted: Callable[[Head], bool] = lambda head: True,
) -> list[Ranked]:
    """The passages in force on a day, the best first; of documents that are not wanted nothing is read."""
    told = " ".join(legal_words(question).values())
    hits = passages.find(question, day, limit, also=told)
    if not hits:
        return []
    heads = {hit.identity: head for hit in hits if (head := shelf.heads.get(hit.identity)) is not None}
    kept = {identity: head for identity, head in heads.items() if wanted(head)}
    pieces = shelf.pieces([(hit.identity, hit.key) for hit in hits if hit.identity in kept]) if kept else {}
    scale = _Scale(question, told, passages, hits[0].score)
    ranked = []
    for hit in hits:
        head, piece = kept.get(hit.identity), pieces.get((hit.identity, hit.key))
        if head is not None and piece is not None:
            ranked.append(Ranked(head, piece, scale.weigh(hit, head, piece)))
    return sorted(ranked, key=lambda one: -one.support)


class _Scale:
    """One question's words, each with its rarity, ready to weigh passages."""

    def __init__(self, question: str, told: str, passages: Passages, best: float) -> None:
        self.question = question
        self.words, self.pairs = asked(question)
        self.law = asked(told)[0]
        self.rarity = {word: passages.rarity(word) for word in (*self.words, *self.law)}
        self.kinds = expected(question)
        self.best = best

    def weigh(self, hit: Hit, head: Head, piece: Piece, worth: Worth = WORTH) -> float:
        text, title = plain(piece.text), plain_name(head.title)
        said = self._share(self.words, text + title)
        law = self._share(self.law, text + title) if self.law else said
        kinds = sum(bool(kind.search(piece.text)) for kind in self.kinds) / len(self.kinds) if self.kinds else 0.5
        place = _PLACE.match(title)
        return (
            worth.first * hit.score / self.best
            + worth.score * hit.score
            + worth.said * said
            + worth.text * self._share(self.words, text)
            + worth.law * law
            + worth.pairs * sum(pair in text for pair in self.pairs) / max(len(self.pairs), 1)
            + worth.kind * kinds
            + worth.length * math.log(len(text) + 1)
            + worth.statute * title.endswith("法")
            + worth.courts * title.startswith(_COURTS)
            + worth.elsewhere * (place is not None and place[0][:2] not in self.question)
        )

    def _share(self, words: Sequence[str], text: str) -> float:
        whole = sum(self.rarity[word] for word in words)
        return sum(self.rarity[word] for word in words if word in text) / whole if whole else 0.0
