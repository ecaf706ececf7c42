"""Public registers: which there are, one of them on a day, and a line with its history."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.law import Procedure
from fazhi.registers import look
from fazhi.registers.near import point_of
from fazhi.registers.pages import grouped, public_names, public_page_of
from fazhi.registers.values import Line
from fazhi.web.faces.lists import narrowed, words_asked
from fazhi.web.faces.registers import (
    cells,
    changes,
    directory_words,
    filter_fields,
    heading,
    heads,
    pairs,
    read_address,
    source_words,
    state_chips,
)
from fazhi.web.faces.words import in_english, today
from fazhi.web.portal.points import visit
from fazhi.web.portal.shell import show, show_refused

FORMS: Final = ("xlsx", "csv", "json")


def found_page(name: str) -> Procedure:
    page = public_page_of(name, today())
    if page is None:
        raise Http404
    return page


@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    words, counts = words_asked(request.GET), look.public_counts(today())
    filled = grouped([name for name in public_names() if counts.get(name)], today())
    groups = [
        (title, [{"href": reverse("portal:register", args=[one.name]), "title": one.title, "count": counts[one.name]}
                 for one in pages])
        for title, pages in narrowed(words, filled, directory_words)
    ]  # fmt: skip
    return show(request, "portal/registers.html", {"groups": groups, "words": words})


@require_safe
def register(request: HttpRequest, name: str) -> HttpResponse:
    page = found_page(name)
    asked = read_address(page, request.GET.dict(), today())
    base = reverse("portal:register", args=[name])
    wanted = look.with_words(asked.wanted, asked.query["q"])
    try:
        listed = look.public_page(page, wanted, asked.after)
    except ValueError as wrong:
        return show_refused(request, _("没有这一页"), str(wrong), 404)
    names = look.unit_names(page, listed.lines, english=in_english())
    values = {
        "page": page,
        "base": base,
        **source_words(page),
        "query": asked.query["q"],
        "chips": state_chips(page, asked, base),
        "filters": filter_fields(page, asked, lambda column: look.public_values(page, wanted, column)),
        "filtered": bool(wanted.columns or wanted.year or asked.query["on"]),
        "as_of": asked.day_told,
        "kept": [(key, asked.query[key]) for key in ("state", "order", "down", "q") if asked.query.get(key)],
        "heads": heads(page, asked, base),
        "rows": [_row(page, one, names) for one in listed.lines],
        "count": look.public_count(page, wanted),
        "after": asked.address(base, after=listed.after) if listed.after else "",
        "first": asked.address(base) if asked.after else "",
        "exports": [
            (form.upper(), asked.address(reverse("portal:open_register", args=[name, form]))) for form in FORMS
        ],
    }
    return show(request, "portal/register.html", values)


def _row(page: Procedure, line: Line, names: dict[str, str]) -> dict[str, Any]:
    return {
        "href": reverse("portal:register_line", args=[page.name, line.address]),
        "cells": cells(page, line, names),
        "unit": names.get(str(line.unit), ""),
        "since": line.entered,
        "stands": line.stands(today()),
        "ends": line.until if line.leaves else None,
        "faults": [],
    }


@require_safe
def line(request: HttpRequest, name: str, address: str) -> HttpResponse:
    page = found_page(name)
    versions = look.public_versions(name, address)
    begun = [one for one in versions if one.since <= today()]
    if not begun:
        raise Http404
    now = begun[-1]
    names = look.unit_names(page, versions, english=in_english())
    values = {
        "page": page,
        "base": reverse("portal:register", args=[name]),
        **source_words(page),
        "heading": heading(page, now, names),
        "said": pairs(page, now.data, names),
        "unit": names.get(str(now.unit), ""),
        "line": now,
        "stands": now.stands(today()),
        "ends": now.until if now.leaves else None,
        "history": changes(page, begun, names),
        "visit": visit(place) if (place := point_of(page, now)) and now.stands(today()) else None,
    }
    return show(request, "portal/register_line.html", values)
