"""Reads a day or an hour as people type it: `0308`, `3月8日`, `+5工作日`, `下午2点半`."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Final, Protocol

from django.utils.translation import gettext as _

from fazhi.web.faces.words import MONTHS, day_words

NAMED: Final = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0,
    "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
FULL: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?号?")
SHORT: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?号?")
DIGITS: Final = re.compile(r"(\d{4})?(\d{2})(\d{2})")
ENGLISH: Final = re.compile(r"(?:(\d{1,2})([a-z]{3,9})|([a-z]{3,9})(\d{1,2}))(?:,?(\d{4}))?")
STEP: Final = re.compile(
    r"([+-])(\d{1,4})(个?工作日|个?天|日|周|个?星期|个?月|wd|working ?days?|d|days?|w|weeks?|m|months?)?"
)
CLOCK: Final = re.compile(r"(上午|早上|中午|下午|晚上|am|pm)?(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?(am|pm)?")
LATER: Final = frozenset({"中午", "下午", "晚上", "pm"})


Yearless = Callable[[int, int, date], date]
"""Which year is meant where only month and day were typed."""


class Steps(Protocol):
    """What counts working days forward and back."""

    def add(self, day: date, n: int, /) -> date: ...
    def back(self, day: date, n: int, /) -> date: ...


def read_day(typed: str, today: date, calendar: Steps) -> date:
    """The day meant; without a year, the one nearest to today. ValueError says, to the reader, what would do."""
    found = _read(typed, today, calendar, _nearest)
    if found is None:
        words = _("没认出“%(typed)s”是哪一天。可以写 0308、3月8日、2025-03-08、今天，或 +5工作日。")
        raise ValueError(words % {"typed": typed.strip()})
    return found


def read_past_day(typed: str, today: date, calendar: Steps) -> date:
    """The day meant of something that has happened; without a year, the last such day. A day to come is refused."""
    found = _read(typed, today, calendar, _last)
    if found is None:
        words = _("没认出“%(typed)s”是哪一天。可以写 0308、3月8日、2025-03-08、今天或昨天。")
        raise ValueError(words % {"typed": typed.strip()})
    if found > today:
        words = _("%(day)s还没有到。这里填实际办理的那一天，不能晚于今天。")
        raise ValueError(words % {"day": day_words(found, year=True)})
    return found


def _read(typed: str, today: date, calendar: Steps, yearless: Yearless) -> date | None:
    text = _plain(typed)
    if text in NAMED:
        return today + timedelta(days=NAMED[text])
    if found := STEP.fullmatch(text):
        return _step(found, today, calendar)
    for pattern, read in _READERS:
        if found := pattern.fullmatch(text):
            year, month, day = read(found)
            return _real(year, month, day) if year else yearless(month, day, today)
    return None


def read_hour(typed: str) -> time:
    """The hour and minute meant: `14:05`, `1405`, `下午2点半`. ValueError says, to the reader, what would do."""
    text = _plain(typed)
    if re.fullmatch(r"\d{4}", text):
        text = f"{text[:2]}:{text[2:]}"
    if found := CLOCK.fullmatch(text):
        part, hour = found.group(1) or found.group(4) or "", int(found.group(2))
        minute = 30 if found.group(3) == "半" else int(found.group(3) or 0)
        if part in LATER and hour < 12 and not (part == "中午" and hour > 3):
            hour += 12
        midnight = part == "晚上" and hour == 12  # of which day, nobody can tell
        if hour < 24 and minute < 60 and not midnight:
            return time(hour, minute)
    raise ValueError(_("没认出“%(typed)s”是几点。可以写 14:05、1405 或 下午2点半。") % {"typed": typed.strip()})


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).strip().lower().replace(" ", "")


def _full(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found.group(1)), int(found.group(2)), int(found.group(3))


def _short(found: re.Match[str]) -> tuple[int, int, int]:
    return 0, int(found.group(1)), int(found.group(2))


def _digits(found: re.Match[str]) -> tuple[int, int, int]:
    return int(found.group(1) or 0), int(found.group(2)), int(found.group(3))


def _english(found: re.Match[str]) -> tuple[int, int, int]:
    """`8 Mar`, `March 8`, `8 Mar 2025`."""
    day, word = int(found.group(1) or found.group(4)), (found.group(2) or found.group(3))[:3]
    month = next((number for number, name in enumerate(MONTHS, 1) if name.lower() == word), 13)
    return int(found.group(5) or 0), month, day


def _step(found: re.Match[str], today: date, calendar: Steps) -> date:
    back, count, unit = found.group(1) == "-", int(found.group(2)), found.group(3) or "天"
    if "工作" in unit or (unit.startswith("w") and ("d" in unit or "work" in unit)):
        return calendar.back(today, count) if back else calendar.add(today, count)
    signed = -count if back else count
    if "月" in unit or unit.startswith("m"):
        return _months(today, signed)
    weeks = "周" in unit or "星期" in unit or unit.startswith("w")
    return today + timedelta(days=signed * (7 if weeks else 1))


def _months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _nearest(month: int, day: int, today: date) -> date:
    found = _in_years(range(today.year - 1, today.year + 2), month, day)
    if not found:
        return _real(today.year, month, day)
    return min(found, key=lambda one: (abs((one - today).days), one))


def _last(month: int, day: int, today: date) -> date:
    found = [one for one in _in_years(range(today.year - 8, today.year + 1), month, day) if one <= today]
    return max(found) if found else _real(today.year, month, day)


def _in_years(years: range, month: int, day: int) -> list[date]:
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _real(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise ValueError(
            _("没有 %(year)d年%(month)d月%(day)d日 这一天，请核对。") % {"year": year, "month": month, "day": day}
        ) from wrong


_READERS: Final = ((FULL, _full), (SHORT, _short), (DIGITS, _digits), (ENGLISH, _english))
