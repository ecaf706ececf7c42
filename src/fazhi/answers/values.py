"""What a question comes to: passages quoted with their source, what was not found, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import quote as quoted

from fazhi.law import Title
from fazhi.library.names import slug
from fazhi.library.resolve import Resolved
from fazhi.library.values import Head, Piece

Refusal = Literal["", "empty", "no_words", "no_library", "no_support"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as it stands: `text` is part of the piece, word for word; `whole` says whether it is all of it."""

    head: Head
    piece: Piece
    text: str
    whole: bool
    support: float

    def link(self, day: date) -> str:
        """Where the passage stands in the library, on a day."""
        return f"/library/{quoted(slug(self.head.title))}/{self.piece.key}/?on={day.isoformat()}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question on a day. `asked` is the question as it was looked for, with what went before.

    `missing` are words of the question that no quoted passage speaks of; `unresolved` are citations in it that came
    to nothing; `cut` says that the question was longer than what is read. Where nothing is quoted, `near` are documents
    that speak of something like it, `guides` our own guides to the business that the question names. `after` is what
    follows the terms quoted, where that was asked; empty where the rulebook does not know.
    """

    question: str
    day: date
    quotes: tuple[Quote, ...] = ()
    missing: tuple[str, ...] = ()
    unresolved: tuple[Resolved, ...] = ()
    refused: Refusal = ""
    support: float = 0.0
    asked: str = ""
    cut: bool = False
    near: tuple[Head, ...] = field(default=())
    guides: tuple[Head, ...] = field(default=())
    after: tuple[Title, ...] | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values for a machine."""
        return {
            "question": self.question,
            "asked": self.asked,
            "on": self.day.isoformat(),
            "refused": self.refused,
            "support": round(self.support, 2),
            "cut": self.cut,
            "after": [one.zh for one in self.after or ()],
            "quotes": [self._quote(one) for one in self.quotes],
            "not_found": list(self.missing),
            "unresolved": [one.as_json() for one in self.unresolved],
        }

    def _quote(self, one: Quote) -> dict[str, object]:
        head = one.head
        return {
            "title": head.title,
            "version": head.label,
            "since": head.since.isoformat() if head.since else None,
            "since_assumed": head.assumed,
            "until": head.until.isoformat() if head.until else None,
            "article": one.piece.label,
            "key": one.piece.key,
            "text": one.text,
            "whole": one.whole,
            "link": one.link(self.day),
        }
