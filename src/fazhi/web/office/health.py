"""How the platform fares, for posts that grant or supervise: background jobs, and what the database guarantees."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi.exchange.look import FileLine, every_unanswered
from fazhi.law import Title
from fazhi.ledger import now
from fazhi.ledger.health import LOST, WATCHED, LastRun, Watched, last_runs, shared_roles
from fazhi.people import deeds
from fazhi.reminders.again import send_again
from fazhi.reminders.forget import BadTerm, kept_days
from fazhi.reminders.sending import standing
from fazhi.web.faces.words import joined, moment_words, said
from fazhi.web.office.gate import Here, in_post, show, show_refused, watches


@never_cache
@require_safe
@in_post
def health(request: HttpRequest, here: Here) -> HttpResponse:
    if not watches(here.actor):
        text = _("运行状况由系统管理员、安全管理员、审计员和监督岗位查看，请改选岗位。")
        return show_refused(request, here, _("不能查看"), text)
    runs, moment = last_runs(), now()
    jobs = [line(one, runs.get(one.name, LastRun(one.name, None, None, "")), moment) for one in WATCHED]
    values = {
        "jobs": jobs,
        "sending": sending_words(),
        "may_send_again": "administer" in here.actor.powers,
        "late": any(one["late"] for one in jobs),
        "unanswered": [unanswered_words(one.partner.title, file) for one, file in every_unanswered()],
        "lost": [said(LOST[alias]) for alias in shared_roles(settings.DATABASES)],
    }
    return show(request, here, "office/health.html", values)


@never_cache
@require_POST
@in_post
def again(request: HttpRequest, here: Here) -> HttpResponse:
    """Queue what failed in the last week once more, in the same words; kept in the log of administrators."""
    if "administer" not in here.actor.powers:
        return show_refused(request, here, _("没有重发"), _("提醒由系统管理员重发，请改选岗位。"))
    with transaction.atomic():
        count = send_again()
        if count:
            deeds.note(here.actor, "send_again", f"{count}条提醒")
    if count:
        messages.success(request, _("%(n)d条没有发出的提醒已按原文重新排队，免打扰时间照旧。") % {"n": count})
    else:
        messages.info(request, _("一周内没有发送失败的提醒。"))
    return redirect("office:health")


def sending_words() -> dict[str, Any]:
    """By which way reminders leave the house, what waits and what failed; never what was said or to whom."""
    now_so, wrong = standing(), ""
    try:
        kept = str(kept_days())
    except BadTerm as bad:
        kept, wrong = "", str(bad)
    ways = {"file": _("短信文件"), "webhook": _("网址"), "": _("没有接通，只在本系统里提醒"), "wrong": _("设置有误")}
    return {
        "way": ways[now_so.way],
        "wrong": now_so.why[0] if now_so.way == "wrong" else wrong,
        "kept": kept,
        "waiting": now_so.waiting,
        "held": now_so.held,
        "failed": now_so.failed,
        "why": joined(list(now_so.why)) if now_so.way != "wrong" else "",
        "last": moment_words(now_so.last_sent) if now_so.last_sent else "",
    }


def unanswered_words(partner: Title, file: FileLine) -> str:
    told = {"partner": said(partner), "n": file.serial, "day": moment_words(file.made_at)}
    return _("%(partner)s：第 %(n)d 份（%(day)s给出）还没有回执。") % told


def line(watched: Watched, run: LastRun, moment: datetime) -> dict[str, Any]:
    """One job; a failure is told until the job has succeeded after it."""
    failed = run.failed_at and (run.succeeded_at is None or run.failed_at > run.succeeded_at)
    return {
        "title": said(watched.title),
        "late": run.is_late(watched, moment),
        "succeeded": moment_words(run.succeeded_at) if run.succeeded_at else _("还没有运行过"),
        "failed": moment_words(run.failed_at) if failed else "",
        "failure": run.failure if failed else "",
    }
