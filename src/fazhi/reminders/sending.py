"""The sending job: what waits goes out when it may, is tried again later when it fails, and never goes out twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q

from fazhi.law import Workdays
from fazhi.ledger import now, rulebook
from fazhi.people import parties, roll
from fazhi.reminders.adapters import Adapter, BadAdapter, Letter, Result, chosen
from fazhi.reminders.by_file import Files
from fazhi.reminders.by_webhook import Webhook
from fazhi.reminders.models import Message
from fazhi.reminders.quiet import Hours, next_digest, next_moment
from fazhi.reminders.wishes import Wishes, wishes_of
from fazhi.reminders.wording import digest_of, texts_for

BATCH = 200
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""How long after the first failure, the second and so on; after the last it has failed."""
HOLDERS = Hours(rest_days=True)
"""When who lodged something may be told: not in the night."""


def adapter() -> Adapter | None:
    """The way out that the environment names; none keeps everything in the house."""
    word, rest = chosen()
    if word == "file":
        return Files(Path(rest))
    return Webhook(rest, settings.FAZHI_SEND_KEY_FILE) if word == "webhook" else None


def send_waiting(moment: datetime | None = None) -> int:
    """Send what may go now; how many went out."""
    at, way = moment or now(), adapter()
    if way is not None:
        _take_receipts(way, at)
    rows = list(
        Message.objects.filter(Q(after=None) | Q(after__lte=at), state__in=["queued", "held"]).order_by("created", "pk")
    )
    ready = _ready(rows, at, sends=way is not None)
    done = 0
    for start in range(0, len(ready), BATCH):
        done += _send(way, ready[start : start + BATCH], at) if way is not None else 0
    return done


def _ready(rows: Sequence[Message], at: datetime, *, sends: bool) -> list[Message]:
    """Those that may go now. The others are held until they may, kept in the house, or told in a daily summary."""
    wishes = wishes_of({row.account for row in rows if row.account})
    found: list[Message] = []
    together: dict[UUID, list[Message]] = defaultdict(list)
    for row in rows:
        wish = wishes[row.account] if row.account else Wishes(hours=HOLDERS)
        together_later = wish.digest and row.account is not None and not row.urgent and row.kind != "digest"
        if not sends or (row.account and not row.urgent and row.kind not in (*wish.kinds, "digest")):
            _settle(row, "kept")
        elif together_later:
            if row.state == "held" or _may_go(row, next_digest(at, wish.digest_at, wish.hours, _days()), at):
                together[_of(row)].append(row)
        elif row.urgent or _may_go(row, next_moment(at, wish.hours, _days()), at):
            found.append(row)
    return [*found, *(_summary(account, parts, at) for account, parts in together.items())]


def _may_go(row: Message, moment: datetime, at: datetime) -> bool:
    """Whether it may go now; else it is held until it may."""
    if moment <= at:
        return True
    row.state, row.after = "held", moment
    row.save(update_fields=["state", "after"])
    return False


def _summary(account: UUID, parts: Sequence[Message], at: datetime) -> Message:
    """One message in place of all that wait for a person; they count as sent with it."""
    with transaction.atomic():
        told = Message(account=account, kind="digest", thing=digest_of(Counter(part.kind for part in parts)))
        told.key, told.seen = f"digest//{parts[0].id.hex}/{account.hex}", at
        told.save(force_insert=True)
        Message.objects.filter(pk__in=[part.pk for part in parts]).update(
            state="sent", sent=at, after=None, within=told.pk
        )
    return told


def _send(way: Adapter, rows: Sequence[Message], at: datetime) -> int:
    """Mark the try first, so that whatever breaks off is tried again later and under the same id."""
    letters = _letters(way, rows)
    for row in rows:
        if row.id not in letters:
            _settle(row, "kept")
            continue
        row.attempts += 1
        row.state, row.after = "queued", at + WAITS[min(row.attempts, len(WAITS)) - 1]
        row.save(update_fields=["attempts", "state", "after"])
    results = way.send(list(letters.values())) if letters else {}
    for row in rows:
        if row.id in results:
            _take(row, results[row.id], at)
    return sum(one.outcome == "sent" for one in results.values())


def _take(row: Message, result: Result, at: datetime) -> None:
    row.failure = result.why[:40]
    if result.outcome == "sent":
        row.state, row.sent, row.sheet, row.after, row.failure = "sent", at, result.sheet, None, ""
    elif result.outcome == "failed" or row.attempts > len(WAITS):
        row.state, row.after = "failed", None
    row.save(update_fields=["state", "sent", "sheet", "after", "failure"])


def _letters(way: Adapter, rows: Sequence[Message]) -> Mapping[UUID, Letter]:
    """What leaves the house, by message; none for who left no telephone number where one is needed."""
    wishes = wishes_of({row.account for row in rows if row.account})
    names = {line.id: line.username for line in roll.accounts() if line.id in wishes}
    phones = {one: who.phone for one, who in parties.clear_many({row.party for row in rows if row.party}).items()}
    texts = texts_for(rows)
    found = {}
    for row in rows:
        phone = wishes[row.account].phone if row.account else phones.get(row.party, "") if row.party else ""
        if is_mobile(phone) or (row.account and not way.needs_phone):
            name = names.get(row.account, "") if row.account else ""
            found[row.id] = Letter(row.id, row.kind, phone, name, texts[row.id], row.due)
    return found


def is_mobile(phone: str) -> bool:
    """Whether a short message can reach it."""
    return len(phone) == 11 and phone.isdecimal() and phone.startswith("1")


def _take_receipts(way: Adapter, at: datetime) -> None:
    said = way.receipts()
    for row in Message.objects.filter(pk__in=list(said), state="sent"):
        if said[row.id]:
            row.delivered = at
        else:
            row.state, row.failure = "failed", "receipt"
        row.save(update_fields=["delivered", "state", "failure"])


def _settle(row: Message, state: str) -> None:
    row.state, row.after = state, None
    row.save(update_fields=["state", "after"])


def _of(row: Message) -> UUID:
    assert row.account is not None
    return row.account


def _days() -> Workdays:
    return rulebook().calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """How sending fares, for the health page: nothing of what was said or to whom."""

    way: str
    waiting: int
    held: int
    failed: int
    last_sent: datetime | None
    why: tuple[str, ...]


def standing() -> Standing:
    """Counts of what waits and of what failed in the last week."""
    try:
        way = chosen()[0]
    except BadAdapter as wrong:
        return Standing("wrong", 0, 0, 0, None, (str(wrong),))
    rows = Message.objects.all()
    failed = rows.filter(state="failed", created__gte=now() - timedelta(days=7))
    why = tuple(sorted({one for one in failed.values_list("failure", flat=True)[:200] if one}))
    last = rows.filter(state="sent").aggregate(Max("sent"))["sent__max"]
    waiting = {state: rows.filter(state=state).count() for state in ("queued", "held")}
    return Standing(way, waiting["queued"], waiting["held"], failed.count(), last, why)
