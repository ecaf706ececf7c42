"""Opening hours as registers write them: the usual forms read exactly, any other left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Final

from fazhi.law import Workdays

WEEK: Final = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
TO: Final = r"\s*(?:至|到|-|－|—|–|~|～)\s*"
TIME: Final = r"(?:上午|下午)?\s*\d{1,2}(?:[:：]\d{2}|[时点](?:半|\d{1,2}分?)?)"
SPAN: Final = re.compile(rf"({TIME}){TO}({TIME})")
SPANS: Final = re.compile(rf"{SPAN.pattern}(?:\s*[、，,;；和]\s*{SPAN.pattern})*")
NAMED: Final = r"(?:周|星期)[一二三四五六日天]"
DAYS: Final = re.compile(rf"\s*(工作日|每天|每日|{NAMED}{TO}{NAMED}|{NAMED}(?:[、，和]{NAMED})*)?[\s:：，]*(.*?)\s*")
WHOLE: Final = ("全天", "24小时", "二十四小时")
HALVES: Final = ("", "上午", "下午")


@dataclass(frozen=True, slots=True)
class Hours:
    """On which days a place is open, and from when to when; no spans where only the days are known."""

    working: bool
    weekdays: frozenset[int]
    spans: tuple[tuple[time, time], ...]

    def opens(self, day: date, calendar: Workdays) -> bool:
        return calendar.is_working(day) if self.working else day.weekday() in self.weekdays


def read_hours(text: str) -> Hours | None:
    """`工作日9时至12时、14时至18时`, `周一至周五 9:00-17:30`, `周二、周四下午`; None for whatever else is written."""
    found = DAYS.fullmatch(text)
    if found is None or not (days := found[1]):
        return None
    rest, working = found[2], days == "工作日"
    weekdays = frozenset() if working else _weekdays(days)
    if rest in WHOLE:
        return Hours(working, weekdays, ((time.min, time.max),))
    if rest in HALVES:
        return Hours(working, weekdays, ())
    spans = _spans(rest)
    return Hours(working, weekdays, spans) if spans else None


def _weekdays(days: str) -> frozenset[int]:
    if days in ("每天", "每日"):
        return frozenset(range(7))
    named = [WEEK[sign] for sign in re.findall(r"(?:周|星期)([一二三四五六日天])", days)]
    if re.search(TO, days):
        return frozenset((named[0] + n) % 7 for n in range((named[1] - named[0]) % 7 + 1))
    return frozenset(named)


def _spans(text: str) -> tuple[tuple[time, time], ...]:
    """The spans of a day in their order; none where a time cannot be or one span runs into the next."""
    if not SPANS.fullmatch(text):
        return ()
    times = [_time(word) for pair in SPAN.findall(text) for word in pair]
    known = [one for one in times if one is not None]
    if len(known) != len(times) or any(one >= other for one, other in pairwise(known)):
        return ()
    return tuple(zip(known[::2], known[1::2], strict=True))


def _time(word: str) -> time | None:
    numbers = [int(one) for one in re.findall(r"\d+", word)]
    hour, minute = numbers[0], 30 if word.endswith("半") else numbers[1] if len(numbers) > 1 else 0
    hour += 12 if word.startswith("下午") and hour < 12 else 0
    if (hour, minute) == (24, 0):
        return time.max
    return time(hour, minute) if hour < 24 and minute < 60 else None
