"""The units of the house and their changes: looked at before they are made, recorded, and the open work handed over."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast, get_args
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.desk import NoRight, Refused, reorganising
from fazhi.desk.reorganising import ChangeOfUnit, Foreseen, Plan
from fazhi.ledger import Collision, rulebook
from fazhi.people import deeds, units
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, line_name, unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.acts import told
from fazhi.web.office.fields import unknown_unit
from fazhi.web.office.gate import Here, in_post, show, show_refused

AT_ONCE: Final = 200
"""Matters handed over in one request; the rest with the next."""
POWER: Final = "administer"
MOST: Final = 300
"""Units on one page of the tree."""
CHANGES: Final = {
    "created": gettext_lazy("设立新单位"),
    "renamed": gettext_lazy("更名"),
    "moved": gettext_lazy("改变隶属"),
    "merged": gettext_lazy("并入另一单位"),
    "abolished": gettext_lazy("撤销"),
}
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "created": ("name", "other", "day", "code", "ground"),
    "renamed": ("unit", "name", "day", "code", "ground"),
    "moved": ("unit", "other", "day", "ground"),
    "merged": ("unit", "other", "day", "ground"),
    "abolished": ("unit", "other", "day", "ground"),
}
"""The fields of each change, in the order they are asked."""
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "created": ("name", "day"),
    "renamed": ("unit", "name", "day"),
    "moved": ("unit", "other", "day"),
    "merged": ("unit", "other", "day"),
    "abolished": ("unit", "other", "day"),
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
    wanted = request.GET.get("change", "")
    typed = {name: str(value) for name, value in request.POST.items()} or {
        "change": wanted if wanted in CHANGES else next(iter(CHANGES))
    }
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
        "tree": found.shown,
        "stepped": not (found.words or request.GET.get("sort")),
        **found.values("office:organisation_export"),
        "heads": found.heads_of("name", "code"),
        "waiting": [_waiting(here, view.id, view.entries[0].fields, count) for view, count in reorganising.waiting()],
        "fields": _fields(typed, errors),
        "ways": _ways(typed.get("change", "")),
        "change": typed.get("change", "") if typed.get("change", "") in CHANGES else "",
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
    return listed(request.GET, columns, _tree(here), lambda one: one["id"], size=MOST)


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
        above = line_name(tree.units[line.parent]) if line.parent else ""
        order.append(
            {"id": unit, "name": line_name(line), "code": line.organ_code, "above": above, "steps": range(depth)}
        )
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


def _fields(typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Field]:
    change = typed.get("change", "")
    units_today = {"near": reverse("office:units")}
    other = {
        "created": (_("上级单位"), _("不填就是最上一级")),
        "moved": (_("改到哪个上级单位之下"), ""),
        "merged": (_("并入哪个单位"), ""),
        "abolished": (_("由哪个单位承接"), _("被撤销的单位，在办事项也须有单位承接")),
    }.get(change, (_("上级单位或者承接单位"), ""))
    name = _("新单位的名称") if change == "created" else _("新名称")
    code = _("用在案号里") if change == "created" else _("用在案号里；不填就沿用")
    needed = NEEDED.get(change, ("change", "day"))
    every = {
        "change": Field("change", _("怎样调整"), "select", choices=tuple((one, str(CHANGES[one])) for one in CHANGES)),
        "unit": Field("unit", _("单位"), "search", extra=units_today),
        "name": Field("name", name),
        "other": Field("other", other[0], "search", hint=other[1], extra=units_today),
        "day": Field("day", _("自何日起"), "day", _("今天")),
        "code": Field("code", _("机关代字"), hint=code),
        "ground": Field("ground", _("依据的文件")),
    }
    shown = (*ASKED[change],) if change in ASKED else tuple(every)
    return [
        replace(every[one], value=typed.get(one, every[one].value), error=errors.get(one, ""), required=one in needed)
        for one in shown
    ]


def _ways(change: str) -> list[dict[str, object]]:
    return [{"href": f"?change={one}#change", "label": CHANGES[one], "chosen": one == change} for one in CHANGES]


def _who(plan: Plan) -> list[tuple[str, str]]:
    """The units of a plan by what they are in it."""
    named = [
        (_("单位"), unit_name(plan.unit) if plan.unit else ""),
        (_("新名称"), plan.name if plan.change in ("created", "renamed") else ""),
        (_("上级单位"), unit_name(plan.under) if plan.under else ""),
        (_("承接单位"), unit_name(plan.into) if plan.into else ""),
    ]
    return [(label, name) for label, name in named if name]


def _told(foreseen: Foreseen) -> dict[str, Any]:
    pages = rulebook().procedures
    kinds = [(said(pages[kind][-1].title), count) for kind, count in sorted(foreseen.work.items())]
    return {
        "day": day_words(foreseen.plan.day),
        "change": CHANGES[foreseen.plan.change],
        "who": _who(foreseen.plan),
        "moving": len(foreseen.moving),
        "work": [_("%(kind)s%(count)d件") % {"kind": kind, "count": count} for kind, count in kinds],
        "seats": [
            {"name": seat.name, "held": "、".join(holder.display for holder in seat.holders)}
            for seat in foreseen.seats.posts
        ],
        "ends": foreseen.plan.change == "abolished",
    }
