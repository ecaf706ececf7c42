"""Service points by distance: from a place that is chosen or typed, or from where the browser is, which stays there."""

from datetime import date, time, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from fazhi.law import Title
from fazhi.registers.hours import Hours, read_hours
from fazhi.registers.near import Point, centres, minutes_on_foot, named, nearest, points
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field
from fazhi.web.faces.words import day_words, said, today, weekday_words
from fazhi.web.portal.shell import show

MOST: Final = 300
LONGEST: Final = 40
WITHIN: Final = {"1000": 1000.0, "15min": 15.0}
AID: Final = "legal_aid"
AID_TITLE: Final = Title("法律援助", "Legal aid")
PERMISSIONS: Final = "camera=(), microphone=(), geolocation=(self)"


@require_safe
def service_points(request: HttpRequest) -> HttpResponse:
    """The list, nearest first once there is a start; nothing of where the reader is reaches the server."""
    values = _values(request)
    response = show(request, "portal/points.html", values)
    response["Permissions-Policy"] = PERMISSIONS
    return response


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """The points that the page lists, in its order."""
    heads = (_("名称"), _("类型"), _("地址"), _("开放时间"), _("电话"), _("服务内容"), _("远近"), _("经度"), _("纬度"))
    names = ("name", "kind", "address", "hours", "phone", "services", "far", "longitude", "latitude")
    rows = ([said(one[name]) if name == "kind" else one[name] for name in names] for one in _values(request)["every"])
    return as_table(_("附近的服务站点"), heads, rows, form)


def _values(request: HttpRequest) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("near", "kind", "within", "q")}
    every, starts = points(today()), centres(today())
    kinds = dict.fromkeys((one.kind, one.kind_title) for one in every)
    kinds |= dict.fromkeys([(AID, AID_TITLE)] if any(_gives_aid(one) for one in every) else [])
    chosen = asked["kind"] if asked["kind"] in {kind for kind, _title in kinds} else ""
    wanted = [one for one in every if not chosen or (_gives_aid(one) if chosen == AID else one.kind == chosen)]
    found = named(asked["near"], [*starts, *every]) if asked["near"] else []
    start = found[0] if len(found) == 1 else None
    rows = [row(point, line) for line, point in nearest(wanted, start.at)] if start else [row(one) for one in wanted]
    within = asked["within"] if start else ""
    offered = found if len(found) > 1 else starts if asked["near"] and not found else ()
    shown = _listed(request, [one for one in rows if _in_range(one, within)])
    return {
        **shown.values("portal:points_table"),
        "heads": shown.heads_of("name", "kind"),
        "usual": _("按远近") if start else _("按名录"),
        "usual_here": not request.GET.get("sort"),
        "usual_href": address(asked),
        "every": shown.every,
        "near": near_field(asked["near"], starts, found),
        "chosen": chosen,
        "within": within,
        "start": start.name if start else "",
        "choices": [(one.name, address(asked, near=one.name)) for one in offered[:12]],
        "chips": kind_chips(asked, list(kinds), chosen),
        "ranges": range_chips(asked, within) if start else [],
        "rows": shown.shown,
        "any": bool(every),
        "lacking": _lacking(starts, wanted) if chosen and not start else [],
    }


def _listed(request: HttpRequest, rows: list[dict[str, Any]]) -> Listed[dict[str, Any]]:
    """The points that hold the words, the nearest first where there is a start and no other order is asked for."""
    columns = (
        Column[dict[str, Any]]("name", _("名称"), lambda one: one["name"]),
        Column[dict[str, Any]]("kind", _("类型"), lambda one: said(one["kind"])),
        Column[dict[str, Any]]("address", _("地址"), lambda one: one["address"]),
        Column[dict[str, Any]]("services", _("服务内容"), lambda one: f"{one['services']} {one['hours']}"),
    )
    return listed(request.GET, columns, rows, lambda one: one["href"], size=MOST)


def address(asked: dict[str, str], **change: str) -> str:
    query = urlencode({name: value for name, value in {**asked, **change}.items() if value})
    return reverse("portal:points") + (f"?{query}" if query else "")


def _gives_aid(one: Point) -> bool:
    """Whether the register says among its services that legal aid is given there."""
    return "援助" in one.services


def near_field(typed: str, starts: tuple[Point, ...], found: list[Point]) -> Field:
    """The place to start from, with those that are known offered."""
    wrong = (
        _("没有找到“%(typed)s”。这里只认得名录里的地点和路名：请从下面选离您最近的一处，或者用现在的位置。")
        % {"typed": typed}
        if typed and not found
        else ""
    )
    if len(found) > 1:
        wrong = _("有几处叫这个名字，请选一处。")
    pool = tuple((one.name, said(one.kind_title)) for one in starts)
    hint = _("写街道、社区、车站或者站点的名称，也可以写站点所在的路")
    return Field("near", _("从哪里出发"), "search", typed, hint, wrong, choices=pool, required=True)


def kind_chips(asked: dict[str, str], kinds: list[tuple[str, Any]], chosen: str) -> list[Chip]:
    found = [Chip(_("全部"), address(asked, kind=""), chosen=not chosen)]
    return found + [Chip(said(title), address(asked, kind=kind), chosen=kind == chosen) for kind, title in kinds]


def range_chips(asked: dict[str, str], within: str) -> list[Chip]:
    words = (("", _("不限远近")), ("1000", _("一公里以内")), ("15min", _("步行十五分钟以内")))
    return [Chip(label, address(asked, within=name), chosen=name == within) for name, label in words]


def _in_range(one: dict[str, Any], within: str) -> bool:
    """A circle of one kilometre is straight, one of fifteen minutes is walked."""
    if within not in WITHIN or one["metres"] is None:
        return True
    return bool((one["metres"] if within == "1000" else one["minutes"]) <= WITHIN[within])


def _lacking(starts: tuple[Point, ...], wanted: list[Point]) -> list[dict[str, Any]]:
    """For each place to start from its nearest point of the kind: where the circle has a gap."""
    found = []
    for start in starts:
        if near := nearest(wanted, start.at)[:1]:
            line, point = near[0]
            found.append({"start": start.name, "point": point.name, "far": far_words(line), "inside": line <= 1000})
    return found


def row(one: Point, line: float | None = None) -> dict[str, Any]:
    return {
        "href": reverse("portal:register_line", args=[one.register, one.line]),
        "name": one.name,
        "kind": one.kind_title,
        "address": one.address,
        "phone": one.phone,
        "hours": one.hours,
        "services": one.services,
        **open_words(one.hours),
        "longitude": one.at.longitude,
        "latitude": one.at.latitude,
        "metres": line,
        "minutes": minutes_on_foot(line) if line is not None else None,
        "far": far_words(line) if line is not None else "",
    }


def far_words(line: float) -> str:
    """How far in words: the straight line in tens of metres or tenths of kilometres, and the likely walk."""
    if line < 1000:
        told = _("直线约%(n)d米") % {"n": max(10, round(line, -1))}
    else:
        told = _("直线约%(n)s公里") % {"n": f"{line / 1000:.1f}"}
    minutes = minutes_on_foot(line)
    if minutes > 60:
        return told
    return told + ngettext("，步行约%(n)d分钟", "，步行约%(n)d分钟", minutes) % {"n": minutes}


def open_words(hours: str) -> dict[str, str]:
    """Whether a place is open today and now, where its hours are of a usual form: the words and how they look."""
    read = read_hours(hours)
    if read is None:
        return {"open": "", "open_kind": ""}
    at = timezone.localtime()
    if not read.opens(today(), calendar()):
        return {"open": _("今天不开") + _next_words(read, today()), "open_kind": "shut"}
    clock = at.time() if at.date() == today() else time.min
    return _now_words(read, clock)


def _now_words(read: Hours, clock: time) -> dict[str, str]:
    for begins, ends in read.spans:
        if clock < begins:
            words = _("现在未开放，今天%(time)s开放") if begins == read.spans[0][0] else _("现在休息，%(time)s再开")
            return {"open": words % {"time": f"{begins:%H:%M}"}, "open_kind": "later"}
        if clock < ends:
            if ends == time.max:
                return {"open": _("今天开放，现在开着"), "open_kind": "now"}
            words = _("今天开放，现在开着，到%(time)s")
            return {"open": words % {"time": f"{ends:%H:%M}"}, "open_kind": "now"}
    if not read.spans:
        return {"open": _("今天开放"), "open_kind": "now"}
    return {"open": _("今天已经关门") + _next_words(read, today()), "open_kind": "shut"}


def _next_words(read: Hours, after: date) -> str:
    """The next day on which a place is open, as far as the coming fortnight."""
    days = (after + timedelta(days=n) for n in range(1, 15))
    day = next((one for one in days if read.opens(one, calendar())), None)
    return _("，下次%(day)s（%(weekday)s）") % {"day": day_words(day), "weekday": weekday_words(day)} if day else ""


def visit(one: Point) -> dict[str, Any]:
    """What whoever wants to go there asks first: where, when, whom to call, how far from the nearest known place."""
    near = nearest(centres(today()), one.at)[:1]
    from_where = [{"name": point.name, "far": far_words(line)} for line, point in near]
    return {**row(one), "from": from_where, "others": f"{reverse('portal:points')}?{urlencode({'near': one.name})}"}
