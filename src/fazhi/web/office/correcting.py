"""Putting another entry in the place of a wrong one, or striking it out."""

import secrets
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fazhi import desk
from fazhi.desk import NoRight, Refused
from fazhi.law import FactKind
from fazhi.ledger import Collision
from fazhi.people import unsent
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.acts import kind_or_404, read_posted, say_done, seen_in, told
from fazhi.web.office.course import CITIZEN, value_words
from fazhi.web.office.fields import DAY, FILES, HOUR, THREAD, Filled, form_fields, place_findings, wrong_words
from fazhi.web.office.gate import Here, in_post, may_act, show
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page
from fazhi.web.office.offers import pools_of
from fazhi.web.office.unsent import draft_values, resumed
from fazhi.worklist.values import MatterPage


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def correct(request: HttpRequest, here: Here, identity: UUID, seq: int) -> HttpResponse:
    page = find_page(here, identity)
    line = page.view.entry(seq)
    if line is None or line.face == CITIZEN or not may_act(here, page.view):
        raise Http404
    kind = kind_or_404(page, line.kind)
    if request.method == "GET":
        typed = {**_as_typed(page, seq, kind), **resumed(request, here, _draft(page, seq))}
        return _form(request, here, page, seq, kind, typed, Filled(), ())
    filled, strikes = read_posted(request, here, page, kind), bool(request.POST.get("strikes"))
    typed = {name: str(value) for name, value in request.POST.items()}
    if filled.errors and not strikes:
        return _form(request, here, page, seq, kind, typed, filled, (), 422)
    kept = {name: value for name, value in line.fields.items() if name not in kind.fields}
    try:
        done = desk.correct(
            here.actor,
            page.id,
            seq,
            day=None if filled.moment else filled.day,
            moment=filled.moment,
            fields={} if strikes else {**kept, **filled.fields},
            body={} if strikes else filled.body,
            strikes=strikes,
            seen=seen_in(request),
            key=request.POST.get("key", ""),
        )
    except Refused as refused:
        filled.errors.update(place_findings(refused.findings, kind))
        return _form(request, here, page, seq, kind, typed, filled, [told(one) for one in refused.findings], 422)
    except (Collision, NoRight) as wrong:
        return _form(request, here, page, seq, kind, typed, filled, [{"text": lost_words(wrong, page)}], 409)
    unsent.drop(here.actor.account, _draft(page, seq))
    words = _("已撤销“%(act)s”这条记录，不再算数。") if strikes else _("已更正“%(act)s”这条记录。")
    say_done(request, kind, done, corrected=words)
    return redirect("office:matter", page.id)


def _draft(page: MatterPage, seq: int) -> str:
    """What the form of this correction is called among drafts."""
    return f"correct/{page.id}/{seq}"


def _as_typed(page: MatterPage, seq: int, kind: FactKind) -> Mapping[str, str]:
    """The entry as one would have typed it."""
    entry = next(one for one in page.course if one.seq == seq)
    line = page.view.entry(seq)
    assert line is not None
    spoken = {one.name: value_words(one) for one in entry.fields if one.kind in ("unit", "term", "day")}
    codes = {one.name: one.value for one in entry.fields if one.kind not in ("unit", "term", "day")}
    hour = f"{line.moment:%H:%M}" if line.moment else ""
    return {
        **(page.view.body(seq) or {}),
        **codes,
        **spoken,
        DAY: day_words(line.day, year=True),
        HOUR: hour,
        THREAD: line.thread,
    }


def _form(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    seq: int,
    kind: FactKind,
    typed: Mapping[str, str],
    filled: Filled,
    findings: Sequence[dict[str, str]],
    status: int = 200,
) -> HttpResponse:
    fields = form_fields(page.view.page, kind, pools_of(page, here), typed, filled.errors, day="")
    strike = Field("strikes", _("这件事没有发生，只撤销、不替换"), "check", typed.get("strikes", ""))
    values = {
        "line": {"seq": seq, "title": kind.title},
        "fields": [*(one for one in fields if one.name != FILES), strike],
        "findings": findings or wrong_words(filled.errors),
        "refused": True,
        "seen": page.seen,
        "key": typed.get("key") or secrets.token_hex(16),
        "number": page.number or said(page.title),
        "back": reverse("office:matter", args=[page.id]),
        **draft_values(request, here, _draft(page, seq)),
    }
    return show(request, here, "office/correct.html", values, status)
