"""The wall (挂图作战): four numbers, terms by unit and month, what lapses next; refreshes itself, prints on a sheet."""

from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.ledger import now
from fazhi.web.faces.words import MONTHS, in_english, said
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.todo import due_of_task
from fazhi.worklist.board import Board, Cell, Row, board
from fazhi.worklist.tasks import desk
from fazhi.worklist.values import Task

MOST_ROWS: Final = 14
ONE_DAY: Final = timedelta(days=1)
SECONDS: Final = 60


@never_cache
@require_safe
@in_post
def wall(request: HttpRequest, here: Here) -> HttpResponse:
    found, counts = board(here.scope, here.day), desk(here.scope, here.day, limit=1).counts
    this = found.sums[found.this] if found.rows else Cell()
    only = "wall" in here.actor.powers
    tiles = [
        {"title": _("逾期"), "value": counts["overdue"], "look": "overdue", "href": bucket("overdue")},
        {"title": _("今日到期"), "value": counts["today"], "look": "soon", "href": bucket("today")},
        {"title": _("三个工作日内"), "value": counts["soon"], "look": "", "href": bucket("soon")},
        {"title": _("本月到期的已办完"), "value": f"{this.done + this.late:,}", "of": this.total, "look": "met"},
    ]
    values = {
        "only": only,
        "now": now(),
        "today": here.day,
        "tiles": [one | {"href": ""} for one in tiles] if only else tiles,
        "months": columns(found),
        "past": outside(found)[0] + found.this,
        "rows": [row(one, found, linked=not only) for one in found.rows[:MOST_ROWS]] + rest(found),
        "nearest": [nearest(task) for task in found.nearest],
        "seconds": SECONDS,
    }
    return show(request, here, "wall/wall.html", values)


def bucket(name: str) -> str:
    return f"{reverse('office:desk')}?bucket={name}"


def month_words(first: date) -> str:
    if in_english():
        return f"{MONTHS[first.month - 1]} {first.year}"
    return f"{first.year}年{first.month}月"


def outside(found: Board) -> tuple[bool, bool]:
    """Whether anything open is due before the months shown, and after them."""
    return any(one.earlier.total for one in found.rows), any(one.later.total for one in found.rows)


def columns(found: Board) -> list[dict[str, Any]]:
    """The months, and a column for what is open outside them only where there is such."""
    before, after = outside(found)
    months = [{"name": month_words(one), "this": place == found.this} for place, one in enumerate(found.months)]
    return [{"name": _("更早")}] * before + months + [{"name": _("更晚")}] * after


def row(one: Row, found: Board, *, linked: bool) -> dict[str, Any]:
    before, after = outside(found)
    cells = [one.earlier] * before + list(one.cells) + [one.later] * after
    spans = [(date.min, found.first - ONE_DAY)] * before + found.spans + [(found.last + ONE_DAY, date.max)] * after
    own = {"unit": one.name, "own": "yes"}
    told = [
        cell(it, f"{bucket('overdue')}&{urlencode(own | {'from': first, 'to': last})}" if linked else "")
        for it, (first, last) in zip(cells, spans, strict=True)
    ]
    return {"name": one.name_en if in_english() else one.name, "cells": told}


def rest(found: Board) -> list[dict[str, Any]]:
    """Units beyond those that fit, in one line, so that nothing is left out of the numbers."""
    others = found.rows[MOST_ROWS:]
    if not others:
        return []
    cells = tuple(sum((one.cells[place] for one in others), Cell()) for place in range(len(found.months)))
    earlier, later = (sum((getattr(one, side) for one in others), Cell()) for side in ("earlier", "later"))
    name = ngettext("其他 %(n)d 个单位", "其他 %(n)d 个单位", len(others)) % {"n": len(others)}
    return [row(Row(others[0].unit, name, name, cells, earlier, later), found, linked=False)]


def cell(one: Cell, href: str) -> dict[str, Any]:
    """Parts in the order they are drawn, with their words for those who cannot tell the colours; `href` leads to what
    is overdue of them."""
    parts = (
        ("overdue", one.overdue, _("逾期")),
        ("running", one.running, _("在办")),
        ("late", one.late, _("逾期办完")),
        ("met", one.done, _("按期办完")),
    )
    return {"total": one.total, "parts": [part for part in parts if part[1]], "href": href}


def nearest(task: Task) -> dict[str, Any]:
    return {
        "href": reverse("office:matter", args=[task.matter]),
        "number": task.number or said(task.title),
        "what": task.what,
        "unit": task.unit_name_en if in_english() else task.unit_name,
        "due": due_of_task(task),
    }
