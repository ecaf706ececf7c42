"""What one rulebook says otherwise than another, as sentences an official reads before agreeing to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from fazhi.law import ClockRule, FactKind, Procedure
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.show import show_status, show_term


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changes: `was` is empty for what is new, `will` for what goes."""

    what: str
    was: str
    will: str


def changes(before: Rulebook, after: Rulebook, kind: str, place: str) -> tuple[tuple[Change, ...], str]:
    """What the page at this place changes, and what it is called."""
    path = PurePosixPath(place)
    if kind == "calendars":
        return tuple(_calendar(before, after, int(path.stem))), f"{path.stem}年放假调休"
    if kind == "indicators":
        indicator = after.indicators[path.stem]
        return (Change(f"新增指标“{indicator.title}”", "", f"{indicator.source}"),), str(indicator.title)
    if kind == "reports":
        outline = after.outlines[path.stem]
        return (Change(f"新增报告提纲“{outline.title}”", "", f"{outline.source}"),), str(outline.title)
    name, day = path.parent.name, date.fromisoformat(path.stem)
    new = after.page(name, day)
    try:
        old = before.page(name, day)
    except LookupError:
        return (Change(f"新增业务“{new.title}”", "", f"{new.source}"), *_clocks(None, new)), str(new.title)
    return (*_clocks(old, new), *_facts(old, new)), str(new.title)


def _clocks(old: Procedure | None, new: Procedure) -> Iterator[Change]:
    known = old.clocks if old else {}
    for name, rule in new.clocks.items():
        before = known.get(name)
        was, will = (_told(before) if before else ""), _told(rule)
        if was != will:
            yield Change(f"期限“{rule.title}”", was, will)
        elif before is not None and before != rule:
            yield Change(f"期限“{rule.title}”的起止、扣除", was, will)
    for name, rule in known.items():
        if name not in new.clocks:
            yield Change(f"期限“{rule.title}”", _told(rule), "")


def _told(rule: ClockRule) -> str:
    return f"{show_term(rule)}（{rule.source or '未写依据'}，{show_status(rule.source)}）"


def _facts(old: Procedure, new: Procedure) -> Iterator[Change]:
    for name, kind in new.facts.items():
        before = old.facts.get(name)
        if before is None:
            yield Change(f"步骤“{kind.title}”", "", _fields(kind) or "可以登记")
        elif _fields(before) != _fields(kind):
            yield Change(f"步骤“{kind.title}”的登记项", _fields(before), _fields(kind))
        elif (before.after, before.needs, before.unless) != (kind.after, kind.needs, kind.unless):
            yield Change(f"步骤“{kind.title}”的先决条件", _conditions(old, before), _conditions(new, kind))
    for name, kind in old.facts.items():
        if name not in new.facts:
            yield Change(f"步骤“{kind.title}”", _fields(kind) or "可以登记", "")


def _fields(kind: FactKind) -> str:
    return "、".join(str(field.title) or name for name, field in kind.fields.items())


def _conditions(page: Procedure, kind: FactKind) -> str:
    def named(name: str) -> str:
        there = page.kind(name)
        return str(there.title) if there else name

    groups = ["或".join(named(one) for one in group) for group in (*kind.after, *kind.needs)]
    told = [f"须先有{group}" for group in groups] + [f"不得已有{named(one)}" for one in kind.unless]
    return "；".join(told) or "无"


def _calendar(before: Rulebook, after: Rulebook, year: int) -> Iterator[Change]:
    first = date(year - 1, 12, 20).toordinal()
    days = [date.fromordinal(first + place) for place in range(400)]
    days = [day for day in days if day <= date(year + 1, 1, 10)]
    for day in days:
        was, will = before.calendar.is_working(day), after.calendar.is_working(day)
        if was != will:
            yield Change(f"{day.year}年{day.month}月{day.day}日", _day_word(was), _day_word(will))
    if before.calendar.known(date(year, 7, 1)) != after.calendar.known(date(year, 7, 1)):
        yield Change(f"{year}年的期限", "暂定", "确定")


def _day_word(working: bool) -> str:
    return "工作日" if working else "休息"
