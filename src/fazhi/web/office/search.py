"""Finding matters: by number, name, word or part of a word, narrowed, in order, and taken along as a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.law import Title
from fazhi.reach import ask
from fazhi.search import look
from fazhi.search.values import Hit
from fazhi.web.faces.clocks import open_due
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Head, taking, turning
from fazhi.web.faces.words import closed_words, in_english, said
from fazhi.web.office.exporting import MOST_LONG, Table, give
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.kept_views import view_values
from fazhi.web.office.narrowing import Narrowing, narrowing_fields, read_narrowing
from fazhi.worklist.ends import counted_in_working_days
from fazhi.worklist.left import left_after


@never_cache
@require_safe
@in_post
def search(request: HttpRequest, here: Here) -> HttpResponse:
    narrowing, after = read_narrowing(request, here), request.GET.get("after", "")
    query = narrowing.typed["q"]
    try:
        page = look.search(here.scope, here.actor, query, narrowing.filters, after, order=narrowing.order)
    except ask.BadCursor as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    narrowed = any(value for name, value in narrowing.typed.items() if name not in ("q", "sort"))
    values = {
        "query": query,
        "searched": query,
        "rows": rows_of(page.items, here),
        "count": _("共 %(n)s 件") % {"n": ask.count(here.scope, narrowing.filters)} if not query else "",
        "fields": narrowing_fields(narrowing, here, reverse("office:units")),
        "heads": _heads(narrowing),
        "narrowed": narrowed,
        "after": f"?{narrowing.query(after=page.after)}" if page.after else "",
        "first": f"?{narrowing.query()}" if after else "",
        **view_values(here, reverse("office:search"), narrowing.query()),
        "exports": taking("office:export", query=narrowing.query()),
    }
    return show(request, here, "office/search.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The list as it is narrowed, by the same question and with the same masks as on the page."""
    return give(request, here, "matters", table_of(request, here), form)


def table_of(request: HttpRequest, here: Here, _of: str = "") -> Table:
    heads = (_("文号"), _("类别"), _("事项"), _("承办单位"), _("收到"), _("期限"), _("状态"))
    narrowing = read_narrowing(request, here)

    def total() -> int | None:
        return None if narrowing.typed["q"] else ask.count(here.scope, narrowing.filters, MOST_LONG).number

    rows = ((hit.matter, cells(hit, left.get(hit.matter))) for hit, left in _every(here, narrowing))
    return Table(_("事项"), heads, rows, total)


def _heads(narrowing: Narrowing) -> tuple[Head, ...]:
    """What is found by words comes newest first; else it can be asked for by the day it is due."""
    titles = {"number": _("文号"), "what": _("事项"), "unit": _("承办单位"), "day": _("收到"), "due": _("期限")}
    ways = {} if narrowing.typed["q"] else {"day": (("", "descending"),), "due": (("due", "ascending"),)}
    return turning(titles, ways, narrowing.typed, "due" if narrowing.order == "due" else "")


def _every(here: Here, narrowing: Narrowing) -> Iterator[tuple[Hit, Mapping[UUID, Title]]]:
    """All of them, each with what is left to do of those that are read with it."""
    query, after = narrowing.typed["q"], ""
    while True:
        page = look.search(
            here.scope, here.actor, query, narrowing.filters, after, limit=ask.MOST, order=narrowing.order
        )
        left = _left(page.items, here)
        yield from ((hit, left) for hit in page.items)
        if not (after := page.after):
            return


def _left(hits: Iterable[Hit], here: Here) -> dict[UUID, Title]:
    return left_after([hit.matter for hit in hits if hit.closed], here.day)


def cells(hit: Hit, left: Title | None) -> tuple[object, ...]:
    state = closed_words(left) if hit.closed else _("办理中")
    unit = hit.unit_name_en if in_english() else hit.unit_name
    return hit.number, said(hit.title), hit.subject, unit, hit.day, hit.due, state


def rows_of(hits: Sequence[Hit], here: Here) -> list[dict[str, Any]]:
    left = _left(hits, here)
    working = counted_in_working_days({hit.matter: hit.due for hit in hits if hit.due})
    return [row(hit, here, left.get(hit.matter), working=hit.matter in working) for hit in hits]


def row(hit: Hit, here: Here, left: Title | None, *, working: bool) -> dict[str, Any]:
    return {
        "id": hit.matter,
        "href": reverse("office:matter", args=[hit.matter]),
        "number": hit.number or _("（未编号）"),
        "title": hit.title,
        "subject": hit.subject,
        "snippet": hit.snippet,
        "person": hit.person,
        "unit": hit.unit_name_en if in_english() else hit.unit_name,
        "day": hit.day,
        "due": open_due(hit.due, here.day, calendar(), working=working) if hit.due else None,
        "closed": hit.closed and left is None,
        "state": closed_words(left) if hit.closed else _("办理中"),
    }
