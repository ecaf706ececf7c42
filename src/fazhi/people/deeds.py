"""The log of administration: what was done to accounts, posts and rights, by whom, in a chain; who looked at whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from fazhi.people import posts, sealing
from fazhi.people.actors import Actor
from fazhi.people.models import Deed, Look

PAGE = 50
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_ALONE = "select pg_advisory_xact_lock(hashtextextended('fazhi.deeds', 0))"


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One act of an administrator, as it was before and as it is since; `digest` is its link in the chain."""

    number: int
    at: datetime
    who: str
    post: str
    verb: str
    about: str
    before: str
    after: str
    digest: str


@dataclass(frozen=True, slots=True)
class Chain:
    """How the log verifies: rows in the chain, the last link, and the first row that does not fit, if any."""

    rows: int
    unchained: int
    last: str
    broken: int | None


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look at personal data in the clear: of which matter, for what purpose; never what was seen."""

    number: int
    at: datetime
    who: str
    post: str
    matter: UUID | None
    party: UUID | None
    purpose: str


def note(actor: Actor | None, verb: str, about: str, *, before: str = "", after: str = "") -> None:
    """Keep that the actor did it, or that it was done on the server; to be called in the transaction of the act."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ALONE)
        last = Deed.objects.exclude(digest="").order_by("-pk").values_list("digest", flat=True).first()
        row = Deed(verb=verb, about=about[:240], before=before, after=after, prev=last or "", at=timezone.now())
        if actor is not None:
            row.account, row.post, row.unit = actor.account, actor.post, actor.unit
        row.digest = _link(row)
        row.save(force_insert=True)


def _link(row: Deed) -> str:
    """The keyed digest of a row and of the one before it: whoever holds the database alone cannot make it anew."""
    said = [str(row.account), str(row.post), str(row.unit), row.verb, row.about, row.before, row.after, row.prev]
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return sealing.mark("deed", json.dumps([*said, at], ensure_ascii=False), key="code")


def verify(against: tuple[int, str] | None = None) -> Chain:
    """Reads the whole chain anew. `against` is a number and digest kept elsewhere: a cut tail or another row there is
    found by it alone."""
    last, rows, unchained, broken = "", 0, 0, None
    kept = against
    for row in Deed.objects.order_by("pk").iterator():
        if not row.digest and not last:
            unchained += 1
            continue
        rows += 1
        if broken is None and (row.prev != last or row.digest != _link(row)):
            broken = row.pk
        if kept and row.pk == kept[0]:
            broken = broken if row.digest == kept[1] or broken is not None else row.pk
            kept = None
        last = row.digest
    if kept and broken is None:
        broken = kept[0]
    return Chain(rows, unchained, last, broken)


def lately(
    before: int = 0,
    limit: int = PAGE,
    *,
    text: str = "",
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
    oldest: bool = False,
) -> tuple[DeedLine, ...]:
    """Acts, newest first, those before a number, or the `oldest` first, those after it; narrowed to words in them, to a
    verb, and to days, both included."""
    rows = Deed.objects.order_by("pk" if oldest else "-pk")
    rows = rows.filter(**{"pk__gt" if oldest else "pk__lt": before}) if before else rows
    rows = rows.filter(verb=verb) if verb else rows
    rows = rows.filter(at__gte=datetime.combine(since, time(), _SHANGHAI)) if since else rows
    rows = rows.filter(at__lte=datetime.combine(until, time.max, _SHANGHAI)) if until else rows
    if text:
        named = Q(account__in=posts.named_like(text))
        rows = rows.filter(Q(about__icontains=text) | Q(before__icontains=text) | Q(after__icontains=text) | named)
    found = list(rows[:limit])
    who = posts.displays({row.account for row in found if row.account})
    titles = posts.titles({row.post for row in found if row.post})
    return tuple(
        DeedLine(
            row.pk,
            row.at,
            who.get(row.account, "") if row.account else "",
            titles.get(row.post, ("", ""))[0] if row.post else "",
            row.verb,
            row.about,
            row.before,
            row.after,
            row.digest,
        )
        for row in found
    )


def verbs() -> tuple[str, ...]:
    """Every verb that stands in the log."""
    return tuple(Deed.objects.order_by("verb").values_list("verb", flat=True).distinct())


def looks_lately(
    before: int = 0,
    limit: int = PAGE,
    *,
    who: str = "",
    since: date | None = None,
    until: date | None = None,
    oldest: bool = False,
) -> tuple[LookLine, ...]:
    """Looks at everybody, newest first, those before a number, or the `oldest` first, those after it; narrowed to who
    looked and to days, both included."""
    rows = Look.objects.order_by("pk" if oldest else "-pk")
    rows = rows.filter(**{"pk__gt" if oldest else "pk__lt": before}) if before else rows
    rows = rows.filter(account__in=posts.named_like(who)) if who else rows
    rows = rows.filter(at__gte=datetime.combine(since, time(), _SHANGHAI)) if since else rows
    rows = rows.filter(at__lte=datetime.combine(until, time.max, _SHANGHAI)) if until else rows
    found = list(rows[:limit])
    names = posts.displays({row.account for row in found if row.account})
    titles = posts.titles({row.post for row in found if row.post})
    return tuple(_look(row, names, titles) for row in found)


def _look(row: Any, who: dict[UUID, str], titles: dict[UUID, tuple[str, str]]) -> LookLine:
    name = who.get(row.account, "") if row.account else ""
    post = titles.get(row.post, ("", ""))[0] if row.post else ""
    return LookLine(row.pk, row.at, name, post, row.matter, row.party_id, row.purpose)
