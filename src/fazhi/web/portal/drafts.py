"""Decisions and documents in the making: the steps, the draft by clause, comments and their answers, the final text."""

import re
import secrets
from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.desk import public
from fazhi.gazette import drafts as look
from fazhi.gazette.drafts import Draft, Line, Step
from fazhi.gazette.values import Item
from fazhi.web.faces.intake import BadParty, Refused, unit_name
from fazhi.web.faces.limits import Limit, origin
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.tables import as_table
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, in_english, said, today
from fazhi.web.portal.lodge import UNNAMED
from fazhi.web.portal.lodged import hand_over
from fazhi.web.portal.shell import show, show_refused

LONGEST: Final = 5000
SHOWN: Final = 50
SHORTEST: Final = 4
ARTICLE: Final = re.compile("第[零〇一二三四五六七八九十百千]+条")
COMMENTED = Limit("comment", most=30, seconds=3600)


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    open_now, done = _found(request)
    values = {
        **done.values("portal:drafts_table"),
        "heads": done.heads_of("title", "unit", "changed"),
        "open": [_listed(one) for one in open_now.every],
        "done": [_listed(one) for one in done.shown],
    }
    return show(request, "portal/drafts.html", values)


@require_safe
def table(request: HttpRequest, form: str) -> HttpResponse:
    """The drafts that the page lists, with how each stands."""
    heads = (_("名称"), _("类别"), _("单位"), _("最近变化"), _("状态"), _("网址"))
    rows = (
        (
            *(one.title, said(one.kind), unit_name(one.unit), one.changed),
            *(_("正在征求意见") if one.open else _("已经结束征求意见"), _address(request, one)),
        )
        for found in _found(request)
        for one in found.every
    )
    return as_table(_("决策与草案"), heads, rows, form)


def _address(request: HttpRequest, one: Line) -> str:
    return request.build_absolute_uri(reverse("portal:draft", args=[one.id]))


def _found(request: HttpRequest) -> tuple[Listed[Line], Listed[Line]]:
    """Those that are open for comments, all of them, and those that are done, both in the order asked for."""
    columns = (
        Column[Line]("title", _("名称"), lambda one: one.title),
        Column[Line]("kind", _("类别"), lambda one: said(one.kind)),
        Column[Line]("unit", _("单位"), lambda one: unit_name(one.unit)),
        Column[Line]("changed", _("最近变化"), lambda one: one.changed),
    )
    every = look.listed()
    open_now, done = ([one for one in every if one.open is now] for now in (True, False))
    asked = request.GET.copy()
    asked.pop("after", None)
    return listed(asked, columns, open_now, _id), listed(request.GET, columns, done, _id, size=SHOWN)


def _id(one: Line) -> str:
    return one.id


def _listed(one: Line) -> dict[str, Any]:
    return {
        "href": reverse("portal:draft", args=[one.id]),
        "title": one.title,
        "day": one.changed,
        "unit": unit_name(one.unit),
        "kind": said(one.kind),
        "until": until_words(one.until, announced=one.announced) if one.open else "",
    }


def until_words(until: date | None, *, announced: bool = False) -> str:
    """Until when one may speak, with the days left: the day `announced`, or the earliest on which to close."""
    if until is None:
        return ""
    left = (until - today()).days
    if left < 0:
        return _("原定征求意见到%(day)s，现在仍然可以提。") % {"day": day_words(until)}
    if left == 0:
        return _("今天截止，请尽快提出。") if announced else _("今天仍可以提意见，请尽快提出。")
    if announced:
        told = ngettext("还剩 %(n)d 天，%(day)s截止。", "还剩 %(n)d 天，%(day)s截止。", left)
        return told % {"n": left, "day": day_words(until)}
    told = ngettext(
        "%(day)s以前都可以提意见（含当天，还有 %(n)d 天）。", "%(day)s以前都可以提意见（含当天，还有 %(n)d 天）。", left
    )
    return told % {"n": left, "day": day_words(until, year=True)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, identity: str) -> HttpResponse:
    found = look.one(identity)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, {}, {})
    typed = {name: str(value) for name, value in request.POST.items()}
    errors = _errors(found, typed)
    if errors:
        return _page(request, found, typed, errors)
    if not COMMENTED.take(origin(request)):
        return show_refused(request, _("提交太多了"), _("一小时内提交次数过多，请稍后再试。"), 429)
    try:
        named, back = bool(typed.get("name", "").strip()), reverse("portal:draft", args=[identity])
        return hand_over(request, _send(found, typed), "comment", named=named, back=back)
    except Refused as refused:
        return _page(request, found, typed, {"text": str(refused)})
    except BadParty as bad:
        return _page(request, found, typed, {bad.field: str(bad)})


def _errors(found: Draft, typed: dict[str, str]) -> dict[str, str]:
    text = typed.get("text", "").strip()
    if not found.comments:
        return {"text": _("征求意见已经结束，不能再提意见。")}
    if not SHORTEST <= len(text) <= LONGEST:
        return {"text": _("请写明意见，四个字以上、五千字以内。")}
    if not typed.get("consent") and (typed.get("name", "").strip() or typed.get("phone", "").strip()):
        return {"consent": _("留了姓名或者电话的，需要您同意我们才能处理；不想留的，请把它们清空。")}
    return {}


def _send(found: Draft, typed: dict[str, str]) -> Any:
    clause = typed.get("clause", "")
    count = len(look.clauses(found.draft.text)) if found.draft else 0
    known = clause.isdecimal() and 0 < int(clause[:6]) <= count
    name, phone = typed.get("name", "").strip(), typed.get("phone", "").strip()
    lodger = public.Lodger(name or (UNNAMED if phone else ""), phone)
    return public.lodge(
        found.line.unit,
        {"text": typed["text"].strip()},
        lodger=lodger,
        fields={"draft": str(found.matter)} | ({"clause": clause} if known else {}),
        procedure=found.comments,
        key=typed.get("key") or secrets.token_hex(16),
    )


def _page(request: HttpRequest, found: Draft, typed: dict[str, str], errors: dict[str, str]) -> HttpResponse:
    at = typed.get("clause", "")
    values = {
        "draft": found,
        "unit": unit_name(found.line.unit),
        "kind": said(found.line.kind),
        "steps": [_step(one) for one in found.steps],
        "reached": next((said(one.title) for one in reversed(found.steps) if one.reached), ""),
        "until": until_words(found.line.until, announced=found.line.announced) if found.comments else "",
        "clauses": _clauses(found, typed, errors),
        "whole": _form(found, "", typed if not at else {}, errors if not at else {}),
        "counts": [(_adopted(word), count) for word, count in sorted(found.adoptions.items())],
        "heard": sum(found.counts.values()),
        "final": found.final,
        "changes": _changes(found.draft, found.final),
        "findings": [] if found.comments else [{"text": text} for text in errors.values()],
        "refused": True,
    }
    return show(request, "portal/draft.html", values, 422 if errors else 200)


def _step(one: Step) -> dict[str, Any]:
    facts = [
        {
            "title": said(fact.title),
            "day": fact.day,
            "item": fact.item,
            "href": reverse("portal:notice", args=[fact.item.id]) if fact.item else "",
        }
        for fact in one.reached
    ]
    return {"title": said(one.title), "facts": facts}


def _clauses(found: Draft, typed: dict[str, str], errors: dict[str, str]) -> list[dict[str, Any]]:
    """The draft paragraph by paragraph, each with how many spoke to it, the answers, and a form while it is open."""
    if found.draft is None:
        return []
    told = []
    for number, text in enumerate(look.clauses(found.draft.text), 1):
        mine = typed.get("clause") == str(number)
        told.append({
            "number": number,
            "article": _article(text),
            "text": text,
            "heard": found.counts.get(number, 0),
            "answers": _answers(found, number),
            "form": _form(found, str(number), typed if mine else {}, errors if mine else {}),
            "open": mine,
        })  # fmt: skip
    return told


def _article(text: str) -> str:
    """第四条 where the paragraph says so itself; in English paragraphs are told by number."""
    named = None if in_english() else ARTICLE.match(text)
    return named[0] if named else ""


def _answers(found: Draft, clause: int) -> list[dict[str, Any]]:
    return [
        {
            "adopted": _adopted(one.adoption),
            "outcome": one.adoption,
            "title": one.item.title,
            "text": one.item.text,
            "href": reverse("portal:notice", args=[one.item.id]),
        }
        for one in found.answered
        if one.clause == clause
    ]


def _adopted(word: str) -> str:
    return {"adopted": _("采纳"), "partly": _("部分采纳"), "not_adopted": _("未采纳")}.get(word, _("研究中"))


def _form(found: Draft, clause: str, typed: dict[str, str], errors: dict[str, str]) -> dict[str, Any] | None:
    if not found.comments:
        return None
    place = clause or "all"
    return {
        "clause": clause,
        "key": typed.get("key") or secrets.token_hex(16),
        "fields": [
            Field("text", _("您的意见和理由"), "long", typed.get("text", ""), error=errors.get("text", ""),
                  required=True, id=f"c-{place}-text", extra={"rows": "4"}),
            Field("name", _("您的姓名或单位"), value=typed.get("name", ""), error=errors.get("name", ""),
                  id=f"c-{place}-name", extra={"autocomplete": "name"}),
            Field("phone", _("电话"), value=typed.get("phone", ""), error=errors.get("phone", ""),
                  id=f"c-{place}-phone", extra={"type": "tel", "autocomplete": "tel"}),
            Field("consent", _("我同意为办理这条意见处理我的姓名和电话（没有留的，不用勾选）"), "check",
                  typed.get("consent", ""), error=errors.get("consent", ""), id=f"c-{place}-consent"),
        ],
    }  # fmt: skip


def _changes(old: Item | None, new: Item | None) -> list[list[dict[str, str]]]:
    if old is None or new is None:
        return []
    told = look.differences(look.clauses(old.text), look.clauses(new.text))
    return [[{"what": what, "text": text} for what, text in line] for line in told]
