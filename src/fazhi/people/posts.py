"""Posts and who holds them, from which day to which; and accounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from fazhi.people import pinyin, separation
from fazhi.people.actors import POWERS
from fazhi.people.models import Account, Holding, Post, Unit

LONGEST = 64


class BadSeat(ValueError):
    """An account, a post or a holding that cannot be as asked; the words say why and what to do."""


def open_account(username: str, display: str, password: str | None = None) -> UUID:
    """A new account; without a password nobody can log in to it."""
    name = username.strip()
    if not name or len(name) > LONGEST or re.search(r"[\s/]", name):
        raise BadSeat(f"用户名“{username}”不能用：须有1至{LONGEST}个字，不含空格和“/”。")
    if Account.objects.filter(username__iexact=name).exists():
        raise BadSeat(f"已有用户名“{name}”（不分大小写），没有重复建立。")
    account = Account(username=name, display=display.strip(), sort_key=pinyin.sort_key(display))
    account.set_password(password)
    account.save(force_insert=True)
    return account.pk


def change_password(account: UUID, password: str) -> None:
    """A new password: it ends every session of the account and the rest after wrong tries."""
    row = Account.objects.get(pk=account)
    row.set_password(password)
    row.failures, row.locked_until = 0, None
    row.save(update_fields=["password", "failures", "locked_until"])


def switch(account: UUID, *, on: bool) -> None:
    """Off: nobody can log in to it, and its rights rest from the next request on. What it held stays known."""
    Account.objects.filter(pk=account).update(is_active=on)


def create(unit: UUID, title: str, powers: Iterable[str], *, since: date, title_en: str = "") -> UUID:
    """A post of a unit with words of POWERS."""
    words, title = sorted(set(powers)), title.strip()
    if unknown := [word for word in words if word not in POWERS]:
        raise BadSeat(f"没有这种职权：{'、'.join(unknown)}；可用的有：{'、'.join(POWERS)}。")
    if why := separation.mixed(words):
        raise BadSeat(why)
    if not title or "/" in title:
        raise BadSeat("请写岗位名称，其中不能有“/”。")
    if Post.objects.filter(unit=unit, title=title, until=None).exists():
        raise BadSeat(f"这个单位已有名为“{title}”的岗位；几个人可以担任同一个岗位，要分开的请另起名称。")
    begun = Unit.objects.values_list("since", flat=True).get(pk=unit)
    if since < begun:
        raise BadSeat(f"这个单位从{begun}起存在，岗位不能早于它设立，请核对日期。")
    post = Post(unit_id=unit, title=title, title_en=title_en, powers=words, since=since)
    post.save(force_insert=True)
    return post.pk


def change_powers(post: UUID, powers: Iterable[str], *, day: date) -> tuple[str, ...]:
    """Gives the post these powers in place of those it had, which are returned; BadSeat if it or a holder of it would
    unite what the three administrators keep apart."""
    words = sorted(set(powers))
    if unknown := [word for word in words if word not in POWERS]:
        raise BadSeat(f"没有这种职权：{'、'.join(unknown)}；可用的有：{'、'.join(POWERS)}。")
    if why := separation.clash_of_post(post, words, day):
        raise BadSeat(why)
    before = tuple(Post.objects.values_list("powers", flat=True).get(pk=post))
    Post.objects.filter(pk=post).update(powers=words)
    return before


def end(post: UUID, *, day: date) -> None:
    """The post is no more from the day on; who held it until then stays known."""
    row = Post.objects.get(pk=post)
    if row.since >= day or (row.until is not None and row.until <= day):
        raise BadSeat("截止日须晚于岗位设立之日，且岗位尚未撤销，请核对日期。")
    Post.objects.filter(pk=post).update(until=day)


def hold(post: UUID, account: UUID, *, since: date, until: date | None = None) -> None:
    """The account holds the post from `since` until the day before `until`."""
    check_holding(post, account, since, until)
    Holding(post_id=post, account_id=account, since=since, until=until).save(force_insert=True)


def check_holding(post: UUID, account: UUID, since: date, until: date | None) -> None:
    """BadSeat, with the reason, where the account cannot hold the post on these days."""
    begun, powers = Post.objects.values_list("since", "powers").get(pk=post)
    if since < begun:
        raise BadSeat(f"这个岗位从{begun}起设立，任职不能早于它，请核对日期。")
    if until is not None and until <= since:
        raise BadSeat("离任日须晚于任职日，请核对。")
    same = Holding.objects.filter(post=post, account=account)
    before = same.filter(Q(until=None) | Q(until__gt=since))
    met = (before if until is None else before.filter(since__lt=until)).first()
    if met is not None:
        end = f"起，到{met.until}的前一天" if met.until else "起至今"
        raise BadSeat(f"此人已担任这个岗位：{met.since}{end}，没有重复登记。")
    if why := separation.clash(account, post, powers, since, until):
        raise BadSeat(why)


def leave(post: UUID, account: UUID, *, day: date) -> bool:
    """The account holds the post no longer from the day on; whether it did."""
    held = Holding.objects.filter(Q(until=None) | Q(until__gt=day), post=post, account=account, since__lt=day)
    return bool(held.update(until=day))


def titles(posts: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Chinese and English titles by post."""
    rows = Post.objects.filter(pk__in=list(posts)).values_list("pk", "title", "title_en")
    return {post: (title, title_en) for post, title, title_en in rows}


def units_of(posts: Iterable[UUID], day: date) -> dict[UUID, UUID]:
    """The unit of each post that there is on the day."""
    rows = Post.objects.filter(Q(until=None) | Q(until__gt=day), pk__in=list(posts), since__lte=day)
    return dict(rows.values_list("pk", "unit_id"))


def heir(post: UUID, day: date) -> UUID | None:
    """The post itself while it stands; then the one of the same title, else the only one that leads, in its unit or in
    the unit which that was merged into. None where nobody carries on."""
    line = Post.objects.select_related("unit").filter(pk=post).first()
    if line is None:
        return None
    if line.since <= day and (line.until is None or line.until > day):
        return post
    unit = line.unit
    while unit.until is not None and unit.until <= day and unit.succeeded_by is not None:
        unit = unit.succeeded_by
    there = Post.objects.filter(Q(until=None) | Q(until__gt=day), unit=unit, since__lte=day)
    same, heads = there.filter(title=line.title), there.filter(powers__contains=["lead"])
    for found in (same, heads):
        if len(chosen := list(found.values_list("pk", flat=True)[:2])) == 1:
            return chosen[0]
    return None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post by its unit and titles."""

    post: UUID
    unit: UUID
    unit_name: str
    title: str
    title_en: str


def having(powers: Iterable[str], units: Iterable[UUID], day: date) -> tuple[Seat, ...]:
    """Posts of these units that hold one of the powers on the day, by unit and title."""
    rows = Post.objects.filter(Q(until=None) | Q(until__gt=day), unit__in=list(units), since__lte=day)
    rows = rows.filter(powers__overlap=list(powers)).order_by("unit__sort_key", "title", "since", "pk")
    return tuple(Seat(*row) for row in rows.values_list("pk", "unit_id", "unit__name", "title", "title_en"))


def displays(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """Names of officials by account."""
    return dict(Account.objects.filter(pk__in=list(accounts)).values_list("pk", "display"))


def named_like(text: str) -> tuple[UUID, ...]:
    """Accounts whose name or user name has these words, for finding what they did."""
    wanted = Q(display__icontains=text) | Q(username__icontains=text)
    return tuple(Account.objects.filter(wanted).order_by("username").values_list("pk", flat=True)[:200])
