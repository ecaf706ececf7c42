"""Indicators as doors: tiles of a year for all that one may see or for one unit, kept views, and the table to take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fazhi.dashboard import alerts
from fazhi.indicators import kept
from fazhi.indicators.values import Reading, Span
from fazhi.ledger import rulebook
from fazhi.people import units
from fazhi.rulebook import Indicator
from fazhi.rulebook.groups import grouped_figures
from fazhi.web.faces.figures import basis_words, unit_words, value_words
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Chip, Field, Tile
from fazhi.web.faces.words import said
from fazhi.web.office.figure_boards import raised_rows
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.kept_views import view_values

YEARS: Final = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the figures asks for: a year, one unit or all that may be seen, words of a title, a group."""

    year: int
    unit: UUID | None
    words: str
    span: Span
    unknown: str = ""
    """What was typed for a unit and is none that may be seen."""
    group: str = ""

    @property
    def narrow(self) -> bool:
        """Whether only some figures are asked for: then those with nothing to tell are shown too."""
        return bool(self.words or self.group)

    def query(self, **more: str) -> str:
        """The address behind the question mark."""
        said_so = {"year": str(self.year), "unit": str(self.unit or ""), "q": self.words, "group": self.group} | more
        return urlencode({name: value for name, value in said_so.items() if value})


def read_asked(request: HttpRequest, here: Here) -> Asked:
    """The address understood; a unit that may not be seen is none."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and len(typed) == 4 else here.day.year
    year = min(max(year, 1950), here.day.year)
    start, last = date(year, 1, 1), min(date(year, 12, 31), here.day)
    named = request.GET.get("unit", "").strip()
    unit = unit_asked(named, here)
    seen = here.scope.units
    held = seen if unit is None else seen.intersection(units.whole(unit, start, last))
    span = Span(tuple(sorted(held, key=str)), start, last)
    words, unknown = request.GET.get("q", "").strip()[:40], "" if unit or not named else named
    group = request.GET.get("group", "")
    return Asked(year, unit, words, span, unknown, group if group in rulebook().groups and not words else "")


def unit_asked(named: str, here: Here) -> UUID | None:
    """The unit of this name or id, of those of which anything may be seen."""
    lines = units.names(here.scope.units).values()
    return next((line.id for line in lines if named and named in (line.name, line.name_en, str(line.id))), None)


def unit_field(here: Here, asked: Asked) -> Field:
    pool = tuple(
        (line.name, "") for line in sorted(units.names(here.scope.units).values(), key=lambda one: one.sort_key)
    )
    wrong = _("没有您能查看的单位“%(name)s”") % {"name": asked.unknown} if asked.unknown else ""
    value = asked.unknown or (units.name_of(asked.unit) if asked.unit else "")
    return Field("unit", _("单位"), "search", value, _("不填是您有权查看的全部单位"), wrong, choices=pool)


def year_chips(here: Here, asked: Asked, address: str, **more: str) -> list[Chip]:
    years = range(here.day.year - YEARS + 1, here.day.year + 1)
    return [
        Chip(
            _("%(year)d年") % {"year": one}, f"{address}?{asked.query(year=str(one), **more)}", chosen=one == asked.year
        )
        for one in years
    ]


def scope_words(here: Here, asked: Asked) -> str:
    if asked.unit is not None:
        told = {"unit": unit_name(asked.unit), "n": len(asked.span.units), "year": asked.year}
        return _("%(unit)s及其下属，您有权查看的 %(n)d 个单位，自 %(year)d年1月1日起") % told
    return _("您有权查看的 %(n)d 个单位，自 %(year)d年1月1日起") % {"n": len(asked.span.units), "year": asked.year}


@never_cache
@require_safe
@in_post
def figures(request: HttpRequest, here: Here) -> HttpResponse:
    asked = read_asked(request, here)
    pages = chosen_pages(asked)
    readings = kept.read_all(pages, asked.span)
    pairs = list(zip(pages, readings, strict=True))
    busy = {page.of[0].procedure for page, one in pairs if one.numerator or one.denominator}
    shown = [pair for pair in pairs if pair[0].of[0].procedure in busy or asked.narrow]
    idle = [pair for pair in pairs if pair not in shown]
    base, lines = reverse("office:figures"), alerts.alerts_for(here.actor, here.scope)
    values = {
        "groups": groups(shown, asked),
        "idle": groups(idle, asked),
        "chips": year_chips(here, asked, base),
        "group_chips": group_chips(asked, base),
        "scope_words": scope_words(here, asked),
        "fields": [unit_field(here, asked), Field("q", _("指标名称"), "text", asked.words)],
        "year": asked.year,
        **view_values(here, base, asked.query(), below=True),
        "raised": raised_rows(lines),
        "resting": sum(line.keeper is None for line in lines),
        "exports": [
            (form, f"{reverse('office:figures_export', args=[form])}?{asked.query()}") for form in ("xlsx", "csv")
        ],
    }
    return show(request, here, "office/figures.html", values)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The tiles as a table, with all that makes a number checkable; under the rights of the page."""
    asked = read_asked(request, here)
    pages = chosen_pages(asked)
    return as_table(_("指标"), heads(), [cells(one) for one in kept.read_all(pages, asked.span)], form)


def heads() -> list[str]:
    above, below = _("分子或者数值"), _("分母或者上年同期")
    first = [_("指标"), _("数值"), _("单位"), above, below]
    return [*first, _("起"), _("止"), _("算到第几条记录"), _("核对码"), _("依据")]


def chosen_pages(asked: Asked) -> list[Indicator]:
    """Pages whose title, name or other names hold each of the words, of one group or of all."""
    book, words = rulebook(), asked.words.lower().split()
    pages = list(book.indicators.values())
    if asked.group:
        pages = grouped_figures(book, pages).get(asked.group, [])
    names = ((page, " ".join((page.title.zh, page.title.en, page.name, *page.aliases)).lower()) for page in pages)
    return [page for page, name in names if all(word in name for word in words)]


def groups(pairs: Sequence[tuple[Indicator, Reading]], asked: Asked) -> list[dict[str, Any]]:
    book = rulebook()
    tiles = {page.name: tile(page, reading, asked) for page, reading in pairs}
    found = grouped_figures(book, [page for page, _reading in pairs])
    return [
        {"title": book.groups.get(name) or _("其他"), "tiles": [tiles[page.name] for page in pages]}
        for name, pages in found.items()
    ]


def group_chips(asked: Asked, address: str) -> list[Chip]:
    """Every group with the number of its figures; the first takes the choice away."""
    book = rulebook()
    chips = [Chip(_("全部"), f"{address}?{asked.query(group='', q='')}", chosen=not asked.narrow)]
    for name, pages in grouped_figures(book, book.indicators.values()).items():
        if name:
            href = f"{address}?{asked.query(group=name, q='')}"
            chips.append(Chip(said(book.groups[name]), href, str(len(pages)), chosen=asked.group == name))
    return chips


def tile(page: Indicator, reading: Reading, asked: Asked) -> Tile:
    href = f"{reverse('office:figure', args=[page.name])}?{asked.query(q='', group='')}"
    unit = unit_words(reading) if reading.value is not None else ""
    return Tile(said(page.title), value_words(reading), unit, basis_words(reading), href, reading.value is None)


def number(value: Decimal | None) -> object:
    """An exact number for a cell: whole ones and short ones as numbers, others as they are written."""
    if value is None:
        return ""
    return int(value) if value == int(value) else float(value)


def cells(reading: Reading) -> list[object]:
    span = reading.span
    return [
        said(reading.title), number(reading.value), unit_words(reading), number(reading.numerator),
        number(reading.denominator), span.start, span.cutoff, span.position, reading.fingerprint, str(reading.source),
    ]  # fmt: skip
