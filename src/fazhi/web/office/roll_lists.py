"""Posts and accounts of the house as lists: found by name, unit, power or range, sorted, and taken along."""

from collections.abc import Sequence
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from fazhi.people.roll import AccountLine, HolderLine, PostLine
from fazhi.reach.grants import GrantLine
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.words import joined, local_day
from fazhi.web.office.roll_words import grant_words, power_words


def post_list(asked: QueryDict, seats: Sequence[PostLine], given: Sequence[GrantLine]) -> Listed[PostLine]:
    def powers(one: PostLine) -> str:
        return joined([power_words(power) for power in one.powers])

    def holders(one: PostLine) -> str:
        return joined([_held(holder) for holder in one.holders])

    def ranges(one: PostLine) -> str:
        return joined([grant_words(line) for line in given if line.post == one.id])

    columns = (
        Column[PostLine]("post", _("岗位"), lambda one: one.name),
        Column[PostLine]("powers", _("职权"), powers),
        Column[PostLine]("held", _("任职人"), holders),
        Column[PostLine]("range", _("范围"), ranges),
    )
    return listed(asked, columns, seats, lambda one: one.id, prefix="post-")


def account_list(asked: QueryDict, accounts: Sequence[AccountLine], seats: Sequence[PostLine]) -> Listed[AccountLine]:
    def posts(one: AccountLine) -> str:
        return joined([seat.name for seat in seats for holder in seat.holders if holder.account == one.id])

    def last(one: AccountLine) -> date | None:
        return local_day(one.last_login) if one.last_login else None

    columns = (
        Column[AccountLine]("name", _("姓名"), lambda one: one.display),
        Column[AccountLine]("username", _("用户名"), lambda one: one.username),
        Column[AccountLine]("posts", _("岗位"), posts),
        Column[AccountLine]("last", _("最近登录"), last),
        Column[AccountLine]("state", _("状态"), state_words),
    )
    return listed(asked, columns, accounts, lambda one: one.id, prefix="account-")


def state_words(one: AccountLine) -> str:
    if not one.open:
        return _("已停用")
    return _("可登录") if one.able else _("未设密码")


def _held(one: HolderLine) -> str:
    return f"{one.display}（{one.since.isoformat()}–{one.until.isoformat() if one.until else ''}）"
