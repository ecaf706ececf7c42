"""The board of hot events and of warnings: what, where, since when, growing or not, and the matters within rights."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.hotspots import board
from fazhi.hotspots.follow import spoken
from fazhi.hotspots.rank import FORMULA, quoted_from
from fazhi.hotspots.voices import HotEvent, Voice
from fazhi.hotspots.warning import BUDGET, WINDOW
from fazhi.ledger import read_many
from fazhi.people import masks, parties, units
from fazhi.people.units import Tree
from fazhi.reach.subjects import acting
from fazhi.web.faces.bars import bars
from fazhi.web.faces.intake import line_name, unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.words import day_words, joined
from fazhi.web.office.alike import matter_lines
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.warned import ladder_values, what_words
from fazhi.web.office.warning_task import may_set, task_fields

SHOWN: Final = 30
EXPORTED: Final = 500
LATELY: Final = timedelta(days=60)
STANDING: Final = timedelta(days=14)
"""How long a warning stands: as long as its key is not warned of anew."""
TOLD: Final = 40
"""Matters of an event that are read to tell it."""


@never_cache
@require_safe
@in_post
def events(request: HttpRequest, here: Here) -> HttpResponse:
    """What grows first, or the hottest: all that may be seen, or that of one unit and those below it."""
    tree = units.tree_on(here.day)
    found = board.events(here.scope)
    unit, inside = _narrowed(request, tree, found)
    shown = _listed(request, here, inside)
    kept = board.kept("events")
    every = board.warnings(here.scope, here.day - LATELY)
    warned = _listed_warnings(request, every).every
    standing = sorted((one for one in warned if one.day > here.day - STANDING), key=lambda one: -one.level)
    earlier = _listed_warnings(request, [one for one in warned if one not in standing])
    values = {
        "events": [_line(one, here) for one in shown.shown],
        "tree": _tree(tree, found, unit),
        "unit": line_name(tree.units[unit]) if unit else "",
        "within": _within_words(shown.query),
        "no_order": f"?{_without_order(shown.query)}",
        "by_rise": not request.GET.get("sort"),
        "standing": [_warning_line(one) for one in standing[:SHOWN]],
        "warnings": [_warning_line(one) for one in earlier.shown],
        "any_warnings": bool(every),
        "warning_list": earlier.values("office:hot_warnings_export"),
        "as_of": kept[1] if kept else None,
        "formula": FORMULA,
        **shown.values("office:hotspots_export"),
        "heads": shown.heads_of("rank", "count", "first", "last"),
    }
    return show(request, here, "office/hotspots.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Every event that may be seen, of the unit that the board is narrowed to."""
    heads = (_("名次"), _("事件"), _("件数"), _("单位"), _("最早"), _("最近"), _("走势"))
    _unit, inside = _narrowed(request, units.tree_on(here.day), board.events(here.scope))
    lines = (_line(one, here) for one in _listed(request, here, inside).every[:EXPORTED])
    names = ("rank", "subject", "count", "units", "first", "last", "growth")
    rows = ([one[name] for name in names] for one in lines)
    return as_table(_("热点事件"), heads, rows, form)


@never_cache
@require_safe
@in_post
def warnings(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The warnings of the last two months that may be seen, as the page is searched."""
    heads = (_("预警"), _("级别"), _("日期"), _("一周人数"), _("往常人数"))
    lines = _listed_warnings(request, board.warnings(here.scope, here.day - LATELY)).every[:EXPORTED]
    rows = (
        (what_words(one.place, one.subject), level_words(one.level), one.day, one.count, round(one.expected, 1))
        for one in lines
    )
    return as_table(_("诉求预警"), heads, rows, form)


def _narrowed(
    request: HttpRequest, tree: Tree, found: Sequence[board.EventLine]
) -> tuple[UUID | None, list[board.EventLine]]:
    """The unit of the address, and the events that it or one below it handles, those that grow first."""
    chosen = request.GET.get("unit", "")
    unit = next((one for one in tree.units if str(one) == chosen), None)
    inside = [one for one in found if unit is None or any(_within(tree, of, unit) for of in one.units)]
    return unit, sorted(inside, key=_rise)


def _listed(request: HttpRequest, here: Here, found: Sequence[board.EventLine]) -> Listed[board.EventLine]:
    """The events as the address asks for them; what they are called is read where words are looked for alone."""
    firsts = {one.id: one.members[0] for one in found if one.members} if request.GET.get("q") else {}
    about = {line["id"]: line["subject"] for line in matter_lines(here, firsts.values())}
    names = units.names({unit for one in found for unit in one.units}) if firsts else {}
    columns = (
        Column[board.EventLine]("subject", _("事件"), lambda one: about.get(firsts.get(one.id), "")),
        Column[board.EventLine]("units", _("单位"), lambda one: " ".join(names[unit].name for unit in one.units)),
        Column[board.EventLine]("rank", _("热度"), lambda one: one.rank, words=lambda _one: ""),
        Column[board.EventLine]("count", _("件数"), lambda one: len(one.members), words=lambda _one: ""),
        Column[board.EventLine]("first", _("最早"), lambda one: one.first, words=lambda one: day_words(one.first)),
        Column[board.EventLine]("last", _("最近"), lambda one: one.last, words=lambda one: day_words(one.last)),
    )
    return listed(request.GET, columns, found, lambda one: one.id, size=SHOWN)


def _listed_warnings(request: HttpRequest, found: Sequence[board.WarningLine]) -> Listed[board.WarningLine]:
    columns = (
        Column[board.WarningLine]("what", _("预警"), lambda one: what_words(one.place, one.subject)),
        Column[board.WarningLine]("level", _("级别"), lambda one: one.level, words=lambda one: level_words(one.level)),
        Column[board.WarningLine]("day", _("日期"), lambda one: one.day, words=lambda one: day_words(one.day)),
        Column[board.WarningLine]("count", _("一周人数"), lambda one: one.count, words=lambda _one: ""),
    )
    return listed(request.GET, columns, found, lambda one: one.id, prefix="warning-", size=SHOWN)


def _rise(one: board.EventLine) -> tuple[int, int, int]:
    """Those that grow first, most grown of them first; then those that go on, fall and are silent, by heat."""
    place = ("up", "even", "down", "silent").index(one.growth)
    return place, one.before - one.recent if place == 0 else 0, one.rank


def _within_words(query: str) -> str:
    """What else stands in the address beside the unit, for the links that choose another."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name != "unit"])


def _without_order(query: str) -> str:
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in ("sort", "down")])


def _within(tree: Tree, unit: UUID, top: UUID) -> bool:
    at: UUID | None = unit
    while at is not None and at != top:
        at = tree.units[at].parent if at in tree.units else None
    return at is not None


def _tree(tree: Tree, found: Iterable[board.EventLine], chosen: UUID | None) -> list[dict[str, Any]]:
    """Units that handle matters of the events, those above them too, in the order of the tree, with their events."""
    held: dict[UUID, set[UUID]] = {}
    for one in found:
        for unit in one.units:
            at: UUID | None = unit
            while at is not None and at in tree.units:
                held.setdefault(at, set()).add(one.id)
                at = tree.units[at].parent
    rows: list[dict[str, Any]] = []

    def walk(unit: UUID, depth: int) -> None:
        if unit in held:
            rows.append(
                {
                    "id": unit,
                    "name": line_name(tree.units[unit]),
                    "depth": min(depth, 4),
                    "count": len(held[unit]),
                    "here": unit == chosen,
                }
            )
            for below in tree.children.get(unit, ()):
                walk(below, depth + 1)

    for root in tree.children.get(None, ()):
        walk(root, 0)
    return rows


def _line(one: board.EventLine, here: Here) -> dict[str, Any]:
    lines = matter_lines(here, one.members[:1])
    return _event_values(one) | {"subject": lines[0]["subject"] if lines else ""}


def _event_values(one: board.EventLine) -> dict[str, Any]:
    count = len(one.members)
    told = _("近半年每周的件数，最近一周%(now)d件") % {"now": one.weeks[-1]}
    return {
        "id": one.id,
        "rank": one.rank,
        "href": reverse("office:hotspot", args=[one.id]),
        "count": count,
        "hidden": one.hidden,
        "units": joined([unit_name(unit) for unit in list(one.units)[:3]]),
        "first": one.first,
        "last": one.last,
        "growth": growth_words(one),
        "up": one.growth == "up",
        "grave": one.severity > 1,
        "recent": one.recent,
        "before": one.before,
        "bars": bars(one.weeks, told, since=2),
    }


def growth_words(one: board.EventLine) -> str:
    words = {"up": _("上升"), "down": _("下降"), "even": _("平稳"), "silent": _("沉寂")}
    return words[one.growth]


@never_cache
@require_safe
@in_post
def event(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """One event, told in sentences of the matters that the reader may see, masked as their right asks."""
    found = board.event(here.scope, identity)
    if found is None:
        raise Http404
    told = _told(here, found.members[:TOLD])
    members = matter_lines(here, found.members)
    values = {
        "event": _event_values(found) | {"severity": found.severity},
        "title": members[0]["subject"] if members else "",
        "places": told.places if told else (),
        "persons": told.heat.persons if told and len(found.members) <= TOLD else 0,
        "quotes": [{"text": text, "href": reverse("office:matter", args=[number])} for number, text in told.quotes]
        if told
        else [],
        "members": members,
        "formula": FORMULA,
        "window": board.WINDOW.days,
    }
    return show(request, here, "office/hotspot.html", values)


def _told(here: Here, members: Iterable[UUID]) -> HotEvent | None:
    wanted = list(members)
    views = read_many(wanted, bodies=True)
    clear = acting(here.scope, wanted)
    voices = []
    for one in (views[matter] for matter in wanted if matter in views):
        known = parties.told(one.parties, places=one.id not in clear)
        title, text = ((masks.contacts if one.id in clear else masks.free_text)(words, known) for words in spoken(one))
        moment = one.entries[0].recorded_at
        voices.append(Voice(str(one.id), str(one.parties[0]) if one.parties else "", moment, title, text))
    return quoted_from(voices)


def level_words(level: int) -> str:
    """As warnings are graded by law, the first the gravest (Emergency Response Law of 2024, article 63)."""
    return {1: _("三级"), 2: _("二级"), 3: _("一级")}.get(level, "")


def _warning_line(one: board.WarningLine) -> dict[str, Any]:
    return {
        "id": one.id,
        "href": reverse("office:hot_warning", args=[one.id]),
        "what": what_words(one.place, one.subject),
        "level": one.level,
        "level_words": level_words(one.level),
        "day": one.day,
        "count": one.count,
        "expected": one.expected,
        "hidden": one.hidden,
    }


@never_cache
@require_safe
@in_post
def warning(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """Why it was given, who spoke, and how such warnings fare in the back-test."""
    found = board.warning(here.scope, identity)
    if found is None:
        raise Http404
    told = ngettext("四周里每天的件数，其中这一周%(n)d件", "四周里每天的件数，其中这一周%(n)d件", found.count)
    kept = board.kept("backtest")
    held = [
        one
        for one in board.events(here.scope)
        if 2 * len(set(found.members).intersection(one.members)) > len(found.members)
    ]
    values = {
        "event": _event_values(held[0]) if held else None,
        "window": board.WINDOW.days,
        "warning": _warning_line(found) | {"tell_at": found.tell_at, "chance": _chance_words(found)},
        "to": {1: _("承办单位"), 2: _("承办单位负责人和信访工作机构"), 3: _("分管领导")}.get(found.level, ""),
        "bars": bars(found.days, told % {"n": found.count}, usual=found.expected / WINDOW, since=WINDOW),
        "members": matter_lines(here, found.members),
        "budget": f"{BUDGET:g}",
        "test": _test_values(kept[0]) if kept else None,
        "task_fields": task_fields(here, found, {}, {}) if may_set(here) else (),
        "task_action": reverse("office:hot_task", args=[identity]),
    }
    return show(request, here, "office/hot_warning.html", values | ladder_values(here, identity))


def _chance_words(found: board.WarningLine) -> str:
    """How seldom chance alone would do so, in round numbers that people use."""
    steps = {1e-6: _("百万分之一"), 1e-5: _("十万分之一"), 1e-4: _("万分之一"), 1e-3: _("千分之一")}
    return next((words for least, words in steps.items() if found.chance <= least), _("百分之一"))


def _test_values(told: Any) -> dict[str, Any]:
    lead = sorted(told["lead"])
    return {
        "since": date.fromisoformat(told["since"]),
        "until": date.fromisoformat(told["until"]),
        "outbreaks": told["outbreaks"],
        "met": told["met"],
        "recall": round(100 * told["recall"]),
        "precision": round(100 * told["precision"]),
        "lead": lead[len(lead) // 2] if lead else None,
        "weekly": round(told["background"] / told["weeks"], 2) if told["weeks"] else None,
        "messages": told["messages"],
    }
