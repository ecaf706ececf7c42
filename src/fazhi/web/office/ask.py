"""Questions in the office: the same answers, what became of answers when a document changed, and a word about one."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi import desk
from fazhi.answers import look as answers
from fazhi.desk import NoRight, Refused
from fazhi.library import look as library
from fazhi.library.index import stamp_at
from fazhi.library.place import index_folder
from fazhi.web.faces import asking
from fazhi.web.faces.intake import receiving_unit, unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.words import moment_words
from fazhi.web.office.gate import Here, in_post, show, show_refused

REVIEW = "answer_review"
LONGEST = 4_000
TITLE = 40
MOST = 1_000
"""Answers that a list of those affected looks through."""
SHOWN = ("at", "question", "source", "change")


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    stale = stamp_at(index_folder()) != str(library.stamp_of("default"))
    asked = asking.read_form(request) if request.method == "POST" else None
    if asked is None or asked.wrong_day:
        values = asking.values_of(asked, None, "default")
        return show(request, here, "office/ask.html", {**values, "stale": stale}, 422 if asked else 200)
    told = asking.ask(asked, "office", "default")
    values = {**asking.values_of(asked, told, "default"), "stale": stale, "key": secrets.token_hex(16)}
    return show(request, here, "office/ask.html", values, 422 if told.refused == "empty" else 200)


@never_cache
@require_POST
@in_post
def handed(request: HttpRequest, here: Here) -> HttpResponse:
    """A question or a word about an answer becomes a matter of the unit that works such, whoever has it."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    if not text:
        return show_refused(request, here, _("没有内容"), _("请先写下要转办的问题或意见。"), 422)
    unit = receiving_unit()
    first = text.splitlines()[0].rpartition("：")[2].strip()[:TITLE] or text[:TITLE]
    try:
        done = desk.receive(
            here.actor,
            REVIEW,
            day=here.day,
            fields={"unit": str(here.actor.unit)},
            body={"title": _("回答核查：%(first)s") % {"first": first}, "text": text},
            key=request.POST.get("key") or secrets.token_hex(16),
            unit=unit,
        )
    except (Refused, NoRight) as refused:
        return show_refused(request, here, _("没有收下"), str(refused), 422)
    if here.scope.may_see(done.matter):
        return redirect("office:matter", done.matter)
    told = _("已转给%(unit)s核查。办结后凭编号 %(number)s 和查询码 %(code)s，可以在“查进度”看到答复。")
    words = {"unit": unit_name(unit), "number": done.query_number, "code": done.code}
    messages.success(request, told % words)
    return redirect("office:ask")


@require_safe
@in_post
def changed(request: HttpRequest, here: Here) -> HttpResponse:
    found = _changed(request, here)
    values = {"rows": found.shown, "count": answers.count(), **found.values("office:ask_changed_export")}
    return show(request, here, "office/ask_changed.html", values | {"heads": found.heads_of(*SHOWN)})


@require_safe
@in_post
def changed_export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The answers that lean on what has changed, as the page lists them."""
    return _changed(request, here).table(_("受影响的回答"), form)


def _changed(request: HttpRequest, here: Here) -> Listed[dict[str, Any]]:
    columns = (
        Column[dict[str, Any]]("at", _("回答时间"), lambda one: one["at"], words=lambda one: moment_words(one["at"])),
        Column[dict[str, Any]]("question", _("问题（已遮去个人信息）"), lambda one: one["question"]),
        Column[dict[str, Any]]("source", _("当时引用"), lambda one: one["source"]),
        Column[dict[str, Any]]("version", _("版本"), lambda one: one["version"]),
        Column[dict[str, Any]]("change", _("变化"), lambda one: one["change"]),
        Column[dict[str, Any]]("why", _("原因"), lambda one: one["why"]),
    )
    rows = asking.changed_values(answers.affected(library.kept("default").heads, here.day, MOST))
    return listed(request.GET, columns, rows, lambda one: f"{one['at'].isoformat()} {one['source']}")
