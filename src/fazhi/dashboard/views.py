"""Views of lists under a name: kept by a post, shared with a unit, opened by everyone with rights of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from fazhi.dashboard.models import View
from fazhi.ledger import today
from fazhi.people import units
from fazhi.people.actors import Actor

LISTS = re.compile(r"/office/(?:(?:matters|registers/\w{1,60}|figures(?:/\w{1,60})?)/)?(?:\?[^\\\s]*)?")
"""Addresses of lists: the desk, matters, one register, figures or one of them, with what they are narrowed to."""
MOST = 50


class BadView(ValueError):
    """The view cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A view as lists show it; `own` where the post that looks keeps it."""

    id: UUID
    name: str
    address: str
    own: bool
    unit: UUID | None


def keep(actor: Actor, name: str, address: str, unit: UUID | None = None) -> UUID:
    """Keep an address of a list under a name; the same name again takes the new address."""
    named = " ".join(name.split())
    if not named or len(named) > 60:
        raise BadView("请给视图起一个60字以内的名称。")
    if len(address) > 500 or not LISTS.fullmatch(address):
        raise BadView("只能保存工作台、事项、名录和指标页面的视图。")
    if actor.post is None:
        raise BadView("视图由岗位保存，请先选择岗位。")
    if View.objects.filter(post=actor.post).exclude(name=named).count() >= MOST:
        raise BadView(f"一个岗位最多保存{MOST}个视图，请先删去不用的。")
    said = {"address": address, "unit": unit}
    view, _ = View.objects.update_or_create(post=actor.post, name=named, defaults=said)
    return view.pk


def drop(actor: Actor, view: UUID) -> str:
    """Drop a view of one's own post; its address, empty where there was none."""
    found = View.objects.filter(pk=view, post=actor.post).first() if actor.post else None
    if found is None:
        return ""
    found.delete()
    return found.address


def seen_by(actor: Actor, path: str = "", *, below: bool = False) -> tuple[Kept, ...]:
    """The post's own views, then those shared with its unit or one above it, by name; of one list if `path` says so,
    with those `below` it."""
    above = units.tree_on(today()).path(actor.unit)
    rows = View.objects.filter(Q(post=actor.post) | Q(unit__in=above)).order_by("name", "pk")
    if path:
        start = path if below else f"{path}?"
        rows = rows.filter(Q(address=path) | Q(address__startswith=start))
    found = [Kept(one.pk, one.name, one.address, one.post == actor.post, one.unit) for one in rows]
    return tuple(sorted(found, key=lambda one: not one.own))
