"""Dates, moments and two-language titles in the words of the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fazhi.law import Title

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@runtime_checkable
class Titled(Protocol):
    """Anything with a Chinese and an English form; the English one may be empty."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def said(title: object) -> str:
    """The title in the reader's language; Chinese where no English is given."""
    if isinstance(title, Title | Titled):  # the one that most are first: a protocol is asked attribute by attribute
        return (title.en or title.zh) if in_english() else title.zh
    if isinstance(title, Mapping):
        return str((in_english() and title.get("en")) or title.get("zh", ""))
    return "" if title is None else str(title)


def today() -> date:
    return timezone.localdate()


def day_words(day: date | None, *, year: bool | None = None) -> str:
    """`3月8日` or `8 Mar`; with the year when it is not this one, or when asked for."""
    if day is None:
        return ""
    day = local_day(day)
    with_year = day.year != today().year if year is None else year
    if in_english():
        return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")
    return (f"{day.year}年" if with_year else "") + f"{day.month}月{day.day}日"


def month_words(first: date) -> str:
    """`2026年3月` or `Mar 2026`."""
    return f"{MONTHS[first.month - 1]} {first.year}" if in_english() else f"{first.year}年{first.month}月"


def weekday_words(day: date) -> str:
    return WEEKDAYS[day.weekday()] if in_english() else "星期" + "一二三四五六日"[day.weekday()]


def long_day_words(day: date | None) -> str:
    """`2025年3月8日 星期六` or `Saturday, 8 Mar 2025`."""
    if day is None:
        return ""
    day = local_day(day)
    if in_english():
        return f"{weekday_words(day)}, {day_words(day, year=True)}"
    return f"{day_words(day, year=True)} {weekday_words(day)}"


def moment_words(moment: datetime | None) -> str:
    """`3月8日 14:05`, in the house's time zone."""
    if moment is None:
        return ""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{day_words(local.date())} {local:%H:%M}"


def local_day(day: date) -> date:
    if isinstance(day, datetime):
        return (timezone.localtime(day) if timezone.is_aware(day) else day).date()
    return day


def closed_words(left: Title | None) -> str:
    """How a decided matter stands: closed, or what is `left` to be done of it."""
    return _("已决定、待%(what)s") % {"what": said(left)} if left else _("已办结")


def joined(parts: list[str]) -> str:
    """A list in one sentence, with the language's own comma."""
    return _("、").join(part for part in parts if part)
