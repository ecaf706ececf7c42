"""My operations: long work that I asked for, how far each is, what came of it, and the way to its file."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi.ledger import now
from fazhi.ledger.health import WATCHED, LastRun, last_runs
from fazhi.operations import keep
from fazhi.operations.fetch import fetch
from fazhi.operations.values import Absent, CannotDo, Operation
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import TYPES, as_kept
from fazhi.web.office.exporting import EXPORT
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.leaving import leave
from fazhi.web.office.performers import EXPORTS

SECONDS: Final = 2
WITHOUT_SCRIPT: Final = 5
QUARTER: Final = 25
"""Per cent between two sentences to those who listen."""


@never_cache
@require_safe
@in_post
def operations(request: HttpRequest, here: Here) -> HttpResponse:
    found = _listed(request, here)
    values = {
        "rows": [_row(one) for one in found.shown],
        "days": keep.DAYS,
        **found.values("office:operations_export"),
    }
    return show(request, here, "office/operations.html", values)


@never_cache
@require_safe
@in_post
def list_export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """What one asked for, as the page lists it."""
    return _listed(request, here).table(_("后台任务"), form)


def _listed(request: HttpRequest, here: Here) -> Listed[Operation]:
    columns = (
        Column[Operation]("title", _("任务"), lambda one: one.title),
        Column[Operation]("state", _("状态"), state_words),
        Column[Operation]("share", _("进度"), share_words),
        Column[Operation]("asked", _("提出时间"), lambda one: _moment(one.asked)),
        Column[Operation]("ended", _("办完时间"), lambda one: _moment(one.ended)),
    )
    return listed(request.GET, columns, keep.mine(here.actor.account), lambda one: one.id)


def _moment(at: Any) -> str:
    """Sorts as it reads."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


@never_cache
@require_POST
@in_post
def ask(request: HttpRequest, here: Here) -> HttpResponse:
    """Have a list that is too long for a page taken along in the background."""
    name, form = request.POST.get("export", ""), request.POST.get("form", "")
    if name not in EXPORTS or form not in TYPES or not EXPORTS[name].may(here.actor):
        raise Http404
    given = {"query": request.POST.get("query", ""), "of": request.POST.get("of", ""), "form": form}
    table = EXPORTS[name].table_of(request, here, given["of"])
    title = _("导出%(list)s（%(form)s）") % {"list": table.name, "form": form.upper()}
    return leave(request, here, f"{EXPORT}{name}", title, given)


@never_cache
@require_safe
@in_post
def operation(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """One work; asked again by its own page, only what may have changed comes back."""
    one = _find(here, identity)
    keep.mark_seen(one)
    part = "HX-Request" in request.headers
    said = request.GET.get("said", "") if part else ""
    quarter = str((one.share or 0) // QUARTER) if one.state == "running" else one.state
    values = {
        **_row(one),
        "asked": one.asked,
        "ended": one.ended,
        "expires": one.expires if one.file else None,
        "outcome": outcome_words(one),
        "counted": is_counted(one),
        "further": one.rows,
        "there": one.href,
        "share_value": one.share,
        "left": left_words(one),
        "ahead": keep.ahead(one) if one.state == "waiting" else 0,
        "asleep": one.is_open and asleep(),
        "poll": f"{reverse('office:operation', args=[identity])}?said={quarter}",
        "said": f"{state_words(one)} {share_words(one)}" if part and said != quarter else "",
        "part": part,
        "seconds": SECONDS,
        "refresh": WITHOUT_SCRIPT,
    }
    return show(request, here, "office/operation_state.html" if part else "office/operation.html", values)


@never_cache
@require_POST
@in_post
def cancel(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    one = _find(here, identity)
    keep.cancel(one)
    if one.is_open:
        messages.success(request, _("已要求取消。"))
    return redirect("office:operation", identity)


@never_cache
@require_safe
@in_post
def file(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """What it made, always as a download from a sandbox, under the rights that its asker has now."""
    try:
        stored = fetch(_find(here, identity))
    except Absent:
        raise Http404 from None
    except CannotDo as wrong:
        return show_refused(request, here, _("不能下载"), str(wrong))
    return as_kept(stored)


def _find(here: Here, identity: UUID) -> Operation:
    try:
        return keep.find(here.actor.account, identity)
    except Absent:
        raise Http404 from None


def _row(one: Operation) -> dict[str, Any]:
    return {
        "identity": one.id,
        "href": reverse("office:operation", args=[one.id]),
        "title": one.title,
        "tongue": "en" if one.language.startswith("en") else "zh-Hans",
        "state": state_words(one),
        "look": {"done": "tag-closed", "failed": "tag-status", "running": "tag-open"}.get(one.state, ""),
        "share": share_words(one),
        "asked": _moment(one.asked),
        "ended": _moment(one.ended),
        "open": one.is_open,
        "file": reverse("office:operation_file", args=[one.id]) if one.file else "",
    }


def state_words(one: Operation) -> str:
    if one.is_open and one.stopping:
        return _("正在取消")
    return {
        "waiting": _("等待办理"),
        "running": _("正在办理"),
        "done": _("已办好"),
        "failed": _("没有办成"),
        "cancelled": _("已取消"),
    }[one.state]


def share_words(one: Operation) -> str:
    """How far it is, while it runs."""
    if one.state != "running":
        return ""
    if one.total:
        return _("已完成 %(done)s / %(total)s") % {"done": f"{one.done:,}", "total": f"{one.total:,}"}
    return _("已完成 %(done)s") % {"done": f"{one.done:,}"} if one.done else _("刚开始")


def is_counted(one: Operation) -> bool:
    """Whether what came of it is a number of rows, to be told in the reader's language."""
    return one.state == "done" and one.kind.startswith(EXPORT)


def outcome_words(one: Operation) -> str:
    """What came of it; a file past its term is told."""
    if is_counted(one):
        if not one.file:
            return _("共%(n)s行。文件只保留%(days)d天，已经到期删除；需要的话请重新导出。") % {
                "n": one.words,
                "days": keep.DAYS,
            }
        return _("共%(n)s行。") % {"n": one.words}
    return one.words


def left_words(one: Operation) -> str:
    """How long it may take yet, reckoned from what is done; nothing while nobody can know."""
    if one.state != "running" or not one.total or not one.done or one.began is None:
        return ""
    seconds = (now() - one.began).total_seconds() * max(0, one.total - one.done) / one.done
    if seconds < 60:
        return _("还要不到一分钟")
    minutes = round(seconds / 60)
    return ngettext("大约还要%(n)d分钟", "大约还要%(n)d分钟", minutes) % {"n": minutes}


def asleep() -> bool:
    """Whether nobody does what was left to be done: the jobs process seals every second while it runs."""
    watched = next(one for one in WATCHED if one.name == "seal")
    return last_runs().get("seal", LastRun("seal", None, None, "")).is_late(watched, now())
