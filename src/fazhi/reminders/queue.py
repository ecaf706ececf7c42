"""Putting reminders into the queue: each once, whoever asks and however often."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from fazhi.reminders.models import Message

LONGEST = 240


def remind(
    kind: str,
    accounts: Iterable[UUID] = (),
    *,
    parties: Iterable[UUID] = (),
    matter: UUID | None = None,
    thing: str = "",
    clock: str = "",
    due: date | None = None,
    urgent: bool = False,
) -> int:
    """Tell each of them once of this `thing`; how many of the reminders are new."""
    said = {"kind": kind, "matter": matter, "thing": thing[:120], "clock": clock[:60], "due": due, "urgent": urgent}
    rows = [Message(account=one, key=_key(kind, matter, thing, one), **said) for one in dict.fromkeys(accounts)]
    rows += [Message(party=one, key=_key(kind, matter, thing, one), **said) for one in dict.fromkeys(parties)]
    if not rows:
        return 0
    before = set(Message.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    fresh = [row for row in rows if row.key not in before]
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _key(kind: str, matter: UUID | None, thing: str, whom: UUID) -> str:
    return f"{kind}/{matter.hex if matter else ''}/{thing}/{whom.hex}"[:LONGEST]
