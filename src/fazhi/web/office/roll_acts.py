"""What the system and the security administrator do to accounts, posts and rights, each told as it was and as it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from fazhi.ledger import rulebook
from fazhi.people import login, nominations, posts, roll, second_step, units
from fazhi.people.actors import POWERS
from fazhi.reach import grants
from fazhi.web.faces.dates import read_day
from fazhi.web.faces.intake import calendar
from fazhi.web.office.gate import Here

Typed = Mapping[str, str]


class Own(ValueError):
    """Nobody widens his or her own rights."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act for the log, in the words of the log (Chinese): on whom or what, as it was, as it is."""

    about: str
    before: str = ""
    after: str = ""


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


def _account(typed: Typed) -> roll.AccountLine:
    wanted = _one(typed, "account", _("人员"))
    found = next((one for one in roll.accounts() if one.id == wanted), None)
    if found is None:
        raise ValueError(_("请选择%(what)s。") % {"what": _("人员")})
    return found


def _seat(here: Here, typed: Typed) -> roll.PostLine:
    wanted = _one(typed, "post", _("岗位"))
    found = next((one for one in roll.posts_on(here.day) if one.id == wanted), None)
    if found is None:
        raise ValueError(_("请选择%(what)s。") % {"what": _("岗位")})
    return found


def _not_own(here: Here, seat: roll.PostLine) -> None:
    if any(holder.account == here.actor.account for holder in seat.holders):
        raise Own(_("不能给自己担任的岗位授权或给自己任职，请由另一位管理员办理。"))


def _open_account(here: Here, typed: Typed) -> Done:
    username, display = typed.get("username", ""), typed.get("display", "").strip()
    if not display:
        raise ValueError(_("请填写姓名。"))
    posts.open_account(username, display)
    return Done(username.strip(), after=f"{display}，尚无密码")


def _switch(here: Here, typed: Typed) -> Done:
    line = _account(typed)
    if line.id == here.actor.account:
        raise Own(_("不能停用自己的账号，请由另一位管理员办理。"))
    posts.switch(line.id, on=not line.open)
    words = ("启用", "停用") if line.open else ("停用", "启用")
    return Done(line.username, *words)


def _hold(here: Here, typed: Typed) -> Done:
    line, seat = _account(typed), _seat(here, typed)
    if line.id == here.actor.account:
        raise Own(_("不能给自己担任的岗位授权或给自己任职，请由另一位管理员办理。"))
    since, until = _day(here, typed, "since") or here.day, _day(here, typed, "until")
    nominations.ask(here.actor, seat.id, line.id, since=since, until=until)
    return Done(f"{line.username} · {seat.name}", after=f"{_days(since, until)}，待确认")


def _leave(here: Here, typed: Typed) -> Done:
    line, seat = _account(typed), _seat(here, typed)
    since = next((one.since for one in seat.holders if one.account == line.id), None)
    posts.leave(seat.id, line.id, day=here.day)
    return Done(f"{line.username} · {seat.name}", f"{since}起任职" if since else "", f"{here.day}离任")


def _create_post(here: Here, typed: Typed) -> Done:
    unit, title = _unit(here, typed), typed.get("title", "")
    posts.create(unit, title, (), since=here.day)
    return Done(f"{units.name_of(unit)}/{title.strip()}", after="尚无职权")


def _powers(here: Here, typed: Typed) -> Done:
    seat = _seat(here, typed)
    _not_own(here, seat)
    powers = [power for power in POWERS if typed.get(f"power-{power}")]
    before = posts.change_powers(seat.id, powers, day=here.day)
    return Done(seat.name, _listed(before), _listed(powers))


def _give(here: Here, typed: Typed) -> Done:
    seat, unit = _seat(here, typed), _unit(here, typed)
    _not_own(here, seat)
    reason = typed.get("reason", "").strip()
    if not reason:
        raise ValueError(_("请写明理由。"))
    secrecy: Any = int(typed["secrecy"]) if typed.get("secrecy") in ("0", "1", "2") else 0
    number = grants.give(
        unit=unit,
        post=seat.id,
        kinds=[typed["kind"]] if typed.get("kind") else None,
        secrecy=secrecy,
        acts=not typed.get("looks"),
        since=here.day,
        until=_day(here, typed, "until"),
        reason=reason[:200],
    )
    return Done(seat.name, after=_range(number))


def _end_grant(here: Here, typed: Typed) -> Done:
    number = int(typed["number"]) if typed.get("number", "").isdecimal() else 0
    line = next((one for one in grants.given() if one.number == number), None)
    seat = next((one.name for one in roll.posts_on(here.day) if line and one.id == line.post), str(number))
    before = _range(number) if line else ""
    grants.end(number, day=here.day)
    return Done(seat, before, f"{here.day}收回")


def _password(here: Here, typed: Typed) -> Done:
    line = _account(typed)
    if line.id == here.actor.account:
        raise Own(_("自己的密码在“登录安全”里更改。"))
    if weak := login.weakness(typed.get("password", ""), line.username, line.display):
        raise ValueError(weak)
    posts.change_password(line.id, typed["password"])
    return Done(line.username, after="已设密码")


def _clear_second(here: Here, typed: Typed) -> Done:
    line = _account(typed)
    if line.id == here.actor.account:
        raise Own(_("自己的第二步验证在“登录安全”里关闭。"))
    second_step.remove(line.id)
    return Done(line.username, "有第二步验证", "无第二步验证")


def _confirm(here: Here, typed: Typed) -> Done:
    return _decide(here, typed, confirmed=True)


def _turn_down(here: Here, typed: Typed) -> Done:
    return _decide(here, typed, confirmed=False)


def _decide(here: Here, typed: Typed, *, confirmed: bool) -> Done:
    number = int(typed["number"]) if typed.get("number", "").isdecimal() else 0
    line = nominations.decide(here.actor, number, confirmed=confirmed)
    after = _days(line.since, line.until) if confirmed else "不予任职"
    return Done(f"{line.username} · {line.post}", f"{line.by}提出", after)


def _days(since: date, until: date | None) -> str:
    return f"{since}起" + (f"，到{until}前" if until else "")


def _listed(powers: Iterable[str]) -> str:
    return "、".join(POWERS.get(power, power) for power in POWERS if power in set(powers)) or "无职权"


def _range(number: int) -> str:
    line = next(one for one in grants.given() if one.number == number)
    titles = {name: str(pages[-1].title) for name, pages in rulebook().procedures.items()}
    kinds = "全部业务" if line.kinds is None else "、".join(titles.get(kind, kind) for kind in line.kinds)
    verb = "看和办" if line.acts else "只看"
    where = (units.name_of(line.unit) if line.unit else "代理其他岗位") + ("及下属单位" if line.subtree else "")
    return f"{verb}{where}，{kinds}，{grants.SECRECY[line.secrecy][0]}，{_days(line.since, line.until)}；{line.reason}"


VERBS: Final[dict[str, tuple[str, Callable[[Here, Typed], Done]]]] = {
    "open_account": ("administer", _open_account),
    "switch": ("administer", _switch),
    "create_post": ("administer", _create_post),
    "hold": ("administer", _hold),
    "leave": ("administer", _leave),
    "powers": ("grant", _powers),
    "give": ("grant", _give),
    "end_grant": ("grant", _end_grant),
    "password": ("grant", _password),
    "clear_second": ("grant", _clear_second),
    "confirm": ("grant", _confirm),
    "turn_down": ("grant", _turn_down),
}
"""Each act with the power it takes: what one administrator may do, no other may."""
