"""The lawful day: computed here and nowhere else, in Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def lawful_day(moment: datetime) -> date:
    """The day on which an instant falls for the law; ValueError if the moment carries no time zone."""
    if moment.tzinfo is None:
        raise ValueError("时刻未注明时区，无法确定法定日期：请注明时区，如 2025-01-01T08:00+08:00。")
    return moment.astimezone(SHANGHAI).date()


def now() -> datetime:
    """This instant, with Shanghai's clock face; the database sets recording moments, not this."""
    return datetime.now(SHANGHAI)


def today() -> date:
    return now().date()
