"""How well answers are found: the reply to a letter among all replies, and the article to a question among all."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fazhi.answers.ask import THRESHOLD, answer
from fazhi.answers.match import Letters
from fazhi.answers.rank import CANDIDATES, rank
from fazhi.library.index import Passages
from fazhi.library.names import full_name, plain_name
from fazhi.library.shelf import Shelf

Method = Callable[[Sequence[str], Sequence[str]], NDArray[np.float64]]


class BadQuestions(ValueError):
    """A file of questions that cannot be read, with the reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """Of `count` questions: the share whose answer came first, among the first five, and the mean of 1 / rank."""

    count: int
    first: float
    five: float
    mean: float

    def as_json(self) -> dict[str, float]:
        """Plain values for a machine."""
        told = {"hit@1": self.first, "hit@5": self.five, "mrr": self.mean}
        return {"count": self.count, **{name: round(value, 4) for name, value in told.items()}}


def found(ranks: Iterable[int | None]) -> Found:
    """The measures of a list of ranks; None is not found at all."""
    given = list(ranks)
    count = max(len(given), 1)
    return Found(
        len(given),
        sum(one == 1 for one in given) / count,
        sum(one is not None and one <= 5 for one in given) / count,
        sum(1 / one for one in given if one) / count,
    )


@dataclass(frozen=True, slots=True)
class Letter:
    """One message with the reply it got."""

    title: str
    text: str
    reply: str


def match_replies(letters: Sequence[Letter], beside: dict[str, Method] | None = None) -> dict[str, dict[str, Found]]:
    """The reply of each letter among all, by our method and those beside it.

    Every other letter is for tuning: our method takes from these letters (not from their replies) which replies fit
    everything. Replies that stand more than once count as one.
    """
    known: dict[str, int] = {}
    for letter in letters:
        known.setdefault(letter.reply, len(known))
    replies = list(known)
    own = np.array([known[letter.reply] for letter in letters])
    asked = [(letter.title, letter.text) for letter in letters]
    ours = Letters(replies, asked[::2]).match(asked)
    told = {"fazhi": _halves(ours, own)}
    for name, method in (beside or {}).items():
        told[name] = _halves(method([f"{title} {text}" for title, text in asked], replies), own)
    return told


def _halves(scores: NDArray[np.float64], own: NDArray[np.int64]) -> dict[str, Found]:
    """A reply of the same score as the right one counts as standing before it."""
    right = scores[np.arange(len(own)), own][:, None]
    ranks = [int(one) for one in (scores >= right).sum(axis=1)]
    return {"tuned": found(ranks[::2]), "held_out": found(ranks[1::2]), "all": found(ranks)}


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set: `articles` answer it; none where nothing does."""

    ask: str
    on: date
    articles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """What a set of questions came to; `misses` are questions whose article was not first, with what was.

    `plain` is the index alone (BM25 over the same fields), without everyday words and without our order.
    """

    found: Found
    plain: Found
    answered: float
    refused: float
    unanswerable: int
    misses: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, object]:
        """Plain values for a machine."""
        return {
            **self.found.as_json(),
            "index_alone": self.plain.as_json(),
            "answered": round(self.answered, 4),
            "unanswerable": self.unanswerable,
            "refused": round(self.refused, 4),
            "misses": [list(one) for one in self.misses],
        }


def read_questions(path: Path) -> dict[str, list[Asked]]:
    """The sets of a file: tuned and held_out (every other question), unseen, each with what nothing answers."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        known, hard = _answered(table["questions"]), _nothing(table.get("unanswerable", []))
        unseen = _answered(table.get("unseen", [])) + _nothing(table.get("unseen_unanswerable", []))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadQuestions(
            f'{path.name} 不是问题集：{_wrong(error)}。应有 questions = [{{ ask = "…", on = 2025-03-01, '
            'answered_by = ["某某法:12"] }]，另可有 unanswerable = ["…"]。'
        ) from error
    return {
        "tuned": known[::2] + hard[::2],
        "held_out": known[1::2] + hard[1::2],
        "all": known + hard,
        **({"unseen": unseen} if unseen else {}),
    }


def _wrong(error: Exception) -> str:
    return f"有一问缺少 {error}" if isinstance(error, KeyError) else str(error)


def _answered(rows: Sequence[dict[str, Any]]) -> list[Asked]:
    return [
        Asked(
            str(row["ask"]),
            _day(row["on"]),
            tuple((full_name(one.rpartition(":")[0]), one.rpartition(":")[2]) for one in row["answered_by"]),
        )
        for row in rows
    ]


def _day(told: object) -> date:
    if type(told) is not date:
        raise TypeError(f"on 应是不加引号的日期，如 2025-03-01，不是 {told!r}")
    return told


def _nothing(rows: Sequence[str]) -> list[Asked]:
    return [Asked(str(one), date(2025, 3, 1), ()) for one in rows]


def ask_all(asked: Sequence[Asked], shelf: Shelf, passages: Passages) -> Questions:
    """Ask a set of questions: where the article stood, and what was refused."""
    ranks: list[int | None] = []
    plain: list[int | None] = []
    misses = []
    answered, refused = [], []
    for one in asked:
        support = answer(one.ask, one.on, shelf, passages)
        if not one.articles:
            refused.append(support.refused != "")
            continue
        answered.append(support.refused == "")
        order = [(plain_name(found.head.title), found.piece.key) for found in rank(one.ask, one.on, shelf, passages)]
        hits = [(shelf.heads[hit.identity], hit.key) for hit in passages.find(one.ask, one.on, CANDIDATES)]
        place = _place(order, one.articles)
        ranks.append(place)
        plain.append(_place([(plain_name(head.title), key) for head, key in hits], one.articles))
        if place != 1:
            misses.append((one.ask, f"{place or '—'}；排第一的是《{order[0][0]}》{order[0][1]}" if order else "—"))
    return Questions(found(ranks), found(plain), _share(answered), _share(refused), len(refused), tuple(misses))


def _place(order: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> int | None:
    return next((number for number, passage in enumerate(order, 1) if passage in wanted), None)


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / len(marks) if marks else 0.0


__all__ = ["THRESHOLD", "Asked", "BadQuestions", "Found", "Letter", "ask_all", "match_replies", "read_questions"]
