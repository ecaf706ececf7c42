"""How people want to be reminded: their own row, else the district's; the telephone is kept encrypted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import time
from typing import Literal, get_args
from uuid import UUID

from fazhi.people import parties, sealing
from fazhi.reminders.models import Setting
from fazhi.reminders.quiet import Hours

Kind = Literal["due", "overdue", "returned", "approval", "alert", "warning", "decided", "deputy"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DISTRICT = UUID(int=0)
USUAL = Hours()


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which kinds are sent, when not, and whether together once a day; `phone` is empty where none was left."""

    kinds: frozenset[str] = frozenset(KINDS)
    hours: Hours = USUAL
    digest: bool = False
    digest_at: time = time(8, 30)
    phone: str = ""
    own: bool = False


def wishes_of(accounts: Iterable[UUID]) -> dict[UUID, Wishes]:
    """What each of them wants, and under DISTRICT what holds for who said nothing."""
    wanted = set(accounts) | {DISTRICT}
    said = {row.account: _wishes(row) for row in Setting.objects.filter(pk__in=list(wanted))}
    usual = said.get(DISTRICT, Wishes())
    return {one: said.get(one, replace(usual, own=False, phone="")) for one in wanted}


def wish(account: UUID, wishes: Wishes) -> None:
    """Keep what a person wants, or for DISTRICT what holds for all others; BadParty for a wrong telephone number."""
    number = parties.phone_number(wishes.phone)
    sealed = sealing.seal(_key(), number.encode(), account.bytes) if number else None
    Setting.objects.update_or_create(
        account=account,
        defaults={
            "kinds": sorted(wishes.kinds & set(KINDS)),
            "quiet_from": wishes.hours.begins,
            "quiet_until": wishes.hours.ends,
            "rest_days": wishes.hours.rest_days,
            "digest": wishes.digest,
            "digest_at": wishes.digest_at,
            "phone": sealed,
        },
    )


def as_usual(account: UUID) -> None:
    """Go by the district's row again; the telephone is forgotten too."""
    Setting.objects.filter(account=account).exclude(account=DISTRICT).delete()


def phones(accounts: Collection[UUID]) -> dict[UUID, str]:
    return {account: said.phone for account, said in wishes_of(accounts).items() if said.phone}


def _wishes(row: Setting) -> Wishes:
    phone = sealing.unseal(_key(), bytes(row.phone), row.account.bytes).decode() if row.phone else ""
    hours = Hours(row.quiet_from, row.quiet_until, row.rest_days)
    return Wishes(frozenset(row.kinds), hours, row.digest, row.digest_at, phone, own=True)


def _key() -> bytes:
    return sealing.derived("reminders")
