"""Acts posted in a matter: recorded through the desk, or previewed before; nothing typed is lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fazhi import archive, desk, ledger
from fazhi.desk import NoRight, Recorded, Refused
from fazhi.law import Fact, FactKind, Finding
from fazhi.law import preview as preview_fact
from fazhi.ledger import Collision
from fazhi.people import holders, unsent
from fazhi.web.faces.clocks import change_words
from fazhi.web.faces.intake import calendar, keep_files
from fazhi.web.faces.words import day_words, said
from fazhi.web.office.approving import ASKED, read_wanted
from fazhi.web.office.fields import FILES, Filled, finding_words, place_findings, read_form, wrong_words
from fazhi.web.office.gate import Here, in_post
from fazhi.web.office.lost import lost_words
from fazhi.web.office.matter import find_page, show_matter
from fazhi.web.office.offers import Tried, extensions_open, pools_of
from fazhi.web.office.publishing import PUBLISHING
from fazhi.web.office.unsent import act_form
from fazhi.worklist.values import MatterPage


def kind_or_404(page: MatterPage, name: str) -> FactKind:
    kind = page.view.page.kind(name)
    if kind is None:
        raise Http404
    return kind


def read_posted(request: HttpRequest, here: Here, page: MatterPage, kind: FactKind) -> Filled:
    """The posted form of one act; publishing has a form of its own."""
    typed = request.POST.dict()
    if kind.name in PUBLISHING:
        return _read_publishing(here, kind.name, {name: str(value) for name, value in typed.items()})
    filled = read_form(page.view.page, kind, typed, pools_of(page, here), today=here.day, calendar=calendar())
    if kind.name == ASKED:
        read_wanted({name: str(value) for name, value in typed.items()}, filled)
    for one in kind.fields.values():
        if one.kind == "matter" and one.name in filled.fields:
            _resolve_matter(filled, one.name, here)
    return filled


def _read_publishing(here: Here, name: str, typed: dict[str, str]) -> Filled:
    wanted = ("title", "text") if name == "published" else ("reason",)
    filled = Filled(here.day, fields={"entry": typed.get("entry", "")})
    for one in wanted:
        if typed.get(one, "").strip():
            filled.body[one] = typed[one].strip()
        else:
            filled.errors[one] = _("这一项必须填写。")
    if not typed.get("entry", "").isdecimal():
        filled.errors["entry"] = _("请选择一条。")
    return filled


def _resolve_matter(filled: Filled, name: str, here: Here) -> None:
    typed = filled.fields[name]
    try:
        found = holders.matter_of(typed) or UUID(typed)
    except ValueError:
        found = None
    if found is None or not here.scope.may_see(found):
        filled.errors[name] = _("没有找到这一事项，请核对查询编号。")
    else:
        filled.fields[name] = str(found)


@never_cache
@require_POST
@in_post
def record(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    page = find_page(here, identity)
    kind = kind_or_404(page, request.POST.get("kind", ""))
    filled = read_posted(request, here, page, kind)
    if request.POST.get("preview"):
        changes = None if filled.errors else changes_of(page, kind, filled)
        return _tried(request, here, page, kind, filled, (), changes=changes, status=200)
    if filled.errors:
        return _tried(request, here, page, kind, filled, ())
    try:
        done = desk.record(
            here.actor,
            page.id,
            kind.name,
            day=None if filled.moment else filled.day,
            moment=filled.moment,
            fields=filled.fields,
            body=filled.body,
            thread=filled.thread,
            files=keep_files(request.FILES.getlist(FILES), here.actor),
            seen=seen_in(request),
            key=request.POST.get("key", ""),
        )
    except Refused as refused:
        filled.errors.update(place_findings(refused.findings, kind))
        return _tried(request, here, page, kind, filled, [told(one) for one in refused.findings])
    except archive.BadFile as bad:
        filled.errors[FILES] = str(bad)
        return _tried(request, here, page, kind, filled, ())
    except (Collision, NoRight) as wrong:
        page = find_page(here, identity)
        return _tried(request, here, page, kind, filled, [{"text": lost_words(wrong, page)}], status=409)
    unsent.drop(here.actor.account, act_form(page.id, kind.name))
    say_done(request, kind, done, filled.day, new_number=not page.official_number)
    if kind.name == ASKED:
        post = dict(pools_of(page, here).posts).get(filled.fields.get("post", ""), "")
        who = post or _("本单位和上级单位有审批权限的岗位")
        messages.info(request, _("现在等待%(who)s审批。") % {"who": who})
    if kind.name == "approved" and (extensions := extensions_open(page)):
        acts = "、".join(said(one.title) for name in extensions if (one := page.view.page.kind(name)))
        messages.info(request, _("批准只记意见，期限没有变；要延长期限，请接着记入“%(act)s”。") % {"act": acts})
    stays = here.scope.may_see(page.id)
    return redirect(reverse("office:matter", args=[page.id]) if stays else reverse("office:desk"))


def say_done(
    request: HttpRequest,
    kind: FactKind,
    done: Recorded,
    day: date | None = None,
    *,
    new_number: bool = False,
    corrected: str = "",
) -> None:
    """Words for the next page: what was recorded of which day, its number, and what was found about it; `corrected` is
    said in place of the first where an earlier entry was set right or struck out."""
    words = _("已记入“%(act)s”（%(day)s）。") if day and day != ledger.today() else _("已记入“%(act)s”。")
    text = (corrected or words) % {"act": said(kind.title), "day": day_words(day, year=True)}
    messages.success(request, text)
    if done.number and new_number:
        messages.info(request, _("案号：%(number)s。") % {"number": done.number})
    for finding in done.findings:
        messages.warning(request, finding_words(finding))


def seen_in(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() else 0


def told(finding: Finding) -> dict[str, str]:
    return {"text": finding_words(finding), "law": finding.source}


def _tried(
    request: HttpRequest,
    here: Here,
    page: MatterPage,
    kind: FactKind,
    filled: Filled,
    findings: Sequence[dict[str, str]],
    *,
    changes: Any = None,
    status: int = 422,
) -> HttpResponse:
    tried = Tried(kind.name, {name: str(value) for name, value in request.POST.items()}, filled.errors)
    more = {"findings": findings or wrong_words(filled.errors), "refused": True, "changes": changes}
    return show_matter(request, here, page, tried, more, status)


@never_cache
@require_POST
@in_post
def preview(request: HttpRequest, here: Here, identity: UUID) -> HttpResponse:
    """What the act would do to the clocks, as a fragment of the page."""
    page = find_page(here, identity)
    kind = kind_or_404(page, request.POST.get("kind", ""))
    filled = read_posted(request, here, page, kind)
    if filled.errors:
        wrong = [{"text": text} for text in filled.errors.values()]
        return render(request, "faces/wrong.html", {"findings": wrong})
    return render(request, "faces/changes.html", {"changes": changes_of(page, kind, filled)})


def changes_of(page: MatterPage, kind: FactKind, filled: Filled, corrects: int | None = None) -> list[str]:
    """What recording would do, in sentences."""
    values = {**kind.sets, **filled.fields}
    day = filled.day or ledger.today()
    fact = Fact(kind.name, day, filled.moment, values, filled.thread, page.seen + 1, corrects)
    words = [change_words(one) for one in preview_fact(page.view.matter, fact, ledger.now(), calendar())]
    if kind.closes:
        words.append(_("本件办结。"))
    if kind.publishes:
        words.append(_("依法应当公开：%(list)s。") % {"list": kind.publishes})
    return words
