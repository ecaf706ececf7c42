"""Views of figures under a name: kept by a post, shared with a unit, opened by everyone with rights of their own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from fazhi.dashboard.models import View
from fazhi.ledger import today
from fazhi.people import units
from fazhi.people.actors import Actor

WITHIN = "/office/figures/"
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
    """Keep an address of the figures under a name; the same name again takes the new address."""
    named = " ".join(name.split())
    if not named or len(named) > 60:
        raise BadView("请给视图起一个60字以内的名称。")
    if not address.startswith(WITHIN) or len(address) > 500 or any(sign in address for sign in "\\\r\n\t"):
        raise BadView("只能保存指标页面的视图。")
    if actor.post is None:
        raise BadView("视图由岗位保存，请先选择岗位。")
    if View.objects.filter(post=actor.post).exclude(name=named).count() >= MOST:
        raise BadView(f"一个岗位最多保存{MOST}个视图，请先删去不用的。")
    said = {"address": address, "unit": unit}
    view, _ = View.objects.update_or_create(post=actor.post, name=named, defaults=said)
    return view.pk


def drop(actor: Actor, view: UUID) -> bool:
    """Drop a view of one's own post; whether there was one."""
    if actor.post is None:
        return False
    count, _ = View.objects.filter(pk=view, post=actor.post).delete()
    return bool(count)


def seen_by(actor: Actor) -> tuple[Kept, ...]:
    """The post's own views, then those shared with its unit or one above it, by name."""
    above = units.tree_on(today()).path(actor.unit)
    rows = View.objects.filter(Q(post=actor.post) | Q(unit__in=above)).order_by("name", "pk")
    found = [Kept(one.pk, one.name, one.address, one.post == actor.post, one.unit) for one in rows]
    return tuple(sorted(found, key=lambda one: not one.own))
