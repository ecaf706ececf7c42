"""Drafts of long forms: kept while one types or by a button, offered back with their time, given up once sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fazhi.people import unsent
from fazhi.web.faces.values import Act
from fazhi.web.faces.words import moment_words
from fazhi.web.office.gate import Here, in_post
from fazhi.worklist.values import MatterPage

FORM, BACK, RESUME = "draft_form", "draft_back", "draft"
APART: Final = frozenset({"csrfmiddlewaretoken", FORM, BACK, "key", "seen", "digest", "step", "fill", "preview"})
LONGEST: Final = 160


@never_cache
@sensitive_post_parameters()
@require_POST
@in_post
def keep(request: HttpRequest, here: Here) -> HttpResponse:
    """Keep what stands in the form: quietly while one types, or by the button, which leads back to the form."""
    form, back = request.POST.get(FORM, "")[:LONGEST], way_back(request)
    typed = {name: str(value) for name, value in request.POST.items() if name not in APART}
    try:
        kept = unsent.keep(here.actor.account, form, typed) if form and here.actor.account else None
    except unsent.TooLong as long:
        if quiet(request):
            return JsonResponse({"told": str(long)}, status=422)
        messages.warning(request, str(long))
        return redirect(back)
    if quiet(request):
        return JsonResponse({"told": _("已自动存草稿 %(at)s") % {"at": moment_words(kept)} if kept else ""})
    if kept:
        words = _("已存为草稿，只有您自己看得到，保留%(days)d天；附件没有存。")
        messages.success(request, words % {"days": unsent.DAYS})
    return redirect(back)


@never_cache
@require_POST
@in_post
def drop(request: HttpRequest, here: Here) -> HttpResponse:
    """Give a draft up."""
    unsent.drop(here.actor.account, request.POST.get(FORM, "")[:LONGEST])
    messages.success(request, _("草稿已丢弃。"))
    return redirect(way_back(request))


def quiet(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def way_back(request: HttpRequest) -> str:
    """Where the form stands, never outside this site."""
    back = request.POST.get(BACK, "")
    inside = back.startswith("/office/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if inside else reverse("office:desk")


def resumed(request: HttpRequest, here: Here, form: str) -> Mapping[str, str]:
    """What was kept of the form, where its writer asks to go on with it; else nothing."""
    if request.method != "GET" or request.GET.get(RESUME) != "yes" or here.actor.account is None:
        return {}
    found = unsent.find(here.actor.account, form)
    return found.typed if found else {}


def draft_values(request: HttpRequest, here: Here, form: str, home: str = "", **address: str) -> dict[str, Any]:
    """For a page with one long form: the form's name, the way back to it, and what was kept of it before.

    `home` is the page's own address, where a refused form is shown at another."""
    home = home or request.path
    back = f"{home}?{urlencode(address)}" if address else home
    held = unsent.begun(here.actor.account, form) if here.actor.account and request.method == "GET" else ()
    at = next((kept for name, kept in held if name == form), None)
    more = f"{home}?{urlencode({**address, RESUME: 'yes'})}"
    open_now = request.GET.get(RESUME) == "yes"
    return {"draft": {"form": form, "back": back, "at": at, "resume": more, "open": open_now, "action": keep_href()}}


def keep_href() -> str:
    return reverse("office:draft_keep")


def act_form(matter: UUID, kind: str) -> str:
    """What the form of an act in a matter is called."""
    return f"act/{matter}/{kind}"


def act_drafts(here: Here, page: MatterPage, offered: Iterable[Act]) -> dict[str, Any]:
    """For the matter's page: acts begun and not recorded, each with its time and the way to go on with it."""
    start = act_form(page.id, "")
    kept = dict(unsent.begun(here.actor.account, start)) if here.actor.account else {}
    home = reverse("office:matter", args=[page.id])
    begun = [
        {
            "title": act.title,
            "form": start + act.kind,
            "at": kept[start + act.kind],
            "resume": f"{home}?{urlencode({'act': act.kind, RESUME: 'yes'})}",
        }
        for act in offered
        if start + act.kind in kept
    ]
    return {"draft_place": start, "draft_back": home, "draft_action": keep_href(), "acts_begun": begun}
