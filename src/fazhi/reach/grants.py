"""Giving and ending rights. Every grant has days and a reason; ending one is a date, so past rights stay known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from fazhi.people import separation
from fazhi.reach.models import Grant

Secrecy = Literal[0, 1, 2]
SECRECY: tuple[tuple[str, str], ...] = (("一般", "Ordinary"), ("内部", "Internal"), ("保密", "Secret"))


class BadGrant(ValueError):
    """The grant says nothing, or its days are the wrong way round."""


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A grant as it was given; `deputy_for` is the post that is stood in for, in place of a unit."""

    number: int
    post: UUID | None
    account: UUID | None
    unit: UUID | None
    deputy_for: UUID | None
    subtree: bool
    kinds: tuple[str, ...] | None
    secrecy: int
    acts: bool
    since: date
    until: date | None
    reason: str


def given(*, ended_before: date | None = None) -> tuple[GrantLine, ...]:
    """Every grant by number; without those that had ended before the day."""
    rows = Grant.objects.order_by("pk")
    if ended_before is not None:
        rows = rows.filter(Q(until=None) | Q(until__gt=ended_before))
    return tuple(
        GrantLine(
            row.pk,
            row.post,
            row.account,
            row.unit,
            row.deputy_for,
            row.subtree,
            None if row.kinds is None else tuple(row.kinds),
            row.secrecy,
            row.acts,
            row.since,
            row.until,
            row.reason,
        )
        for row in rows
    )


def give(
    *,
    unit: UUID,
    post: UUID | None = None,
    account: UUID | None = None,
    kinds: Iterable[str] | None = None,
    secrecy: Secrecy = 0,
    subtree: bool = True,
    acts: bool = True,
    since: date,
    until: date | None = None,
    reason: str = "",
) -> int:
    """Grant a unit's matters to a post (or, for help in person, to an account); returns the grant's number."""
    listed = None if kinds is None else sorted(set(kinds))
    _check(post, account, listed, since, until)
    _not_to_administrators(post, account, since)
    grant = Grant(post=post, account=account, unit=unit, kinds=listed, secrecy=secrecy, subtree=subtree, acts=acts)
    grant.since, grant.until, grant.reason = since, until, reason
    grant.save(force_insert=True)
    return grant.pk


def deputise(
    *,
    for_post: UUID,
    post: UUID | None = None,
    account: UUID | None = None,
    since: date,
    until: date,
    kinds: Iterable[str] | None = None,
    secrecy: Secrecy = 0,
    reason: str = "",
) -> int:
    """Let a post or an account stand in for another post on these days, never without an end."""
    listed = None if kinds is None else sorted(set(kinds))
    _check(post, account, listed, since, until)
    _not_to_administrators(post, account, since)
    if office := separation.stands_apart(post=for_post, day=since):
        raise BadGrant(f"三员分立：{office}不能由他人代理；请由安全管理员确认另一人担任这个岗位，到期办离任。")
    grant = Grant(post=post, account=account, deputy_for=for_post, kinds=listed, secrecy=secrecy, since=since)
    grant.until, grant.reason = until, reason
    grant.save(force_insert=True)
    return grant.pk


def stands_in_for(post: UUID | None, account: UUID | None, day: date) -> frozenset[UUID]:
    """The posts that a post or a person stands in for on the day and may act for."""
    rows = Grant.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day, acts=True, deputy_for__isnull=False)
    mine = Q(post=post, post__isnull=False) | Q(account=account, account__isnull=False)
    return frozenset(one for one in rows.filter(mine).values_list("deputy_for", flat=True) if one)


def standing_in(post: UUID | None, account: UUID | None, day: date) -> tuple[GrantLine, ...]:
    """By which deputyships a post or a person stands in for others on the day or later, by number."""
    mine = [one for one in given(ended_before=day) if one.deputy_for]
    return tuple(one for one in mine if (post and one.post == post) or (account and one.account == account))


def stand_ins(post: UUID, day: date) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """The posts and the persons who stand in for a post on the day and may act for it."""
    rows = Grant.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day, acts=True, deputy_for=post)
    found = list(rows.values_list("post", "account"))
    return frozenset(one for one, _ in found if one), frozenset(one for _, one in found if one)


def end(grant: int, *, day: date) -> None:
    """The grant holds no longer from the day on; one that had not begun is taken back whole."""
    with transaction.atomic():
        row = Grant.objects.select_for_update().filter(pk=grant).first()
        if row is None:
            raise BadGrant(f"没有编号为{grant}的授权。")
        if row.until is not None and row.until <= day:
            return
        if row.since >= day:
            row.delete()
            return
        Grant.objects.filter(pk=grant).update(until=day)


def _check(post: UUID | None, account: UUID | None, kinds: list[str] | None, since: date, until: date | None) -> None:
    if (post is None) == (account is None):
        raise BadGrant("授权对象须为一个岗位或一个账号，二者选一。")
    if kinds == []:
        raise BadGrant("请至少选一类业务；全部业务请选“全部”。")
    if until is not None and until <= since:
        raise BadGrant("截止日期须晚于起始日期，请核对。")


def _not_to_administrators(post: UUID | None, account: UUID | None, day: date) -> None:
    if office := separation.stands_apart(post=post, account=account, day=day):
        raise BadGrant(f"三员分立：{office}看不到事项和当事人，不能授予查看、办理范围，也不能代理业务岗位。")
