"""Posts that go along when their unit is renamed, merged or moved: title, powers, holders and grants from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import UUID

from fazhi.people import posts
from fazhi.people.roll import PostLine, posts_on
from fazhi.reach import grants
from fazhi.reach.grants import GrantLine, Secrecy


@dataclass(frozen=True, slots=True)
class Seats:
    """Posts of a unit on a day, and every grant that hangs on them or is over the unit."""

    posts: tuple[PostLine, ...]
    grants: tuple[GrantLine, ...]


def seats_of(unit: UUID, day: date) -> Seats:
    """The posts of the unit that are there on the day or later, and the grants that concern it."""
    held = tuple(post for post in posts_on(day) if post.unit == unit)
    ids = {post.id for post in held}
    given = grants.given(ended_before=day)
    return Seats(held, tuple(one for one in given if ids & {one.post, one.deputy_for} or one.unit == unit))


def move_post(post: PostLine, unit: UUID, day: date) -> UUID:
    """The post goes on in another unit from the day on, with its holders and grants; in the old one it ends."""
    seats = Seats(
        (post,), tuple(one for one in grants.given(ended_before=day) if post.id in (one.post, one.deputy_for))
    )
    posts.end(post.id, day=day)
    carried = carry_posts(seats, unit, day)
    carry_grants(seats, carried, post.unit, post.unit, day, others=False)
    return carried[post.id]


def carry_posts(seats: Seats, unit: UUID, day: date) -> dict[UUID, UUID]:
    """The same posts in the unit from the day on, with whoever holds them; the new post by the old one."""
    taken = {post.title for post in posts_on(day) if post.unit == unit}
    found: dict[UUID, UUID] = {}
    for post in seats.posts:
        title = post.title if post.title not in taken else f"{post.title}（原{post.unit_name}）"
        english = posts.titles([post.id])[post.id][1]
        found[post.id] = posts.create(unit, title, post.powers, since=day, title_en=english)
        for holding in post.holders:
            posts.hold(found[post.id], holding.account, since=max(day, holding.since), until=holding.until)
    return found


def carry_grants(seats: Seats, posts_by: Mapping[UUID, UUID], old: UUID, new: UUID, day: date, *, others: bool) -> None:
    """Grants of the posts go on from the day on, over the new unit where they were over the old one; with `others`, so
    do those by which other posts see the old unit."""
    for one in seats.grants:
        mine = one.post in posts_by or one.deputy_for in posts_by
        if not mine and not (others and one.unit == old):
            continue
        grants.end(one.number, day=day)
        given = replace(
            one,
            post=posts_by.get(one.post, one.post) if one.post else None,
            deputy_for=posts_by.get(one.deputy_for, one.deputy_for) if one.deputy_for else None,
            unit=new if one.unit == old else one.unit,
            since=max(day, one.since),
        )
        _give(given)


def _give(one: GrantLine) -> None:
    secrecy = cast(Secrecy, one.secrecy)
    if one.deputy_for and one.until:
        grants.deputise(
            for_post=one.deputy_for,
            post=one.post,
            account=one.account,
            since=one.since,
            until=one.until,
            kinds=one.kinds,
            secrecy=secrecy,
            reason=one.reason,
        )
    elif one.unit:
        grants.give(
            unit=one.unit,
            post=one.post,
            account=one.account,
            kinds=one.kinds,
            secrecy=secrecy,
            subtree=one.subtree,
            acts=one.acts,
            since=one.since,
            until=one.until,
            reason=one.reason,
        )
