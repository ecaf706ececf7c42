"""Matters that speak of one thing: shown while one is registered or read, joined, parted, and answered together."""

import secrets
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fazhi.desk import NoRight, Refused
from fazhi.desk.joining import answer_joined, join, part
from fazhi.hotspots import look
from fazhi.ledger import Collision
from fazhi.reach.ask import visible
from fazhi.web.faces.values import Field
from fazhi.web.office.acts import seen_in
from fazhi.web.office.alike import MOST, answer_of, lines_of, matter_lines, was_answered
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.worklist.values import MatterPage

LONGEST: Final = 5_000


@never_cache
@require_POST
@in_post
def near(request: HttpRequest, here: Here) -> HttpResponse:
    """The fragment below a text that is being registered: what the reader may see of the like, with number and unit."""
    typed = " ".join(request.POST.get(name, "").strip()[:LONGEST] for name in ("text", "place")).strip()
    title, place = (request.POST.get(name, "").strip()[:LONGEST] for name in ("title", "place"))
    found = look.near(here.scope, title, typed, place=place, most=MOST) if len(typed) > MOST else ()
    return show(request, here, "office/alike.html", {"alike": lines_of(here, found), "typing": True})


@never_cache
@require_POST
@in_post
def joined(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Join the matter to the one chosen, once that was said again, or part it."""
    page = find_page(here, identity)
    if not request.POST.get("part") and not request.POST.get("sure"):
        return _asked_once(request, here, page)
    key, seen, note = request.POST.get("key", ""), seen_in(request), request.POST.get("text", "").strip()
    try:
        if request.POST.get("part"):
            part(here.actor, identity, note=note, seen=seen, key=key)
            messages.success(request, _("已撤销合并，这一件重新单独办理。"))
        else:
            lead = find_page(here, _id(request.POST.get("lead", "")))
            join(here.actor, identity, lead.id, note=note, seen=seen, key=key)
            messages.success(request, _("已并入 %(number)s 合并办理；可以撤销。") % {"number": lead.number})
    except Refused as refused:
        for finding in refused.findings:
            messages.warning(request, finding_words(finding))
    except (NoRight, Collision) as wrong:
        messages.warning(request, lost_words(wrong, page))
    return redirect(reverse("office:matter", args=[identity]))


def _asked_once(request: HttpRequest, here: Here, page: MatterPage) -> HttpResponse:
    """Which goes into which, by number and by what each is about, before anything is recorded."""
    lead = find_page(here, _id(request.POST.get("lead", "")))
    values = {
        "own": page,
        "lead": lead,
        "own_href": reverse("office:matter", args=[page.id]),
        "lead_href": reverse("office:matter", args=[lead.id]),
        "action": reverse("office:join", args=[page.id]),
        "seen": request.POST.get("seen") or page.seen,
        "key": request.POST.get("key") or secrets.token_hex(16),
        "note": Field("text", _("说明"), "long"),
    }
    return show(request, here, "office/join_sure.html", values)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def tell_joined(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """One answer to all who joined: looked at first, then recorded in the matter of each."""
    page = find_page(here, identity)
    if not may_act(here, page.view) or not was_answered(page.view):
        raise Http404
    everyone = look.joined_to(page.id)
    members = [one for one in everyone if one in visible(here.scope, everyone)]
    typed, wrong = request.POST.get("text", "") if request.method == "POST" else answer_of(page.view), ""
    told: dict[UUID, str] = {}
    if request.method == "POST":
        chosen = [one for one in members if str(one) in request.POST.getlist("matter")]
        try:
            done = answer_joined(here.actor, page.id, chosen, text=typed, key=request.POST.get("key", ""))
            told = {one.matter: one.wrong for one in done}
        except Refused as refused:
            wrong = str(refused)
    text = Field(
        "text",
        _("给每个人的答复"),
        "long",
        typed,
        _("每个人在自己的事项里看到这段话：不要写别人的姓名、电话、住址。"),
        wrong,
        required=True,
        extra={"rows": "8", "tall": "yes"},
    )
    values = {
        "matter": page,
        "lines": [
            line | {"told": line["id"] in told and not told[line["id"]], "wrong": told.get(line["id"], "")}
            for line in matter_lines(here, members)
        ],
        "hidden": len(everyone) - len(members),
        "text": text,
        "done": sum(not one for one in told.values()) if told else None,
        "findings": [{"text": wrong}] if wrong else (),
        "refused": True,
        "key": request.POST.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/tell_joined.html", values, 422 if wrong else 200)
