"""Days and hours as people type them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.law import Workdays
from fazhi.web.faces.dates import read_day, read_hour, read_past_day

TODAY = date(2025, 3, 5)
CALENDAR = Workdays(worked=[date(2025, 3, 8)], years=[2024, 2025, 2026])


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("0308", date(2025, 3, 8)),
        ("3月8日", date(2025, 3, 8)),
        ("３月８日", date(2025, 3, 8)),
        ("2024年12月25日", date(2024, 12, 25)),
        ("2025-3-8", date(2025, 3, 8)),
        ("2025/03/08", date(2025, 3, 8)),
        ("20250308", date(2025, 3, 8)),
        ("3.8", date(2025, 3, 8)),
        ("8 Mar", date(2025, 3, 8)),
        ("March 8, 2024", date(2024, 3, 8)),
        ("今天", TODAY),
        ("昨天", date(2025, 3, 4)),
        ("后天", date(2025, 3, 7)),
        ("+5", date(2025, 3, 10)),
        ("+5天", date(2025, 3, 10)),
        ("+3工作日", date(2025, 3, 8)),
        ("+5个工作日", date(2025, 3, 11)),
        ("-2 工作日", date(2025, 3, 3)),
        ("+1月", date(2025, 4, 5)),
        ("+2周", date(2025, 3, 19)),
        ("12月30日", date(2024, 12, 30)),
        ("0101", date(2025, 1, 1)),
    ],
)
def test_a_day_is_read_as_typed(typed: str, day: date) -> None:
    assert read_day(typed, TODAY, CALENDAR) == day


@pytest.mark.parametrize("typed", ["", "下下周", "2025-02-30", "1332", "99", "0230", "+5世纪", "8 Foo"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"3月8日|请核对"):
        read_day(typed, TODAY, CALENDAR)


def test_a_leap_day_without_a_year_is_the_nearest_there_is() -> None:
    assert read_day("2月29日", date(2024, 5, 1), CALENDAR) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="请核对"):
        read_day("2月29日", date(2022, 5, 1), CALENDAR)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_every_day_written_whole_is_itself(day: date) -> None:
    for typed in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}"):
        assert read_day(typed, TODAY, CALENDAR) == day


@given(st.integers(-170, 170))
def test_a_day_without_its_year_is_the_nearest(days: int) -> None:
    day = TODAY + timedelta(days=days)
    assert read_day(f"{day.month}月{day.day}日", TODAY, CALENDAR) == day


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("14:05", time(14, 5)),
        ("1405", time(14, 5)),
        ("下午2点半", time(14, 30)),
        ("上午9点", time(9)),
        ("晚上11点20分", time(23, 20)),
        ("12点", time(12)),
        ("中午12点", time(12)),
        ("9时05分", time(9, 5)),
    ],
)
def test_an_hour_is_read_as_spoken(typed: str, hour: time) -> None:
    assert read_hour(typed) == hour


@pytest.mark.parametrize("typed", ["", "25:00", "12:75", "傍晚", "晚上12点"])
def test_what_is_no_hour_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="14:05"):
        read_hour(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("0308", date(2024, 3, 8)),
        ("0305", TODAY),
        ("12月30日", date(2024, 12, 30)),
        ("0430", date(2024, 4, 30)),
        ("20 May", date(2024, 5, 20)),
        ("2月29日", date(2024, 2, 29)),
        ("昨天", date(2025, 3, 4)),
        ("-3工作日", date(2025, 2, 28)),
    ],
)
def test_what_happened_is_read_as_the_last_such_day(typed: str, day: date) -> None:
    assert read_past_day(typed, TODAY, CALENDAR) == day


@pytest.mark.parametrize("typed", ["+5工作日", "明天", "2025-04-30"])
def test_what_happened_cannot_lie_ahead(typed: str) -> None:
    with pytest.raises(ValueError, match="还没有到"):
        read_past_day(typed, TODAY, CALENDAR)


@given(st.integers(0, 364))
def test_a_past_day_without_its_year_lies_within_the_last_year(days: int) -> None:
    day = TODAY - timedelta(days=days)
    assert read_past_day(f"{day.month}月{day.day}日", TODAY, CALENDAR) == day
