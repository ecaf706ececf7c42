"""Letters sorted: the proposal while one is registered, one act to take or correct it, and versions of the model."""

import secrets
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fazhi import desk
from fazhi.desk import NoRight, Refused
from fazhi.ledger import Collision
from fazhi.people.masks import free_text
from fazhi.routing.duties import folder, read_it
from fazhi.triage import choices, store
from fazhi.triage.kinds import types, ways
from fazhi.triage.letter import read_letter
from fazhi.triage.record import KINDS, letter_of, waiting
from fazhi.web.office.acts import seen_in
from fazhi.web.office.again import show_again
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post, may_do, show, show_refused, watches
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.offers import unit_pool
from fazhi.web.office.sort_card import asked_again, is_level, told, topic_named, topics_with
from fazhi.web.office.sort_lessons import learn_now, learned_values
from fazhi.worklist.values import MatterPage

LONGEST: Final = 20_000
SOME: Final = 8


@never_cache
@require_POST
@in_post
def near(request: HttpRequest, here: Here) -> HttpResponse:
    """The fragment below a text that is being registered: what it is read as, and why."""
    title, text, place = (request.POST.get(name, "").strip()[:LONGEST] for name in ("title", "text", "place"))
    letter = read_letter(free_text(f"{text} {place}".strip()), free_text(title))
    values = {"sorted": told(read_it(letter, here.day))} if len(letter.text) > 5 and not letter.empty else {}
    return show(request, here, "office/sort_near.html", values)


@never_cache
@require_POST
@in_post
def sort(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Take the proposal, correct it, or take a decision back; with a unit named it is assigned in the same act."""
    page = find_page(here, identity)
    back = redirect(reverse("office:matter", args=[identity]))
    if page.procedure not in KINDS or not may_do(here, page.view):
        messages.warning(request, _("这一件现在不由您分拣。"))
        return back
    if request.POST.get("verb") == "withdraw":
        choices.withdraw(here.actor, identity)
        messages.success(request, _("已撤回分拣的决定，恢复为系统的建议。"))
        if _assigned(page):
            text = _("承办单位没有随之改变，现在是%(unit)s；交错了的，请在经过里找到那一步，用“更正”撤销。")
            messages.warning(request, text % {"unit": page.responsible})
        return back
    if wrong := _wrong(request):
        fields = asked_again(page, here, {name: str(value) for name, value in request.POST.items()}, wrong)
        return show_again(request, here, _("分拣"), fields, _("定下分拣"), back["Location"])
    if request.POST.get("unit", "").strip() not in _staying(page) and not _assign(request, here, page):
        return back
    _choose(request, here, page)
    messages.success(request, _("已定下分拣。改正过的，下次学习时会用上。"))
    return redirect(
        reverse("office:matter", args=[identity]) if here.scope.may_see(identity) else reverse("office:desk")
    )


def _wrong(request: HttpRequest) -> dict[str, str]:
    """What is missing or unknown in what was sent, by field; nothing is kept of it then."""
    said = request.POST.get
    faults = {
        "topic": "" if topic_named(said("topic", "")) else _which(said("topic", "")),
        "urgency": "" if is_level(said("urgency", "ordinary")) else _("请选择紧急程度。"),
        "type": "" if said("type", "complain") in types() else _("请选择类型。"),
        "way": "" if said("way", "appeal") in ways() else _("请选择适用程序。"),
    }
    return {name: fault for name, fault in faults.items() if fault}


def _which(typed: str) -> str:
    """What to write instead: the topics that hold what was typed, if they are few."""
    found = topics_with(typed)
    if not found:
        return _("请选择主题。")
    some = "、".join(found[:SOME])
    text = _("含“%(typed)s”的主题有 %(n)s 个，请写全其中一个：%(some)s")
    return text % {"typed": typed.strip(), "n": len(found), "some": some + ("……" if len(found) > SOME else "")}


def _choose(request: HttpRequest, here: Here, page: MatterPage) -> None:
    read = read_it(letter_of(page.view), here.day)
    choices.choose(
        here.actor,
        page.id,
        topic=topic_named(request.POST["topic"]).split("/"),
        urgency=request.POST.get("urgency", "ordinary"),
        kind=request.POST.get("type", "complain"),
        way=request.POST.get("way", "appeal"),
        proposed=read.topic.names,
        version=read.version,
    )


def _assigned(page: MatterPage) -> bool:
    return any(fact.kind in ("assigned", "transferred") for fact in page.view.horizon.facts)


def _staying(page: MatterPage) -> tuple[str, ...]:
    """What may stand in the field of the unit while the matter stays where it is."""
    return ("", page.responsible) if _assigned(page) else ("",)


def _assign(request: HttpRequest, here: Here, page: MatterPage) -> bool:
    """Assign the matter, or hand it over to another unit; what hinders it is told and nothing is decided."""
    name = request.POST["unit"].strip()
    unit = next((one for one, known in unit_pool(here) if known == name), None)
    if unit is None:
        messages.warning(request, _("没有名为“%(name)s”的单位，请从列出的单位里挑选。") % {"name": name})
        return False
    key = request.POST.get("key", "") or secrets.token_hex(16)
    try:
        act = "transferred" if _assigned(page) else "assigned"
        desk.record(here.actor, page.id, act, fields={"unit": unit}, seen=seen_in(request), key=f"{key}-unit")
    except Refused as refused:
        for finding in refused.findings:
            messages.warning(request, finding_words(finding))
        return False
    except (NoRight, Collision) as hindered:
        messages.warning(request, lost_words(hindered, page))
        return False
    return True


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def models(request: HttpRequest, here: Here) -> HttpResponse:
    """Versions of the model: which is in use, what it learned from, back to an earlier one, on with the corrections."""
    if not watches(here.actor):
        text = _("分拣的版本由管理员和监督岗位管理，请改选岗位。")
        return show_refused(request, here, _("不能查看"), text)
    if request.method == "POST":
        _act(request, here)
        return redirect(reverse("office:sorting"))
    now = store.current(folder())
    values: dict[str, Any] = {
        "versions": [
            {
                "about": one,
                "made": datetime.fromisoformat(one.made),
                "used": one.version == now,
                "alone": round(100 * one.alone) if one.alone <= 1 else 0,
            }
            for one in reversed(store.versions(folder()))
        ],
        "waiting": waiting(folder()),
        "decided": len(choices.decided()),
        **learned_values(),
    }
    return show(request, here, "office/sorting.html", values)


def _act(request: HttpRequest, here: Here) -> None:
    verb = request.POST.get("verb", "")
    try:
        if verb == "undo":
            done = store.undo(folder())
            messages.success(request, _("已退回第 %(n)s 版。") % {"n": done.version})
        elif verb == "use":
            done = store.use(folder(), int(request.POST.get("version", "0")))
            messages.success(request, _("已启用第 %(n)s 版。") % {"n": done.version})
        elif verb == "teach":
            learn_now(request, here)
    except (store.NoVersion, ValueError) as wrong:
        messages.warning(request, str(wrong))
