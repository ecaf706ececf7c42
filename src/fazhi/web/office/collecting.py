"""Around a draft: what the checker says, what units contribute, their own pages, and the report as official paper."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi.desk import NoRight, Recorded, Refused
from fazhi.ledger import Collision, read, read_many, rulebook
from fazhi.people import units, unsent
from fazhi.press.faces import NoFont
from fazhi.reach.scope import Filters
from fazhi.report import checking, contributions, publish
from fazhi.report import paper as official
from fazhi.report.compose import named_in
from fazhi.report.contributions import Contribution
from fazhi.report.differences import differences, readings_for
from fazhi.search import look as found_by
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, unit_name
from fazhi.web.faces.values import Field
from fazhi.web.office.acts import seen_in, told
from fazhi.web.office.drafts import Draft, drafts_of
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.unsent import draft_values, resumed
from fazhi.worklist.values import MatterPage

FORMS: Final[dict[str, tuple[str, Callable[..., bytes]]]] = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", official.docx),
    "pdf": ("application/pdf", official.pdf),
}
WORDS, FIGURE = "text-", "figure-"


def check_values(page: MatterPage, last: Draft | None, here: Here) -> dict[str, Any]:
    """Secrecy review and findings of the last draft."""
    if last is None:
        return {"checks": [], "screened": ""}
    answered = checking.explanations(page.view)
    checks = [
        {
            "text": one.message,
            "law": one.source,
            "reason": answered.get(one.message, ""),
            "field": Field("reason", _("为什么保留"), required=True, id=f"f-reason-{place}"),
        }
        for place, one in enumerate(checking.find(last.report))
    ]
    result = publish.screening(page.view, last.seq)
    results = (("open", _("可以公开")), ("secret", _("涉密，不公开")))
    return {
        "checks": checks,
        "screened": _("保密审查：%(result)s") % {"result": dict(results)[result]} if result else "",
        "may_screen": "lead" in here.actor.powers,
        "screening": Field("result", _("审查结论"), "select", "open", required=True, choices=results),
    }


def collect_values(page: MatterPage, here: Here) -> dict[str, Any]:
    """Contributions under a report or a contribution, and the form that asks for them."""
    found = contributions.of(page.view)
    asked = {one.unit for one in found if one.state != "recalled"}
    top = contributions.one_of(page.view).unit if page.procedure == contributions.PROCEDURE else page.view.unit
    tree = units.tree_on(here.day)
    of = (
        next((one for one in tree.path(top) if tree.units[one].kind == "government"), top)
        if page_is_report(page)
        else top
    )
    below = [line for line in tree.units.values() if line.parent == of and line.id not in asked and line.id != top]
    below.sort(key=lambda line: line.sort_key)
    verb = "office:report_act" if page_is_report(page) else "office:report_part_act"
    return {
        "parts": [_line(one) for one in found],
        "parts_in": sum(one.state in ("submitted", "adopted", "nothing") for one in found),
        "parts_out": sum(one.missing for one in found),
        "parts_late": sum(one.late for one in found),
        "below": [{"id": line.id, "name": line.name} for line in below],
        "may_collect": bool(below)
        and page.closed is None
        and may_act(here, page.view)
        and "record" in here.actor.powers,
        "collect_href": reverse(verb, args=[page.id, "collect"]),
        "collect_due": Field("due", _("请在哪天以前报送"), "day", required=True),
    }


def asked_parts(here: Here) -> list[dict[str, Any]]:
    """Contributions that are not over and that one may see: whose turn it is, and until when."""
    kinds = Filters(kinds=frozenset({contributions.PROCEDURE}), open=True)
    hits = found_by.search(here.scope, here.actor, "", kinds, "").items
    views = read_many([hit.matter for hit in hits])
    found = [contributions.one_of(view) for view in views.values()]
    found.sort(key=lambda one: (not one.missing, one.due or date.max))
    return [_line(one) | {"year": one.year} for one in found if one.state not in contributions.OVER]


def page_is_report(page: MatterPage) -> bool:
    return page.procedure == publish.PROCEDURE


def _line(one: Contribution) -> dict[str, Any]:
    return {
        "href": reverse("office:report_part", args=[one.matter]),
        "unit": unit_name(one.unit),
        "state": state_words(one),
        "over": one.state in contributions.OVER,
        "due": one.due if one.missing else None,
        "late": one.late,
    }


def state_words(one: Contribution) -> str:
    return {
        "requested": _("待报送"),
        "submitted": _("待审核"),
        "sent_back": _("退回修改"),
        "adopted": _("已采用"),
        "nothing": _("无供稿内容"),
        "recalled": _("已撤回征集"),
    }[one.state]


def collect_all(request: HttpRequest, here: Here, page: MatterPage, outline: str) -> Recorded:
    """Ask every ticked unit at once."""
    asked = [UUID(one) for one in request.POST.getlist("unit") if _is_id(one)]
    if not asked:
        raise ValueError(_("请至少选一个单位。"))
    key = request.POST.get("key") or secrets.token_hex(16)
    contributions.collect(here.actor, page.id, asked, outline, due=_day(request, here, "due"), key=key)
    return Recorded(page.view.head)


def _is_id(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def _day(request: HttpRequest, here: Here, name: str) -> date:
    return read_day(request.POST.get(name, "").strip(), here.day, calendar())


@never_cache
@require_safe
@in_post
def paper(request: HttpRequest, here: Here, identity: UUID, form: str) -> HttpResponse:
    """The last draft, or what was signed, as official paper."""
    page = find_page(here, identity)
    drafts = drafts_of(page)
    if not page_is_report(page) or form not in FORMS or not drafts:
        raise Http404
    signed = publish.signed_draft(page.view)
    chosen = next((one for one in drafts if one.seq == signed), drafts[-1])
    issued = next((one.day for one in reversed(page.view.horizon.facts) if one.kind == "signed"), None)
    media, make = FORMS[form]
    try:
        data = make(chosen.report, issued)
    except NoFont as lacking:
        return HttpResponse(str(lacking), status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = content_disposition_header(True, f"{chosen.report.title}.{form}") or "attachment"
    return response


@never_cache
@require_safe
@in_post
def part(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    return _show(request, here, _part_page(here, identity), ())


def _part_page(here: Here, identity: UUID) -> MatterPage:
    page = find_page(here, identity)
    if page.procedure != contributions.PROCEDURE:
        raise Http404
    return page


def _show(
    request: HttpRequest, here: Here, page: MatterPage, findings: tuple[dict[str, str], ...], status: int = 200
) -> HttpResponse:
    known = contributions.one_of(page.view)
    mine = may_act(here, page.view)
    may_write = mine and known.missing and here.scope.may_act_for(known.unit, contributions.PROCEDURE)
    form = f"part/{page.id}"
    typed = {name: str(value) for name, value in request.POST.items()} or dict(resumed(request, here, form))
    titles = dict(contributions.sections_of(known))
    figures = _figure_fields(known, typed) if may_write else []
    book = rulebook()
    values = {
        "unit": unit_name(known.unit),
        "year": known.year,
        "state": state_words(known),
        "late": known.late,
        "due": known.due,
        "waiting": known.missing,
        "remark": known.remark,
        "differences": differences(known) if known.entry else (),
        "sections": _section_fields(page, known, titles, typed),
        "figures": figures,
        "figures_open": bool(known.figures),
        "texts": [(titles.get(key, key), text) for key, text in known.texts.items()],
        "told": [
            f"{book.indicators[name].title}：{value:f}{book.indicators[name].unit}"
            for name, value in known.figures.items()
        ],
        "may_write": may_write,
        "may_review": mine and known.state == "submitted" and "approve" in here.actor.powers,
        "reason": Field("reason", _("没有供稿内容的，请说明"), "long", typed.get("reason", ""), required=True),
        "again": Field("due", _("请在哪天以前重新报送"), "day", typed.get("due", ""), required=True),
        "opinion": Field("remark", _("修改意见"), "long", typed.get("remark", ""), required=True),
        "findings": findings,
        "refused": True,
        "seen": page.seen,
        "key": secrets.token_hex(16),
        "identity": page.id,
        "matter_href": reverse("office:matter", args=[page.id]),
        "back": reverse("office:reports"),
        **collect_values(page, here),
        **draft_values(request, here, form),
    }
    return show(request, here, "office/report_part.html", values, status)


def _section_fields(
    page: MatterPage, known: Contribution, titles: dict[str, str], typed: dict[str, str]
) -> list[Field]:
    """One field for each section; what units below contributed to it stands as its hint."""
    given: dict[str, list[str]] = {}
    for one in contributions.adopted(page.view):
        given.setdefault(one.section, []).append(_("%(unit)s供稿：%(text)s") % {"unit": one.author, "text": one.text})
    return [
        Field(
            WORDS + key,
            title,
            "long",
            typed.get(WORDS + key, known.texts.get(key, "")),
            "\n".join(given.get(key, ())),
            extra={"rows": "4"},
        )
        for key, title in titles.items()
    ]


def _figure_fields(known: Contribution, typed: dict[str, str]) -> list[Field]:
    """One field for each figure that the sections print; our own reading stands below it."""
    book = rulebook()
    wanted = [key for key, _title in contributions.sections_of(known)]
    slots = [
        slot
        for section in book.outlines[known.outline].sections
        if section.key in wanted
        for slot in section.paragraphs
    ]
    names = list(dict.fromkeys(name for slot in slots for name in named_in(slot.text) if name in book.indicators))
    readings = readings_for(known, frozenset(names))
    fields = []
    for name in names:
        page, reading = book.indicators[name], readings.get(name)
        stated = f"{known.figures[name]:f}" if name in known.figures else ""
        hint = (
            _("系统读数：%(text)s") % {"text": reading.text + reading.unit_told}
            if reading and not reading.no_data
            else ""
        )
        label = f"{page.title}（{page.unit}）"
        fields.append(Field(FIGURE + name, label, "text", typed.get(FIGURE + name, stated), hint))
    return fields


@never_cache
@require_POST
@in_post
def act(request: HttpRequest, here: Here, identity: UUID, verb: str) -> HttpResponse:
    """One act of a contribution, then its page again."""
    page = _part_page(here, identity)
    if verb not in VERBS:
        raise Http404
    try:
        VERBS[verb](request, here, page)
    except Refused as refused:
        return _show(request, here, page, tuple(told(one) for one in refused.findings), 422)
    except ValueError as wrong:
        return _show(request, here, page, ({"text": str(wrong)},), 422)
    except (NoRight, Collision) as wrong:
        return _show(request, here, page, ({"text": lost_words(wrong, page)},), 409)
    if verb == "submit":
        unsent.drop(here.actor.account, f"part/{page.id}")
    messages.success(request, _("已记入。"))
    for one in differences(contributions.one_of(read(page.id))) if verb == "submit" else ():
        messages.warning(request, one.text)
    return redirect("office:report_part", page.id)


def _submit(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    texts = {name.removeprefix(WORDS): str(text) for name, text in request.POST.items() if name.startswith(WORDS)}
    figures = {}
    for name, said in request.POST.items():
        if name.startswith(FIGURE) and str(said).strip() and name.removeprefix(FIGURE) in rulebook().indicators:
            value = contributions.number_in(str(said))
            if value is None:
                title = rulebook().indicators[name.removeprefix(FIGURE)].title
                raise ValueError(_("“%(title)s”请填数字，不带单位。") % {"title": title})
            figures[name.removeprefix(FIGURE)] = value
    return contributions.submit(here.actor, page.id, texts, figures, seen=seen_in(request), key=_key(request))


def _nothing(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    reason = request.POST.get("reason", "")
    return contributions.nothing(here.actor, page.id, reason, seen=seen_in(request), key=_key(request))


def _adopt(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    return contributions.adopt(here.actor, page.id, seen=seen_in(request), key=_key(request))


def _back(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    due, remark = _day(request, here, "due"), request.POST.get("remark", "")
    return contributions.send_back(here.actor, page.id, remark, due, seen=seen_in(request), key=_key(request))


def _collect(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    return collect_all(request, here, page, contributions.one_of(page.view).outline)


def _key(request: HttpRequest) -> str:
    return request.POST.get("key") or secrets.token_hex(16)


VERBS: Final[dict[str, Callable[[HttpRequest, Here, MatterPage], Recorded]]] = {
    "submit": _submit,
    "nothing": _nothing,
    "adopt": _adopt,
    "back": _back,
    "collect": _collect,
}
