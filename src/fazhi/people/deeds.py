"""The log of administration: what was done to accounts, posts and rights, by whom; and who looked at whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fazhi.people import posts
from fazhi.people.actors import Actor
from fazhi.people.models import Deed, Look

PAGE = 50


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One act of an administrator."""

    number: int
    at: datetime
    who: str
    verb: str
    about: str


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look at personal data in the clear: of which matter, for what purpose; never what was seen."""

    number: int
    at: datetime
    who: str
    post: str
    matter: UUID | None
    purpose: str


def note(actor: Actor, verb: str, about: str) -> None:
    """Keep that the actor did it; to be called in the transaction of the act."""
    Deed(account=actor.account, post=actor.post, unit=actor.unit, verb=verb, about=about[:240]).save(force_insert=True)


def lately(before: int = 0, limit: int = PAGE) -> tuple[DeedLine, ...]:
    """Acts, newest first, those before a number."""
    rows = Deed.objects.order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[:limit])
    who = posts.displays({row.account for row in found if row.account})
    return tuple(
        DeedLine(row.pk, row.at, who.get(row.account, "") if row.account else "", row.verb, row.about) for row in found
    )


def looks_lately(before: int = 0, limit: int = PAGE) -> tuple[LookLine, ...]:
    """Looks of everybody at everybody, newest first, those before a number."""
    rows = Look.objects.order_by("-pk")
    found = list((rows.filter(pk__lt=before) if before else rows)[:limit])
    who = posts.displays({row.account for row in found if row.account})
    titles = posts.titles({row.post for row in found if row.post})
    return tuple(
        LookLine(
            row.pk,
            row.at,
            who.get(row.account, "") if row.account else "",
            titles.get(row.post, ("", ""))[0] if row.post else "",
            row.matter,
            row.purpose,
        )
        for row in found
    )
