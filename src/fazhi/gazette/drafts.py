"""Drafts as anyone may read them: which there are, the course of one, its texts, and what became of comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal
from uuid import UUID

import rjieba
from django.db.models import Count
from django.utils import timezone

from fazhi.gazette import look, models
from fazhi.gazette.values import Item
from fazhi.law import Title

MOST = 200
Change = Literal["same", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Reached:
    """A fact of a step: on which day, and what was published of it."""

    title: Title
    day: date
    item: Item | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the course; without facts it is not reached, or not needed."""

    title: Title
    reached: tuple[Reached, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A draft in the list. `title` is that of its newest text."""

    id: str
    title: str
    kind: Title
    unit: UUID
    changed: date
    open: bool
    until: date | None = None
    """The last day for comments on the newest draft that was `announced`, else the earliest that is lawful."""
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A published answer to a comment."""

    clause: int
    adoption: str
    item: Item


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft with everything public of it. `matter` is for the act of commenting and is told to nobody."""

    line: Line
    matter: UUID
    steps: tuple[Step, ...]
    draft: Item | None
    final: Item | None
    comments: str
    counts: Mapping[int, int]
    adoptions: Mapping[str, int]
    answered: tuple[Answered, ...]


def listed(using: str = "public", limit: int = MOST) -> tuple[Line, ...]:
    """Drafts, the one that changed last first."""
    rows = list(models.Course.objects.using(using).order_by("-changed", "-id")[:limit])
    texts = _items([row.final or row.draft for row in rows], using)
    return tuple(_line(row, texts.get(row.final or row.draft)) for row in rows)


def one(identity: str, using: str = "public") -> Draft | None:
    """A draft by its public address."""
    row = models.Course.objects.using(using).filter(id=identity).first()
    if row is None:
        return None
    comments = models.Comment.objects.using(using).filter(course=identity)
    answered = list(comments.exclude(item="").order_by("clause", "day", "id")[:MOST])
    named = [fact["item"] for step in row.steps for fact in step["facts"]]
    texts = _items([*named, row.draft, row.final, *(comment.item for comment in answered)], using)
    counts = comments.values_list("clause").annotate(n=Count("id"))
    adoptions = comments.exclude(adoption="").values_list("adoption").annotate(n=Count("id"))
    line = _line(row, texts.get(row.final or row.draft))
    return Draft(
        line=line,
        matter=row.matter,
        steps=tuple(_step(step, texts) for step in row.steps),
        draft=texts.get(row.draft),
        final=texts.get(row.final),
        comments=row.comments if line.open else "",
        counts=dict(counts),
        adoptions=dict(adoptions),
        answered=tuple(Answered(one.clause, one.adoption, texts[one.item]) for one in answered if one.item in texts),
    )


def course_of(item: str, using: str = "public") -> Line | None:
    """The draft that a published item belongs to: as its text, as a step, or as the answer to a comment on it."""
    matter = models.Item.objects.using(using).filter(id=item).values_list("matter", flat=True).first()
    rows = models.Course.objects.using(using)
    answered = models.Comment.objects.using(using).filter(item=item).values_list("course", flat=True).first()
    row = rows.filter(id=answered).first() if answered else rows.filter(matter=matter).first() if matter else None
    return _line(row, None) if row else None


def clauses(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, counted from 1: what a comment can be on."""
    return tuple(line for line in (raw.strip() for raw in text.splitlines()) if line)


def differences(old: Sequence[str], new: Sequence[str]) -> list[list[tuple[Change, str]]]:
    """The new text paragraph by paragraph beside the old one, in pieces that stayed, came or went."""
    found: list[list[tuple[Change, str]]] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [[("same", line)] for line in new[k:m]]
            continue
        pairs = min(j - i, m - k)
        found += [_within(old[i + at], new[k + at]) for at in range(pairs)]
        found += [[("removed", line)] for line in old[i + pairs : j]]
        found += [[("added", line)] for line in new[k + pairs : m]]
    return found


def _within(old: str, new: str) -> list[tuple[Change, str]]:
    """Word by word: a change of half a word is read worse than one of the whole."""
    before, after = rjieba.cut(old), rjieba.cut(new)
    pieces: list[tuple[Change, str]] = []
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("same", "".join(after[k:m])))
            continue
        pieces += [("removed", "".join(before[i:j]))] if j > i else []
        pieces += [("added", "".join(after[k:m]))] if m > k else []
    return pieces


def _items(identities: Sequence[str], using: str) -> dict[str, Item]:
    wanted = {identity for identity in identities if identity}
    found = (look.item(identity, using) for identity in wanted)
    return {item.id: item for item in found if item is not None and item.withdrawn is None}


def _line(row: models.Course, text: Item | None) -> Line:
    kind = Title(row.title_zh, row.title_en)
    told = [fact for step in row.steps for fact in step["facts"] if "until" in fact]
    until, announced = max(
        ((date.fromisoformat(fact["until"]), fact.get("announced", False)) for fact in told), default=(None, False)
    )
    still = bool(row.comments) and not (announced and until is not None and until < timezone.localdate())
    return Line(row.id, text.title if text else kind.zh, kind, row.unit, row.changed, still, until, announced)


def _step(step: Mapping[str, Any], texts: Mapping[str, Item]) -> Step:
    reached = [
        Reached(Title(fact["zh"], fact["en"]), date.fromisoformat(fact["day"]), texts.get(fact["item"]))
        for fact in step["facts"]
    ]
    return Step(Title(step["zh"], step["en"]), tuple(reached))
