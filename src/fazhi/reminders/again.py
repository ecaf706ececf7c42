"""What could not be sent, sent again in the same words: under a new id, since the way out takes each id only once."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from fazhi.ledger import now
from fazhi.reminders.models import Message

LATELY = timedelta(days=7)
"""What failed longer ago is no news to anybody."""
MOST = 5000
SAID = ("key", "account", "party", "kind", "matter", "thing", "clock", "due", "urgent", "seen")


def send_again() -> int:
    """Queue again what failed lately, for all its quiet hours; how many. The failed one makes way for the new."""
    with transaction.atomic():
        rows = Message.objects.filter(state="failed", created__gte=now() - LATELY).select_for_update(skip_locked=True)
        failed = list(rows.order_by("created", "pk")[:MOST])
        Message.objects.filter(pk__in=[row.pk for row in failed]).delete()
        fresh = Message.objects.bulk_create([_anew(row) for row in failed])
        for row, again in zip(failed, fresh, strict=True):
            again.created = row.created
            if row.kind == "digest":
                Message.objects.filter(within=row.pk).update(within=again.pk)
        Message.objects.bulk_update(fresh, ["created"], batch_size=500)
    return len(failed)


def _anew(row: Message) -> Message:
    """The same to the same person, not tried yet; read where it was read."""
    return Message(**{name: getattr(row, name) for name in SAID})
