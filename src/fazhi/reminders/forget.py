"""Old reminders are deleted after a stated term: what they told stands in the record, which keeps it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from fazhi.ledger import now
from fazhi.reminders.models import Message

LEAST = 30
"""Days: a room that is filled anew looks two weeks back, and must find what was told."""
BATCH = 2000
WAITING = ("queued", "held")


class BadTerm(ValueError):
    """FAZHI_KEEP_REMINDERS says something that cannot be used; the words say what it may say."""


def kept_days() -> int:
    """How long a reminder is kept. BadTerm."""
    said = str(settings.FAZHI_KEEP_REMINDERS).strip()
    if not said.isdecimal() or int(said) < LEAST:
        raise BadTerm(f"FAZHI_KEEP_REMINDERS 写保留提醒的天数，至少{LEAST}天，例如 365；改正后重新启动。")
    return int(said)


def forget_old() -> int:
    """Delete what was told longer ago, read or not, a batch at a time; what still waits to go out stays."""
    before, gone = now() - timedelta(days=kept_days()), 0
    old = Message.objects.filter(created__lt=before).exclude(state__in=WAITING).values_list("pk", flat=True)
    while batch := list(old[:BATCH]):
        Message.objects.filter(pk__in=batch).delete()
        gone += len(batch)
    return gone
