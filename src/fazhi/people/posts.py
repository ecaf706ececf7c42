"""Posts and who holds them, from which day to which; and accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from fazhi.people import pinyin
from fazhi.people.actors import POWERS
from fazhi.people.models import Account, Holding, Post


def open_account(username: str, display: str, password: str | None = None) -> UUID:
    """A new account; without a password nobody can log in to it."""
    account = Account(username=username.strip(), display=display.strip(), sort_key=pinyin.sort_key(display))
    account.set_password(password)
    account.save(force_insert=True)
    return account.pk


def create(unit: UUID, title: str, powers: Iterable[str], *, since: date, title_en: str = "") -> UUID:
    """A post of a unit with words of POWERS."""
    words = sorted(set(powers))
    if unknown := [word for word in words if word not in POWERS]:
        raise ValueError(f"没有这种职权：{'、'.join(unknown)}；可用的有：{'、'.join(POWERS)}。")
    post = Post(unit_id=unit, title=title, title_en=title_en, powers=words, since=since)
    post.save(force_insert=True)
    return post.pk


def hold(post: UUID, account: UUID, *, since: date, until: date | None = None) -> None:
    """The account holds the post from `since` until the day before `until`."""
    Holding(post_id=post, account_id=account, since=since, until=until).save(force_insert=True)


def leave(post: UUID, account: UUID, *, day: date) -> bool:
    """The account holds the post no longer from the day on; whether it did."""
    return bool(Holding.objects.filter(post=post, account=account, until=None, since__lt=day).update(until=day))


def titles(posts: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Chinese and English titles by post."""
    rows = Post.objects.filter(pk__in=list(posts)).values_list("pk", "title", "title_en")
    return {post: (title, title_en) for post, title, title_en in rows}


def displays(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """Names of officials by account."""
    return dict(Account.objects.filter(pk__in=list(accounts)).values_list("pk", "display"))
