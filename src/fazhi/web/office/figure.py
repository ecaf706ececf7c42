"""One indicator: what it is, twelve months and five years, units beside one another, its alerts, and its records."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.dashboard import alerts
from fazhi.indicators import look, series
from fazhi.indicators.series import Beside
from fazhi.indicators.values import Part, Reading, Record
from fazhi.ledger import read_many, rulebook
from fazhi.people import units
from fazhi.reach.scope import Scope
from fazhi.reach.subjects import subjects
from fazhi.rulebook import Indicator
from fazhi.web.faces.charts import Point, chart
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.figures import amount_words, definition_words, figure_facts, unit_words, value_words
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.figure_boards import alert_fields, alert_rows
from fazhi.web.office.figures import Asked, cells, heads, number, read_asked, scope_words, unit_field, year_chips
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.kept_views import view_values

MOST_UNITS: Final = 60
SHARES: Final = ("ratio", "change", "compression", "duration", "rank")


@never_cache
@require_safe
@in_post
def figure(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = found(name)
    asked, after = read_asked(request, here), request.GET.get("after", "")
    part: Part = "denominator" if request.GET.get("part") == "denominator" else "numerator"
    reading = look.read(page, asked.span)
    try:
        listed = look.records(page, reading, here.scope, part, after)
    except ValueError as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    base = reverse("office:figure", args=[name])
    address = f"{base}?{asked.query(part=part)}"
    lines = alerts.alerts_for(here.actor, here.scope, name)
    values = {
        "figure": head(page, reading),
        "scope_words": scope_words(here, asked),
        "fields": [unit_field(here, asked)],
        "year": asked.year,
        "chips": year_chips(here, asked, base),
        "parts": part_chips(page, asked, part),
        "trends": [trend(one, page, rows, base, asked) for one, rows in trends(page, asked).items()],
        "compared": compared(page, asked, here),
        "rows": rows(here.scope, listed.rows),
        "hidden": listed.hidden,
        "back": f"{reverse('office:figures')}?{asked.query()}",
        "after": f"{address}&after={listed.after}" if listed.after else "",
        "first": address if after else "",
        **view_values(here, base, asked.query()),
        "alerts": alert_rows(lines),
        "may_take": bool(here.actor.powers & alerts.POWERS),
        "alert_fields": alert_fields(here, page) if here.actor.powers & alerts.POWERS else (),
        "name": name,
        "exports": exports(base, asked),
    }
    return show(request, here, "office/figure.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, name: str, table: str, form: str) -> HttpResponse:
    """Months, years or units of one figure as a table, under the rights of the page."""
    page, asked = found(name), read_asked(request, here)
    if table == "units":
        lines = beside(page, asked, here)
        told = [_("上年同期（按现机构）"), _("上年同期（当时机构）")]
        body = [unit_cells(one) for one in lines]
        return as_table(said(page.title), [_("单位名称"), *heads(), *told], body, form)
    listed = trends(page, asked).get(table)
    if listed is None:
        raise Http404
    return as_table(said(page.title), heads(), [cells(one) for one in listed], form)


def found(name: str) -> Indicator:
    page = rulebook().indicators.get(name)
    if page is None:
        raise Http404
    return page


def head(page: Indicator, reading: Reading) -> dict[str, Any]:
    return {
        "title": page.title,
        "value": value_words(reading),
        "unit": unit_words(reading),
        "law": str(page.source),
        "status": status_words(page.source.weakest),
        "note_name": _("说明"),
        "facts": [(_("怎么算"), definition_words(page)), *figure_facts(reading)],
    }


def trends(page: Indicator, asked: Asked) -> dict[str, tuple[Reading, ...]]:
    return {"months": series.months(page, asked.span), "years": series.years(page, asked.span)}


def trend(name: str, page: Indicator, readings: Sequence[Reading], base: str, asked: Asked) -> dict[str, Any]:
    """A drawing and the table beneath it, both of the same readings."""
    monthly = name == "months"
    title = _("近12个月") if monthly else _("近5年（每年截至%(day)s）") % {"day": day_words(asked.span.cutoff)}
    points = [
        Point(f"{one.span.start.month}" if monthly else f"{one.span.start.year}", one.value, value_words(one))
        for one in readings
    ]
    return {
        "title": title,
        "chart": chart(f"{said(page.title)} · {title}", points, line=page.kind in SHARES),
        "head": _("月份") if monthly else _("年度"),
        "rows": [
            {
                "when": f"{one.span.start:%Y-%m}" if monthly else one.span.start.year,
                "value": value_words(one),
                "unit": unit_words(one),
                "halves": halves(one),
            }
            for one in readings
        ],
        "files": [(form, f"{base}{name}/as/{form}/?{asked.query()}") for form in ("xlsx", "csv")],
    }


def halves(reading: Reading) -> str:
    if reading.denominator is None:
        return ""
    return f"{amount_words(reading.numerator)} / {amount_words(reading.denominator)}"


def compared(page: Indicator, asked: Asked, here: Here) -> dict[str, Any] | None:
    """Units side by side, and the table by which former ones were counted under those there are now."""
    every = beside(page, asked, here)
    if len(every) < 2:
        return None
    busy = [one for one in every if any(half.numerator or half.denominator for half in (one.now, one.before))]
    lines = sorted(busy, key=lambda one: (one.now.value is None, -(one.now.value or 0)))
    largest = max((abs(one.now.value) for one in lines if one.now.value is not None), default=0) or 1
    base = reverse("office:figure", args=[page.name])
    rows = [
        {
            "name": unit_name(one.unit),
            "href": f"{base}?{asked.query(unit=str(one.unit))}",
            "value": value_words(one.now),
            "unit": unit_words(one.now),
            "halves": halves(one.now),
            "share": int(abs(one.now.value) / largest * 100) if one.now.value is not None else 0,
            "before": f"{value_words(one.before)}{unit_words(one.before)}",
            "told": value_words(one.told) if one.told else "",
        }
        for one in lines
    ]
    table = series.joined({unit for one in every for unit in one.now.span.units}, asked.span)
    names = [{"gone": unit_name(one.gone), "heir": unit_name(one.heir), "day": one.day} for one in table]
    files = [(form, f"{base}units/as/{form}/?{asked.query()}") for form in ("xlsx", "csv")]
    more = {"more": len(children(asked, here)) > MOST_UNITS, "idle": len(every) - len(lines)}
    return {**more, "rows": rows, "joined": names, "files": files}


def beside(page: Indicator, asked: Asked, here: Here) -> tuple[Beside, ...]:
    return series.beside(page, asked.span, children(asked, here)[:MOST_UNITS], here.scope.units)


def children(asked: Asked, here: Here) -> list[UUID]:
    """The units right below the one asked for; without one, those right below the highest that may be seen."""
    tree, seen = units.tree_on(asked.span.cutoff), here.scope.units
    tops = [asked.unit] if asked.unit else [
        unit for unit in tree.units if unit in seen and tree.units[unit].parent not in seen
    ]  # fmt: skip
    if len(tops) > 1:
        return sorted(tops, key=lambda unit: tree.units[unit].sort_key)
    return [unit for top in tops for unit in tree.children.get(top, ()) if unit in seen]


def unit_cells(one: Beside) -> list[object]:
    told = one.told or one.before
    return [unit_name(one.unit), *cells(one.now), number(one.before.value), number(told.value)]


def part_chips(page: Indicator, asked: Asked, part: Part) -> list[Chip]:
    if not page.per:
        return []
    address = reverse("office:figure", args=[page.name])
    both: tuple[tuple[Part, str], ...] = (("numerator", _("分子")), ("denominator", _("分母")))
    return [Chip(label, f"{address}?{asked.query(part=name)}", chosen=name == part) for name, label in both]


def exports(base: str, asked: Asked) -> list[tuple[str, str]]:
    return [(form, f"{base}months/as/{form}/?{asked.query()}") for form in ("xlsx", "csv")]


def rows(scope: Scope, records: Iterable[Record]) -> list[dict[str, Any]]:
    """What was counted, each by the name of the matter and by its number."""
    listed = tuple(records)
    views = read_many({record.matter for record in listed}, bodies=True)
    about = subjects(scope, views)
    return [
        {
            "href": reverse("office:matter", args=[record.matter]),
            "subject": about[record.matter] or views[record.matter].number or said(views[record.matter].page.title),
            "number": views[record.matter].number if about[record.matter] else "",
            "unit": unit_name(views[record.matter].unit),
            "day": record.day,
            "how": said(views[record.matter].page.title),
        }
        for record in listed
        if record.matter in views
    ]
