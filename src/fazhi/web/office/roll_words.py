"""Words and forms of the administration of people: powers, ranges, and what each administrator may fill in."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fazhi.people import roll
from fazhi.people.actors import POWERS
from fazhi.reach import grants
from fazhi.web.faces.intake import unit_name
from fazhi.web.faces.values import Field
from fazhi.web.faces.words import day_words
from fazhi.web.office.gate import Here
from fazhi.web.office.kinds import kind_field

Choices = tuple[tuple[str, str], ...]
DATA: Final = {"data": "yes"}


def power_words(power: str) -> str:
    return {
        "record": _("经办"),
        "approve": _("机构负责人审批"),
        "lead": _("机关负责人审批"),
        "publish": _("公开"),
        "reveal": _("查看当事人信息"),
        "erase": _("清除个人信息"),
        "supervise": _("监督"),
        "administer": _("系统管理"),
        "grant": _("安全管理"),
        "audit": _("审计"),
        "wall": _("只看大屏"),
    }.get(power, power)


def administrator_words(power: str) -> str:
    return {"administer": _("系统管理员"), "grant": _("安全管理员"), "audit": _("审计员")}[power]


def grant_words(line: grants.GrantLine) -> str:
    """A grant in one line: of what, how far, until when."""
    where = _("代理其他岗位") if line.unit is None else unit_name(line.unit)
    parts = [
        where + (_("及下属单位") if line.subtree and line.unit else ""),
        _("全部业务")
        if line.kinds is None
        else ngettext("%(n)d类业务", "%(n)d类业务", len(line.kinds)) % {"n": len(line.kinds)},
        (_("不含内部事项"), _("内部及以下"), _("保密及以下"))[line.secrecy],
        "" if line.acts else _("只看不办"),
        _("到%(day)s前") % {"day": day_words(line.until)} if line.until else "",
    ]
    return " · ".join(part for part in parts if part)


def forms_for(
    office: str,
    here: Here,
    typed: Mapping[str, str],
    accounts: tuple[roll.AccountLine, ...],
    seats: tuple[roll.PostLine, ...],
    errors: Mapping[str, str] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """The forms of one administrator; what was typed into one that was refused stays in it."""
    whom = tuple((str(one.id), f"{one.display}（{one.username}）") for one in accounts)
    where = tuple((str(one.id), one.name) for one in seats)
    plans: dict[str, tuple[tuple[str, str, list[Field]], ...]] = {
        "administer": (
            ("open_account", _("新建账号"), _account_form()),
            ("create_post", _("新设岗位"), _post_form()),
            ("hold", _("提出任职"), _hold_form(whom, where)),
        ),
        "grant": (
            ("powers", _("赋予职权"), _powers_form(where, _seat_of(typed, seats))),
            ("give", _("授予查看和办理范围"), _range_form(here, where)),
            ("password", _("设密码"), _password_form(whom)),
            ("clear_second", _("取消第二步验证"), [_whom_field(whom)]),
        ),
    }
    chosen = typed.get("verb", "")
    return [
        {
            "verb": verb,
            "title": title,
            "open": verb == chosen,
            "asks": verb == "powers" and len(fields) == 1,
            "fields": [
                _kept(one, verb, typed if verb == chosen else {}, errors if verb == chosen else {}) for one in fields
            ],
        }
        for verb, title, fields in plans[office]
    ]


def _kept(one: Field, verb: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Field:
    unticked = one.shape == "check" and "csrfmiddlewaretoken" in typed
    value = one.value if one.shape == "password" else typed.get(one.name, "" if unticked else one.value)
    return replace(one, value=value, error=errors.get(one.name, ""), id=f"f-{verb}-{one.name}")


def _account_form() -> list[Field]:
    hint = _("账号还不能登录：由安全管理员设密码以后才能用")
    return [Field("username", _("用户名"), required=True, hint=hint), Field("display", _("姓名"), required=True)]


def _whom_field(whom: Choices) -> Field:
    return Field("account", _("人员"), "select", choices=whom, required=True, extra=DATA)


def _seat_field(where: Choices) -> Field:
    return Field("post", _("岗位"), "select", choices=where, required=True, extra=DATA)


def _password_form(whom: Choices) -> list[Field]:
    hint = _("至少十个字，其中至少五个不同，不能只有数字；原来的登录全部退出，请当面告诉本人并请其更改")
    return [_whom_field(whom), Field("password", _("新密码"), "password", required=True, hint=hint)]


def _hold_form(whom: Choices, where: Choices) -> list[Field]:
    return [
        _whom_field(whom),
        _seat_field(where),
        Field("since", _("从哪天起"), "day", _("今天"), required=True),
        Field("until", _("到哪天前"), "day"),
    ]


def _post_form() -> list[Field]:
    near = {"near": reverse("office:units")}
    hint = _("新岗位没有职权，由安全管理员赋予")
    return [
        Field("unit", _("单位"), "search", required=True, extra=near),
        Field("title", _("岗位名称"), required=True, hint=hint),
    ]


def _seat_of(typed: Mapping[str, str], seats: tuple[roll.PostLine, ...]) -> roll.PostLine | None:
    wanted = typed.get("post", "") if typed.get("verb") == "powers" else ""
    return next((one for one in seats if str(one.id) == wanted), None)


def _powers_form(where: Choices, seat: roll.PostLine | None) -> list[Field]:
    """The post alone; once it is chosen, its powers as they are, so that nobody takes one away without seeing it."""
    if seat is None:
        return [replace(_seat_field(where), hint=_("选好以后列出这个岗位现有的职权"))]
    held = [Field(f"power-{one}", power_words(one), "check", "yes" if one in seat.powers else "") for one in POWERS]
    only = replace(_seat_field(((str(seat.id), seat.name),)), value=str(seat.id))
    return [replace(only, hint=_("已勾选的是现有职权；去掉勾选就收回")), *held]


def _range_form(here: Here, where: Choices) -> list[Field]:
    secrecy = (("0", _("不含内部事项")), ("1", _("内部及以下")), ("2", _("保密及以下")))
    near = {"near": reverse("office:units")}
    return [
        _seat_field(where),
        Field("unit", _("单位"), "search", required=True, extra=near, hint=_("含下属单位")),
        kind_field(here, "", _("业务")),
        Field("secrecy", _("密级"), "select", "0", choices=secrecy, required=True),
        Field("until", _("到哪天前"), "day"),
        Field("reason", _("理由"), required=True),
        Field("looks", _("只看不办"), "check"),
    ]
