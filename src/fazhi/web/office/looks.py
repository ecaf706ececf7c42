"""Who looked at whom: for the auditor, whose copy is masked, and for posts that supervise, within what they see."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import read_many
from fazhi.people import deeds, masks, parties
from fazhi.people.actors import Actor
from fazhi.reach.ask import visible
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import moment_words
from fazhi.web.office.exporting import Row, Table, give
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.logs import Log, day_fields, every, read_log


@never_cache
@require_safe
@in_post
def looks(request: HttpRequest, here: Here) -> HttpResponse:
    """The log of looks; a matter's number and link stand only where the reader may see the matter."""
    if not may(here.actor):
        return _refuse(request, here)
    log = read_log(request, here, "q")
    rows = _looks(here, _found(log, log.before))
    values = {
        "title": _("谁看过当事人信息"),
        "fields": _fields(log),
        "rows": rows,
        **log.ways("office:looks", rows, _heads()),
    }
    return show(request, here, "office/looks.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The log of looks as it is narrowed, told as on the page."""
    if not may(here.actor):
        return _refuse(request, here)
    return give(request, here, "looks", table_of(request, here), form)


def table_of(request: HttpRequest, here: Here, _of: str = "") -> Table:
    log = read_log(request, here, "q")
    heads = (_("编号"), _("时间"), _("谁"), _("事项或操作"), _("用途或对象"))
    return Table(_("查看日志"), heads, (_cells(row) for row in _every(here, log)))


def _every(here: Here, log: Log) -> Iterator[dict[str, Any]]:
    lines = every(partial(_found, log))
    while some := tuple(islice(lines, deeds.PAGE)):
        yield from _looks(here, some)


def _cells(row: dict[str, Any]) -> Row:
    return row["matter"], (row["number"], moment_words(row["at"]), row["who"], row["about"], row["what"])


def _heads() -> dict[str, str]:
    return {"at": _("时间"), "who": _("谁"), "about": _("事项或操作"), "what": _("用途或对象")}


def may(actor: Actor) -> bool:
    return bool(actor.powers & {"audit", "supervise"})


def _refuse(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("查看日志由审计员和监督岗位查看，请改选岗位。")
    return show_refused(request, here, _("不能查看"), text)


def _found(log: Log, before: int, limit: int = deeds.PAGE) -> tuple[deeds.LookLine, ...]:
    """Nothing where a day could not be read."""
    if log.errors:
        return ()
    return deeds.looks_lately(before, limit, who=log.typed["q"], since=log.since, until=log.until, oldest=log.oldest)


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
            "matter": line.matter if line.matter in views else None,
            "at": line.at,
            "who": f"{line.who} · {line.post}" if line.post else line.who,
            "what": masks.free_text(line.purpose, named) if audits else line.purpose if line.matter in seen else "",
            "about": (views[line.matter].number or "") if line.matter in views else _("不在您查看范围内的事项"),
            "href": reverse("office:matter", args=[line.matter]) if line.matter in views else "",
        }
        for line in found
    ]
