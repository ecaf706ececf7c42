"""Terms and the arithmetic of days: semantics 1 to 4 and 9 to 13, each with its worked example."""

from datetime import date

import pytest
from small_pages import calendar, facts, page, read

from fazhi.law import Clock, Matter, Term, read_clocks

ANY = "begun ended hearing other"


def run(start: str, term: str, rolls: str = "never", on: str = "2004-01-01", **words: object) -> Clock:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "term": term, **words}}, rolls=rolls)
    day = max(on, start[:10])
    return read_clocks(Matter(procedure, facts(f"{start} begun")), date.fromisoformat(day), calendar()).clocks[0]


@pytest.mark.parametrize(
    "text",
    ["5 working days", "60 days", "3 months", "1 years", "2 hours", "same day", "by 03-31", "before 03-01"],
)
def test_words_are_read_and_said_back(text: str) -> None:
    assert str(Term.parse(text)) == text
    assert Term.parse(text.replace(" ", "_")) == Term.parse(text)


def test_words_in_chinese() -> None:
    said = [Term.parse(text).zh for text in ("5 working days", "60 days", "3 months", "same day", "before 03-01")]
    assert said == ["5个工作日", "60日", "3个月", "当日", "3月1日之前"]


@pytest.mark.parametrize("text", ["", "5", "5 weeks", "by 13-01", "by 02-30", "-3 days", "3.5 days"])
def test_what_is_no_term_is_refused_with_the_forms_there_are(text: str) -> None:
    with pytest.raises(ValueError, match="5 working days"):
        Term.parse(text)


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        ("2024-01-15", "60 days", "2024-03-15"),
        ("2024-09-27", "5 working days", "2024-10-10"),
        ("2024-08-31", "6 months", "2025-02-28"),
        ("2024-02-29", "1 years", "2025-02-28"),
        ("2025-02-28", "6 months", "2025-08-28"),
        ("2024-05-05", "same day", "2024-05-05"),
        ("2026-01-01", "before 03-01", "2026-02-28"),
        ("2024-01-01", "before 03-01", "2024-02-29"),
        ("2024-03-01", "before 03-01", "2025-02-28"),
        ("2024-01-10", "by 03-31", "2024-03-31"),
        ("2024-03-31", "by 03-31", "2024-03-31"),
        ("2024-04-01", "by 03-31", "2025-03-31"),
        ("2023-01-31", "by 02-29", "2023-02-28"),
    ],
)
def test_the_first_day_is_never_counted(start: str, term: str, due: str) -> None:
    assert run(start, term).due == date.fromisoformat(due)


def test_hours_run_through_rest_days_from_the_moment() -> None:
    clock = run("2024-02-10T23:30", "2 hours", rolls="law")
    assert str(clock.due_moment) == "2024-02-11 01:30:00"
    assert clock.due == date(2024, 2, 11)


@pytest.mark.parametrize(
    ("stop", "state"), [("2024-02-11T01:30", "met"), ("2024-02-11T01:31", "late"), ("2024-02-11", "met")]
)
def test_hours_are_judged_by_the_moment_or_the_day_if_none_is_told(stop: str, state: str) -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "term": "2 hours"}})
    assert read(procedure, f"2024-02-10T23:30 begun\n{stop} ended", "2024-02-12") == [f"it {state} due 2024-02-11"]


@pytest.mark.parametrize(
    ("rolls", "due", "strict", "warned"),
    [
        ("law", "2024-10-08", "2024-10-04", "2024-10-08"),
        ("analogy", "2024-10-08", "2024-10-04", "2024-10-04"),
        ("never", "2024-10-04", "2024-10-04", "2024-10-04"),
    ],
)
def test_a_last_day_of_rest_is_moved_once_and_only_analogy_warns_of_the_day_before(
    rolls: str, due: str, strict: str, warned: str
) -> None:
    clock = run("2024-08-05", "60 days", rolls=rolls)
    assert (str(clock.due), str(clock.strict), str(clock.warned_by)) == (due, strict, warned)


def test_the_clock_own_word_on_rolling_goes_before_the_page() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "term": "60 days", "rolls": "never"}}, rolls="law")
    assert read(procedure, "2024-08-05 begun", "2024-08-05") == ["it running due 2024-10-04"]


def test_a_yearly_day_is_not_moved_but_warned_by_the_last_working_day() -> None:
    clock = run("2024-01-10", "by 03-31", rolls="law")
    assert (str(clock.due), str(clock.strict), str(clock.warned_by)) == ("2024-03-31", "2024-03-29", "2024-03-29")


def back(named: str, term: str) -> Clock:
    procedure = page(ANY, {"it": {"before": "hearing", "stops": "ended", "term": term}}, rolls="law")
    told = facts(f"2024-09-01 hearing day={named}")
    return read_clocks(Matter(procedure, told), date(2024, 9, 1), calendar()).clocks[0]


@pytest.mark.parametrize(
    ("named", "term", "due", "strict"),
    [
        ("2024-10-09", "5 working days", "2024-09-26", "2024-09-26"),
        ("2024-10-10", "3 days", "2024-10-07", "2024-09-30"),
        ("2025-03-31", "1 months", "2025-02-28", "2025-02-28"),
        ("2024-10-10", "same day", "2024-10-10", "2024-10-10"),
    ],
)
def test_counting_back_leaves_out_the_day_of_the_event_and_is_never_later(
    named: str, term: str, due: str, strict: str
) -> None:
    clock = back(named, term)
    assert (str(clock.due), str(clock.strict), str(clock.warned_by)) == (due, strict, strict)
    assert clock.start == date(2024, 9, 1)


def test_naming_another_day_starts_afresh() -> None:
    procedure = page(ANY, {"it": {"before": "hearing", "stops": "ended", "term": "3 days"}})
    told = "2024-09-01 hearing day=2024-10-10\n2024-09-20 hearing day=2024-11-20"
    assert read(procedure, told, "2024-09-21") == ["it running due 2024-11-17"]
    late = "2024-09-01 hearing day=2024-09-10\n2024-09-20 hearing day=2024-11-20"
    assert read(procedure, late, "2024-09-21") == ["it lapsed due 2024-09-07", "it running due 2024-11-17"]


@pytest.mark.parametrize(("stop", "state"), [("2024-02-08", "early"), ("2024-02-09", "met"), ("2024-03-09", "met")])
def test_a_minimum_is_met_from_its_last_day_on(stop: str, state: str) -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "at_least": "30 days"}}, rolls="law")
    told = f"2024-01-10 begun\n{stop} ended"
    assert read(procedure, told, "2024-04-01") == [f"it {state} not before 2024-02-09"]


def test_a_minimum_is_not_moved_off_a_rest_day() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "at_least": "30 days"}}, rolls="law")
    assert read(procedure, "2024-09-05 begun", "2024-10-04") == ["it running not before 2024-10-05"]
    assert read(procedure, "2024-09-05 begun", "2024-10-05") == ["it ripe not before 2024-10-05"]


@pytest.mark.parametrize(
    ("stop", "state"), [("2025-03-07", "early"), ("2025-03-10", "met"), ("2025-03-24", "met"), ("2025-03-25", "late")]
)
def test_a_minimum_beside_a_limit(stop: str, state: str) -> None:
    words = {"starts": "begun", "stops": "ended", "at_least": "5 working days", "term": "15 working days"}
    procedure = page(ANY, {"it": words})
    told = f"2025-03-03 begun\n{stop} ended"
    assert read(procedure, told, "2025-04-01") == [f"it {state} not before 2025-03-10 due 2025-03-24"]


def test_no_term_only_measures() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended"}})
    told = facts("2024-01-01 begun\n2024-06-01 ended")
    clock = read_clocks(Matter(procedure, told), date(2025, 1, 1), calendar()).clocks[0]
    assert (clock.state, clock.due, clock.measured) == ("met", None, 152)


@pytest.mark.parametrize(
    ("start", "term", "rolls", "provisional"),
    [
        ("2026-12-01", "19 working days", "never", True),  # 2026-12-28
        ("2026-12-01", "17 working days", "never", False),  # 2026-12-24
        ("2026-10-29", "60 days", "law", True),  # 2026-12-28
        ("2026-10-29", "60 days", "never", False),
        ("2026-10-29", "1 months", "law", False),
    ],
)
def test_a_date_that_a_coming_notice_could_move_is_provisional(
    start: str, term: str, rolls: str, provisional: bool
) -> None:
    assert run(start, term, rolls).provisional is provisional


def test_a_reminder_comes_so_long_before_the_end() -> None:
    assert run("2024-01-31", "6 months", warns="3 months").reminded == date(2024, 4, 30)


@pytest.mark.parametrize(
    ("stop", "state"),
    [("2025-03-10", "met"), ("2025-03-11", "disputed"), ("2025-03-14", "disputed"), ("2025-03-17", "late")],
)
def test_between_two_readings_of_the_words_nothing_is_late(stop: str, state: str) -> None:
    words = {"starts": "begun", "stops": "ended", "term": "5 working days", "or_term": "11 days"}
    procedure = page(ANY, {"it": words})
    told = facts(f"2025-03-03 begun\n{stop} ended")
    clock = read_clocks(Matter(procedure, told), date(2025, 4, 1), calendar()).clocks[0]
    assert clock.state == state
    assert clock.warned_by == date(2025, 3, 10)
    for on, open_state in (("2025-03-10", "running"), ("2025-03-11", "disputed"), ("2025-03-15", "lapsed")):
        assert read(procedure, "2025-03-03 begun", on) == [f"it {open_state} due 2025-03-10"]


def test_the_other_reading_may_be_a_day_of_the_year() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "term": "3 months", "or_term": "by 03-31"}})
    told = facts("2025-01-10 begun")
    clock = read_clocks(Matter(procedure, told), date(2025, 4, 5), calendar()).clocks[0]
    assert (clock.state, str(clock.due), str(clock.other_due)) == ("disputed", "2025-04-10", "2025-03-31")


def test_an_elastic_limit_is_noted_and_never_late() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "term": "5 days", "soft": True}})
    assert read(procedure, "2025-03-03 begun", "2025-04-01") == ["it running due 2025-03-08"]
    reading = read_clocks(Matter(procedure, facts("2025-03-03 begun\n2025-03-20 ended")), date(2025, 4, 1), calendar())
    assert reading.clocks[0].state == "met"
    assert [finding.rule for finding in reading.findings] == ["soft"]
