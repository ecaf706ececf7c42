"""The three administrators kept apart (三员分立): what one post, one person and one deputy may not unite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fazhi.people.actors import ADMINISTRATORS, POWERS
from fazhi.people.models import Account, Holding, Post

ALONE = frozenset(ADMINISTRATORS) | {"wall"}
"""Powers that stand alone in a post, and whose holder has no other post."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One person who unites what should be apart, with the posts and why it should."""

    account: UUID
    display: str
    posts: tuple[str, ...]
    why: str


def office_of(powers: Iterable[str]) -> str:
    """The administrator's or the wall's power among these; nothing for an ordinary post."""
    return next((power for power in POWERS if power in ALONE and power in set(powers)), "")


def mixed(powers: Iterable[str]) -> str:
    """Why these powers cannot be in one post; nothing if they can."""
    words = set(powers)
    office = office_of(words)
    if not office or len(words) == 1:
        return ""
    others = "、".join(meaning for power, meaning in POWERS.items() if power in words - {office})
    if office == "wall":
        return f"“只看大屏”的岗位不能兼有其他职权（{others}）：大屏长时间无人值守而不退出，请另设岗位。"
    return f"三员分立：{ADMINISTRATORS[office]}的岗位不能兼有其他职权（{others}），请分设岗位，由不同的人担任。"


def united(one: Iterable[str], other: Iterable[str]) -> str:
    """Why one person cannot hold posts with these powers at a time; nothing if one can."""
    offices = {office_of(one), office_of(other)}
    if len(offices) == 1:
        return ""
    if "wall" in offices:
        return "大屏账号只担任大屏岗位，不能再担任别的岗位；请另用一个账号。"
    named = [name for power, name in ADMINISTRATORS.items() if power in offices]
    if len(named) > 1:
        return f"三员分立：{'和'.join(named)}不能由同一人担任，请另选一人。"
    return f"三员分立：{named[0]}不办理业务，也看不到事项和当事人，不能同时担任业务岗位；请另选一人。"


def clash(account: UUID, post: UUID, powers: Iterable[str], since: date, until: date | None) -> str:
    """Why the person cannot hold a post of these powers on these days, beside the others held then."""
    words = list(powers)
    for held in _held(account, since, until).exclude(post=post):
        if why := united(words, held.post.powers):
            return f"{held.account.display}已担任“{held.post.unit.name}/{held.post.title}”。{why}"
    return ""


def clash_of_post(post: UUID, powers: Iterable[str], since: date) -> str:
    """Why the post cannot have these powers, its holders' other posts being what they are."""
    words = list(powers)
    if why := mixed(words):
        return why
    for held in Holding.objects.filter(_open_on(since), post=post):
        if why := clash(held.account_id, post, words, max(since, held.since), held.until):
            return why
    return ""


def stands_apart(*, post: UUID | None = None, account: UUID | None = None, day: date) -> str:
    """The administrator's name, if the post is one's or the person holds such a post on the day or later."""
    found = [Post.objects.get(pk=post).powers] if post else []
    if account:
        found += [held.post.powers for held in _held(account, day, None)]
    offices = {office_of(powers) for powers in found}
    return next((name for power, name in ADMINISTRATORS.items() if power in offices), "")


def conflicts(day: date) -> tuple[Conflict, ...]:
    """Persons who unite what should be apart, as installations from before the separation may have them."""
    found = []
    for account in Account.objects.filter(is_active=True).order_by("sort_key", "username"):
        held = list(_held(account.pk, day, None))
        every = [row.post for row in held]
        why = next((said for post in every if (said := mixed(post.powers))), "")
        why = why or next((said for one in every for other in every if (said := united(one.powers, other.powers))), "")
        if why:
            names = tuple(f"{post.unit.name}/{post.title}" for post in every)
            found.append(Conflict(account.pk, account.display, names, why))
    return tuple(found)


def holders(day: date) -> dict[str, tuple[str, ...]]:
    """Who is which administrator on the day, by the power; empty where nobody is."""
    found: dict[str, list[str]] = {power: [] for power in ADMINISTRATORS}
    rows = Holding.objects.select_related("post", "account").filter(_open_on(day), since__lte=day)
    for row in rows.filter(account__is_active=True).order_by("pk"):
        if row.post.until is None or row.post.until > day:
            for power in set(row.post.powers) & set(found):
                found[power].append(row.account.display)
    return {power: tuple(names) for power, names in found.items()}


def _held(account: UUID, since: date, until: date | None) -> QuerySet[Holding]:
    rows = Holding.objects.select_related("post__unit", "account").filter(_open_on(since), account=account)
    rows = rows.filter(Q(post__until=None) | Q(post__until__gt=since))
    return rows if until is None else rows.filter(since__lt=until)


def _open_on(day: date) -> Q:
    return Q(until=None) | Q(until__gt=day)
