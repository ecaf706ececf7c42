"""The units of the house and their changes: looked at before they are made, recorded, and the open work handed over."""

import secrets
from collections.abc import Mapping
from typing import Any, Final, cast, get_args
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.desk import NoRight, Refused, reorganising
from fazhi.desk.reorganising import ChangeOfUnit, Foreseen, Plan
from fazhi.ledger import Collision, rulebook
from fazhi.people import deeds, units
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.acts import told
from fazhi.web.office.fields import unknown_unit
from fazhi.web.office.gate import Here, in_post, show, show_refused

AT_ONCE: Final = 200
"""Matters handed over in one request; the rest with the next."""
POWER: Final = "administer"
CHANGES: Final = {
    "created": gettext_lazy("设立新单位"),
    "renamed": gettext_lazy("更名"),
    "moved": gettext_lazy("改变隶属"),
    "merged": gettext_lazy("并入另一单位"),
    "abolished": gettext_lazy("撤销"),
}


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def organisation(request: HttpRequest, here: Here) -> HttpResponse:
    """The tree of today, changes to come, and the form of a change."""
    if POWER not in here.actor.powers:
        text = _("机构调整由系统管理员办理，请改选岗位。")
        return show_refused(request, here, _("不能查看"), text)
    found = _listed(request, here)
    typed = {name: str(value) for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    findings: list[dict[str, str]] = []
    foreseen = None
    if request.method == "POST" and (plan := _plan(here, typed, errors)):
        try:
            if typed.get("step") == "decide":
                with transaction.atomic():
                    done, _after = reorganising.carry_out(here.actor, plan, key=typed["key"])
                    if not done.repeated:
                        deeds.note(here.actor, "organisation", _names(plan), after=_told_in_log(plan))
                messages.success(request, _("机构调整已记录，自%(day)s起。") % {"day": day_words(plan.day)})
                return redirect("office:organisation")
            foreseen = reorganising.foresee(plan)
        except Refused as refused:
            findings = [told(one) for one in refused.findings]
        except NoRight as wrong:
            findings = [{"text": str(wrong)}]
    values = {
        "tree": found.every if found.words else _tree(here),
        **found.values("office:organisation_export"),
        "waiting": [_waiting(here, view.id, view.entries[0].fields, count) for view, count in reorganising.waiting()],
        "fields": _fields(here, typed, errors),
        "foreseen": _told(foreseen) if foreseen else None,
        "findings": findings,
        "refused": True,
        "key": typed.get("key") or secrets.token_hex(16),
    }
    return show(request, here, "office/organisation.html", values, 422 if errors or findings else 200)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The units of today with the one above each."""
    if POWER not in here.actor.powers:
        return show_refused(request, here, _("不能查看"), _("机构调整由系统管理员办理，请改选岗位。"))
    return _listed(request, here).table(_("单位"), form)


def _listed(request: HttpRequest, here: Here) -> Listed[dict[str, Any]]:
    columns = (
        Column[dict[str, Any]]("name", _("单位"), lambda one: one["name"]),
        Column[dict[str, Any]]("above", _("上级单位"), lambda one: one["above"]),
        Column[dict[str, Any]]("code", _("机关代字"), lambda one: one["code"]),
    )
    return listed(request.GET, columns, _tree(here), lambda one: one["id"])


@never_cache
@require_POST
@in_post
def hand_over(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Hand over the open work of one change, so many matters at a time."""
    key = request.POST.get("key") or secrets.token_hex(16)
    try:
        done = reorganising.hand_over(here.actor, identity, key=key, most=AT_ONCE)
    except LookupError:
        raise Http404 from None
    except (Refused, NoRight, Collision) as wrong:
        return show_refused(request, here, _("没有移交"), str(wrong))
    deeds.note(here.actor, "hand_over", str(identity), after=f"移交{done.count}件，未能移交{len(done.left)}件")
    messages.success(request, _("已移交%(count)d件在办事项。") % {"count": done.count})
    if done.left:
        messages.warning(request, _("%(count)d件没有移交：%(why)s") % {"count": len(done.left), "why": done.left[0][1]})
    return redirect("office:organisation")


def _plan(here: Here, typed: Mapping[str, str], errors: dict[str, str]) -> Plan | None:
    change = typed.get("change", "")
    if change not in get_args(ChangeOfUnit):
        errors["change"] = _("请选择怎样调整。")
    try:
        day = read_day(typed.get("day", ""), here.day, calendar())
    except ValueError as wrong:
        errors["day"] = str(wrong)
    chosen = {name: _unit(typed.get(name, ""), here) for name in ("unit", "other")}
    for name, unit in chosen.items():
        if unit is None and typed.get(name, "").strip():
            names = [line.name for line in units.tree_on(here.day).units.values()]
            errors[name] = unknown_unit(typed[name].strip(), names)
    if errors:
        return None
    upward = change in ("created", "moved")
    return Plan(
        cast(ChangeOfUnit, change),
        day,
        None if change == "created" else chosen["unit"],
        typed.get("name", "").strip(),
        code=typed.get("code", "").strip(),
        under=chosen["other"] if upward else None,
        into=None if upward or change == "renamed" else chosen["other"],
        ground=typed.get("ground", "").strip(),
    )


def _names(plan: Plan) -> str:
    """The units of a plan, for the log."""
    return " → ".join(units.name_of(one) for one in (plan.unit, plan.into or plan.under) if one) or plan.name


def _told_in_log(plan: Plan) -> str:
    words = {"created": "设立", "renamed": "更名", "moved": "改变隶属", "merged": "并入", "abolished": "撤销"}
    return "，".join(part for part in (words[plan.change], plan.name, f"自{plan.day}起", plan.ground) if part)


def _unit(name: str, here: Here) -> UUID | None:
    """The unit of this name, or the only one whose name holds these words; the preview shows which it is."""
    lines, wanted = units.tree_on(here.day).units.values(), name.strip()
    holds = [line.id for line in lines if wanted and wanted in line.name]
    whole = next((line.id for line in lines if line.name == wanted or str(line.id) == wanted), None)
    return whole or (holds[0] if len(holds) == 1 else None)


def _tree(here: Here) -> list[dict[str, Any]]:
    tree = units.tree_on(here.day)
    order: list[dict[str, Any]] = []
    open_ends = [(unit, 0) for unit in reversed(tree.children.get(None, ()))]
    while open_ends:
        unit, depth = open_ends.pop()
        line = tree.units[unit]
        above = tree.units[line.parent].name if line.parent else ""
        order.append({"id": unit, "name": line.name, "code": line.organ_code, "above": above, "steps": range(depth)})
        open_ends += [(below, depth + 1) for below in reversed(tree.children.get(unit, ()))]
    return order


def _waiting(here: Here, matter: UUID, said_of: Mapping[str, str], count: int) -> dict[str, Any]:
    title = CHANGES[said_of["change"]]
    return {
        "matter": matter,
        "title": f"{unit_name(UUID(said_of['unit']))} → {unit_name(UUID(said_of['into']))}",
        "change": title,
        "count": count,
        "ripe": said_of["from"] <= here.day.isoformat(),
        "key": secrets.token_hex(16),
    }


def _fields(here: Here, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    pool = tuple((line.name, "") for line in units.tree_on(here.day).units.values())
    changes = tuple((code, str(title)) for code, title in CHANGES.items())
    other_hint = _("设立、改变隶属时写上级单位；并入、撤销时写承接单位")
    asked = (
        ("change", _("怎样调整"), "select", "", True, changes),
        ("day", _("自何日起"), "day", "", True, ()),
        ("unit", _("单位"), "search", _("设立新单位时不填"), False, pool),
        ("other", _("上级单位或者承接单位"), "search", other_hint, False, pool),
        ("name", _("新名称"), "text", _("设立、更名时填写"), False, ()),
        ("code", _("机关代字"), "text", _("用在案号里；不填就沿用"), False, ()),
        ("ground", _("依据的文件"), "text", "", False, ()),
    )
    return [
        Field(name, label, shape, typed.get(name, ""), hint, errors.get(name, ""), required, choices)  # type: ignore[arg-type]
        for name, label, shape, hint, required, choices in asked
    ]


def _told(foreseen: Foreseen) -> dict[str, Any]:
    pages = rulebook().procedures
    kinds = [(said(pages[kind][-1].title), count) for kind, count in sorted(foreseen.work.items())]
    return {
        "day": day_words(foreseen.plan.day),
        "change": CHANGES[foreseen.plan.change],
        "moving": len(foreseen.moving),
        "work": [_("%(kind)s%(count)d件") % {"kind": kind, "count": count} for kind, count in kinds],
        "seats": [
            {"name": seat.name, "held": "、".join(holder.display for holder in seat.holders)}
            for seat in foreseen.seats.posts
        ],
        "ends": foreseen.plan.change == "abolished",
    }
