"""Administration of people: accounts, posts, who holds them and what they may; every act is kept in a log."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from fazhi.people import deeds, login, posts, roll, second_step, units
from fazhi.people.actors import POWERS
from fazhi.people.posts import BadSeat
from fazhi.reach import grants
from fazhi.reach.grants import BadGrant
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar, unit_name
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words, joined
from fazhi.web.office.gate import Here, in_post, show, show_refused
from fazhi.web.office.kinds import kind_field

POWER: Final = "grant"
Typed = Mapping[str, str]
Choices = tuple[tuple[str, str], ...]
DATA: Final = {"data": "yes"}


class Own(ValueError):
    """Nobody widens his or her own rights."""


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@in_post
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """Accounts and posts of the house, and the forms to change them."""
    if POWER not in here.actor.powers:
        text = _("人员和岗位由具有“授权”职权的岗位管理，请改选岗位，或请管理员设立这样的岗位。")
        return show_refused(request, here, _("不能查看"), text)
    typed = {name: str(value) for name, value in request.POST.items()}
    problem = ""
    if request.method == "POST" and (verb := VERBS.get(typed.get("verb", ""))):
        try:
            with transaction.atomic():
                deeds.note(here.actor, typed["verb"], verb(here, typed))
            messages.success(request, _("已保存，并记入管理日志。"))
            return redirect("office:people")
        except (BadSeat, BadGrant, Own, ValueError) as wrong:
            problem = str(wrong)
    return show(request, here, "office/people.html", _values(here, typed, problem), 422 if problem else 200)


def _values(here: Here, typed: Typed, problem: str) -> dict[str, Any]:
    accounts, seats = roll.accounts(), roll.posts_on(here.day)
    given = grants.given(ended_before=here.day)
    return {
        "problem": problem,
        "accounts": [_account_row(one, seats) for one in accounts],
        "posts": [_post_row(one, [line for line in given if line.post == one.id]) for one in seats],
        "forms": _forms(here, typed, accounts, seats),
        "me": here.actor.account,
        "log": reverse("office:looks"),
    }


def _account_row(one: roll.AccountLine, seats: tuple[roll.PostLine, ...]) -> dict[str, Any]:
    held = [seat.name for seat in seats for holder in seat.holders if holder.account == one.id]
    return {
        "id": one.id,
        "name": one.display,
        "username": one.username,
        "open": one.open,
        "last": one.last_login,
        "posts": held,
    }


def _post_row(one: roll.PostLine, given: list[grants.GrantLine]) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "powers": joined([power_words(power) for power in one.powers]),
        "holders": one.holders,
        "grants": [{"number": line.number, "words": grant_words(line)} for line in given],
    }


def power_words(power: str) -> str:
    return {
        "record": _("经办"),
        "approve": _("机构负责人审批"),
        "lead": _("机关负责人审批"),
        "publish": _("公开"),
        "reveal": _("查看当事人信息"),
        "erase": _("清除个人信息"),
        "grant": _("授权"),
        "supervise": _("监督"),
    }.get(power, power)


def grant_words(line: grants.GrantLine) -> str:
    """A grant in one line: of what, how far, until when."""
    where = _("代理其他岗位") if line.unit is None else unit_name(line.unit)
    parts = [
        where + (_("及下属单位") if line.subtree and line.unit else ""),
        _("全部业务") if line.kinds is None else _("%(n)d类业务") % {"n": len(line.kinds)},
        (_("不含内部事项"), _("内部及以下"), _("保密及以下"))[line.secrecy],
        "" if line.acts else _("只看不办"),
        _("到%(day)s前") % {"day": day_words(line.until)} if line.until else "",
    ]
    return " · ".join(part for part in parts if part)


def _forms(
    here: Here, typed: Typed, accounts: tuple[roll.AccountLine, ...], seats: tuple[roll.PostLine, ...]
) -> list[dict[str, Any]]:
    """The forms of the page; what was typed into one that was refused stays in it."""
    whom = tuple((str(one.id), f"{one.display}（{one.username}）") for one in accounts)
    where = tuple((str(one.id), one.name) for one in seats)
    plans = (
        ("open_account", _("新建账号"), _account_form()),
        ("hold", _("任职"), _hold_form(whom, where)),
        ("password", _("重设密码"), _password_form(whom)),
        ("clear_second", _("取消第二步验证"), [_whom_field(whom)]),
        ("create_post", _("新设岗位"), _post_form()),
        ("give", _("授予查看和办理范围"), _range_form(here, where)),
    )
    chosen = typed.get("verb", "")
    return [
        {
            "verb": verb,
            "title": title,
            "open": verb == chosen,
            "fields": [_kept(one, verb, typed if verb == chosen else {}) for one in fields],
        }
        for verb, title, fields in plans
    ]


def _kept(one: Field, verb: str, typed: Typed) -> Field:
    value = one.value if one.shape == "password" else typed.get(one.name, one.value)
    return replace(one, value=value, id=f"f-{verb}-{one.name}")


def _account_form() -> list[Field]:
    return [
        Field("username", _("用户名"), required=True),
        Field("display", _("姓名"), required=True),
        Field(
            "password", _("初始密码"), "password", required=True, hint=_("至少十个字，其中至少五个不同，不能只有数字")
        ),
    ]


def _whom_field(whom: Choices) -> Field:
    return Field("account", _("人员"), "select", choices=whom, required=True, extra=DATA)


def _password_form(whom: Choices) -> list[Field]:
    hint = _("至少十个字，其中至少五个不同，不能只有数字；原来的登录全部退出，请当面告诉本人并请其更改")
    return [_whom_field(whom), Field("password", _("新密码"), "password", required=True, hint=hint)]


def _hold_form(whom: Choices, where: Choices) -> list[Field]:
    return [
        _whom_field(whom),
        Field("post", _("岗位"), "select", choices=where, required=True, extra=DATA),
        Field("since", _("从哪天起"), "day", _("今天"), required=True),
        Field("until", _("到哪天前"), "day"),
    ]


def _post_form() -> list[Field]:
    near = {"near": reverse("office:units")}
    powers = [Field(f"power-{power}", power_words(power), "check") for power in POWERS]
    return [
        Field("unit", _("单位"), "search", required=True, extra=near),
        Field("title", _("岗位名称"), required=True),
        *powers,
    ]


def _range_form(here: Here, where: Choices) -> list[Field]:
    secrecy = (("0", _("不含内部事项")), ("1", _("内部及以下")), ("2", _("保密及以下")))
    near = {"near": reverse("office:units")}
    return [
        Field("post", _("岗位"), "select", choices=where, required=True, extra=DATA),
        Field("unit", _("单位"), "search", required=True, extra=near, hint=_("含下属单位")),
        kind_field(here, "", _("业务")),
        Field("secrecy", _("密级"), "select", "0", choices=secrecy, required=True),
        Field("until", _("到哪天前"), "day"),
        Field("reason", _("理由"), required=True),
        Field("looks", _("只看不办"), "check"),
    ]


def _one(typed: Typed, name: str, what: str) -> UUID:
    try:
        return UUID(typed.get(name, ""))
    except ValueError as wrong:
        raise ValueError(_("请选择%(what)s。") % {"what": what}) from wrong


def _unit(here: Here, typed: Typed) -> UUID:
    name = typed.get("unit", "").strip()
    found = next((line.id for line in units.tree_on(here.day).units.values() if line.name == name), None)
    if found is None:
        raise ValueError(_("没有叫“%(name)s”的单位，请从列表中挑选。") % {"name": name})
    return found


def _day(here: Here, typed: Typed, name: str) -> date | None:
    text = typed.get(name, "").strip()
    return read_day(text, here.day, calendar()) if text else None


def _not_own(here: Here, post: UUID) -> None:
    if post == here.actor.post or any(
        holder.account == here.actor.account
        for seat in roll.posts_on(here.day)
        if seat.id == post
        for holder in seat.holders
    ):
        raise Own(_("不能给自己担任的岗位授权或给自己任职，请由另一位管理员办理。"))


def _open_account(here: Here, typed: Typed) -> str:
    username, display, password = typed.get("username", ""), typed.get("display", "").strip(), typed.get("password", "")
    if not display:
        raise ValueError(_("请填写姓名。"))
    if weak := login.weakness(password, username, display):
        raise ValueError(weak)
    posts.open_account(username, display, password)
    return username


def _password(here: Here, typed: Typed) -> str:
    line = _account(typed)
    if weak := login.weakness(typed.get("password", ""), line.username, line.display):
        raise ValueError(weak)
    posts.change_password(line.id, typed["password"])
    return line.username


def _clear_second(here: Here, typed: Typed) -> str:
    line = _account(typed)
    if line.id == here.actor.account:
        raise Own(_("自己的第二步验证在“登录安全”里关闭。"))
    second_step.remove(line.id)
    return line.username


def _switch(here: Here, typed: Typed) -> str:
    line = _account(typed)
    if line.id == here.actor.account:
        raise Own(_("不能停用自己的账号，请由另一位管理员办理。"))
    posts.switch(line.id, on=not line.open)
    return f"{line.username} · {_('停用') if line.open else _('启用')}"


def _account(typed: Typed) -> roll.AccountLine:
    wanted = _one(typed, "account", _("人员"))
    found = next((one for one in roll.accounts() if one.id == wanted), None)
    if found is None:
        raise ValueError(_("请选择%(what)s。") % {"what": _("人员")})
    return found


def _hold(here: Here, typed: Typed) -> str:
    line, post = _account(typed), _one(typed, "post", _("岗位"))
    if line.id == here.actor.account:
        raise Own(_("不能给自己担任的岗位授权或给自己任职，请由另一位管理员办理。"))
    posts.hold(post, line.id, since=_day(here, typed, "since") or here.day, until=_day(here, typed, "until"))
    return f"{line.username} · {_seat(here, post)}"


def _leave(here: Here, typed: Typed) -> str:
    line, post = _account(typed), _one(typed, "post", _("岗位"))
    posts.leave(post, line.id, day=here.day)
    return f"{line.username} · {_seat(here, post)}"


def _create_post(here: Here, typed: Typed) -> str:
    unit, title = _unit(here, typed), typed.get("title", "")
    powers = [power for power in POWERS if typed.get(f"power-{power}")]
    posts.create(unit, title, powers, since=here.day)
    return f"{unit_name(unit)}/{title} · {joined([power_words(power) for power in powers])}"


def _give(here: Here, typed: Typed) -> str:
    post, unit = _one(typed, "post", _("岗位")), _unit(here, typed)
    _not_own(here, post)
    reason = typed.get("reason", "").strip()
    if not reason:
        raise ValueError(_("请写明理由。"))
    secrecy: Any = int(typed["secrecy"]) if typed.get("secrecy") in ("0", "1", "2") else 0
    grants.give(
        unit=unit,
        post=post,
        kinds=[typed["kind"]] if typed.get("kind") else None,
        secrecy=secrecy,
        acts=not typed.get("looks"),
        since=here.day,
        until=_day(here, typed, "until"),
        reason=reason[:200],
    )
    return f"{_seat(here, post)} · {unit_name(unit)} · {reason}"


def _end_grant(here: Here, typed: Typed) -> str:
    number = typed.get("number", "")
    grants.end(int(number) if number.isdecimal() else 0, day=here.day)
    return number


def _seat(here: Here, post: UUID) -> str:
    return next((seat.name for seat in roll.posts_on(here.day) if seat.id == post), str(post))


VERBS: Final[dict[str, Callable[[Here, Typed], str]]] = {
    "open_account": _open_account,
    "password": _password,
    "clear_second": _clear_second,
    "switch": _switch,
    "hold": _hold,
    "leave": _leave,
    "create_post": _create_post,
    "give": _give,
    "end_grant": _end_grant,
}
