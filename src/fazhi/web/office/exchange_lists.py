"""Partners, files, comparisons and rows of an exchange as lists: found by their words, sorted, and taken along."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from fazhi.exchange.look import ComparisonLine, DifferenceLine, FileLine, PartnerLine
from fazhi.people import units
from fazhi.web.faces.lists import Column, Listed, listed
from fazhi.web.faces.words import day_words, in_english, local_day, said
from fazhi.web.faces.wrongs import worded

SHOWN = 30
"""Lines of one of several lists of a page."""


def partner_list(asked: QueryDict, lines: Sequence[PartnerLine]) -> Listed[PartnerLine]:
    names = units.names({one.link.unit for one in lines})
    columns = (
        Column[PartnerLine]("title", _("系统"), lambda one: said(one.link.partner.title)),
        Column[PartnerLine]("unit", _("由谁对接"), lambda one: unit_words(names[one.link.unit])),
        Column[PartnerLine]("in", _("最近收到"), lambda one: one.last_in.day if one.last_in else None),
        Column[PartnerLine]("out", _("最近给出"), lambda one: one.last_out.day if one.last_out else None),
        Column[PartnerLine]("waiting", _("待补"), lambda one: one.waiting, number=True),
        Column[PartnerLine]("refused", _("未收"), lambda one: one.refused, number=True),
        Column[PartnerLine]("unanswered", _("缺回执"), lambda one: one.unanswered, number=True),
        Column[PartnerLine]("unsettled", _("未处理的差异"), lambda one: one.unsettled, number=True),
    )
    return listed(asked, columns, lines, lambda one: one.link.partner.name)


def file_list(asked: QueryDict, way: str, lines: Sequence[FileLine]) -> Listed[FileLine]:
    """The files of one way; how their rows fared is read for those that are shown alone, and sorts nothing."""
    columns = [
        Column[FileLine]("name", _("文件"), lambda one: one.name),
        Column[FileLine]("day", _("日期"), lambda one: one.day),
        Column[FileLine]("rows", _("行数"), lambda one: one.rows, number=True),
    ]
    if way == "out":
        columns.append(Column[FileLine]("answered", _("回执"), receipt_words))
    return listed(asked, columns, lines, lambda one: one.id, prefix=f"{way}-", size=SHOWN)


def receipt_words(one: FileLine) -> str:
    if one.answered_at:
        return local_day(one.answered_at).isoformat()
    return _("逾期未回") if one.late else _("等待")


def comparison_list(asked: QueryDict, lines: Sequence[ComparisonLine]) -> Listed[ComparisonLine]:
    def days(one: ComparisonLine) -> str:
        return f"{day_words(one.since, year=True)}–{day_words(one.until, year=True)} {one.name}"

    columns = (
        Column[ComparisonLine]("days", _("起止"), lambda one: one.since, words=days),
        Column[ComparisonLine]("theirs", _("对方"), lambda one: one.theirs, number=True),
        Column[ComparisonLine]("ours", _("我方"), lambda one: one.ours, number=True),
        Column[ComparisonLine]("differences", _("差异"), lambda one: one.differences, number=True),
        Column[ComparisonLine]("unsettled", _("未处理的差异"), lambda one: one.unsettled, number=True),
    )
    return listed(asked, columns, lines, lambda one: one.id, prefix="comparison-", size=SHOWN)


def row_list(asked: QueryDict, rows: Sequence[Any]) -> Listed[Any]:
    columns = (
        Column[Any]("row", _("行"), lambda one: one.row),
        Column[Any]("number", _("编号"), lambda one: one.number),
        Column[Any]("state", _("结果"), lambda one: state_words(one.state)),
        Column[Any]("column", _("列"), lambda one: one.column),
        Column[Any]("reason", _("原因"), lambda one: worded(one.reason)),
    )
    return listed(asked, columns, rows, lambda one: one.row)


def difference_list(
    asked: QueryDict, lines: Sequence[DifferenceLine], kind: Callable[[str], str], how: Callable[[DifferenceLine], str],
    who: Mapping[UUID, str],
) -> Listed[DifferenceLine]:  # fmt: skip
    columns = (
        Column[DifferenceLine]("number", _("编号"), lambda one: one.number),
        Column[DifferenceLine]("kind", _("差异"), lambda one: kind(one.kind)),
        Column[DifferenceLine]("column", _("列"), lambda one: one.column),
        Column[DifferenceLine]("theirs", _("对方"), lambda one: one.theirs),
        Column[DifferenceLine]("ours", _("我方"), lambda one: one.ours),
        Column[DifferenceLine]("how", _("处理"), how),
        Column[DifferenceLine]("reason", _("理由"), lambda one: one.reason),
        Column[DifferenceLine]("who", _("谁处理"), lambda one: who.get(one.account, "") if one.account else ""),
    )
    return listed(asked, columns, lines, lambda one: one.id)


def state_words(state: str) -> str:
    return {
        "opened": _("新立"),
        "recorded": _("补记"),
        "changed": _("更正"),
        "already": _("已有"),
        "older": _("旧于现有"),
        "waiting": _("待补"),
        "refused": _("未收"),
        "given": _("已给出"),
    }.get(state, state)


def unit_words(line: units.UnitLine) -> str:
    return (line.name_en if in_english() else "") or line.name
