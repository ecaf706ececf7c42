"""Published reports, and each of their numbers opened to its definition as it was then."""

import re
from itertools import count
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fazhi.gazette import look as gazette
from fazhi.registers.pages import public_page_of
from fazhi.report import look
from fazhi.report.render import fragment
from fazhi.report.values import Figure
from fazhi.rulebook import Indicator
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.figures import amount_words, counted_in, definition_words, halves_named, halves_words, page_like
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.words import in_english, said, today
from fazhi.web.portal.gazette import list_words
from fazhi.web.portal.shell import show, show_refused

NUMBER: Final = re.compile(r'<a href="([^"]*)"(?= data-reading=)')


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    found = _listed(request)
    rows = [
        {
            "href": reverse("portal:report", args=[one.id]),
            "title": one.title,
            "day": one.day,
            "unit": unit_name(one.unit),
            "kind": _("已撤回") if one.withdrawn else "",
        }
        for one in found.shown
    ]
    return show(request, "portal/reports.html", {"reports": rows} | _drawn(found))


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """The published reports as the page lists them."""
    return _listed(request).table(_("年度报告"), form)


def _drawn(found: Listed[look.Listed]) -> dict[str, Any]:
    return {**found.values("portal:reports_table"), "heads": found.heads_of("title", "unit", "day")}


def _listed(request: HttpRequest) -> Listed[look.Listed]:
    columns = (
        Column[look.Listed]("title", _("报告"), lambda one: one.title),
        Column[look.Listed]("unit", _("单位"), lambda one: unit_name(one.unit)),
        Column[look.Listed]("day", _("公开日期"), lambda one: one.day),
        Column[look.Listed]("state", _("状态"), lambda one: _("已撤回") if one.withdrawn else _("公开")),
        Column[look.Listed](
            "address",
            _("网址"),
            lambda one: request.build_absolute_uri(reverse("portal:report", args=[one.id])),
        ),
    )
    return listed(request.GET, columns, look.listed(), lambda one: one.id)


@require_safe
def report(request: HttpRequest, identity: str) -> HttpResponse:
    found = look.published(identity)
    if found is None:
        raise Http404
    listed, told = found
    if told is None:
        return show_refused(request, _("这份报告已经撤回"), listed.reason, 410)
    drawn = fragment(told, lambda name: reverse("portal:figure", args=[identity, name]))
    return show(request, "portal/report.html", {"report": told, "listed": listed, "body": _placed(drawn)})


def _placed(drawn: str) -> SafeString:
    """The numbers of a report each with its place, so that the page behind one leads back to where it stands."""
    places = count(1)

    def place(found: re.Match[str]) -> str:
        at = next(places)
        return f'<a id="at-{at}" href="{found[1]}?at={at}"'

    return mark_safe(NUMBER.sub(place, drawn))  # noqa: S308 - escaped where it was drawn


def _halves(told: Figure, page: Indicator | None) -> list[tuple[str, str]]:
    """The two numbers of a figure, each with what it counts where the page of the figure is still there."""
    if told.denominator is None or told.suppressed:
        return []
    counted = halves_words(page) if page else ("", "")
    named = zip(halves_named(told.kind), (told.numerator, told.denominator), counted, strict=True)
    return [(label, " · ".join(part for part in (amount_words(n), words) if part)) for label, n, words in named]


@require_safe
def figure(request: HttpRequest, identity: str, name: str) -> HttpResponse:
    told = look.number(identity, name)
    if told is None:
        raise Http404
    page = page_like(told.name, told.kind)
    facts = [
        *_halves(told, page),
        (_("数的是"), definition_words(page) if page and told.denominator is None else ""),
        (_only_chinese(_("依据")), told.source, "zh-Hans"),
        (_("依据的效力"), status_words(told.status)),
        (_only_chinese(_("说明")), told.note, "zh-Hans"),
    ]
    values = {
        "title": said(page.title) if page else told.title,
        "tongue": "" if page else "zh-Hans",
        "value": told.text,
        "unit": counted_in(told.unit_told),
        "code": told.fingerprint.rpartition(":")[2][:12],
        "facts": [(label, value, *tongue) for label, value, *tongue in facts if value],
    }
    at = request.GET.get("at", "")
    back = reverse("portal:report", args=[identity]) + (f"#at-{at}" if at.isdecimal() else f"#figure-{name}")
    beside = {"back": back, "cases": _cases(page), "open": _open(page)}
    return show(request, "portal/figure.html", {"figure": values, **beside})


def _only_chinese(label: str) -> str:
    return _("%(label)s（只有中文）") % {"label": label} if in_english() else label


def _open(page: Indicator | None) -> dict[str, str]:
    """The public register whose lines a figure counts, for whoever wants to see them one by one."""
    registers = (public_page_of(one.procedure, today()) for one in page.of) if page else ()
    found = next((one for one in registers if one is not None), None)
    return {"href": reverse("portal:register", args=[found.name]), "list": said(found.title)} if found else {}


def _cases(page: Indicator | None) -> dict[str, str]:
    """Where in the gazette stands what was published of the matters that a figure counts."""
    name = next((found for one in page.of if (found := gazette.list_of(one.procedure))), "") if page else ""
    return (
        {"href": f"{reverse('portal:gazette')}?{urlencode({'list': name})}", "list": list_words(name)} if name else {}
    )
