"""Registers in the office: which there are, and one of them on a day, filtered, sorted and paged by key."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.law import Procedure
from fazhi.reach import ask
from fazhi.reach.scope import Filters
from fazhi.registers import look
from fazhi.registers.pages import grouped, page_of
from fazhi.registers.values import Line, Sum
from fazhi.rulebook.columns import column_kinds
from fazhi.search.look import search
from fazhi.web.faces.lists import narrowed, taking, words_asked
from fazhi.web.faces.registers import (
    Asked,
    cells,
    directory_words,
    filter_fields,
    heads,
    number_words,
    read_address,
    source_words,
    state_chips,
    value_words,
)
from fazhi.web.faces.words import in_english, said
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.kept_views import view_values

MOST_FOUND = 60


def found_page(name: str, here: Here) -> Procedure:
    """The page of a register within reach; unknown and out of reach alike are not found."""
    page = page_of(name, here.day)
    if page is None or name not in here.scope.kinds:
        raise Http404
    return page


@never_cache
@require_safe
@in_post
def registers(request: HttpRequest, here: Here) -> HttpResponse:
    counts = look.counts(here.scope, here.day)
    words = words_asked(request.GET)
    groups = [
        (title, [{"href": reverse("office:register", args=[one.name]), "title": one.title, "public": _public(one),
                  "count": counts.get(one.name, 0)} for one in pages])
        for title, pages in narrowed(words, grouped(here.scope.kinds, here.day), directory_words)
    ]  # fmt: skip
    return show(request, here, "office/registers.html", {"groups": groups, "words": words})


def _public(page: Procedure) -> bool:
    return page.register is not None and page.register.public


@never_cache
@require_safe
@in_post
def register(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = found_page(name, here)
    asked = read_address(page, request.GET.dict(), here.day)
    base = reverse("office:register", args=[name])
    try:
        lines, after = lines_asked(here, page, asked)
    except ask.BadCursor as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    names = look.unit_names(page, lines, english=in_english())
    chosen = asked.wanted
    values = {
        "page": page,
        "base": base,
        **source_words(page),
        "public": _public(page),
        "query": asked.query["q"],
        "chips": state_chips(page, asked, base),
        "filters": filter_fields(page, asked, lambda column: look.values(here.scope, page, chosen, column)),
        "filtered": bool(chosen.columns or chosen.year or asked.query["on"]),
        "as_of": asked.day_told,
        "kept": [(key, asked.query[key]) for key in ("state", "order", "down", "q") if asked.query.get(key)],
        "heads": heads(page, asked, base),
        "rows": [_row(page, one, here, names) for one in lines],
        "count": "" if asked.query["q"] else look.count(here.scope, page, chosen),
        "sums": sums_told(page, look.sums(here.scope, page, chosen)),
        "total": page.register.total if page.register else None,
        "after": asked.address(base, after=after) if after else "",
        "first": asked.address(base) if asked.after else "",
        "exports": taking("office:register_export", name, query=asked.address("").lstrip("?")),
        "may_enter": here.scope.may_act_for(here.actor.unit, name),
        **view_values(here, base, asked.address("").lstrip("?")),
    }
    return show(request, here, "office/register.html", values)


def lines_asked(here: Here, page: Procedure, asked: Asked) -> tuple[tuple[Line, ...], str]:
    """The lines of the page asked for; those found by words come newest first."""
    if not asked.query["q"]:
        listed = look.page(here.scope, page, asked.wanted, asked.after)
        return listed.lines, listed.after
    hits = search(
        here.scope, here.actor, asked.query["q"], Filters(kinds=frozenset({page.name})), asked.after, MOST_FOUND
    )
    matters: list[UUID] = [hit.matter for hit in hits.items]
    found = look.lines_of(here.scope, page.name, matters, asked.wanted.day)
    return tuple(found[one] for one in matters if one in found), hits.after


def _row(page: Procedure, line: Line, here: Here, names: dict[str, str]) -> dict[str, Any]:
    return {
        "href": reverse("office:register_line", args=[page.name, line.matter]),
        "cells": cells(page, line, names),
        "unit": names.get(str(line.unit), ""),
        "since": line.since if line.version == 1 else line.entered,
        "stands": line.stands(here.day),
        "ends": line.until if line.leaves else None,
        "faults": [said(column_kinds(page)[one].title) for one in line.faults],
    }


def sums_told(page: Procedure, sums: tuple[Sum, ...]) -> list[dict[str, str]]:
    total = page.register.total if page.register else None
    if total is None:
        return []
    kind = column_kinds(page)[total.by]
    return [
        {
            "value": value_words(kind, one.value, {}) or _("（未填）"),
            "lines": number_words(str(one.lines)),
            "amount": number_words(one.amount),
            "short": number_words(one.short) if one.short else "",
        }
        for one in sums
    ]
