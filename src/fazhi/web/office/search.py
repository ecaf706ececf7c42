"""Finding matters: by number, name, word or part of a word, and the plain list of all within reach."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import rulebook
from fazhi.reach import ask
from fazhi.reach.scope import Filters
from fazhi.search import look
from fazhi.search.values import Hit
from fazhi.web.faces.clocks import open_due
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.values import Chip
from fazhi.web.faces.words import in_english, said
from fazhi.web.office.gate import Here, in_post, show, show_refused


@never_cache
@require_safe
@in_post
def search(request: HttpRequest, here: Here) -> HttpResponse:
    query, kind, state, after = (request.GET.get(name, "") for name in ("q", "kind", "state", "after"))
    kinds = frozenset({kind}) if kind in here.scope.kinds else None
    filters = Filters(kinds=kinds, open={"open": True, "closed": False}.get(state))
    try:
        page = look.search(here.scope, here.actor, query, filters, after)
    except ask.BadCursor as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    chosen = {"q": query.strip(), "kind": kind, "state": state}
    values = {
        "query": query.strip(),
        "rows": [row(hit, here) for hit in page.items],
        "count": _("共 %(n)s 件") % {"n": ask.count(here.scope, filters)} if not query.strip() else "",
        "chips": [*state_chips(chosen), *kind_chips(here, chosen)],
        "after": address(chosen, after=page.after) if page.after else "",
        "first": address(chosen) if after else "",
    }
    return show(request, here, "office/search.html", values)


def address(chosen: dict[str, str], **change: str) -> str:
    query = urlencode({name: value for name, value in {**chosen, **change}.items() if value})
    return reverse("office:search") + (f"?{query}" if query else "")


def state_chips(chosen: dict[str, str]) -> list[Chip]:
    words = (("", _("全部")), ("open", _("办理中")), ("closed", _("已办结")))
    return [Chip(label, address(chosen, state=value), chosen=chosen["state"] == value) for value, label in words]


def kind_chips(here: Here, chosen: dict[str, str]) -> list[Chip]:
    """One chip for each kind of business; the chosen one leads back to all."""
    pages = rulebook().procedures
    kinds = sorted(one for one in here.scope.kinds if one in pages and pages[one][-1].opens_with)
    return [
        Chip(
            said(pages[one][-1].title),
            address(chosen, kind="" if chosen["kind"] == one else one),
            chosen=chosen["kind"] == one,
        )
        for one in kinds
    ]


def row(hit: Hit, here: Here) -> dict[str, Any]:
    return {
        "href": reverse("office:matter", args=[hit.matter]),
        "number": hit.number or _("（未编号）"),
        "title": hit.title,
        "subject": hit.subject,
        "snippet": hit.snippet,
        "unit": hit.unit_name_en if in_english() else hit.unit_name,
        "day": hit.day,
        "due": open_due(hit.due, here.day, calendar(), working=False) if hit.due else None,
        "closed": hit.closed,
    }
