"""Answers that rested on a document which has changed since: replaced, repealed or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from fazhi.answers import models
from fazhi.library.values import Head

Change = Literal["withdrawn", "replaced", "repealed"]


@dataclass(frozen=True, slots=True)
class Affected:
    """One passage of one answer that no longer stands as it was quoted. `head` is None where the text is gone."""

    at: datetime
    day: date
    question: str
    title: str
    version: str
    key: str
    label: str
    change: Change
    head: Head | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions were answered and how many refused."""

    answered: int
    refused: int


def affected(heads: Mapping[str, Head], today: date, limit: int = 200, using: str = "default") -> list[Affected]:
    """Passages quoted that no longer hold, the latest answers first. An answer for a past day is true still."""
    used = models.Used.objects.using(using)
    gone = [digest for digest in used.values_list("digest", flat=True).distinct() if _change(heads, digest, today)]
    rows = used.filter(digest__in=gone).select_related("given").order_by("-given__at", "id")
    told = []
    for row in rows[:limit]:
        change, head = _change(heads, row.digest, today), heads.get(row.digest)
        if change is None or (head is not None and _stands(row.given, head)):
            continue
        told.append(
            Affected(
                row.given.at,
                row.given.day,
                row.given.question,
                row.title,
                row.version,
                row.key,
                row.label,
                change,
                head,
            )
        )
    return told


def _stands(given: models.Given, head: Head) -> bool:
    """Whether an answer for a past day is true still: its version held on that day."""
    return given.day < timezone.localdate(given.at) and head.standing(given.day) == "in_force"


def _change(heads: Mapping[str, Head], digest: str, today: date) -> Change | None:
    head = heads.get(digest)
    if head is None:
        return "withdrawn"
    standing = head.standing(today)
    return standing if standing in ("replaced", "repealed") else None


def count(using: str = "default") -> Count:
    """All answers so far."""
    rows = models.Given.objects.using(using)
    refused = rows.exclude(refused="").count()
    return Count(rows.count() - refused, refused)
