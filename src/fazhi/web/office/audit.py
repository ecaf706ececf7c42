"""The audit log: what administrators did, before and after, searched, taken along, and verified link by link."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.people import deeds
from fazhi.people.actors import Actor
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import moment_words
from fazhi.web.office.exporting import Table, give
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.logs import Log, day_fields, every, read_log
from fazhi.web.office.overlays import place_title


def deed_words(verb: str) -> str:
    return {
        "open_account": _("新建账号"),
        "password": _("设密码"),
        "own_password": _("本人改密码"),
        "clear_second": _("取消第二步验证"),
        "second_step_on": _("本人开启第二步验证"),
        "second_step_off": _("本人关闭第二步验证"),
        "switch": _("停用或启用账号"),
        "hold": _("提出任职"),
        "appoint": _("任职"),
        "confirm": _("确认任职"),
        "turn_down": _("不同意任职"),
        "leave": _("离任"),
        "create_post": _("新设岗位"),
        "end_post": _("撤销岗位"),
        "move_post": _("移动岗位"),
        "powers": _("赋予职权"),
        "give": _("授予范围"),
        "end_grant": _("收回授权"),
        "deputise": _("请人代理"),
        "recall": _("收回代理"),
        "organisation": _("机构调整"),
        "hand_over": _("移交在办事项"),
        "reminders": _("全区的提醒设置"),
        "send_again": _("重发没有发出的提醒"),
        "rule_propose": _("提出本地规则"),
        "rule_adopt": _("审定本地规则"),
        "rule_decline": _("不采用本地规则"),
        "rule_repeal": _("停止适用本地规则"),
    }.get(verb, verb)


@never_cache
@require_safe
@in_post
def audit(request: HttpRequest, here: Here) -> HttpResponse:
    if not may(here.actor):
        return _refuse(request, here)
    log = read_log(request, here, "q", "verb")
    rows = [_row(line) for line in _found(log, log.before)]
    values = {"fields": _fields(log), "rows": rows, "chain": deeds.verify(), **log.ways("office:audit", rows, _heads())}
    return show(request, here, "office/audit.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The log as it is narrowed, each act with its link, so that the copy can be held against the log later."""
    if not may(here.actor):
        return _refuse(request, here)
    return give(request, here, "audit", table_of(request, here), form)


def table_of(request: HttpRequest, here: Here, _of: str = "") -> Table:
    log = read_log(request, here, "q", "verb")
    heads = (_("编号"), _("时间"), _("谁"), _("岗位"), _("操作"), _("对象"), _("操作前"), _("操作后"), _("校验值"))
    return Table(_("审计日志"), heads, ((None, _cells(one)) for one in every(partial(_found, log))))


def _heads() -> dict[str, str]:
    told = {"at": _("时间"), "who": _("谁"), "verb": _("操作"), "about": _("对象")}
    return {**told, "before": _("操作前"), "after": _("操作后")}


def may(actor: Actor) -> bool:
    return "audit" in actor.powers


def _cells(one: deeds.DeedLine) -> tuple[object, ...]:
    done = (one.number, moment_words(one.at), _who(one), one.post, deed_words(one.verb))
    return (*done, one.about, one.before, one.after, one.digest)


def _refuse(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("审计日志只由审计员查看：管理员的操作由另一人监督。")
    return show_refused(request, here, _("不能查看"), text)


def _found(log: Log, before: int, limit: int = deeds.PAGE) -> tuple[deeds.DeedLine, ...]:
    """Nothing where a day could not be read."""
    if log.errors:
        return ()
    typed = log.typed
    return deeds.lately(
        before, limit, text=typed["q"], verb=typed["verb"], since=log.since, until=log.until, oldest=log.oldest
    )


def _fields(log: Log) -> list[Field]:
    verbs = (("", _("全部")), *((verb, deed_words(verb)) for verb in deeds.verbs()))
    named = Field("q", _("人、对象或内容"), value=log.typed["q"], id="n-q")
    return [named, Field("verb", _("操作"), "select", log.typed["verb"], choices=verbs, id="n-verb"), *day_fields(log)]


def _row(line: deeds.DeedLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "at": line.at,
        "who": _who(line),
        "post": line.post,
        "verb": deed_words(line.verb),
        "about": place_title(line.about) if line.about.endswith(".toml") else line.about,
        "before": line.before,
        "after": line.after,
    }


def _who(line: deeds.DeedLine) -> str:
    return line.who or _("服务器上的命令")
