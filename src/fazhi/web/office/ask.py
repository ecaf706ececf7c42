"""Questions in the office: the same answers, what became of answers when a document changed, and a word about one."""

from __future__ import annotations

import secrets

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
from fazhi.web.faces.lists import taking
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.words import moment_words
from fazhi.web.office.gate import Here, in_post, show, show_refused

LONGEST = 4_000
TITLE = 40


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
    """A question or a word about an answer becomes a matter of this unit, to be worked on like any other."""
    text = request.POST.get("text", "").strip()[:LONGEST]
    if not text:
        return show_refused(request, here, _("没有内容"), _("请先写下要转办的问题或意见。"), 422)
    first = text.splitlines()[0].rpartition("：")[2].strip()[:TITLE] or text[:TITLE]
    try:
        done = desk.receive(
            here.actor,
            "appeal",
            day=here.day,
            fields={"channel": "other"},
            body={"title": _("咨询：%(first)s") % {"first": first}, "text": text},
            key=request.POST.get("key") or secrets.token_hex(16),
            unit=here.actor.unit,
        )
    except Refused as refused:
        return show_refused(request, here, _("没有收下"), str(refused), 422)
    except NoRight as wrong:
        return show_refused(request, here, _("不能登记"), str(wrong))
    return redirect("office:matter", done.matter)


@require_safe
@in_post
def changed(request: HttpRequest, here: Here) -> HttpResponse:
    rows = answers.affected(library.kept("default").heads, here.day)
    exports = taking("office:ask_changed_export") if rows else []
    values = {"rows": asking.changed_values(rows), "count": answers.count(), "exports": exports}
    return show(request, here, "office/ask_changed.html", values)


@require_safe
@in_post
def changed_export(_request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The answers that lean on what has changed, as the page lists them."""
    rows = asking.changed_values(answers.affected(library.kept("default").heads, here.day))
    heads = (_("回答时间"), _("问题（已遮去个人信息）"), _("当时引用"), _("版本"), _("变化"), _("原因"))
    cells = (
        (moment_words(row["at"]), row["question"], row["source"], row["version"], row["change"], row["why"])
        for row in rows
    )
    return as_table(_("受影响的回答"), heads, cells, form)
