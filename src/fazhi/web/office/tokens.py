"""Tokens of my own: another program acts in my post, for named purposes, until a day; told once and ended any time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.people import tokens as people_tokens
from fazhi.people.tokens import SCOPES, BadToken
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, joined
from fazhi.web.office.gate import Here, in_post, show

USUAL = timedelta(days=180)
SHOWN = 30


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def tokens(request: HttpRequest, here: Here) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    told = ""
    if request.method == "POST" and typed.get("token"):
        if _withdraw(here, typed["token"]):
            messages.success(request, _("令牌已收回，立即失效。"))
        return redirect("office:tokens")
    if request.method == "POST":
        told = _issue(here, typed, errors)
    found = _listed(request, here)
    values = {
        "told": told,
        "fields": _fields(here, {} if told else typed, errors),
        "scopes": [
            Field(f"scope-{word}", scope_words(word), "check", "" if told else typed.get(f"scope-{word}", ""))
            for word in SCOPES
        ],
        "tokens": found.shown,
        **found.values("office:tokens_export"),
    }
    return show(request, here, "office/tokens.html", values, 422 if errors else 200)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """My tokens as the page lists them; none of them can be read from it."""
    return _listed(request, here).table(_("我的令牌"), form)


def scope_words(word: str) -> str:
    return {
        "read": _("查看事项和名录"),
        "receive": _("登记新事项"),
        "record": _("办理事项"),
        "figures": _("读取指标"),
        "balances": _("报送预付余额"),
    }[word]


def _listed(request: HttpRequest, here: Here) -> Listed[dict[str, Any]]:
    columns = (
        Column[dict[str, Any]]("title", _("哪个系统使用"), lambda one: one["title"]),
        Column[dict[str, Any]]("scopes", _("用途"), lambda one: one["scopes"]),
        Column[dict[str, Any]]("until", _("有效期到哪天前"), lambda one: one["until"]),
        Column[dict[str, Any]]("state", _("状态"), lambda one: _("有效") if one["open"] else _("已失效")),
    )
    return listed(request.GET, columns, _rows(here), lambda one: one["id"], size=SHOWN)


def _rows(here: Here) -> list[dict[str, Any]]:
    assert here.actor.account is not None
    return [
        {
            "id": one.id,
            "title": one.title,
            "scopes": joined([scope_words(word) for word in one.scopes]),
            "until": one.until,
            "open": not one.withdrawn and one.until > here.day,
        }
        for one in people_tokens.of_account(here.actor.account)
    ]


def _fields(here: Here, typed: dict[str, str], errors: dict[str, str]) -> list[Field]:
    return [
        Field(
            "title",
            _("哪个系统使用"),
            value=typed.get("title", ""),
            hint=_("例如：执法平台每日取数"),
            error=errors.get("title", ""),
            required=True,
        ),
        Field(
            "until",
            _("用到哪天为止"),
            "day",
            typed.get("until", day_words(here.day + USUAL)),
            error=errors.get("until", ""),
            required=True,
        ),
    ]


def _issue(here: Here, typed: dict[str, str], errors: dict[str, str]) -> str:
    try:
        until: date = read_day(typed.get("until", ""), here.day, calendar()) + timedelta(days=1)
    except ValueError as wrong:
        errors["until"] = str(wrong)
        return ""
    chosen = [word for word in SCOPES if typed.get(f"scope-{word}")]
    try:
        return people_tokens.issue(here.actor, typed.get("title", ""), chosen, until, here.day)
    except BadToken as bad:
        errors["title"] = str(bad)
        return ""


def _withdraw(here: Here, text: str) -> bool:
    try:
        return people_tokens.withdraw(here.actor, UUID(text))
    except ValueError:
        return False
