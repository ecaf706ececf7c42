"""One line of a register: as it stands, with its history; entering a line, and changing what it says."""

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
from django.views.decorators.http import require_http_methods, require_safe

from fazhi import archive, desk, ledger
from fazhi.desk import NoRight, Refused
from fazhi.law import FactKind, Procedure
from fazhi.ledger import Collision
from fazhi.people import unsent
from fazhi.registers import look
from fazhi.registers.values import Line
from fazhi.web.faces.intake import calendar, keep_files
from fazhi.web.faces.registers import changes, heading, pairs, source_words
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import in_english, said
from fazhi.web.office.acts import say_done, seen_in, told
from fazhi.web.office.fields import DAY, FILES, Filled, Pools, form_fields, place_findings, read_form
from fazhi.web.office.gate import Here, in_post, may_act, show, show_refused
from fazhi.web.office.matter import find_page
from fazhi.web.office.offers import unit_pool
from fazhi.web.office.registers import found_page
from fazhi.web.office.unsent import draft_values, resumed

CHANGES = ("changed", "renewed", "moved")
"""Facts by which a line says something anew."""


@never_cache
@require_safe
@in_post
def line(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    page, versions = found_line(here, name, identity)
    now = next((one for one in reversed(versions) if one.since <= here.day), versions[-1])
    view = find_page(here, identity).view
    names = look.unit_names(page, versions, english=in_english())
    acting = may_act(here, view)
    private = private_pairs(page, view, names) if acting else []
    values = {
        "page": page,
        "base": reverse("office:register", args=[name]),
        "line": now,
        **source_words(page),
        "heading": heading(page, now, names),
        "unit": names.get(str(now.unit), ""),
        "stands": now.stands(here.day),
        "ends": now.until if now.leaves else None,
        "said": pairs(page, now.data, names),
        "private": private,
        "history": changes(page, versions, names),
        "matter": reverse("office:matter", args=[identity]),
        "change": changing(page) if acting and now.stands(here.day) else None,
        "acting": acting,
        "public": bool(page.register and page.register.public),
    }
    return show(request, here, "office/register_line.html", values)


def found_line(here: Here, name: str, identity: UUID) -> tuple[Procedure, tuple[Line, ...]]:
    page = found_page(name, here)
    versions = look.line(here.scope, name, identity)
    if not versions:
        raise Http404
    return page, versions


def private_pairs(page: Procedure, view: ledger.MatterView, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What only those who work on the line may read: it stands in the encrypted bodies and nowhere else."""
    private = page.register.private if page.register else ()
    values: dict[str, str] = {}
    for fact in view.horizon.facts:
        if fact.entry and not fact.deemed:
            spoken = {**fact.fields, **(view.body(fact.entry) or {})}
            values |= {one: spoken[one] for one in private if spoken.get(one)}
    return pairs(page, values, names)


def changing(page: Procedure) -> FactKind | None:
    """The fact by which a line of this register is changed, if it has one."""
    return next((page.facts[one] for one in CHANGES if one in page.facts and page.facts[one].fields), None)


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def enter(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = found_page(name, here)
    if not here.scope.may_act_for(here.actor.unit, name):
        return show_refused(request, here, _("不能登记"), _("您的岗位没有为本单位登记这一名录的权限。"))
    ways = entering(page)
    kind = next((one for one in ways if one.name == request.GET.get("kind")), ways[0])
    typed = {key: str(value) for key, value in request.POST.items()}
    if request.method == "GET":
        return _form(request, here, page, kind, resumed(request, here, f"register/{name}/{kind.name}"), {}, ())
    filled = read_form(page, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
    if filled.errors:
        return _form(request, here, page, kind, typed, filled.errors, ())
    try:
        done = desk.receive(
            here.actor, name, kind=kind.name, unit=here.actor.unit, key=typed.get("key") or secrets.token_hex(16),
            files=keep_files(request.FILES.getlist(FILES), here.actor), **_when(filled),
        )  # fmt: skip
    except Refused as refused:
        errors = place_findings(refused.findings, kind)
        return _form(request, here, page, kind, typed, errors, [told(one) for one in refused.findings])
    except archive.BadFile as bad:
        return _form(request, here, page, kind, typed, {FILES: str(bad)}, ())
    except NoRight as wrong:
        return show_refused(request, here, _("不能登记"), str(wrong))
    unsent.drop(here.actor.account, f"register/{name}/{kind.name}")
    messages.success(request, _("已登记。"))
    if look.line(here.scope, name, done.matter):
        return redirect("office:register_line", name, done.matter)
    return redirect("office:matter", done.matter)


def entering(page: Procedure) -> list[FactKind]:
    """The facts by which a line may begin: that by which it enters, and its plan where it has one."""
    enters = page.register.enters if page.register else ()
    return [page.facts[one] for one in dict.fromkeys((*enters, page.opens_with))]


def _when(filled: Filled) -> dict[str, Any]:
    day = None if filled.moment else filled.day
    return {"day": day, "moment": filled.moment, "fields": filled.fields, "body": filled.body}


def _form(
    request: HttpRequest,
    here: Here,
    page: Procedure,
    kind: FactKind,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    findings: Sequence[dict[str, str]],
    *,
    line: Mapping[str, Any] | None = None,
) -> HttpResponse:
    address = reverse("office:register_new", args=[page.name])
    chips = [Chip(said(one.title), f"{address}?kind={one.name}", chosen=one == kind) for one in entering(page)]
    values = {
        "page": page,
        "kind": kind,
        "chips": chips if len(chips) > 1 and line is None else [],
        "base": reverse("office:register", args=[page.name]),
        "fields": [_low(one) for one in form_fields(page, kind, Pools(unit_pool(here)), typed, errors, day=_("今天"))],
        "findings": findings or [{"text": text} for text in dict.fromkeys(errors.values())],
        "refused": True,
        "key": typed.get("key") or secrets.token_hex(16),
        **(line or {}),
        **({} if line else draft_values(request, here, f"register/{page.name}/{kind.name}", kind=kind.name)),
    }
    return show(request, here, "office/register_form.html", values, 422 if errors or findings else 200)


def _low(field: Field) -> Field:
    """What a column says is seldom long."""
    return replace(field, extra={**field.extra, "rows": "1"}) if field.shape == "long" else field


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def change(request: HttpRequest, here: Here, name: str, identity: UUID) -> HttpResponse:
    page, versions = found_line(here, name, identity)
    kind = changing(page)
    view = find_page(here, identity).view
    if kind is None or not may_act(here, view):
        raise Http404
    back = {"line": reverse("office:register_line", args=[name, identity]), "seen": view.head}
    if request.method == "GET":
        return _form(request, here, page, kind, _as_typed(kind, versions[-1], here), {}, (), line=back)
    typed = {key: str(value) for key, value in request.POST.items()}
    filled = read_form(page, kind, typed, Pools(unit_pool(here)), today=here.day, calendar=calendar())
    if filled.errors:
        return _form(request, here, page, kind, typed, filled.errors, (), line=back)
    try:
        done = desk.record(
            here.actor, identity, kind.name, seen=seen_in(request), key=typed.get("key", ""),
            files=keep_files(request.FILES.getlist(FILES), here.actor), **_when(filled),
        )  # fmt: skip
    except Refused as refused:
        errors = place_findings(refused.findings, kind)
        return _form(request, here, page, kind, typed, errors, [told(one) for one in refused.findings], line=back)
    except (Collision, NoRight, archive.BadFile) as wrong:
        return _form(request, here, page, kind, typed, {}, [{"text": str(wrong)}], line=back)
    say_done(request, kind, done, filled.day)
    return redirect("office:register_line", name, identity)


def _as_typed(kind: FactKind, now: Line, here: Here) -> dict[str, str]:
    """The form of a change, filled with what the line says now."""
    pool = dict(unit_pool(here))
    said_now = {name: now.data.get(name, "") for name in kind.fields}
    units = {one.name: pool.get(said_now[one.name], "") for one in kind.fields.values() if one.kind == "unit"}
    return {**said_now, **units, DAY: _("今天")}
