"""Handing a matter on: choose the procedure, say what only it asks for; words, parties and files go along."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi.desk import NoRight, Refused
from fazhi.desk.handing import carried_choices, carried_files, hand_on, ways_on
from fazhi.law import Procedure
from fazhi.ledger import Collision, rulebook
from fazhi.people import units
from fazhi.reach.involved import ids_in
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import said
from fazhi.web.office.acts import seen_in, told
from fazhi.web.office.asking import text_label
from fazhi.web.office.course import file_link
from fazhi.web.office.fields import FILES, TEXT, Filled, Pools, form_fields, read_form, wrong_words
from fazhi.web.office.gate import Here, in_post, may_do, show, show_refused
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page, party_values
from fazhi.web.office.offers import unit_pool
from fazhi.worklist.values import MatterPage

NEW_TEXT, NOTE, UNIT = "new_text", "note", "to_unit"


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def onward(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Without a choice the ways there are; with one its form; posted, the new matter."""
    page = find_page(here, identity)
    ways = ways_on(page.view)
    if not ways or not may_do(here, page.view):
        text = _("这件事现在不由您的岗位转办；请联系承办单位。")
        return show_refused(request, here, _("不能转入其他程序"), text)
    into = request.POST.get("into", "") or request.GET.get("into", "")
    if into and into not in ways:
        raise Http404
    if request.method == "POST" and into:
        return _hand_on(request, here, page, rulebook().page(into, here.day))
    return _form(request, here, page, into, {}, {}, ())


def _hand_on(request: HttpRequest, here: Here, page: MatterPage, target: Procedure) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    kind = target.facts[target.opens_with]
    filled = read_form(target, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
    unit = _unit(here, typed.get(UNIT, ""), filled)
    if filled.errors:
        return _form(request, here, page, target.name, typed, filled.errors, wrong_words(filled.errors), 422)
    try:
        done = hand_on(
            here.actor,
            page.id,
            target.name,
            day=filled.day,
            fields=filled.fields | {name: text for name, text in filled.body.items() if name in kind.fields},
            text=typed.get(NEW_TEXT, "").strip(),
            note=typed.get(NOTE, "").strip(),
            unit=unit,
            parties=ids_in(request.POST.getlist("party")),
            files=ids_in(request.POST.getlist("file")),
            seen=seen_in(request),
            key=typed.get("key", ""),
        )
    except Refused as refused:
        return _form(request, here, page, target.name, typed, {}, [told(one) for one in refused.findings], 422)
    except (Collision, NoRight) as wrong:
        page = find_page(here, page.id)
        return _form(request, here, page, target.name, typed, {}, [{"text": lost_words(wrong, page)}], 409)
    messages.success(request, _("已转入“%(into)s”，当事人、材料和诉求一并带去。") % {"into": said(target.title)})
    below = done.child if done.child and here.scope.may_see(done.child) else page.id
    return redirect(reverse("office:matter", args=[below]))


def _unit(here: Here, typed: str, filled: Filled) -> UUID | None:
    if not typed.strip():
        return None
    tree = units.tree_on(here.day).units.values()
    found = next((line.id for line in tree if typed.strip() in (line.name, str(line.id))), None)
    if found is None:
        filled.errors[UNIT] = _("没有这个单位，请从列表中挑选。")
    return found


def _form(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    into: str,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    findings: Sequence[dict[str, str]],
    status: int = 200,
) -> HttpResponse:
    posted = request.method == "POST"
    values: dict[str, Any] = {
        "matter": page,
        "ways": [(one, said(rulebook().page(one, here.day).title)) for one in ways_on(page.view)],
        "into": into,
        "title": said(rulebook().page(into, here.day).title) if into else "",
        "fields": _fields(page, here, into, typed, errors) if into else (),
        "parties": [
            party | {"taken": not posted or str(party["id"]) in request.POST.getlist("party")}
            for party in party_values(page, None)
            if not party["erased"]
        ],
        "files": [
            {
                "id": one,
                "name": file_link(page.id, one, place)[0],
                "taken": not posted or str(one) in request.POST.getlist("file"),
            }
            for place, one in enumerate(carried_files(page.view), 1)
        ],
        "carried": [text for entry in page.course[:1] for _title, text in entry.body or ()],
        "findings": findings,
        "refused": True,
        "seen": page.seen,
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/onward.html", values, status)


def _fields(
    page: MatterPage, here: Here, into: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> list[Field]:
    target = rulebook().page(into, here.day)
    kind = target.facts[target.opens_with]
    told_here = dict(carried_choices(page.view, into, here.day)) | dict(typed)
    own = form_fields(target, kind, Pools(unit_pool(here)), told_here, errors, day=_("今天"))
    choices = tuple((words, "") for _id, words in unit_pool(here))
    near = {"near": reverse("office:units")}
    return [
        *(replace(one, value=told_here.get(one.name, one.value)) for one in own if one.name not in (TEXT, FILES)),
        Field(
            UNIT,
            _("由哪个单位受理"),
            "search",
            typed.get(UNIT, ""),
            _("不填就由本单位受理"),
            errors.get(UNIT, ""),
            choices=choices,
            extra=near,
        ),
        Field(
            NEW_TEXT,
            text_label(target),
            "long",
            typed.get(NEW_TEXT, ""),
            _("不填就把原来的诉求照样带去；要改写才在这里写。"),
            extra={"rows": "4"},
        ),
        Field(NOTE, _("转办说明"), "long", typed.get(NOTE, ""), _("记在本件里，例如为什么转、当事人是否同意。")),
    ]
