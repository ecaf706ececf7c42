"""Many clocks read at once are the same as each read alone."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import calendar, clock_rule, page

from fazhi.law import Clock, Fact, Matter, Procedure, Term, read_clocks
from fazhi.law.many import Columns, Runs, read_many

TERMS = (
    "1 days", "20 days", "60 days", "1 working days", "7 working days", "45 working days", "1 months", "3 months",
    "2 years", "same day", "by 03-31", "before 03-01", "by 12-31",
)  # fmt: skip
dates = st.dates(date(2005, 1, 1), date(2026, 12, 31))
gaps = st.integers(0, 40)


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    words: dict[str, Any] = {"stops": "ended", draw(st.sampled_from(["starts", "before"])): "begun"}
    if draw(st.booleans()):
        words["term"] = draw(st.sampled_from(TERMS))
        if draw(st.booleans()):
            words["or_term"] = draw(st.sampled_from(TERMS))
    if "before" not in words and draw(st.booleans()):
        words["at_least"] = draw(st.sampled_from(TERMS[:8]))
    words["rolls"] = draw(st.sampled_from(["law", "analogy", "never"]))
    words["soft"] = draw(st.booleans())
    if "before" not in words:
        words["pauses"] = {"paused": "resumed"}
    return words


def alone(procedure: Procedure, row: tuple[date, int, int, int, int], now: date) -> Clock:
    start, gap, length, second, end = row
    told = [Fact("begun", start, fields={"day": start.isoformat()})]
    if gap:
        begin = start + timedelta(days=gap)
        told += [Fact("paused", begin), Fact("resumed", begin + timedelta(days=length))]
    if gap and second:
        begin = begin + timedelta(days=length + second)
        told += [Fact("paused", begin), Fact("resumed", begin + timedelta(days=3))]
    if end:
        told.append(Fact("ended", start + timedelta(days=end)))
    matter = Matter(procedure, tuple(told))
    return read_clocks(matter, now, calendar()).clocks[0]


def together(procedure: Procedure, rows: list[tuple[date, int, int, int, int]], now: date) -> Columns:
    def column(days: list[date | None]) -> Any:
        return np.array([np.datetime64(day) if day else np.datetime64("NaT") for day in days], dtype="datetime64[D]")

    def shifted(day: date, by: int, on: bool | int = True) -> date | None:
        return day + timedelta(days=by) if on else None

    first = (
        column([shifted(s, g, g) for s, g, _, _, _ in rows]),
        column([shifted(s, g + length, g) for s, g, length, _, _ in rows]),
    )
    second = (
        column([shifted(s, g + length + more, g and more) for s, g, length, more, _ in rows]),
        column([shifted(s, g + length + more + 3, g and more) for s, g, length, more, _ in rows]),
    )
    runs = Runs(
        column([row[0] for row in rows]),
        () if procedure.clocks["it"].before else (first, second),
        ended=column([shifted(s, end, end) for s, _, _, _, end in rows]),
    )
    return read_many(procedure.clocks["it"], runs, now, calendar(), rolls=procedure.rolls)


@given(rules(), st.lists(st.tuples(dates, gaps, gaps, gaps, st.sampled_from([0, 90, 400])), min_size=1, max_size=8))
def test_together_as_alone(words: dict[str, Any], rows: list[tuple[date, int, int, int, int]]) -> None:
    procedure = page("begun ended paused resumed", {"it": words})
    now = max(row[0] for row in rows) + timedelta(days=500)
    read = together(procedure, rows, now)
    for at, row in enumerate(rows):
        one = alone(procedure, row, now)
        both = [
            (one.due, read.due[at]), (one.strict, read.strict[at]), (one.warned_by, read.warned_by[at]),
            (one.other_due, read.other_due[at]), (one.earliest, read.earliest[at]),
        ]  # fmt: skip
        assert [mine for mine, _ in both] == [None if np.isnat(theirs) else theirs.item() for _, theirs in both]
        assert one.state == read.state[at]
        assert one.provisional == read.provisional[at]


def test_granted_extensions_are_added_before_counting() -> None:
    rule = clock_rule("it", {"starts": "begun", "term": "30 days"})
    runs = Runs(np.array(["2025-01-20", "2025-01-20"], dtype="datetime64[D]"), granted=np.array([0, 60]))
    read = read_many(rule, runs, date(2025, 1, 21), calendar(), rolls="never")
    assert read.due.tolist() == [date(2025, 2, 19), date(2025, 4, 20)]


@pytest.mark.parametrize(("term", "granted"), [("2 hours", None), ("by 03-31", np.array([5]))])
def test_what_cannot_be_read_in_bulk_says_so(term: str, granted: Any) -> None:
    rule = clock_rule("it", {"starts": "begun", "term": term})
    runs = Runs(np.array(["2025-01-20"], dtype="datetime64[D]"), granted=granted)
    assert Term.parse(term)
    with pytest.raises(ValueError, match="one by one"):
        read_many(rule, runs, date(2025, 1, 21), calendar(), rolls="never")
