"""Open data: everything public as files for programs, said on one page with the terms of use."""

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.gazette import look as gazette
from fazhi.law import Procedure
from fazhi.registers import look
from fazhi.registers.pages import public_names, public_page_of
from fazhi.registers.values import Line, Wanted
from fazhi.rulebook.columns import column_kinds
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.lists import holds, words_asked
from fazhi.web.faces.registers import read_address, value_words
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.words import in_english, said, today
from fazhi.web.portal.gazette import list_words
from fazhi.web.portal.shell import show

MOST: Final = 50_000
"""Lines of one file."""


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Which files there are."""
    counts, words = look.public_counts(today()), words_asked(request.GET)
    pages = [
        (name, found)
        for name in public_names()
        if counts.get(name)
        and (found := public_page_of(name, today()))
        and holds(words, (found.title.zh, found.title.en, found.source or ""))
    ]
    registers = [
        {
            "title": said(found.title),
            "href": reverse("portal:register", args=[name]),
            "count": counts[name],
            "files": [(form.upper(), reverse("portal:open_register", args=[name, form])) for form in ("csv", "json")],
        }
        for name, found in pages
    ]
    by_year = {name: years for name, years in gazette.lists_by_year().items() if holds(words, (list_words(name),))}
    values = {
        "registers": registers,
        "words": words,
        "gazette": [
            *((form.upper(), reverse("portal:gazette_table", args=[form])) for form in FILES),
            *((label, reverse("portal:feed", args=[form])) for form, label in FEEDS.items()),
        ],
        "lists": [_files(name, years) for name, years in by_year.items()],
        "services": [
            ("Open311 GeoReport v2", reverse("open311:discovery", args=["json"])),
            ("OpenAPI", reverse("api:openapi-json")),
        ],
    }
    return show(request, "portal/open_data.html", values)


FILES: Final = ("csv", "xlsx", "json")
FEEDS: Final = {"json": "JSON Feed", "rss": "RSS", "atom": "Atom"}


def _files(name: str, years: dict[int, int]) -> dict[str, Any]:
    """One list of the gazette whole and by year, each as a file of every form."""
    asked: list[tuple[str, int, dict[str, str]]] = [(_("各年"), sum(years.values()), {"list": name})]
    asked += [(_("%(year)s年") % {"year": one}, n, {"list": name, "year": str(one)}) for one, n in years.items()]
    return {
        "title": list_words(name),
        "href": f"{reverse('portal:gazette')}?{urlencode({'list': name})}",
        "spans": [
            {"label": label, "count": n, "files": [(form.upper(), _file(form, query)) for form in FILES]}
            for label, n, query in asked
        ],
    }


def _file(form: str, query: dict[str, str]) -> str:
    return f"{reverse('portal:gazette_table', args=[form])}?{urlencode(query)}"


@require_safe
def register(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The lines of a public register that stand today, or as its list is narrowed, with every public column."""
    found = public_page_of(name, today())
    if found is None or form not in ("csv", "xlsx", "json"):
        raise Http404
    asked = read_address(found, request.GET.dict(), today())
    lines = tuple(_lines(found, look.with_words(asked.wanted, asked.query["q"])))
    names = look.unit_names(found, lines, english=in_english())
    if form == "json":
        told = [_as_json(request, found, line) for line in lines]
        text = json.dumps({"register": name, "on": asked.wanted.day.isoformat(), "lines": told}, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json; charset=utf-8")
    kinds = column_kinds(found)
    heads = (*(said(kind.title) for kind in kinds.values()), _("单位"), _("列入日期"))
    rows = (
        (*(value_words(kind, line.data.get(column, ""), names) for column, kind in kinds.items()),
         names.get(str(line.unit), ""), line.entered)
        for line in lines
    )  # fmt: skip
    return as_table(said(found.title), heads, rows, form)


def _lines(found: Procedure, wanted: Wanted) -> Iterator[Line]:
    after, left = "", MOST
    while left > 0:
        listed = look.public_page(found, wanted, after, limit=look.MOST)
        yield from listed.lines
        after, left = listed.after, left - len(listed.lines)
        if not after:
            return


def _as_json(request: HttpRequest, found: Procedure, line: Line) -> dict[str, Any]:
    """A line with the values as recorded: days as ISO, choices by their code."""
    address = reverse("portal:register_line", args=[found.name, line.address])
    return {
        "address": request.build_absolute_uri(address),
        "unit": unit_name(line.unit),
        "since": line.since.isoformat(),
        "until": line.until.isoformat() if line.until else None,
        "data": {name: value for name, value in line.data.items() if name in column_kinds(found)},
    }
