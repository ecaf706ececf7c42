"""Alerts on figures set and ended: the forms, what becomes of them, and how they are told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi.dashboard import alerts
from fazhi.dashboard.alerts import Line
from fazhi.desk import NoRight
from fazhi.desk.watching import TASK
from fazhi.ledger import rulebook
from fazhi.people import posts, units
from fazhi.rulebook import Indicator
from fazhi.web.faces.figures import counted_in
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, month_words, said
from fazhi.web.office.again import lacking, show_again
from fazhi.web.office.gate import Here, in_post, show, show_refused

SHOWN: Final = 30


@never_cache
@require_safe
@in_post
def every_alert(request: HttpRequest, here: Here) -> HttpResponse:
    """All alerts on units that one may see, with why each was raised."""
    found = _listed(request, here)
    values = {
        "alerts": found.shown,
        "may_take": bool(here.actor.powers & alerts.POWERS),
        **found.values("office:figure_alerts_export"),
    }
    return show(request, here, "office/figure_alerts.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The alerts of the page, a row for each time one was raised, and one for an alert never raised."""
    heads = (_("指标"), _("单位"), _("什么情况下预警"), _("由谁整改"), _("几天内完成"), _("触发的日期"), _("为什么"))
    rows = []
    for line in _listed(request, here).every:
        about = (line["title"], line["unit"], line["rule"], line["owner"], line["days"])
        rows += [(*about, one["day"], one["why"]) for one in line["raised"] or ({"day": None, "why": ""},)]
    return as_table(_("指标预警"), heads, rows, form)


def _listed(request: HttpRequest, here: Here) -> Listed[dict[str, Any]]:
    def last(one: dict[str, Any]) -> date | None:
        return max((raised["day"] for raised in one["raised"]), default=None)

    columns = (
        Column[dict[str, Any]]("title", _("指标"), lambda one: one["title"]),
        Column[dict[str, Any]]("unit", _("单位"), lambda one: one["unit"]),
        Column[dict[str, Any]]("rule", _("什么情况下预警"), lambda one: one["rule"]),
        Column[dict[str, Any]]("owner", _("由谁整改"), lambda one: one["owner"]),
        Column[dict[str, Any]]("last", _("最近触发"), last),
    )
    rows = alert_rows(alerts.alerts_for(here.actor, here.scope))
    return listed(request.GET, columns, rows, lambda one: one["id"], size=SHOWN)


@never_cache
@require_POST
@in_post
def set_alert(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = rulebook().indicators.get(name)
    if page is None:
        raise Http404
    typed = {key: str(value).strip() for key, value in request.POST.items()}
    named = typed.get("unit", "") or units.name_of(here.actor.unit)
    unit = next((one.id for one in units.names(here.scope.units).values() if one.name == named), UUID(int=0))
    try:
        bound, days = Decimal(typed.get("bound", "").removesuffix("%")), int(typed.get("days", "") or 0)
        owner = typed.get("owner", "")
        alerts.set_alert(here.actor, here.scope, page, unit, typed.get("rule", ""), bound, owner, days)
    except NoRight as wrong:
        return show_refused(request, here, _("没有设置预警"), str(wrong))
    except (InvalidOperation, ValueError) as wrong:
        told = str(wrong) if isinstance(wrong, alerts.BadAlert) else _("界限和完成期限请填数字。")
        fields = [replace(one, value=typed.get(one.name, one.value)) for one in alert_fields(here, page)]
        errors = lacking(fields, typed) or {"bound": told}
        fields = [replace(one, error=errors.get(one.name, "")) for one in fields]
        back = reverse("office:figure", args=[name])
        return show_again(request, here, _("没有设置预警"), fields, _("设置预警"), back)
    messages.success(request, _("预警已设置，每小时核对一次；触发后登记为督办任务。"))
    return redirect("office:figure", name)


@never_cache
@require_POST
@in_post
def end_alert(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    if not alerts.end_alert(here.actor, identity):
        raise Http404
    messages.success(request, _("预警已停用，已经登记的督办任务照常办理。"))
    return redirect("office:figure_alerts")


@never_cache
@require_POST
@in_post
def take_alert(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    if not alerts.take_over(here.actor, here.scope, identity):
        raise Http404
    messages.success(request, _("预警已由您的岗位接管，照常核对。"))
    return redirect("office:figure_alerts")


def alert_fields(here: Here, page: Indicator) -> list[Field]:
    pool = tuple((line.name, "") for line in units.names(here.scope.units).values())
    rules = tuple((rule, str(title)) for rule, title in rule_titles().items())
    unit = counted_in(page.unit)
    return [
        Field(
            "unit",
            _("单位"),
            "search",
            units.name_of(here.actor.unit),
            _("连同下属单位"),
            "",
            True,
            pool,
            id="alert-unit",
        ),
        Field("rule", _("什么情况下预警"), "select", "", "", "", True, rules),
        Field(
            "bound", _("界限"), "number", "", _("本年累计的数值（%(unit)s），或者连续的月数") % {"unit": unit}, "", True
        ),
        Field("owner", _("由谁整改"), "text", "", "", "", True, id="alert-owner"),
        Field("days", _("几天内完成"), "number", "30", "", "", True),
    ]


def rule_titles() -> dict[str, str]:
    return {
        "above": _("本年累计高于界限"),
        "below": _("本年累计低于界限"),
        "rising": _("连续几个月上升"),
        "falling": _("连续几个月下降"),
    }


def alert_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    book, found = rulebook().indicators, []
    for line in lines:
        page = book.get(line.indicator)
        if page is not None:
            row = {"id": line.id, "title": said(page.title), "href": reverse("office:figure", args=[page.name])}
            row |= {
                "unit": unit_name(line.unit),
                "rule": rule_words(line, page),
                "owner": line.owner,
                "days": line.days,
            }
            row |= {"own": line.own, "resting": line.keeper is None, "passed": _keeper_name(line)}
            found.append({**row, "raised": [raised_row(line, page, one) for one in line.raised]})
    return found


def _keeper_name(line: Line) -> str:
    """The title of the post that carries on, where it is another than the one that set the alert."""
    return posts.titles([line.keeper])[line.keeper][0] if line.keeper and line.passed else ""


def raised_rows(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """What was raised by alerts in force, the last first."""
    book = rulebook().indicators
    rows = [
        (one.pk, raised_row(line, book[line.indicator], one))
        for line in lines
        if line.indicator in book
        for one in line.raised
    ]
    return [row for _at, row in sorted(rows, key=lambda one: one[0], reverse=True)]


def raised_row(line: Line, page: Indicator, raised: Any) -> dict[str, Any]:
    """Why an alert was raised, with the way to the task."""
    told = _("、").join(_told(when, f"{value}{counted_in(page.unit)}") for when, value in raised.values["values"])
    return {
        "title": said(page.title),
        "unit": unit_name(line.unit),
        "day": raised.day,
        "why": f"{rule_words(line, page)} · {told}",
        "href": reverse("office:register_line", args=[TASK, raised.matter]),
        "figure": reverse("office:figure", args=[page.name]),
        "position": f"{raised.values['position']:,}",
    }


def _told(stretch: str, value: str) -> str:
    """A value with its day or month, which alerts keep as a number."""
    month = len(stretch) == len("2026-11")
    first = date.fromisoformat(f"{stretch}-01" if month else stretch)
    return _("%(when)s为%(value)s") % {"when": month_words(first) if month else day_words(first), "value": value}


def rule_words(line: Line, page: Indicator) -> str:
    bound = f"{line.bound.normalize():f}"
    told = {"bound": f"{bound}{counted_in(page.unit)}", "n": bound}
    return {
        "above": _("本年累计高于%(bound)s") % told,
        "below": _("本年累计低于%(bound)s") % told,
        "rising": _("连续%(n)s个月上升") % told,
        "falling": _("连续%(n)s个月下降") % told,
    }[line.rule]
