"""The page of one matter: its course, its clocks and why, what may be done now, its parties and files."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi import archive, ledger
from fazhi.desk.handing import ways_on
from fazhi.law import undelivered
from fazhi.people import parties
from fazhi.people.parties import MaskedParty, Party
from fazhi.web.faces.clocks import OURS, clock_events, due_of, law_words, ribbon_of, status_words
from fazhi.web.faces.due import Due
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.tables import as_kept
from fazhi.web.faces.values import Field, Running
from fazhi.web.faces.words import closed_words, in_english, long_day_words, said
from fazhi.web.office.again import show_again
from fazhi.web.office.alike import joined_values, with_joined
from fazhi.web.office.approving import WANTED
from fazhi.web.office.course import expected_of, steps_of
from fazhi.web.office.elsewhere import elsewhere_values
from fazhi.web.office.gate import Here, acting, in_post, may_act, may_do, show
from fazhi.web.office.offers import Tried, offers_of
from fazhi.web.office.own_pages import own_page, own_page_words
from fazhi.web.office.papers import letter_entry, may_open, papers_of, show_unopened
from fazhi.web.office.persons import parts_played
from fazhi.web.office.repeats import repeats_of
from fazhi.web.office.sent_round import round_card
from fazhi.web.office.sort_card import sort_values
from fazhi.web.office.unsent import act_drafts, act_form, resumed
from fazhi.worklist import look
from fazhi.worklist.values import ChainLink, ClockLine, Linked, MatterPage

TEXTS = "texts"
ORDER = {"overdue": 0, "today": 1, "soon": 2, "disputed": 3, "ahead": 4, "paused": 5, "waiting": 6}


def find_page(here: Here, identity: UUID, *, revealed: bool = False) -> MatterPage:
    """The matter's page, if it may be seen; no such matter and no right look alike: 404."""
    try:
        return look.matter(here.scope, identity, ledger.now(), revealed=revealed)
    except look.Unseen as unseen:
        raise Http404 from unseen


@never_cache
@require_safe
@in_post
def matter(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    page, wanted = find_page(here, identity), request.GET.get("act", "")
    may = any(one.kind.name == wanted and not one.barred for one in page.acts)
    typed = resumed(request, here, act_form(page.id, wanted)) if may else {}
    if may and (asked_for := request.GET.get(WANTED)):
        typed = {WANTED: asked_for, **typed}
    return show_matter(request, here, page, Tried(wanted if may else "", typed), {})


def show_matter(
    request: HttpRequest, here: Here, page: MatterPage, tried: Tried, more: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The page, with what was just tried kept in its form."""
    offers = offers_of(page, here, tried)
    purpose = Field("purpose", _("用途"), required=True, hint=_("例如：电话核实诉求。查看会留下记录。"), id="f-purpose")
    card = joined_values(page, here)
    steps = steps_of(page, may_correct=may_do(here, page.view))
    values = {
        "matter": head_values(page, here),
        "steps": with_joined(steps, card),
        "expected": expected_of(page.clocks, here.day),
        "clocks": [running(line, here) for line in page.clocks if line.clock.state != "dropped"],
        "acts": offers.acts,
        "more_acts": offers.more,
        "common_acts": offers.common,
        "not_now": offers.not_now,
        "any_open": any(act.open for act in (*offers.acts, *offers.common)),
        "may_act": may_act(here, page.view),
        "own_page": own_page(page.procedure, page.id),
        "own_page_words": own_page_words(page.procedure),
        "act_action": reverse("office:record", args=[page.id]),
        "preview_action": reverse("office:preview", args=[page.id]),
        "reveal_action": reverse("office:reveal", args=[page.id]),
        "seen": page.seen,
        "key": tried.typed.get("key") or secrets.token_hex(16),
        "parties": party_values(page, None),
        "may_reveal": "reveal" in acting(here, page.view).powers,
        "may_erase": "erase" in here.actor.powers and may_act(here, page.view),
        "reveal_field": purpose,
        "reveal_texts": Field("purpose", _("用途"), required=True, hint=purpose.hint, id="f-purpose-texts"),
        "texts": TEXTS,
        "chain": [chain_values(one) for one in page.chain],
        "onward_href": onward_href(page, here),
        "linked": [linked_values(one) for one in page.linked if one.relation == "linked"],
        "looked": page.looked,
        "repeats": repeats_of(page, here),
        **papers_of(page, here),
        **card,
        **elsewhere_values(page, here),
        **sort_values(page, here),
        **round_card(page, here),
        **act_drafts(here, page, (*offers.acts, *offers.more, *offers.common)),
    }
    return show(request, here, "office/matter.html", {**values, **more}, status)


def head_values(page: MatterPage, here: Here) -> dict[str, Any]:
    english = in_english()
    facts = [
        (_("收到"), long_day_words(page.opened)),
        (_("受理单位"), page.unit_en if english else page.unit),
        (_("承办单位"), page.responsible_en if english else page.responsible),
        (_("查询编号"), page.query_number),
        (_("原编号"), page.old_number),
        (_("外部编号"), page.external_number),
        (_("依据"), str(page.view.page.source or "")),
    ]
    return {
        "id": page.id,
        "number": page.number or said(page.title),
        "title": page.title,
        "subject": page.subject,
        "closed": page.closed,
        "still": still_open(page),
        "due": None if page.closed else leading_due(page, here),
        "facts": [(name, value) for name, value in facts if value],
    }


def still_open(page: MatterPage) -> str:
    """What is left to do after the decision: its delivery, or the first term of ours that runs on."""
    if not page.closed:
        return ""
    if delivery := undelivered(page.view.page, [one.kind for one in page.view.horizon.facts]):
        return said(delivery)
    ours = [line.clock for line in page.clocks if line.clock.open and line.clock.due and line.clock.rule.by in OURS]
    first = min(ours, key=lambda clock: clock.due or page.opened, default=None)
    return said(first.rule.title) if first else ""


def leading_due(page: MatterPage, here: Here) -> Due | None:
    """The chip that stands for the matter: our most pressing open term."""
    ours = [line.clock for line in page.clocks if line.clock.open and line.clock.rule.by in OURS]
    dues = [due_of(clock, here.day, calendar()) for clock in ours]
    return min(dues, key=lambda due: (ORDER.get(due.state, 9), due.day or here.day), default=None)


def running(line: ClockLine, here: Here) -> Running:
    clock, told = line.clock, line.explanation
    ribbon = ribbon_of(told, here.day, clock_events(clock)) if told.count else None
    due = due_of(clock, here.day, calendar())
    law = law_words(told.source)
    return Running(said(clock.rule.title), due, ribbon, law, status_words(told.status), clock.thread)


def party_values(page: MatterPage, clear: Party | None) -> list[dict[str, Any]]:
    found, parts = [], parts_played(page)
    for mask in page.parties:
        shown: MaskedParty | Party = clear if clear and clear.id == mask.id else mask
        found.append(
            {
                "id": mask.id,
                "role": parts.get(mask.id) or _("其他当事人"),
                "name": shown.name,
                "phone": shown.phone,
                "id_number": shown.id_number,
                "address": shown.address,
                "erased": mask.erased,
                "clear": shown is clear,
            }
        )
    return found


def onward_href(page: MatterPage, here: Here) -> str:
    """Where the matter is handed on to another procedure; nothing where this post may not."""
    may = may_do(here, page.view) and ways_on(page.view)
    return reverse("office:onward", args=[page.id]) if may else ""


def chain_values(one: ChainLink) -> dict[str, Any]:
    told = [said(title) for title in one.outcome]
    return {
        "depth": min(one.depth, 4),
        "here": one.here,
        "href": reverse("office:matter", args=[one.matter]) if one.title and not (one.here or one.hidden) else "",
        "hidden": one.hidden,
        "title": said(one.title) if one.title else "",
        "number": one.number or _("（未编号）"),
        "unit": one.unit_en if in_english() else one.unit,
        "opened": one.opened,
        "closed": one.closed,
        "outcome": " · ".join(told),
        "state": closed_words(one.left) if one.closed else "",
    }


def linked_values(one: Linked) -> dict[str, str]:
    relation = {"parent": _("上级事项"), "child": _("子事项"), "linked": _("关联")}[one.relation]
    href = reverse("office:matter", args=[one.matter]) if one.seen else ""
    return {"href": href, "title": f"{one.number} {said(one.title)}", "relation": relation}


@never_cache
@require_POST
@in_post
def reveal(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """A party, or all texts, in the clear for a stated purpose; the look is recorded before anything is shown."""
    page = find_page(here, identity)
    wanted, purpose = request.POST.get("party", ""), request.POST.get("purpose", "")
    party = next((one.id for one in page.parties if str(one.id) == wanted), None)
    if party is None and wanted != TEXTS:
        raise Http404
    try:
        if party is None:
            parties.read_texts(page.id, acting(here, page.view), purpose)
            return show_matter(request, here, find_page(here, identity, revealed=True), Tried(), {"revealed": True})
        clear = parties.reveal(party, acting(here, page.view), purpose, matter=page.id)
    except parties.BadParty as wrong:
        field = Field("purpose", _("用途"), value=purpose, error=str(wrong), required=True)
        back = reverse("office:matter", args=[identity])
        return show_again(request, here, _("记录用途并查看"), [field], _("记录用途并查看"), back)
    except (parties.MayNotReveal, parties.Gone) as wrong:
        notice = {"notice": {"kind": "wrong", "text": str(wrong)}}
        return show_matter(request, here, page, Tried(), notice, 403)
    return show_matter(request, here, page, Tried(), {"parties": party_values(page, clear)})


@never_cache
@require_safe
@in_post
def file(request: HttpRequest, here: Here, identity: UUID, name: UUID) -> HttpResponse:
    """One file of the matter, always as a download from a sandbox."""
    page = find_page(here, identity)
    if not any(name in entry.files for entry in page.course):
        raise Http404
    letter = letter_entry(page, name)
    if letter is not None and not may_open(page, here, letter):
        return show_unopened(request, here)
    try:
        stored = archive.open(name)
    except archive.Gone as gone:
        raise Http404 from gone
    return as_kept(stored)
