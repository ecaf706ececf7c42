"""Indicators as doors: each number with its definition, its two halves, and the records behind it."""

from collections import defaultdict
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.indicators import look
from fazhi.indicators.values import Part, Reading, Record, Span
from fazhi.ledger import read_many, rulebook
from fazhi.rulebook import Indicator
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.figures import basis_words, definition_words, figure_facts, unit_words, value_words
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.values import Chip, Tile
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here, in_post, show, show_refused

YEARS: Final = 4


def chosen_year(request: HttpRequest, here: Here) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else here.day.year
    return min(max(year, 1950), here.day.year)


def span_of(here: Here, year: int) -> Span:
    """The year so far, over every unit of which anything may be seen."""
    last = min(date(year, 12, 31), here.day)
    return Span(tuple(sorted(here.scope.units, key=str)), date(year, 1, 1), last)


def year_chips(here: Here, year: int, address: str) -> list[Chip]:
    years = range(here.day.year - YEARS + 1, here.day.year + 1)
    return [Chip(_("%(year)d年") % {"year": one}, f"{address}?year={one}", chosen=one == year) for one in years]


@never_cache
@require_safe
@in_post
def figures(request: HttpRequest, here: Here) -> HttpResponse:
    year = chosen_year(request, here)
    pages = list(rulebook().indicators.values())
    groups: dict[str, list[Tile]] = defaultdict(list)
    for page, reading in zip(pages, look.read_all(pages, span_of(here, year)), strict=True):
        groups[page.of[0].procedure].append(tile(page, reading, year))
    titles = rulebook().procedures
    values = {
        "groups": [
            {"title": titles[name][-1].title if name in titles else name, "tiles": tiles}
            for name, tiles in groups.items()
        ],
        "chips": year_chips(here, year, reverse("office:figures")),
        "scope_words": _("您有权查看的 %(n)d 个单位，自 %(year)d年1月1日起")
        % {"n": len(here.scope.units), "year": year},
    }
    return show(request, here, "office/figures.html", values)


def tile(page: Indicator, reading: Reading, year: int) -> Tile:
    href = reverse("office:figure", args=[page.name]) + f"?year={year}"
    return Tile(
        said(page.title),
        value_words(reading),
        unit_words(reading) if reading.value is not None else "",
        basis_words(reading),
        href,
    )


@never_cache
@require_safe
@in_post
def figure(request: HttpRequest, here: Here, name: str) -> HttpResponse:
    page = rulebook().indicators.get(name)
    if page is None:
        raise Http404
    year, after = chosen_year(request, here), request.GET.get("after", "")
    part: Part = "denominator" if request.GET.get("part") == "denominator" else "numerator"
    reading = look.read(page, span_of(here, year))

    try:
        found = look.records(page, reading, here.scope, part, after)
    except ValueError as wrong:
        return show_refused(request, here, _("没有这一页"), str(wrong), 404)
    address = f"{reverse('office:figure', args=[name])}?year={year}&part={part}"
    values = {
        "figure": {
            "title": page.title,
            "value": value_words(reading),
            "unit": unit_words(reading),
            "law": str(page.source),
            "status": status_words(page.source.weakest),
            "note_name": _("说明"),
            "facts": [(_("怎么算"), definition_words(page)), *figure_facts(reading)],
        },
        "rows": rows(found.rows),
        "hidden": found.hidden,
        "back": f"{reverse('office:figures')}?year={year}",
        "chips": [*part_chips(page, year, part)],
        "after": f"{address}&after={found.after}" if found.after else "",
        "first": address if after else "",
    }
    return show(request, here, "office/figure.html", values)


def part_chips(page: Indicator, year: int, part: Part) -> list[Chip]:
    if not page.per:
        return []
    address = f"{reverse('office:figure', args=[page.name])}?year={year}"
    halves: tuple[tuple[Part, str], ...] = (("numerator", _("分子")), ("denominator", _("分母")))
    return [Chip(label, f"{address}&part={name}", chosen=name == part) for name, label in halves]


def rows(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    views = read_many({record.matter for record in records})
    return [
        {
            "href": reverse("office:matter", args=[record.matter]),
            "number": views[record.matter].number or said(views[record.matter].page.title),
            "unit": unit_name(views[record.matter].unit),
            "day": record.day,
            "how": said(views[record.matter].page.title),
        }
        for record in records
        if record.matter in views
    ]
