"""The library at the portal: documents, their versions, their articles; every article has an address of its own."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.web.faces import shelves
from fazhi.web.faces.words import today
from fazhi.web.portal.shell import show, show_refused

LONGEST = 80


def read_on(request: HttpRequest) -> date:
    """The day of the address; today where it says none. ValueError where it is no day."""
    told = request.GET.get("on", "").strip()
    return date.fromisoformat(told) if told else today()


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("kind", "q", "after")}
    values = shelves.list_values(asked["kind"], asked["q"], asked["after"], today(), reverse("portal:library"))
    return show(request, "portal/library.html", values)


@require_safe
def document(request: HttpRequest, name: str) -> HttpResponse:
    heads = shelves.versions_of(name)
    if not heads:
        raise Http404
    try:
        day = read_on(request)
    except ValueError:
        return _no_day(request)
    return show(request, "portal/document.html", shelves.document_values(heads, shelves.chosen(heads, day), day))


@require_safe
def article(request: HttpRequest, name: str, key: str) -> HttpResponse:
    heads = shelves.versions_of(name)
    if not heads:
        raise Http404
    try:
        day = read_on(request)
    except ValueError:
        return _no_day(request)
    values = shelves.article_values(heads, shelves.chosen(heads, day), shelves.read_key(key), day)
    if values is None:
        raise Http404
    return show(request, "portal/article.html", values, 200 if values["piece"] else 404)


def _no_day(request: HttpRequest) -> HttpResponse:
    return show_refused(request, _("没有这一天"), _("地址里的日期应写成 2025-03-01 的样子。"), 404)
