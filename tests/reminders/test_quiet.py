"""Quiet hours: nothing goes out in them, nothing waits longer than it must."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.ledger.day import SHANGHAI
from fazhi.reminders.ladder import waking
from fazhi.reminders.quiet import Hours, next_digest, next_moment

TIMES = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
FIRST = datetime(2025, 1, 1, tzinfo=SHANGHAI)
MOMENTS = st.integers(0, 660 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


@settings(deadline=None)
@given(moment=MOMENTS, begins=TIMES, ends=TIMES, rest_days=st.booleans())
def test_the_moment_is_allowed_and_the_first_that_is(rulebook, moment, begins, ends, rest_days):
    hours, calendar = Hours(begins, ends, rest_days), rulebook.calendar
    at = next_moment(moment, hours, calendar)

    def allowed(one: datetime) -> bool:
        return not hours.is_quiet(one.time()) and (rest_days or calendar.is_working(one.date()))

    assert at >= moment and allowed(at)
    assert at == moment or not allowed(moment)
    before = at - timedelta(minutes=1)
    assert at == moment or before < moment or not allowed(before)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ((2025, 9, 30, 22, 0), (2025, 10, 9, 8, 0)),  # 国庆、中秋放假到10月8日
        ((2025, 9, 28, 10, 0), (2025, 9, 28, 10, 0)),  # 星期日调休上班
        ((2025, 3, 8, 10, 0), (2025, 3, 10, 8, 0)),
        ((2025, 3, 5, 3, 0), (2025, 3, 5, 8, 0)),
    ],
)
def test_nights_and_days_off_by_the_calendar_of_working_days(rulebook, moment, told):
    found = next_moment(datetime(*moment, tzinfo=SHANGHAI), Hours(), rulebook.calendar)
    assert found == datetime(*told, tzinfo=SHANGHAI)


def test_the_summary_waits_for_its_time_on_a_working_day(rulebook):
    friday = datetime(2025, 3, 7, 9, 0, tzinfo=SHANGHAI)
    told = next_digest(friday, time(8, 30), Hours(), rulebook.calendar)
    assert told == datetime(2025, 3, 10, 8, 30, tzinfo=SHANGHAI)


def test_the_night_does_not_count_among_the_hours_of_a_step():
    evening = datetime(2025, 3, 5, 20, 0, tzinfo=SHANGHAI)
    assert waking(evening, 4) == datetime(2025, 3, 6, 9, 0, tzinfo=SHANGHAI)
    assert waking(datetime(2025, 3, 5, 3, 0, tzinfo=SHANGHAI), 1) == datetime(2025, 3, 5, 8, 0, tzinfo=SHANGHAI)
