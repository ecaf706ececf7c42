"""The library at the portal: documents, their versions, their articles; every article has an address of its own."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.web.faces import shelves
from fazhi.web.faces.lists import taking
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.words import today
from fazhi.web.portal.shell import show, show_refused

LONGEST = 80


def read_on(request: HttpRequest) -> date:
    """The day of the address; today where it says none. ValueError where it is no day."""
    told = request.GET.get("on", "").strip()
    return date.fromisoformat(told) if told else today()


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    values = shelves.list_values(asked["kind"], asked["q"], asked["after"], today(), reverse("portal:library"))
    kept = urlencode({name: asked[name] for name in ("kind", "q") if asked[name]})
    return show(request, "portal/library.html", {**values, "exports": taking("portal:library_table", query=kept)})


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """Every document that the page lists, a row each, with its latest version."""
    asked = _asked(request)
    heads = (_("名称"), _("种类"), _("版本"), _("效力"), _("网址"))
    rows = (
        (one["title"], one["kind"], one["version"], one["standing"], request.build_absolute_uri(one["href"]))
        for one in shelves.every_title(asked["kind"], asked["q"], today())
    )
    return as_table(_("文库"), heads, rows, form)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("kind", "q", "after")}


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
