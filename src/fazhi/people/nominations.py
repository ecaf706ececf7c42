"""Holdings that one administrator asks for and another confirms: nobody puts a person into powers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from fazhi.people import posts
from fazhi.people.actors import Actor
from fazhi.people.models import Nomination
from fazhi.people.posts import BadSeat


@dataclass(frozen=True, slots=True)
class Asked:
    """A holding that waits to be confirmed: who shall hold which post, asked for by whom."""

    number: int
    display: str
    username: str
    post: str
    since: date
    until: date | None
    by: str


def ask(actor: Actor, post: UUID, account: UUID, *, since: date, until: date | None = None) -> None:
    """Ask for a holding; BadSeat at once where it could not be confirmed, or is asked for already."""
    assert actor.account is not None
    posts.check_holding(post, account, since, until)
    if Nomination.objects.filter(post=post, account=account, confirmed=None).exists():
        raise BadSeat("这项任职已经提出，正等待安全管理员确认，没有重复提出。")
    Nomination(post_id=post, account_id=account, since=since, until=until, by=actor.account).save(force_insert=True)


def waiting() -> tuple[Asked, ...]:
    """What waits to be confirmed, the oldest first."""
    rows = list(Nomination.objects.select_related("post__unit", "account").filter(confirmed=None).order_by("pk"))
    by = posts.displays({row.by for row in rows})
    return tuple(
        Asked(
            row.pk,
            row.account.display,
            row.account.username,
            f"{row.post.unit.name}/{row.post.title}",
            row.since,
            row.until,
            by.get(row.by, ""),
        )
        for row in rows
    )


def decide(actor: Actor, number: int, *, confirmed: bool) -> Asked:
    """Confirm or turn down; BadSeat for one's own person, for what one asked for oneself, and where it cannot be."""
    with transaction.atomic():
        line = next((one for one in waiting() if one.number == number), None)
        row = Nomination.objects.select_for_update().filter(pk=number, confirmed=None).first()
        if row is None or line is None:
            raise BadSeat("这项任职已经处理过，请刷新页面。")
        if actor.account in (row.by, row.account_id):
            raise BadSeat("不能确认自己提出的任职或自己的任职，请由另一位安全管理员办理。")
        row.confirmed, row.decided_by, row.decided = confirmed, actor.account, timezone.now()
        row.save(update_fields=["confirmed", "decided_by", "decided"])
        if confirmed:
            posts.hold(row.post_id, row.account_id, since=row.since, until=row.until)
    return line
