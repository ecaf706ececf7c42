"""From what the law core reads to what a page shows: due chips, ribbons, changes and statuses in words."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from fazhi.law import Change, Clock, Explanation, Workdays
from fazhi.web.faces.due import Due, DueState, due_state
from fazhi.web.faces.ribbon import Ribbon, make_ribbon
from fazhi.web.faces.words import day_words, said

ENDED: Final[dict[str, DueState]] = {
    "met": "met",
    "early": "early",
    "late": "late",
    "dropped": "dropped",
    "ripe": "ripe",
}
OURS: Final = ("", "office")
OPTION: Final = "option"
ISO: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def status_words(status: str | None) -> str:
    """What to show beside a term that the statute does not say in so many words; nothing for a verified one."""
    return {
        "SECONDARY": _("据转载"),
        "CONVENTION": _("惯例口径"),
        "UNVERIFIED": _("未核实"),
    }.get(status or "", "")


def status_mark(status: str | None) -> str:
    """The same in a letter or two, for lists that say below what it means."""
    return {"SECONDARY": _("转"), "CONVENTION": _("惯"), "UNVERIFIED": _("未核")}.get(status or "", "")


def status_marks(found: Collection[str]) -> list[tuple[str, str, str]]:
    """Mark, words and meaning of each status among those found, as they stand below a list."""
    meant = {
        "CONVENTION": _("法条没有写明怎么算，按通行的算法推定"),
        "SECONDARY": _("依据转载的文本，没有与原件核对"),
        "UNVERIFIED": _("依据还没有核实"),
    }
    return [(status_mark(one), status_words(one), told) for one, told in meant.items() if one in found]


def law_words(source: str) -> str:
    """The ground of a term as it is told to those who only apply it: that a place is still to be filled in is for
    those who keep the rules."""
    ours = {
        "内部工作流程（不产生法定期限）": _("内部工作流程（不产生法定期限）"),
        "期限由布置任务的文件写明": _("期限由布置任务的文件写明"),
    }
    return ours.get(source) or source.replace("（待填）", "")


def days_left(due: date, today: date, calendar: Workdays, *, working: bool) -> int:
    """Days or working days from today to the due day, today not counted; negative once past."""
    if not working:
        return (due - today).days
    return calendar.count(today, due) if due >= today else -calendar.count(due, today) or (due - today).days


def due_of(clock: Clock, today: date, calendar: Workdays) -> Due:
    """The chip of one run as read today."""
    if clock.state in ENDED and not clock.open:
        return Due(ENDED[clock.state], clock.due, ended=clock.ended_on)
    if clock.rule.by == OPTION:
        past = clock.due is not None and clock.due < today
        return Due("dropped") if past else Due("option", clock.due)
    if clock.state == "paused":
        return Due("paused")
    if clock.due is None:
        if clock.earliest is not None:
            return Due("ripe" if clock.state == "ripe" else "waiting", clock.earliest)
        return Due("measured", left=max((today - clock.start).days, 0))
    return open_due(
        clock.due,
        today,
        calendar,
        working=counts_working(clock),
        provisional=clock.provisional,
        theirs=clock.rule.by not in OURS,
        disputed=clock.state == "disputed",
    )


def open_due(
    due: date,
    today: date,
    calendar: Workdays,
    *,
    working: bool,
    provisional: bool = False,
    theirs: bool = False,
    disputed: bool = False,
) -> Due:
    """The chip of a term that still runs."""
    left = days_left(due, today, calendar, working=working)
    state = due_state(left)
    if disputed:
        state = "disputed"
    elif theirs and state != "overdue":
        state = "waiting"
    elif theirs:
        state = "lapsed"
    return Due(state, due, left, working, provisional)


def counts_working(clock: Clock) -> bool:
    term = clock.rule.term or clock.rule.at_least
    return term is not None and term.unit == "working days"


def ribbon_of(told: Explanation, today: date, events: Mapping[date, str] = MappingProxyType({})) -> Ribbon:
    """The ribbon of an explanation, with the events that moved its date."""
    cited = (f"（{told.source}）", f" ({told.source})")  # shown once, below
    steps = [_dated(said(step).replace(cited[0], "").replace(cited[1], "")) for step in told.steps]
    law, status = law_words(told.source), status_words(told.status)
    return make_ribbon(told.days, due=told.due, today=today, events=events, steps=steps, law=law, status=status)


def _dated(sentence: str) -> str:
    """English sentences of the law write days as 2026-11-23; a reader sees them as everywhere else."""
    return ISO.sub(lambda found: day_words(date.fromisoformat(found[0]), year=True), sentence)


def clock_events(clock: Clock) -> dict[date, str]:
    """What moved the date of a clock, by day."""
    kinds = clock.page.kind if clock.page else None
    titles = {event.fact.kind: kinds(event.fact.kind) if kinds else None for event in clock.events}
    return {event.fact.day: said(kind.title) for event in clock.events if (kind := titles[event.fact.kind])}


def change_words(change: Change) -> str:
    """One sentence for what an act does to one clock."""
    title = said(change.rule.title)
    before, after = change.moved
    days = {"title": title, "before": day_words(before), "after": day_words(after)}
    if change.kind == "starts":
        return (_("开始计期：%(title)s，最迟 %(after)s") if after else _("开始计时：%(title)s")) % days
    return {
        "stops": _("完成：%(title)s"),
        "drops": _("不再适用：%(title)s"),
        "pauses": _("暂停计期：%(title)s"),
        "resumes": _("恢复计期：%(title)s，最迟 %(after)s"),
        "vanishes": _("不再计算：%(title)s"),
        "moves": _("期限改变：%(title)s，由 %(before)s 改为 %(after)s"),
    }[change.kind] % days
