"""Who looked at whom: for the auditor, whose copy is masked, and for posts that supervise, within what they see."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import read_many
from fazhi.people import deeds, masks, parties
from fazhi.reach.ask import visible
from fazhi.web.faces.tables import as_table, at_most
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import moment_words
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.logs import Log, day_fields, read_log

MOST: Final = 5000


@never_cache
@require_safe
@in_post
def looks(request: HttpRequest, here: Here) -> HttpResponse:
    """The log of looks; a matter's number and link stand only where the reader may see the matter."""
    if not _may(here):
        return _refuse(request, here)
    log = read_log(request, here, "q")
    rows = _looks(here, _found(log, log.before))
    values = {"title": _("谁看过当事人信息"), "fields": _fields(log), "rows": rows, **log.ways("office:looks", rows)}
    return show(request, here, "office/looks.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The log of looks as it is narrowed, told as on the page."""
    if not _may(here):
        return _refuse(request, here)
    rows = _looks(here, _found(read_log(request, here, "q"), 0, MOST + 1))
    heads = (_("编号"), _("时间"), _("谁"), _("事项或操作"), _("用途或对象"))
    cells = ((row["number"], moment_words(row["at"]), row["who"], row["about"], row["what"]) for row in rows)
    return as_table(_("查看日志"), heads, at_most(cells, MOST), form)


def _may(here: Here) -> bool:
    return bool(here.actor.powers & {"audit", "supervise"})


def _refuse(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("查看日志由审计员和监督岗位查看，请改选岗位。")
    return show_refused(request, here, _("不能查看"), text)


def _found(log: Log, before: int, limit: int = deeds.PAGE) -> tuple[deeds.LookLine, ...]:
    """Nothing where a day could not be read."""
    if log.errors:
        return ()
    return deeds.looks_lately(before, limit, who=log.typed["q"], since=log.since, until=log.until)


def _fields(log: Log) -> list[Field]:
    return [Field("q", _("谁"), value=log.typed["q"], id="n-q"), *day_fields(log)]


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
