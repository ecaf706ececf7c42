"""What a list of matters is narrowed to, read from the address and written back into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from fazhi.people import units
from fazhi.reach.ask import Order
from fazhi.reach.scope import Filters
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.office.gate import Here
from fazhi.web.office.kinds import kind_field

NAMES: Final = ("q", "kind", "state", "unit", "since", "until", "sort")
STATES: Final = {"open": True, "closed": False}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """As typed, and as it is asked; `errors` name what could not be read and was left out."""

    typed: Mapping[str, str]
    filters: Filters
    order: Order
    errors: Mapping[str, str] = field(default_factory=dict)

    def query(self, **change: str) -> str:
        """The part of an address after the question mark, empty values left out."""
        return urlencode({name: value for name, value in {**self.typed, **change}.items() if value})


def read_narrowing(request: HttpRequest, here: Here) -> Narrowing:
    typed = {name: request.GET.get(name, "").strip() for name in NAMES}
    errors: dict[str, str] = {}
    filters = Filters(
        kinds=frozenset({typed["kind"]}) if typed["kind"] in here.scope.kinds else None,
        open=STATES.get(typed["state"]),
        units=units_named(typed["unit"], here, errors),
        since=day_typed("since", typed, here, errors),
        until=day_typed("until", typed, here, errors),
    )
    order: Order = "due" if typed["sort"] == "due" and not typed["q"] else "day"
    return Narrowing(typed, filters, order, errors)


def units_named(typed: str, here: Here, errors: dict[str, str], *, below: bool = True) -> frozenset[UUID] | None:
    """The unit of that name, with all `below` it; nothing outside the reader's scope is ever found by it."""
    if not typed:
        return None
    tree = units.tree_on(here.day)
    named = [(line.id, below) for line in tree.units.values() if line.name == typed]
    if not named:
        errors["unit"] = _("没有叫“%(name)s”的单位，这一项没有用上。") % {"name": typed}
        return None
    return frozenset().union(*units.subtrees(named, here.day).values())


def day_typed(name: str, typed: Mapping[str, str], here: Here, errors: dict[str, str]) -> date | None:
    """The day typed under a name, None if there is none; what cannot be read is told in `errors`."""
    if not typed[name]:
        return None
    try:
        return read_day(typed[name], here.day, calendar())
    except ValueError as wrong:
        errors[name] = str(wrong)
        return None


def narrowing_fields(narrowing: Narrowing, here: Here, near: str) -> list[Field]:
    """The fields of the filter form; `near` is where names of units are offered."""
    typed, errors = narrowing.typed, narrowing.errors
    states = (("open", _("办理中")), ("closed", _("已决定或已办结")))
    sorts = (("day", _("收到日，新的在前")), ("due", _("期限，近的在前")))
    every = {"empty": _("全部")}
    return [
        kind_field(here, typed["kind"], _("类别"), id="n-kind"),
        Field("state", _("状态"), "select", typed["state"], choices=states, id="n-state", extra=every),
        Field(
            "unit", _("单位"), "search", typed["unit"], error=errors.get("unit", ""), id="n-unit", extra={"near": near}
        ),
        Field("since", _("收到日起"), "day", typed["since"], error=errors.get("since", ""), id="n-since"),
        Field("until", _("收到日止"), "day", typed["until"], error=errors.get("until", ""), id="n-until"),
        Field("sort", _("排序"), "select", typed["sort"], choices=sorts[1:], id="n-sort", extra={"empty": sorts[0][1]}),
    ]
