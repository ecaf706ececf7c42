"""The calendar: right for every day of two witnesses, exact both ways, and honest about years to come."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import calendar

from fazhi.law import Workdays

days = st.dates(date(2000, 1, 1), date(2032, 12, 31))


def each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def test_every_day_agrees_with_both_witnesses() -> None:
    second = holidays.country_holidays("CN", years=range(2018, 2027))
    for day in each(date(2018, 1, 1), date(2026, 12, 31)):
        assert calendar().is_working(day) == chinese_calendar.is_workday(day) == second.is_working_day(day), day


def test_make_up_saturday_counts_and_new_years_eve_of_2024_works() -> None:
    assert calendar().add(date(2024, 9, 27), 5) == date(2024, 10, 10)
    assert calendar().is_working(date(2024, 2, 9))
    assert calendar().reason(date(2024, 9, 29)) == "调休上班"
    assert calendar().reason(date(2024, 10, 1)) == "国庆节"
    assert calendar().reason(date(2024, 10, 12)) == "调休上班"
    assert calendar().reason(date(2024, 10, 13)) == "周末"


@given(days, st.integers(1, 400))
def test_adding_counts_one_working_day_after_another(day: date, number: int) -> None:
    reached = calendar().add(day, number)
    assert calendar().is_working(reached)
    assert calendar().count(day, reached) == number
    assert number == sum(calendar().is_working(each_day) for each_day in each(day, reached)[1:])


@given(days, st.integers(1, 400))
def test_counting_back_mirrors_counting_on(day: date, number: int) -> None:
    reached = calendar().back(day, number)
    assert calendar().is_working(reached)
    assert number == sum(calendar().is_working(each_day) for each_day in each(reached, day)[:-1])


@given(days)
def test_next_and_last_working_day_are_the_nearest(day: date) -> None:
    following, former = calendar().next_working(day), calendar().last_working(day)
    assert former <= day <= following
    assert not any(calendar().is_working(each_day) for each_day in each(former, following)[1:-1])


@given(st.sets(days, max_size=30), st.sets(days, max_size=30), days, st.integers(1, 60))
def test_any_calendar_is_counted_right(rest: set[date], worked: set[date], day: date, number: int) -> None:
    own = Workdays(rest - worked, worked)
    reached = own.add(day, number)
    assert own.is_working(reached)
    assert number == sum(own.is_working(each_day) for each_day in each(day, reached)[1:])


@pytest.mark.parametrize(
    ("day", "certain"),
    [("2026-12-24", True), ("2026-12-25", False), ("2026-12-28", False), ("2025-12-31", True), ("2027-01-04", False)],
)
def test_days_before_a_new_year_wait_for_its_notice(day: str, certain: bool) -> None:
    assert calendar().certain(date.fromisoformat(day)) is certain


def test_dates_at_the_ends_of_time_do_not_fail() -> None:
    assert calendar().add(date.max, 5) == date.max
    assert calendar().back(date.min, 5) == date.min
    assert calendar().is_working(calendar().add(date(1900, 1, 1), 10_000))
