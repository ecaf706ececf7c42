"""The inbox in the house: everything a person was told, newest first, seen or not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from fazhi.ledger import now, query
from fazhi.reminders.models import Message

PAGE = 50
MOST = 99

_UNSEEN = "select count(*) from (select from reminders_message where account = %s and seen is null limit %s) as found"


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder of a person; whether its matter may still be seen is asked when it is shown."""

    id: UUID
    kind: str
    matter: UUID | None
    thing: str
    clock: str
    due: date | None
    urgent: bool
    created: datetime
    seen: bool
    state: str
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reminder must be of to be found: one of these matters, kinds of reminder or terms."""

    matters: Collection[UUID]
    kinds: Collection[str]
    clocks: Collection[str]


def told(
    account: UUID,
    *,
    unseen: bool = False,
    before: datetime | None = None,
    most: int = PAGE,
    sought: Sought | None = None,
    oldest: bool = False,
) -> tuple[Told, ...]:
    """The newest, or those before an instant; the `oldest` first, those after it. `sought`: all that are of it."""
    rows = Message.objects.filter(account=account).exclude(kind="digest")
    rows = rows.order_by("created" if oldest else "-created", "pk")
    rows = rows.filter(seen=None) if unseen else rows
    rows = rows.filter(**{"created__gt" if oldest else "created__lt": before}) if before else rows
    if sought is not None:
        of = Q(matter__in=sought.matters) | Q(kind__in=sought.kinds) | Q(clock__in=sought.clocks)
        rows = rows.filter(of)
    return tuple(_told(row) for row in rows[:most])


def unseen(account: UUID) -> int:
    """How many the person has not marked as read, counted up to 99."""
    return int(query.fetch("default", _UNSEEN, [account, MOST])[0][0])


def find(account: UUID, identity: UUID) -> Told | None:
    row = Message.objects.filter(account=account, pk=identity).first()
    return _told(row) if row else None


def mark(account: UUID, identities: Iterable[UUID] | None = None) -> int:
    """Mark these, or all, as read; how many were not."""
    rows = Message.objects.filter(account=account, seen=None)
    rows = rows if identities is None else rows.filter(pk__in=list(identities))
    return rows.update(seen=now())


def _told(row: Message) -> Told:
    first = (row.id, row.kind, row.matter, row.thing, row.clock, row.due, row.urgent, row.created)
    return Told(*first, row.seen is not None, row.state, row.after)
