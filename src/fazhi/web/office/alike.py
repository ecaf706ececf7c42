"""Matters that speak of one thing as a page shows them: what may be the same, what leads, what was joined."""

from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from fazhi.desk.joining import ANSWER
from fazhi.hotspots import look
from fazhi.hotspots.follow import VOICES, spoken
from fazhi.ledger import MatterView, read_many
from fazhi.ledger.joined import lead_of
from fazhi.people import holders, parties, units
from fazhi.people.masks import free_text
from fazhi.reach.ask import visible
from fazhi.reach.subjects import acting, subject
from fazhi.web.faces.words import in_english
from fazhi.web.office.gate import Here, may_act
from fazhi.worklist.values import MatterPage

MOST: Final = 5


def joined_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """For the matter's page: what is like it, what it was joined to, what was joined to it."""
    if page.procedure not in VOICES:
        return {}
    lead = lead_of(page.view.horizon.facts)
    joined = look.joined_to(page.id)
    found = () if lead or page.closed else look.near(here.scope, *spoken(page.view), but=page.id, most=MOST)
    fresh = tuple(one for one in found if one.matter not in joined)
    may = may_act(here, page.view) and "record" in here.actor.powers
    seen = visible(here.scope, joined)
    return {
        "alike": lines_of(here, fresh),
        "joined": matter_lines(here, seen and [one for one in joined if one in seen]),
        "joined_hidden": len(joined) - len(seen),
        "lead": next(iter(matter_lines(here, visible(here.scope, [lead]))), {"number": ""}) if lead else None,
        "may_join": may,
        "join_action": reverse("office:join", args=[page.id]),
        "tell_href": reverse("office:tell_joined", args=[page.id])
        if may and joined and was_answered(page.view)
        else "",
    }


def was_answered(view: MatterView) -> bool:
    return any(fact.kind == ANSWER for fact in view.horizon.facts)


def answer_of(view: MatterView) -> str:
    """The text of the last answer of the lead, masked: it goes to other people."""
    seq = next((line.seq for line in reversed(view.entries) if line.kind == ANSWER), 0)
    body = (view.body(seq) if seq else None) or {}
    return free_text(body.get("text", ""), parties.told(view.parties, places=True))


def lines_of(here: Here, found: Iterable[look.Alike]) -> list[dict[str, Any]]:
    """Matters alike with number, unit and day; what they say masked as the reader's right asks."""
    listed = {one.matter: one for one in found}
    return [
        line | {"percent": round(100 * listed[line["id"]].share), "joined": listed[line["id"]].lead is not None}
        for line in matter_lines(here, list(listed))
    ]


def matter_lines(here: Here, matters: Iterable[UUID]) -> list[dict[str, Any]]:
    """Matters that the reader may see, each in a line, in the order given."""
    wanted = list(matters)
    views = read_many(wanted, bodies=True)
    named = units.names({view.unit for view in views.values()})
    clear = acting(here.scope, wanted)
    return [_line(views[one], named, clear=one in clear) for one in wanted if one in views]


def _line(view: MatterView, named: dict[UUID, units.UnitLine], *, clear: bool) -> dict[str, Any]:
    unit = named.get(view.unit)
    return {
        "id": view.id,
        "href": reverse("office:matter", args=[view.id]),
        "number": view.number or holders.number_of(view.id),
        "subject": subject(view, parties.told(view.parties, places=not clear), clear=clear),
        "unit": ((unit.name_en if in_english() else "") or unit.name) if unit else "",
        "day": view.opened,
        "closed": bool(view.horizon.closed),
        "seen": view.head,
    }
