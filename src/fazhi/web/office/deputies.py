"""Leave: another post stands in for mine on named days, no further than I say; seen, given and taken back by myself."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fazhi.people import deeds, posts, roll, separation
from fazhi.people.actors import POWERS
from fazhi.reach import grants
from fazhi.reach.grants import BadGrant, GrantLine
from fazhi.reach.scope import NEVER_LENT
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, joined
from fazhi.web.office.gate import Here, in_post, show
from fazhi.web.office.roll_words import power_words

DAY = timedelta(days=1)
LONGEST = timedelta(days=184)
SHOWN = 30


@never_cache
@require_http_methods(["GET", "POST"])
@in_post
def leave(request: HttpRequest, here: Here) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()}
    errors: dict[str, str] = {}
    if request.method == "POST":
        done = _recall(here, typed["number"]) if typed.get("number") else _appoint(here, typed, errors)
        if done:
            messages.success(request, done)
            return redirect("office:leave")
    seats = _seats(here)
    found = _listed(request, here, seats)
    values = {
        "fields": _fields(here, typed, errors, seats),
        "deputies": found.shown,
        "lent": lent_words(here.actor.powers),
        "never_lent": lent_words(here.actor.powers, kept=True),
        "standing": standing_in(here),
        **found.values("office:leave_export"),
    }
    return show(request, here, "office/leave.html", values, 422 if errors else 200)


@never_cache
@require_safe
@in_post
def export(request: HttpRequest, here: Here, form: str) -> HttpResponse:
    """Who stands in for my post, as the page lists them."""
    return _listed(request, here, _seats(here)).table(_("请假与代理"), form)


def lent_words(powers: Iterable[str], *, kept: bool = False) -> str:
    """The powers of a post that go along with a deputyship, or those that do not, in words."""
    held = [one for one in POWERS if one in set(powers)]
    return joined([power_words(one) for one in held if (one in NEVER_LENT) == kept])


def standing_in(here: Here) -> list[dict[str, Any]]:
    """The posts that one stands in for, now and later, with the last day and what one may do there."""
    seats = {seat.id: seat for seat in roll.posts_on(here.day)}
    return [
        {
            "name": _seat_name(seat, here),
            "since": one.since if one.since > here.day else None,
            "last": one.until - DAY if one.until else None,
            "powers": lent_words(seat.powers),
            "reason": one.reason,
        }
        for one in grants.standing_in(here.actor.post, here.actor.account, here.day)
        if one.deputy_for and (seat := seats.get(one.deputy_for))
    ]


def _seats(here: Here) -> dict[Any, str]:
    return {
        seat.id: _seat_name(seat, here) for seat in roll.posts_on(here.day) if not separation.office_of(seat.powers)
    }


def _seat_name(seat: roll.PostLine, here: Here) -> str:
    """The post, and in brackets who holds it today."""
    people = "、".join(one.display for one in seat.holders if one.since <= here.day)
    return f"{seat.name}（{people}）" if people else seat.name


def _listed(request: HttpRequest, here: Here, seats: dict[Any, str]) -> Listed[dict[str, Any]]:
    mine = [line for line in grants.given(ended_before=here.day) if line.deputy_for == here.actor.post]
    rows = [
        {"number": one.number, "name": _deputy(one, seats), "since": one.since}
        | {"last": one.until - DAY if one.until else None, "reason": one.reason}
        for one in mine
    ]
    columns = (
        Column[dict[str, Any]]("name", _("请谁代理"), lambda one: one["name"]),
        Column[dict[str, Any]]("since", _("从哪天起"), lambda one: one["since"]),
        Column[dict[str, Any]]("until", _("到哪天为止（含当天）"), lambda one: one["last"]),
        Column[dict[str, Any]]("reason", _("事由"), lambda one: one["reason"]),
    )
    return listed(request.GET, columns, rows, lambda one: one["number"], size=SHOWN)


def _fields(here: Here, typed: dict[str, str], errors: dict[str, str], seats: dict[Any, str]) -> list[Field]:
    choices = tuple((str(post), name) for post, name in seats.items() if post != here.actor.post)
    value = typed.get
    return [
        Field(
            "post",
            _("请谁代理"),
            "select",
            value("post", ""),
            error=errors.get("post", ""),
            required=True,
            choices=choices,
            extra={"data": "yes"},
        ),
        Field("since", _("从哪天起"), "day", value("since", _("今天")), error=errors.get("since", ""), required=True),
        Field(
            "until", _("到哪天为止（含当天）"), "day", value("until", ""), error=errors.get("until", ""), required=True
        ),
        Field("reason", _("事由"), value=value("reason", ""), error=errors.get("reason", ""), required=True),
    ]


def _appoint(here: Here, typed: dict[str, str], errors: dict[str, str]) -> str:
    days = {}
    for name in ("since", "until"):
        try:
            days[name] = read_day(typed.get(name, ""), here.day, calendar())
        except ValueError as wrong:
            errors[name] = str(wrong)
    seat = next((one for one in roll.posts_on(here.day) if str(one.id) == typed.get("post")), None)
    if seat is None or seat.id == here.actor.post:
        errors["post"] = _("请选择代理的岗位。")
    if not typed.get("reason", "").strip():
        errors["reason"] = _("请写明事由。")
    if not errors and days["since"] < here.day:
        errors["since"] = _("代理从今天起，不能补到过去。")
    if not errors and not days["since"] <= days["until"] <= days["since"] + LONGEST:
        errors["until"] = _("最后一天不能早于第一天，一次最长半年。")
    if errors or seat is None or here.actor.post is None:
        return ""
    most: Any = max((box.secrecy for box in here.scope.boxes), default=0)
    try:
        with transaction.atomic():
            grants.deputise(
                for_post=here.actor.post,
                post=seat.id,
                since=days["since"],
                until=days["until"] + timedelta(days=1),
                secrecy=most,
                reason=typed["reason"].strip()[:200],
            )
            deeds.note(here.actor, "deputise", f"{seat.name} · {days['since']}–{days['until']}")
    except BadGrant as wrong:
        errors["post"] = str(wrong)
        return ""
    told = {
        "post": _seat_name(seat, here),
        "day": day_words(days["until"], year=True),
        "powers": lent_words(here.actor.powers),
    }
    return _("已请“%(post)s”代理到%(day)s（含当天），到期自动收回。代理期间可以行使您岗位的职权：%(powers)s。") % told


def _deputy(one: GrantLine, seats: Mapping[Any, str]) -> str:
    if one.post:
        return seats.get(one.post, "")
    return posts.displays([one.account]).get(one.account, "") if one.account else ""


def _recall(here: Here, number: str) -> str:
    """Only one's own deputies can be recalled here."""
    own = [str(one.number) for one in grants.given(ended_before=here.day) if one.deputy_for == here.actor.post]
    if number not in own:
        return ""
    try:
        with transaction.atomic():
            grants.end(int(number), day=here.day)
            deeds.note(here.actor, "recall", number)
    except BadGrant:
        return ""
    return _("代理已收回。")
