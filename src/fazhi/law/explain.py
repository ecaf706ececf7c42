"""Explaining a date: every day from the start to the end, why it counts or not, in steps that anyone can follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from fazhi.law.clock import Clock
from fazhi.law.count import Count, Ends, ends, joined
from fazhi.law.said import zh_day
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays

Inputs = Mapping[str, Any]
"""Plain values that JSON can carry."""

LONGEST = 8000
"""Days of the longest ribbon, above twenty years; what runs longer is explained by its steps alone."""


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of the ribbon; `number` is its place in the count, where days are counted one by one."""

    day: date
    counted: bool
    number: int | None
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of the explanation."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one date was reached. `as_json()` carries all inputs: `explain_json` of it gives the same explanation."""

    title: str
    title_en: str
    source: str
    status: str
    count: Count | None
    calendar: Workdays = field(compare=False)
    days: tuple[DayMark, ...]
    steps: tuple[Step, ...]
    due: date | None
    provisional: bool

    def as_json(self) -> dict[str, Any]:
        """All that the date depends on, in plain values."""
        count = self.count
        return {
            "title": self.title,
            "title_en": self.title_en,
            "source": self.source,
            "status": self.status,
            "count": _count_out(count) if count else None,
            "calendar": {
                "rest": sorted(day.isoformat() for day in self.calendar.rest),
                "worked": sorted(day.isoformat() for day in self.calendar.worked),
                "years": sorted(self.calendar.years),
                "names": {day.isoformat(): name for day, name in sorted(self.calendar.names.items())},
            },
        }


def explain(clock: Clock, calendar: Workdays) -> Explanation:
    """How the due day of a clock was reached; of one that is only a minimum, its first lawful day."""
    rule, count = clock.rule, clock.count
    source = rule.source or (clock.page.source if clock.page else None)
    used = calendar
    if count:
        reached = ends(count, calendar)
        days = (count.start, reached.last, reached.due, reached.strict)
        used = calendar.between(min(days), max(days))
    return _explained(
        rule.title.zh or rule.name,
        rule.title.en or rule.name,
        source.text if source else "",
        source.weakest if source else "UNVERIFIED",
        count,
        used if count else Workdays(),
    )


def explain_json(inputs: Inputs) -> Explanation:
    """The explanation worked out again from what `as_json()` gave, without a database."""
    told = inputs["calendar"]
    calendar = Workdays(
        map(date.fromisoformat, told["rest"]),
        map(date.fromisoformat, told["worked"]),
        told["years"],
        {date.fromisoformat(day): name for day, name in told["names"].items()},
    )
    count = _count_in(inputs["count"]) if inputs["count"] else None
    return _explained(inputs["title"], inputs["title_en"], inputs["source"], inputs["status"], count, calendar)


def _explained(
    title: str, title_en: str, source: str, status: str, count: Count | None, calendar: Workdays
) -> Explanation:
    if count is None:
        step = Step("没有确定的期限，只记录用时", "no term is set: the time taken is measured")
        return Explanation(title, title_en, source, status, None, calendar, (), (step,), None, False)
    reached = ends(count, calendar)
    marks = _back_marks if count.backward else _marks
    days = tuple(marks(count, reached, calendar)) if abs(reached.due - count.start).days <= LONGEST else ()
    steps = tuple(_steps(count, reached, source))
    return Explanation(title, title_en, source, status, count, calendar, days, steps, reached.due, reached.provisional)


def _marks(count: Count, reached: Ends, calendar: Workdays) -> Iterator[DayMark]:
    """The days from the start to the due day. Months, hours and days of the year are not numbered."""
    yield DayMark(count.start, False, None, "起算日不计", "the first day is not counted")
    counted = {term.unit for term in joined(count.terms)}
    number, working = 0, counted == {"working days"}
    numbered = working or counted == {"days"}
    for day in _between(count.start, reached.due):
        reason = calendar.reason(day)
        paused = any(begin <= day < end for begin, end in count.pauses)
        if paused:
            yield DayMark(day, False, None, "期间中止，不计", "paused")
        elif day > reached.last:
            yield (
                DayMark(day, False, None, f"{reason}，顺延", "rest day: moved on")
                if day < reached.due
                else DayMark(day, False, None, "顺延至此日", "the next working day")
            )
        elif working and not calendar.is_working(day):
            yield DayMark(day, False, None, reason, "rest day")
        else:
            number += 1
            yield DayMark(day, True, number if numbered else None, reason, "counted")


def _back_marks(count: Count, reached: Ends, calendar: Workdays) -> Iterator[DayMark]:
    """The days before the event, from the due day on; the event's own day is not counted."""
    working = count.terms[0].unit == "working days"
    marks = [DayMark(count.start, False, None, "当日不计", "the day of the event is not counted")]
    number, day = 0, count.start
    while day > reached.due:
        day -= timedelta(days=1)
        reason = calendar.reason(day)
        if working and not calendar.is_working(day):
            marks.append(DayMark(day, False, None, reason, "rest day"))
        else:
            number += 1
            numbered = number if count.terms[0].unit in ("days", "working days") else None
            marks.append(DayMark(day, True, numbered, reason, "counted"))
    yield from reversed(marks)


def _between(after: date, to: date) -> Iterator[date]:
    day = after
    while day < to:
        day += timedelta(days=1)
        yield day


def _steps(count: Count, reached: Ends, source: str) -> Iterator[Step]:
    moment = f" {count.moment:%H:%M}" if count.moment and count.terms[0].unit == "hours" else ""
    if count.backward:
        yield Step(
            f"自{zh_day(count.start)}向前计算，当日不计", f"counted back from {count.start}, not counting that day"
        )
    else:
        yield Step(
            f"自{zh_day(count.start)}{moment}起算，当日不计",
            f"counted from {count.start}{moment}, not counting that day",
        )
    first, *more = count.terms
    by = f"（{source}）" if source else ""
    yield Step(f"期限{first.zh}{by}", f"term: {first.en}{f' ({source})' if source else ''}")
    for begin, end in count.pauses:
        yield Step(
            f"{zh_day(begin)}至{zh_day(end - timedelta(days=1))}中止，不计",
            f"paused from {begin} until {end}: not counted",
        )
    for term in more:
        yield Step(f"延长{term.zh}", f"extended by {term.en}")
    yield Step(f"计至{zh_day(reached.last)}", f"reaches {reached.last}")
    if reached.due != reached.last:
        yield Step(f"该日为休息日，顺延至{zh_day(reached.due)}", f"a rest day: moved on to {reached.due}")
    if reached.strict < reached.last:
        yield Step(f"该日为休息日，稳妥应在{zh_day(reached.strict)}前", f"a rest day: to be safe, by {reached.strict}")
    if reached.moment:
        yield Step(
            f"届满时刻{zh_day(reached.moment)}{reached.moment:%H:%M}", f"ends at {reached.moment:%Y-%m-%d %H:%M}"
        )
    if reached.provisional:
        yield Step("所涉年度放假通知尚未公布，日期待定", "provisional: a coming holiday notice may move it")


def _count_out(count: Count) -> dict[str, Any]:
    return {
        "start": count.start.isoformat(),
        "terms": [str(term) for term in count.terms],
        "pauses": [[begin.isoformat(), end.isoformat()] for begin, end in count.pauses],
        "moment": count.moment.isoformat() if count.moment else None,
        "lost": count.lost,
        "backward": count.backward,
        "rolls": count.rolls,
    }


def _count_in(told: Inputs) -> Count:
    return Count(
        date.fromisoformat(told["start"]),
        tuple(Term.parse(term) for term in told["terms"]),
        tuple((date.fromisoformat(begin), date.fromisoformat(end)) for begin, end in told["pauses"]),
        datetime.fromisoformat(told["moment"]) if told["moment"] else None,
        told["lost"],
        told["backward"],
        told["rolls"],
    )
