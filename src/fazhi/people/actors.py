"""Who acts: an account in a post of a unit on a day, with the powers of that post."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q

from fazhi.people.models import Holding

Face = Literal["office", "portal", "import", "machine"]

POWERS: dict[str, str] = {
    "record": "办理",
    "approve": "机构负责人审批",
    "lead": "机关负责人审批",
    "publish": "公开",
    "reveal": "查看当事人信息",
    "erase": "清除个人信息",
    "supervise": "监督",
    "administer": "系统管理",
    "grant": "安全管理",
    "audit": "审计",
    "wall": "只看大屏",
}
LEADING = frozenset({"approve", "lead"})
"""Powers of those who decide for an office or an organ."""
WORKING = LEADING | {"record"}
"""Any of these lets a post work on matters, or answer for its unit."""
DEPUTY = "deputy"
"""On the line of an act done in the place of a post: the post that its deputy holds."""
ADMINISTRATORS: dict[str, str] = {"administer": "系统管理员", "grant": "安全管理员", "audit": "审计员"}
"""The three administrators (三员分立): each power with the name of who has it; nobody has two, nor any other."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who records or reads. `powers` are words of POWERS; the portal and machines have no account."""

    account: UUID | None
    post: UUID | None
    unit: UUID
    powers: frozenset[str]
    face: Face
    name: str = ""


_HELD = """
    from people_holding h join people_post p on p.id = h.post_id join people_unit u on u.id = p.unit_id
    join people_account a on a.id = h.account_id
    where h.account_id = %(account)s and a.is_active
    and h.since <= %(day)s and (h.until is null or h.until > %(day)s)
    and p.since <= %(day)s and (p.until is null or p.until > %(day)s)
    and u.since <= %(day)s and (u.until is null or u.until > %(day)s)
"""
_ACTORS = f"select h.post_id, p.unit_id, p.powers, a.display {_HELD} order by h.since, h.id"
HOLDS = f"exists (select {_HELD} and h.post_id = %(post)s)"
"""Whether an account that is not switched off holds a post on a day, for the statements of rights."""


class NoPost(Exception):
    """The account holds no such post on the day."""


def _holding_on(account: UUID, day: date) -> Q:
    return _held_on(day) & Q(account=account)


def _held_on(day: date) -> Q:
    dated = Q()
    for row in ("", "post__", "post__unit__"):
        dated &= Q(**{f"{row}since__lte": day}) & (Q(**{f"{row}until": None}) | Q(**{f"{row}until__gt": day}))
    return dated & Q(account__is_active=True)


def _actor(holding: Holding) -> Actor:
    post = holding.post
    return Actor(
        account=holding.account_id,
        post=post.pk,
        unit=post.unit_id,
        powers=frozenset(post.powers),
        face="office",
        name=holding.account.display,
    )


def actors_of(account: UUID, day: date) -> tuple[Actor, ...]:
    """Every post the account holds on the day, the longest held first."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTORS, {"account": account, "day": day})
        rows = cursor.fetchall()
    return tuple(Actor(account, post, unit, frozenset(powers), "office", name) for post, unit, powers, name in rows)


def actor_for(account: UUID, post: UUID, day: date) -> Actor:
    """The account in that post on the day; NoPost if it holds it not, or no longer."""
    rows = Holding.objects.select_related("post", "account").filter(_holding_on(account, day), post=post)
    holding = rows.first()
    if holding is None:
        raise NoPost("该账号当日不担任此岗位，请在右上角改选岗位，或请管理员核对任职日期。")
    return _actor(holding)


def actors_in(unit: UUID, day: date) -> tuple[Actor, ...]:
    """Everyone who holds a post of the unit on the day."""
    rows = Holding.objects.select_related("post", "account").filter(_held_on(day), post__unit=unit)
    return tuple(_actor(row) for row in rows.order_by("pk"))


def holders_of(posts: Iterable[UUID], day: date) -> tuple[Actor, ...]:
    """Everyone who holds one of the posts on the day."""
    rows = Holding.objects.select_related("post", "account").filter(_held_on(day), post__in=list(posts))
    return tuple(_actor(row) for row in rows.order_by("pk"))


def machine(unit: UUID, name: str = "系统") -> Actor:
    """The program itself, acting for a unit; it has no powers."""
    return Actor(account=None, post=None, unit=unit, powers=frozenset(), face="machine", name=name)


def citizen(unit: UUID) -> Actor:
    """A citizen at the portal, before the organ that receives."""
    return Actor(account=None, post=None, unit=unit, powers=frozenset(), face="portal")
