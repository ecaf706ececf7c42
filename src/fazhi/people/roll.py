"""The roll: every account, every post and who holds it, for those who run an office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fazhi.people.models import Account, Holding, Post


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account; `open` is off when nobody may log in to it, `able` when it has no password to log in with."""

    id: UUID
    username: str
    display: str
    open: bool
    last_login: datetime | None
    able: bool = True


@dataclass(frozen=True, slots=True)
class HolderLine:
    """Who holds a post, until the day before `until`."""

    account: UUID
    username: str
    display: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with those who hold it or will; those who left are not told."""

    id: UUID
    unit: UUID
    unit_name: str
    title: str
    powers: tuple[str, ...]
    since: date
    until: date | None
    holders: tuple[HolderLine, ...]

    @property
    def name(self) -> str:
        """As people write it: the unit, a stroke, the title."""
        return f"{self.unit_name}/{self.title}"


def accounts() -> tuple[AccountLine, ...]:
    """Every account by name in pinyin, closed ones too."""
    rows = Account.objects.order_by("sort_key", "username")
    return tuple(
        AccountLine(row.pk, row.username, row.display, row.is_active, row.last_login, row.has_usable_password())
        for row in rows
    )


def posts_on(day: date) -> tuple[PostLine, ...]:
    """Every post that is not abolished by the day, with its holders, by unit and title."""
    holders: dict[UUID, list[HolderLine]] = defaultdict(list)
    for row in Holding.objects.select_related("account").order_by("since", "pk"):
        if row.until is None or row.until > day:
            line = HolderLine(row.account_id, row.account.username, row.account.display, row.since, row.until)
            holders[row.post_id].append(line)
    found = Post.objects.select_related("unit").order_by("unit__sort_key", "unit__name", "title", "since", "pk")
    return tuple(
        PostLine(
            post.pk,
            post.unit_id,
            post.unit.name,
            post.title,
            tuple(post.powers),
            post.since,
            post.until,
            tuple(holders[post.pk]),
        )
        for post in found
        if post.until is None or post.until > day
    )
