"""Matters that speak of one thing as a page shows them: what may be the same, what leads, what was joined."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fazhi.desk.joining import ANSWER
from fazhi.hotspots import look
from fazhi.hotspots.follow import VOICES, placed, spoken
from fazhi.law import undelivered
from fazhi.ledger import MatterView, read_many
from fazhi.ledger.joined import DUPLICATE, JOINED, lead_of
from fazhi.people import holders, parties, units
from fazhi.people.masks import free_text
from fazhi.reach.ask import visible
from fazhi.reach.subjects import acting, subject
from fazhi.web.faces.values import Step
from fazhi.web.faces.words import closed_words, in_english
from fazhi.web.office.gate import Here, may_do
from fazhi.worklist.values import MatterPage

MOST: Final = 5


def joined_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """For the matter's page: what is like it, what it was joined to, what was joined to it."""
    if page.procedure not in VOICES:
        return {}
    lead = lead_of(page.view.horizon.facts)
    joined = look.joined_to(page.id)
    place = placed(page.view)
    found = (
        () if lead or page.closed else look.near(here.scope, *spoken(page.view), place=place, but=page.id, most=MOST)
    )
    fresh = tuple(one for one in found if one.matter not in joined)
    may = may_do(here, page.view)
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


def with_joined(steps: Sequence[Step], card: Mapping[str, Any]) -> list[Step]:
    """The course with a way to the lead, and with a line for each matter that was joined to this one."""
    lead = card.get("lead") or {}
    if lead.get("number"):
        steps = [replace(step, facts=tuple(_leading(one, lead) for one in step.facts)) for step in steps]
    came = [
        Step(one["joined_on"], _("%(number)s 并入本件") % one, facts=((_("事项"), _link(one["href"], one["subject"])),))
        for one in card.get("joined") or ()
        if one["joined_on"]
    ]
    return sorted((*steps, *came), key=lambda step: step.day) if came else list(steps)


def _leading(fact: tuple[str, str], lead: Mapping[str, Any]) -> tuple[str, str]:
    return (fact[0], _link(lead["href"], lead["number"])) if fact[1] == lead["number"] else fact


def _link(href: str, words: str) -> str:
    return format_html('<a href="{}">{}</a>', href, words)


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
    unit, kinds = named.get(view.unit), [fact.kind for fact in view.horizon.facts]
    return {
        "id": view.id,
        "href": reverse("office:matter", args=[view.id]),
        "number": view.number or holders.number_of(view.id),
        "subject": subject(view, parties.told(view.parties, places=not clear), clear=clear),
        "unit": ((unit.name_en if in_english() else "") or unit.name) if unit else "",
        "day": view.opened,
        "joined_on": next((one.day for one in reversed(view.horizon.facts) if one.kind in (JOINED, DUPLICATE)), None),
        "closed": closed_words(undelivered(view.page, kinds)) if view.horizon.closed else "",
        "seen": view.head,
    }
