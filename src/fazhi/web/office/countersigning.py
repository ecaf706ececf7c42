"""A text sent round for opinions and signatures: asked, answered, changed, decided, called off, and its sheet."""

import secrets
from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fazhi import archive
from fazhi.desk import NoRight, Recorded, Refused
from fazhi.desk.act import refusal
from fazhi.desk.countersigning import Place, call_off, change_text, decide_over, send_round, sign
from fazhi.ledger import Collision
from fazhi.people import roll, units, unsent
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, keep_files
from fazhi.web.faces.intake import site_name as whose
from fazhi.web.office.acts import seen_in
from fazhi.web.office.fields import FILES, finding_words
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.sent_round import ROWS, may_send, rounds_told, send_fields, work_values
from fazhi.web.office.unsent import draft_values, resumed
from fazhi.worklist.values import MatterPage

IN_ORDER: Final = "order"


@never_cache
@require_safe
@in_post
def sending(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """The rounds of a matter, what this post may do in the one that runs, and the form that begins one."""
    return show_rounds(request, here, find_page(here, identity), dict(resumed(request, here, f"round/{identity}")), {})


def show_rounds(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    typed: dict[str, str],
    errors: dict[str, str],
    verb: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, with what was just tried and refused kept in its form."""
    values = {
        "page": page,
        "rounds": rounds_told(page),
        "work": work_values(page, here, typed, errors, verb),
        "send_fields": send_fields(here, typed, errors) if may_send(page, here) else None,
        "verb": verb,
        "findings": [{"text": text} for text in dict.fromkeys(errors.values())],
        "refused": True,
        "seen": page.seen,
        "key": typed.get("key") or secrets.token_hex(16),
        **draft_values(request, here, f"round/{page.id}"),
    }
    return show(request, here, "office/countersigning.html", values, status)


@never_cache
@require_POST
@in_post
def act(request: HttpRequest, here: Here, identity: UUID, verb: str) -> HttpResponse:
    """One verb of a round; whatever is refused comes back with what was typed."""
    page = find_page(here, identity)
    if verb not in VERBS:
        raise Http404
    do, done = VERBS[verb]
    errors: dict[str, str] = {}
    try:
        if not may_act(here, page.view):
            raise NoRight(_("这件事现在不由您的单位办理，您可以查看，不能记入。"))
        do(request, here, page)
    except Refused as refused:
        errors = {one.where or one.rule: finding_words(one) for one in refused.findings}
    except archive.BadFile as bad:
        errors[FILES] = str(bad)
    except (NoRight, Collision) as wrong:
        errors["kind"] = lost_words(wrong, page)
    if errors:
        typed = {name: str(value) for name, value in request.POST.items()}
        return show_rounds(request, here, find_page(here, identity), typed, errors, verb, 422)
    if verb == "send":
        unsent.drop(here.actor.account, f"round/{identity}")
    messages.success(request, done())
    return redirect("office:round", identity) if here.scope.may_see(identity) else redirect("office:desk")


def _text(request: HttpRequest) -> str:
    return request.POST.get("text", "").strip()


def _key(request: HttpRequest) -> str:
    return request.POST.get("key", "")


def _send(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    places, by = _places(request, here), _by(request, here)
    missing = [name for name in ("form", "rule", "mode") if not request.POST.get(name)]
    if missing:
        raise Refused(tuple(refusal("field", _("请选择一项。"), _("请选择一项。"), name) for name in missing))
    files = keep_files(request.FILES.getlist(FILES), here.actor)
    said = {"form": request.POST["form"], "rule": request.POST["rule"], "text": _text(request)}
    return send_round(here.actor, page.id, places, **said, by=by, files=files, seen=seen_in(request), key=_key(request))


def _places(request: HttpRequest, here: Here) -> list[Place]:
    """Each row names a unit, or a post as unit and title with a stroke between; in order if so chosen."""
    tree = {line.name: line.id for line in units.tree_on(here.day).units.values()}
    seats = {seat.name: seat for seat in roll.posts_on(here.day)}
    ordered = request.POST.get("mode") == IN_ORDER
    found: list[Place] = []
    for row in range(1, ROWS + 1):
        typed = request.POST.get(f"place-{row}", "").strip().replace("／", "/")
        if not typed:
            continue
        order = len(found) + 1 if ordered else 1
        if typed in tree:
            found.append(Place(tree[typed], order=order))
        elif typed in seats:
            found.append(Place(seats[typed].unit, seats[typed].id, order))
        else:
            text = _("没有叫“%(name)s”的单位或者岗位，请从列表中挑选。") % {"name": typed}
            raise Refused((refusal("field", text, text, f"place-{row}"),))
    return found


def _by(request: HttpRequest, here: Here) -> date:
    try:
        return read_day(request.POST.get("day", ""), here.day, calendar())
    except ValueError as wrong:
        raise Refused((refusal("field", str(wrong), str(wrong), "day"),)) from wrong


def _sign(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    ask = request.POST.get("ask", "")
    said = {"answer": request.POST.get("answer", ""), "digest": request.POST.get("digest", "")}
    number = int(ask) if ask.isdecimal() else 0
    return sign(here.actor, page.id, number, remark=_text(request), key=_key(request), **said)


def _change(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    files = keep_files(request.FILES.getlist(FILES), here.actor)
    said = {"text": _text(request), "seen": seen_in(request), "key": _key(request)}
    return change_text(here.actor, page.id, files=files, **said)  # type: ignore[arg-type]


def _decide(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    return decide_over(here.actor, page.id, reason=_text(request), seen=seen_in(request), key=_key(request))


def _call_off(request: HttpRequest, here: Here, page: MatterPage) -> Recorded:
    return call_off(here.actor, page.id, reason=_text(request), seen=seen_in(request), key=_key(request))


Verb = tuple[Callable[[HttpRequest, Here, MatterPage], Recorded], Callable[[], str]]
VERBS: Final[dict[str, Verb]] = {
    "send": (_send, lambda: _("已送出，各单位在工作台看到，答复后这里显示。")),
    "sign": (_sign, lambda: _("意见已记入。")),
    "change": (_change, lambda: _("文稿已改，先前的意见作废，已重新征求。")),
    "decide": (_decide, lambda: _("裁定已记入。")),
    "end": (_call_off, lambda: _("会审会签已撤销。")),
}


@never_cache
@require_safe
@in_post
def sheet(request: HttpRequest, here: Here, identity: UUID, entry: int) -> HttpResponse:
    """The countersign sheet of one round, for paper."""
    page = find_page(here, identity)
    told = next((one for one in rounds_told(page) if one["entry"] == entry), None)
    if told is None:
        raise Http404
    back = reverse("office:round", args=[page.id])
    papers = [
        (form.upper(), reverse("office:countersign_paper", args=[page.id, entry, form])) for form in ("pdf", "docx")
    ]
    values = {"page": page, "round": told, "owner": whose(), "back": back, "papers": papers}
    return show(request, here, "office/countersign_sheet.html", values)
