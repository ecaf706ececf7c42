"""Closed years: the figures of a unit frozen, shown beside what they would be now, and what was carried to the next."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.closing import close, compare, kept
from fazhi.closing.compare import Again
from fazhi.closing.frozen import Frozen, FrozenFigure
from fazhi.desk import NoRight, Refused
from fazhi.ledger import Collision, MatterView, read, read_many, rulebook
from fazhi.operations.perform import Progress
from fazhi.operations.values import CannotDo, Outcome
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.figures import amount_words, counted_in
from fazhi.web.faces.intake import calendar, unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import said
from fazhi.web.office.acts import told
from fazhi.web.office.again import show_again
from fazhi.web.office.figures import number, unit_asked
from fazhi.web.office.gate import Here, here_of, in_post, show, show_refused
from fazhi.web.office.leaving import leave

SHOWN = 50
CLOSE = "close_year"


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def years(request: HttpRequest, here: Here) -> HttpResponse:
    """The years closed in units that one may see, and the form that closes one."""
    typed = {name: str(value).strip() for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    findings: list[dict[str, str]] = []
    if request.method == "POST" and (asked := _asked(here, typed, errors)):
        try:
            return _leave(request, here, *asked)
        except Refused as refused:
            findings = [told(one) for one in refused.findings]
        except NoRight as wrong:
            findings = [{"text": str(wrong)}]
    found = _listed(request, here)
    values = {
        "rows": [_row(view) for view in found.shown],
        **found.values("office:years_export"),
        "fields": _fields(here, typed, errors) if close.POWER in here.actor.powers else (),
        "findings": findings,
        "refused": True,
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/years.html", values, 422 if errors or findings else 200)


def _leave(request: HttpRequest, here: Here, unit: UUID, year: int, cutoff: date | None) -> HttpResponse:
    """All figures and the rows behind them are read, which takes minutes where a district has many records."""
    last = close.check(here.actor, unit, year, key="", cutoff=cutoff)
    title = _("%(unit)s%(year)d年年结") % {"unit": unit_name(unit), "year": year}
    return leave(request, here, CLOSE, title, {"unit": str(unit), "year": str(year), "cutoff": last.isoformat()})


def perform_closing(actor: Actor, given: Mapping[str, str], progress: Progress) -> Outcome:
    """A year closed; cut off and taken up again, it is closed once."""
    unit, year, cutoff = UUID(given["unit"]), int(given["year"]), date.fromisoformat(given["cutoff"])
    if unit not in here_of(actor).scope.units:
        raise CannotDo(_("这个单位现在不在您的查看范围内，没有年结。"))
    try:
        key = f"operation/{progress.operation.id}"
        done = close.close_year(actor, unit, year, key=key, cutoff=cutoff, told=progress.told)
    except (Refused, NoRight) as wrong:
        raise CannotDo(str(wrong)) from None
    words = _("%(year)d年已年结，数字已经定格。") % {"year": year}
    return Outcome(words, href=reverse("office:year", args=[done.matter]))


@never_cache
@require_safe
@in_post
def list_export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The closed years as the page lists them."""
    return _listed(request, here).table(_("年结"), form)


def _listed(request: HttpRequest, here: Here) -> Listed[MatterView]:
    views = [view for view in close.closings(here.scope.units) if here.scope.may_see(view.id)]
    columns = (
        Column[MatterView]("year", _("年度"), lambda one: one.entries[0].fields["year"]),
        Column[MatterView]("unit", _("单位"), lambda one: unit_name(one.unit)),
        Column[MatterView]("cutoff", _("统计截止日"), lambda one: date.fromisoformat(one.entries[0].fields["cutoff"])),
        Column[MatterView]("open", _("结转未办结"), lambda one: int(one.entries[0].fields["open"]), number=True),
        Column[MatterView](
            "position", _("计到第几条记录"), lambda one: int(one.entries[0].fields["position"]), number=True
        ),
        Column[MatterView]("state", _("状态"), lambda one: _("已作废") if one.horizon.closed else _("有效")),
    )
    return listed(request.GET, columns, views, lambda one: one.id)


@never_cache
@require_safe
@in_post
def year(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """One closed year: every figure then and now, the balance, and for one figure the matters that changed."""
    view = _view(here, identity)
    try:
        frozen = close.frozen_of(view)
    except ValueError as wrong:
        return show_refused(request, here, _("打不开这次年结"), str(wrong), 409)
    every = request.GET.get("show") == "all"
    read_again = kept.again(frozen, view.entries[0].fields["digest"])
    chosen = next((one for one in read_again if one.was.name == request.GET.get("figure")), None)
    base = reverse("office:year", args=[identity])
    found = _figures(request, [_figure(one, base, every) for one in read_again if every or one.changed])
    values = {
        **found.values("office:year_export", identity),
        "heads": found.heads_of("title", "was", "now", "rows", "digest"),
        "unit": unit_name(frozen.unit),
        "year": frozen.year,
        "cutoff": frozen.cutoff,
        "position": f"{frozen.position:,}",
        "units": len(frozen.units),
        "voided": view.horizon.closed,
        "digest": view.entries[0].fields.get("digest", "").rpartition(":")[2][:16],
        "moved": sum(one.changed for one in read_again),
        "lost": [said(one.page.title) for one in read_again if not one.same],
        "rows": found.shown,
        "chips": [
            Chip(_("年结后有变化的"), base, chosen=not every),
            Chip(_("全部指标"), f"{base}?show=all", chosen=every),
        ],
        "chosen": _changes(here, frozen, chosen) if chosen else None,
        "balance": _balance(frozen),
        "balance_names": balance_names(),
        "matter": identity,
        "may_void": close.POWER in here.actor.powers and view.horizon.closed is None,
        "head": view.head,
        "key": secrets.token_hex(16),
        "field": Field("reason", _("作废的理由"), "text", "", "", "", True),
    }
    return show(request, here, "office/year.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, identity: UUID, form: str) -> HttpResponse:
    """Every figure of a closed year, then and now, with the digest of its set."""
    view = _view(here, identity)
    frozen = close.frozen_of(view)
    heads = [_("指标"), _("单位"), _("年结时"), _("现在会是"), _("计入行数"), _("集合摘要"), _("口径摘要")]
    body = [
        [
            said(one.page.title), counted_in(one.page.unit), number(one.was.value), number(one.now.value),
            one.was.rows[0].rows, one.was.rows[0].digest, one.was.page_digest,
        ]
        for one in kept.again(frozen, view.entries[0].fields["digest"])
    ]  # fmt: skip
    return as_table(_("年结%(year)d") % {"year": frozen.year}, heads, body, form)


@never_cache
@require_POST
@in_post
def void(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    _view(here, identity)
    reason, seen = request.POST.get("reason", "").strip(), request.POST.get("seen", "")
    if not reason:
        field = Field("reason", _("作废的理由"), error=_("请填写这一项。"), required=True)
        back = reverse("office:year", args=[identity])
        return show_again(request, here, _("没有作废"), [field], _("作废这次年结"), back)
    try:
        key = request.POST.get("key") or secrets.token_hex(16)
        close.void(here.actor, identity, reason, seen=int(seen) if seen.isdecimal() else 0, key=key)
    except (Refused, NoRight, Collision) as wrong:
        return show_refused(request, here, _("没有作废"), str(wrong))
    messages.success(request, _("这次年结已作废，可以重新年结。"))
    return redirect("office:years")


def _view(here: Here, identity: UUID) -> MatterView:
    if not here.scope.may_see(identity):
        raise Http404
    view = read(identity)
    if view.procedure != close.PROCEDURE:
        raise Http404
    return view


def _asked(here: Here, typed: dict[str, str], errors: dict[str, str]) -> tuple[UUID, int, date | None] | None:
    unit = unit_asked(typed.get("unit", ""), here)
    if unit is None:
        errors["unit"] = _("请写您有权查看的单位的全称。")
    year = typed.get("year", "")
    if not (year.isdecimal() and len(year) == 4 and 1990 <= int(year) <= here.day.year):
        errors["year"] = _("请写四位年度，如 %(year)d。") % {"year": here.day.year - 1}
    cutoff = None
    if typed.get("cutoff"):
        try:
            cutoff = read_day(typed["cutoff"], here.day, calendar())
        except ValueError as wrong:
            errors["cutoff"] = str(wrong)
    return None if errors or unit is None else (unit, int(year), cutoff)


def _fields(here: Here, typed: dict[str, str], errors: dict[str, str]) -> list[Field]:
    pool = tuple((line.name, "") for line in units.names(here.scope.units).values())
    unit, last = typed.get("unit", units.name_of(here.actor.unit)), str(here.day.year - 1)
    late = _("不填是年末；须已经过去")
    return [
        Field("unit", _("单位"), "search", unit, _("连同下属和已并入的单位"), errors.get("unit", ""), True, pool),
        Field("year", _("年度"), "number", typed.get("year", last), "", errors.get("year", ""), True),
        Field(
            "cutoff",
            _("统计截止日"),
            "day",
            typed.get("cutoff", ""),
            late,
            errors.get("cutoff", ""),
            extra={"past": "yes"},
        ),
    ]


def _row(view: MatterView) -> dict[str, Any]:
    fields = view.entries[0].fields
    return {
        "href": reverse("office:year", args=[view.id]),
        "year": fields["year"],
        "unit": unit_name(view.unit),
        "cutoff": date.fromisoformat(fields["cutoff"]),
        "open": fields["open"],
        "position": f"{int(fields['position']):,}",
        "voided": view.horizon.closed is not None,
        "day": view.entries[0].day,
    }


def _figures(request: HttpRequest, rows: list[dict[str, Any]]) -> Listed[dict[str, Any]]:
    columns = (
        Column[dict[str, Any]]("title", _("指标"), lambda one: one["title"]),
        Column[dict[str, Any]]("was", _("年结时"), lambda one: one["value"], number=True, words=lambda one: one["was"]),
        Column[dict[str, Any]]("now", _("现在会是"), lambda one: one["later"], number=True),
        Column[dict[str, Any]]("rows", _("计入行数"), lambda one: one["rows"], number=True),
        Column[dict[str, Any]]("digest", _("集合摘要"), lambda one: one["digest"]),
    )
    return listed(request.GET, columns, rows, lambda one: one["title"])


def _figure(one: Again, base: str, every: bool) -> dict[str, Any]:
    more = "&show=all" if every else ""
    return {
        "title": said(one.page.title),
        "value": None if one.was.value is None else float(one.was.value),
        "later": None if one.now.value is None else float(one.now.value),
        "was": _words(one.was, one.page.unit),
        "now": _words(one.now, one.page.unit),
        "changed": one.changed,
        "same": one.same,
        "rows": one.was.rows[0].rows,
        "digest": one.was.rows[0].digest.rpartition(":")[2][:12],
        "href": f"{base}?figure={one.was.name}{more}" if one.changed else "",
    }


def _words(one: FrozenFigure, unit: str) -> str:
    """The value with its unit, and its halves where it has two: a rate may stay while both of them move."""
    value = _("无数据") if one.value is None else f"{one.value:,f}{counted_in(unit)}"
    if one.denominator is None:
        return value
    return f"{value} ({amount_words(one.numerator)}/{amount_words(one.denominator)})"


def _changes(here: Here, frozen: Frozen, one: Again) -> dict[str, Any]:
    """The matters by which a figure changed, those that one may see."""
    found = compare.changes(frozen, one.was.name)
    by_matter: dict[UUID, set[str]] = {}
    for shift in found:
        by_matter.setdefault(shift.matter, set()).add(shift.how)
    seen = [matter for matter in by_matter if here.scope.may_see(matter)]
    views = read_many(seen[:SHOWN])
    words = {
        frozenset({"came"}): _("年结时没有计入，现在会计入"),
        frozenset({"gone"}): _("年结时计入，现在不会计入"),
        frozenset({"came", "gone"}): _("计入的内容变了"),
    }
    rows = [
        {
            "href": reverse("office:matter", args=[matter]),
            "number": views[matter].number or said(views[matter].page.title),
            "unit": unit_name(views[matter].unit),
            "how": words[frozenset(by_matter[matter])],
        }
        for matter in seen[:SHOWN]
        if matter in views
    ]
    halves = ((_("分子"), "numerator"), (_("分母"), "denominator"))
    told_halves = [
        (name, amount_words(getattr(one.was, half)), amount_words(getattr(one.now, half)))
        for name, half in halves
        if one.was.denominator is not None
    ]
    hidden = len(by_matter) - len(seen)
    return {"title": said(one.page.title), "rows": rows, "hidden": hidden, "halves": told_halves}


def _balance(frozen: Frozen) -> list[dict[str, Any]]:
    """By kind of business; where the year before was closed, what it carried in and what became of that."""
    before = close.standing(frozen.unit, frozen.year - 1)
    titles = rulebook().procedures
    carried = {one.procedure: one for one in compare.carry(close.frozen_of(before), frozen.stretch)} if before else {}
    found = []
    for one in frozen.balances:
        had = carried.get(one.procedure)
        title = said(titles[one.procedure][-1].title) if one.procedure in titles else one.procedure
        carried_in = (str(had.carried), f"+{len(had.came)} −{len(had.gone)}") if had else ("—", "—")
        sums = (one.opening, one.received, one.concluded, one.closing)
        found.append({"title": title, "cells": list(zip(balance_names(), (*carried_in, *sums), strict=True))})
    return found


def balance_names() -> tuple[str, ...]:
    carried = (_("上年结转"), _("补录、更正和划转"))
    return (*carried, _("期初"), _("收到"), _("办结"), _("结转下年"))
