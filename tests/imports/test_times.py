"""The lawful day of a cell, however the office wrote it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.desk.tables.times import SHANGHAI, When, read_when


@pytest.mark.parametrize(
    "cell",
    [
        "2019/4/5",
        "2019-04-05",
        "2019.4.5",
        "2019年4月5日",
        "20190405",
        20190405,
        date(2019, 4, 5),
        datetime(2019, 4, 5),  # noqa: DTZ001
        43560,
        "２０１９－０４－０５",
    ],
)
def test_many_spellings_of_a_day_are_the_same_day(cell: object) -> None:
    assert read_when(cell) == When(date(2019, 4, 5))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2019/4/5 9:32:09", datetime(2019, 4, 5, 9, 32, 9, tzinfo=SHANGHAI)),
        ("2019-04-05T09:32:09+08:00", datetime(2019, 4, 5, 9, 32, 9, tzinfo=SHANGHAI)),
        ("2019年4月5日 下午3:05", datetime(2019, 4, 5, 15, 5, tzinfo=SHANGHAI)),
        ("2019年4月5日9时32分09秒", datetime(2019, 4, 5, 9, 32, 9, tzinfo=SHANGHAI)),
        ("20190405093209", datetime(2019, 4, 5, 9, 32, 9, tzinfo=SHANGHAI)),
    ],
)
def test_a_moment_keeps_its_hour(cell: str, expected: datetime) -> None:
    when = read_when(cell)
    assert when == When(date(2019, 4, 5), expected)


def test_a_moment_in_another_zone_falls_on_its_day_in_shanghai() -> None:
    """A message lodged at 17:30 in UTC on New Year's Eve was lodged in the new year here."""
    when = read_when("2018-12-31T17:30:00Z")
    assert when is not None
    assert when.day == date(2019, 1, 1)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000"])
def test_an_empty_cell_is_no_time(cell: object) -> None:
    assert read_when(cell) is None


@pytest.mark.parametrize(
    "cell", ["去年春天", "2019-02-30", "2019-13-01", "5/4/2019", 3.7, "2019-04-05 25:00", "1899-01-01"]
)
def test_what_is_no_day_is_refused_with_the_reason(cell: object) -> None:
    with pytest.raises(ValueError, match=r"识别|日历|早于"):
        read_when(cell)


@given(
    st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"])
)
def test_what_is_written_is_read_back(day: date, form: str) -> None:
    assert read_when(day.strftime(form)) == When(day)


MOMENTS = st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001


@given(MOMENTS, MOMENTS)
def test_before_never_holds_both_ways(one: datetime, other: datetime) -> None:
    first, second = (When(at.date(), at.replace(tzinfo=SHANGHAI)) for at in (one, other))
    assert not (first.before(second) and second.before(first))
    assert When(one.date()).before(second) == (one.date() < other.date())
    assert first.before(second) == (one < other)
    assert not first.before(When((one + timedelta(0)).date()))
