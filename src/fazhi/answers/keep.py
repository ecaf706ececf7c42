"""What was answered, kept with the passages it rested on; the question is masked first."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from fazhi.answers import models
from fazhi.answers.values import Answer
from fazhi.people import masks

MOST = 300
REPLY = "公开答复"
"""What a reply is called here: its own title tells of a case and must be able to vanish."""


def keep(answer: Answer, face: str) -> None:
    """Keep an answer; nothing is kept of an empty question."""
    if answer.refused == "empty":
        return
    with transaction.atomic():
        given = models.Given.objects.create(
            at=timezone.now(),
            day=answer.day,
            face=face,
            question=masks.free_text(answer.question)[:MOST],
            refused=answer.refused,
            support=answer.support,
        )
        models.Used.objects.bulk_create(
            models.Used(
                given=given,
                digest=quote.head.identity,
                title=REPLY if quote.head.kind == "reply" else quote.head.title,
                version=quote.head.label,
                key=quote.piece.key,
                label=quote.piece.label,
            )
            for quote in answer.quotes
        )
