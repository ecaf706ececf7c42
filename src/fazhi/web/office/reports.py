"""Reports: begun, composed from the record, written out, signed by a second person, published, taken back."""

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fazhi.desk import NoRight, Recorded, Refused
from fazhi.ledger import Collision, rulebook
from fazhi.people import units, unsent
from fazhi.report import publish
from fazhi.report.level import outlines_for, reported_unit
from fazhi.report.polish import endpoint, polish
from fazhi.report.render import fragment
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, unit_name
from fazhi.web.faces.lists import Head
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.acts import seen_in, told
from fazhi.web.office.collecting import asked_parts, check_values, collect_all, collect_values
from fazhi.web.office.counting import composed, cutoff_of, leave_count
from fazhi.web.office.drafts import PREFIX, Draft, drafts_of, section_fields, written_in
from fazhi.web.office.fields import finding_words
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page, leading_due
from fazhi.web.office.report_list import report_list, titled
from fazhi.web.office.season import ACTS, forward, season_values
from fazhi.web.office.unsent import draft_values, resumed
from fazhi.worklist.values import MatterPage

KIND: Final = publish.PROCEDURE
MOST: Final = 200
"""Reports of one export: a district writes some dozens a year."""


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def reports(request: HttpRequest, here: Here) -> HttpResponse:
    errors: dict[str, str] = {}
    findings: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            return redirect("office:report", _begin(request, here, errors))
        except ValueError as wrong:
            errors.setdefault("cutoff", str(wrong))
        except Refused as refused:
            findings = [told(one) for one in refused.findings]
        except NoRight as wrong:
            findings = [{"text": str(wrong)}]
    return _list(request, here, errors, findings)


def _begin(request: HttpRequest, here: Here, errors: dict[str, str]) -> UUID:
    typed = request.POST.get("year", "").strip()
    if not (typed.isdecimal() and len(typed) == 4):
        errors["year"] = _("请写四位年份，如 2025。")
        raise ValueError("")
    year = int(typed)
    asked = request.POST.get("cutoff", "").strip()
    cutoff = read_day(asked, here.day, calendar()) if asked else date(year, 12, 31)
    if cutoff.year != year:
        raise ValueError(_("统计截止日要在报告年度之内。"))
    key = request.POST.get("key") or secrets.token_hex(16)
    named = request.POST.get("unit", "")
    mine = [unit for unit, _name in reporting_units(here)]
    first = mine[0] if mine else here.actor.unit
    unit = next((one for one in mine if str(one) == named), first)
    return publish.begin(here.actor, year, cutoff, key=key, unit=unit).matter


def reporting_units(here: Here) -> list[tuple[UUID, str]]:
    """Units whose report this post may write, the highest first."""
    tree = units.tree_on(here.day)
    mine = [unit for unit in here.scope.acting_units if unit in tree.units and here.scope.may_act_for(unit, KIND)]
    mine.sort(key=lambda unit: (len(tree.path(unit)), tree.units[unit].sort_key))
    return [(unit, _drafting_name(unit, mine, here.day)) for unit in mine]


def _drafting_name(unit: UUID, mine: list[UUID], day: date) -> str:
    """The unit, or the government that it drafts for where that is not among one's own."""
    outline = next(iter(outlines_for(unit, day)), "")
    of = reported_unit(outline, unit, day)
    if of in mine:
        return unit_name(unit)
    return _("%(government)s（由%(office)s起草）") % {"government": unit_name(of), "office": unit_name(unit)}


def _list(request: HttpRequest, here: Here, errors: dict[str, str], findings: list[dict[str, str]]) -> HttpResponse:
    found = report_list(request, here)
    typed = request.POST.dict() if request.method == "POST" else {}
    year = str(typed.get("year", here.day.year if here.day.month > 10 else here.day.year - 1))
    hint = _("不填就是当年12月31日")
    choices = tuple((str(unit), name) for unit, name in reporting_units(here))
    default = choices[0][0] if choices else ""
    fields = [
        Field(
            "unit",
            _("哪个单位的报告"),
            "select",
            str(typed.get("unit") or default),
            required=True,
            choices=choices,
            extra={"data": "yes"},
        ),
        Field("year", _("报告年度"), "number", year, error=errors.get("year", ""), required=True),
        Field("cutoff", _("统计截止日"), "day", str(typed.get("cutoff", "")), hint, errors.get("cutoff", "")),
    ]
    values = {
        "reports": [_row(here, brief.id) for brief in found.shown],
        "asked": asked_parts(here),
        "fields": fields,
        "findings": findings,
        "refused": True,
        "key": secrets.token_hex(16),
        "may_begin": bool(choices) and "record" in here.actor.powers,
        **found.values("office:reports_export"),
        "heads": [*found.heads_of("title", "unit", "cutoff"), Head(_("状态")), Head(_("期限"))],
    }
    return show(request, here, "office/reports.html", values, 422 if errors or findings else 200)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """The reports that the page lists, with their cut-off and how far each is."""
    rows = [_row(here, brief.id) for brief in report_list(request, here).every[:MOST]]
    heads = (_("报告"), _("单位"), _("截止"), _("状态"), _("期限"))
    cells = (
        (one["title"], one["unit"], one["cutoff"], one["state"], one["due"].day if one["due"] else None) for one in rows
    )
    return as_table(_("年度报告"), heads, cells, form)


def _row(here: Here, matter: UUID) -> dict[str, Any]:
    page = find_page(here, matter)
    begun = page.view.entries[0].fields
    drafts = drafts_of(page)
    return {
        "href": reverse("office:report", args=[matter]),
        "title": drafts[-1].report.title if drafts else titled(begun),
        "unit": unit_name(page.view.unit),
        "cutoff": date.fromisoformat(begun["cutoff"]),
        "state": state_words(page),
        "published": _is_published(page),
        "due": leading_due(page, here),
    }


def _is_published(page: MatterPage) -> bool:
    kinds = [fact.kind for fact in page.view.horizon.facts if fact.kind in ("published", "unpublished")]
    return bool(kinds) and kinds[-1] == "published"


def state_words(page: MatterPage) -> str:
    kinds = {fact.kind for fact in page.view.horizon.facts}
    if _is_published(page):
        return _("已公开")
    if "signed" in kinds:
        return _("已签发")
    return _("待签发") if "drafted" in kinds else _("编写中")


@never_cache
@require_safe
@in_post
def report(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    page = _report_page(here, identity)
    return _show(request, here, page, drafts_of(page), ())


def _report_page(here: Here, identity: UUID) -> MatterPage:
    page = find_page(here, identity)
    if page.procedure != KIND:
        raise Http404
    return page


def draft_form(page: MatterPage) -> str:
    """What the form of the written parts is called where it is kept before it is sent."""
    return f"report/{page.id}"


def chosen_outline(
    request: HttpRequest, page: MatterPage, draft: Draft | None, begun: Mapping[str, str] = MappingProxyType({})
) -> str:
    """What was asked for, begun or drafted by, as far as the unit may draft by it."""
    asked = request.POST.get("outline") or request.GET.get("outline") or begun.get("outline", "")
    asked = asked or (draft.report.outline if draft else "")
    outlines = outlines_for(page.view.unit, cutoff_of(page))
    return asked if asked in outlines else outlines[0]


def outline_field(page: MatterPage, chosen: str) -> Field:
    """Outlines by the title that the report will bear and the level that it speaks for."""
    cutoff = cutoff_of(page)
    choices = []
    for name in dict.fromkeys((*outlines_for(page.view.unit, cutoff), chosen)):
        outline = rulebook().outlines[name]
        unit = unit_name(reported_unit(name, page.view.unit, cutoff))
        title = said(outline.title).format(unit=unit, year=cutoff.year)
        choices.append((name, _("%(title)s（%(level)s）") % {"title": title, "level": level_words(outline.audience)}))
    return Field("outline", _("提纲"), "select", chosen, required=True, choices=tuple(choices))


def level_words(audience: str) -> str:
    return {
        "district": _("本级政府"),
        "bureau": _("司法行政部门"),
        "department": _("部门"),
        "subdistrict": _("乡镇街道"),
    }.get(audience, "")


def _show(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    drafts: list[Draft],
    findings: tuple[dict[str, str], ...],
    status: int = 200,
) -> HttpResponse:
    last, begun = drafts[-1] if drafts else None, resumed(request, here, draft_form(page))
    outline = chosen_outline(request, page, last, begun)
    typed = {name: str(value) for name, value in request.POST.items()}
    written = written_in(typed) or written_in(begun) or (last.written if last else {})
    made = composed(page, outline, written)
    fresh = made.report or (last.report if last else None)
    shown = last.report if last and request.GET.get("view") != "fresh" and not findings else fresh
    year = cutoff_of(page).year
    values = {
        "report": fresh,
        "title": fresh.title if fresh else titled(page.view.entries[0].fields),
        "body": shown and fragment(shown, lambda name: reverse("office:figure", args=[name]) + f"?year={year}"),
        "chosen": outline,
        **made.values,
        "state": state_words(page),
        "drafts": [{"seq": one.seq, "day": day_words(one.day), "who": one.who} for one in drafts],
        "outline": outline_field(page, outline),
        "sections": section_fields(outline, written),
        "lacking": fresh.lacking() if fresh else (),
        "unanswered": fresh.unanswered if fresh else (),
        "may_polish": endpoint() is not None,
        **check_values(page, last, here),
        **collect_values(page, here),
        **season_values(page, here),
        **draft_values(request, here, draft_form(page), reverse("office:report", args=[page.id])),
        "thin": fresh.thin() if fresh else (),
        "hollow": fresh is not None and fresh.hollow,
        "findings": findings,
        "refused": True,
        "seen": page.seen,
        "key": secrets.token_hex(16),
        "may_act": may_act(here, page.view),
        "identity": page.id,
        "matter_href": reverse("office:matter", args=[page.id]),
        "last": last.seq if last else None,
        "may_sign": bool(last) and "lead" in here.actor.powers,
        "may_publish": "publish" in here.actor.powers and publish.signed_draft(page.view) is not None,
        "is_published": _is_published(page),
        "reason": Field("reason", _("撤回的理由"), "long", typed.get("reason", ""), required=True),
    }
    return show(request, here, "office/report.html", values, status)


@never_cache
@require_POST
@in_post
def act(request: HttpRequest, here: Here, identity: UUID, verb: str) -> HttpResponse:
    """One act of the report's life, then its page again."""
    page = _report_page(here, identity)
    if verb == "polish":
        return _polished(request, here, page)
    if verb == "count" and may_act(here, page.view):
        return leave_count(request, here, page, chosen_outline(request, page, None))
    if verb not in VERBS and verb not in ACTS:
        raise Http404
    try:
        done = VERBS[verb](request, here, page) if verb in VERBS else forward(request, here, page, verb, _key(request))
    except Refused as refused:
        return _show(request, here, page, drafts_of(page), tuple(told(one) for one in refused.findings), 422)
    except ValueError as wrong:
        return _show(request, here, page, drafts_of(page), ({"text": str(wrong)},), 422)
    except (NoRight, Collision) as wrong:
        return _show(request, here, page, drafts_of(page), ({"text": lost_words(wrong, page)},), 409)
    if verb == "draft":
        unsent.drop(here.actor.account, draft_form(page))
    messages.success(request, _("已记入。"))
    for finding in done.findings:
        messages.warning(request, finding_words(finding))
    return redirect("office:report", page.id)


def _draft(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    typed = {name: str(value) for name, value in request.POST.items()}
    made = composed(page, chosen_outline(request, page, None), written_in(typed)).report
    if made is None:
        raise ValueError(_("数字还没有计，不能成稿：请先计数，写的内容都还在。"))
    return publish.draft(here.actor, page.id, made, seen=seen_in(request), key=_key(request))


def _polished(request: HttpRequest, here: Here, page: MatterPage) -> HttpResponse:
    """The form again with the words of the service where they kept every fact; nothing is recorded."""
    by = endpoint()
    if by is None or not may_act(here, page.view):
        raise Http404
    typed = written_in({name: str(value) for name, value in request.POST.items()})
    told = dict(zip(typed, polish(typed.values(), by, cutoff_of(page).year), strict=True))
    given = request.POST.copy()
    for name, one in told.items():
        given[PREFIX + name] = one.text
        if one.refused:
            messages.warning(request, f"{one.refused}（{one.before[:20]}…）")
    request.POST = given  # type: ignore[assignment]
    messages.success(request, _("已润色，请逐段看过再保存成稿。"))
    return _show(request, here, page, drafts_of(page), ())


def _screen(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    entry = request.POST.get("entry", "")
    number, result = int(entry) if entry.isdecimal() else 0, request.POST.get("result", "")
    return publish.screen(here.actor, page.id, number, result, seen=seen_in(request), key=_key(request))


def _explain(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    finding, reason = request.POST.get("finding", ""), request.POST.get("reason", "")
    return publish.explain(here.actor, page.id, finding, reason, seen=seen_in(request), key=_key(request))


def _collect(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    outline = chosen_outline(request, page, next(iter(drafts_of(page)[-1:]), None))
    return collect_all(request, here, page, outline)


def _sign(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    entry = request.POST.get("entry", "")
    number = int(entry) if entry.isdecimal() else 0
    return publish.sign(here.actor, page.id, number, seen=seen_in(request), key=_key(request))


def _publish(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    return publish.publish(here.actor, page.id, seen=seen_in(request), key=_key(request))


def _withdraw(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    entry = next((fact.entry for fact in reversed(page.view.horizon.facts) if fact.kind == "published"), 0)
    reason = request.POST.get("reason", "").strip()
    return publish.withdraw(here.actor, page.id, entry, reason, seen=seen_in(request), key=_key(request))


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or secrets.token_hex(16)


VERBS: Final[dict[str, Callable[[HttpRequest, Here, MatterPage], Recorded]]] = {
    "draft": _draft,
    "collect": _collect,
    "screen": _screen,
    "explain": _explain,
    "sign": _sign,
    "publish": _publish,
    "withdraw": _withdraw,
}
