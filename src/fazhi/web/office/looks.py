"""Who looked at whom: for the auditor, whose copy is masked, and for posts that supervise, within what they see."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import read_many
from fazhi.people import deeds, masks, parties
from fazhi.reach.ask import visible
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import taking
from fazhi.web.faces.tables import as_table, at_most
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import moment_words
from fazhi.web.office.gate import Here, in_post, show, show_refused

MOST: Final = 5000
ASKED: Final = ("q", "since", "until")


@never_cache
@require_safe
@in_post
def looks(request: HttpRequest, here: Here) -> HttpResponse:
    """The log of looks; a matter's number and link stand only where the reader may see the matter."""
    if not _may(here):
        return _refuse(request, here)
    typed, narrowed, errors = _asked(request, here)
    before = int(request.GET["before"]) if request.GET.get("before", "").isdecimal() else 0
    address, query = reverse("office:looks"), urlencode({name: value for name, value in typed.items() if value})
    rows = [] if errors else _looks(here, deeds.looks_lately(before, **narrowed))
    values = {
        "title": _("谁看过当事人信息"),
        "fields": _fields(typed, errors),
        "narrowed": bool(query),
        "rows": rows,
        "exports": taking("office:looks_export", query=query),
        "after": f"{address}?{query}&before={rows[-1]['number']}" if len(rows) == deeds.PAGE else "",
        "first": f"{address}?{query}" if before else "",
    }
    return show(request, here, "office/looks.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The log of looks as it is narrowed, told as on the page."""
    if not _may(here):
        return _refuse(request, here)
    _typed, narrowed, errors = _asked(request, here)
    rows = [] if errors else _looks(here, deeds.looks_lately(0, MOST + 1, **narrowed))
    heads = (_("编号"), _("时间"), _("谁"), _("事项或操作"), _("用途或对象"))
    cells = ((row["number"], moment_words(row["at"]), row["who"], row["about"], row["what"]) for row in rows)
    return as_table(_("查看日志"), heads, at_most(cells, MOST), form)


def _may(here: Here) -> bool:
    return bool(here.actor.powers & {"audit", "supervise"})


def _refuse(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("查看日志由审计员和监督岗位查看，请改选岗位。")
    return show_refused(request, here, _("不能查看"), text)


def _asked(request: HttpRequest, here: Here) -> tuple[dict[str, str], dict[str, Any], dict[str, str]]:
    """What was typed, what it narrows to, and days that could not be read."""
    typed = {name: request.GET.get(name, "").strip()[:80] for name in ASKED}
    narrowed: dict[str, Any] = {"who": typed["q"]}
    errors: dict[str, str] = {}
    for name in ("since", "until"):
        try:
            narrowed[name] = read_day(typed[name], here.day, calendar()) if typed[name] else None
        except ValueError as wrong:
            errors[name] = str(wrong)
    return typed, narrowed, errors


def _fields(typed: dict[str, str], errors: dict[str, str]) -> list[Field]:
    return [
        Field("q", _("谁"), value=typed["q"], id="n-q"),
        Field("since", _("从哪天起"), "day", typed["since"], error=errors.get("since", ""), id="n-since"),
        Field("until", _("到哪天为止（含当天）"), "day", typed["until"], error=errors.get("until", ""), id="n-until"),
    ]


def _looks(here: Here, found: tuple[deeds.LookLine, ...]) -> list[dict[str, Any]]:
    seen = visible(here.scope, {line.matter for line in found if line.matter})
    views = read_many(seen)
    audits = "audit" in here.actor.powers
    named = parties.told({line.party for line in found if line.party}) if audits else ()
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": f"{line.who} · {line.post}" if line.post else line.who,
            "what": masks.free_text(line.purpose, named) if audits else line.purpose if line.matter in seen else "",
            "about": (views[line.matter].number or "") if line.matter in views else _("不在您查看范围内的事项"),
            "href": reverse("office:matter", args=[line.matter]) if line.matter in views else "",
        }
        for line in found
    ]
