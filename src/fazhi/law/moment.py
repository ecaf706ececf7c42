"""The one place that turns days and moments into each other, in China's time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def as_moment(now: datetime | date) -> datetime:
    """A moment without zone, as a clock in China shows it; a day means its end."""
    if not isinstance(now, datetime):
        return datetime.combine(now, time.max)
    return now.astimezone(CHINA).replace(tzinfo=None) if now.tzinfo else now


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min)
