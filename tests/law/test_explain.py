"""Every date can be explained, and worked out again from the explanation alone."""

import json
from datetime import date

import pytest
from small_pages import calendar, facts, moment, page

from fazhi.law import Explanation, Matter, explain, explain_json, read_clocks

WORDS = {"starts": "begun", "stops": "ended", "pauses": {"paused": "resumed"}, "extended_by": "extended"}


def told(lines: str, on: str, rolls: str = "law", **words: object) -> Explanation:
    start = {} if "before" in words else {"starts": "begun"}
    shared = {key: value for key, value in WORDS.items() if key != "starts"}
    rule = {**shared, **start, "title": "", **words}
    rule.pop("title")
    procedure = page("begun ended paused resumed extended", {"it": rule}, rolls=rolls)
    reading = read_clocks(Matter(procedure, facts(lines)), moment(on), calendar())
    return explain(reading.clocks[-1], calendar())


def test_a_paused_extended_and_moved_date_day_by_day() -> None:
    lines = "2024-03-01 begun\n2024-03-20 paused\n2024-05-10 resumed\n2024-06-01 extended"
    why = told(lines, "2024-06-02", term="60 days", extension="30 days")
    marks = {mark.day: mark for mark in why.days}
    assert why.due == date(2024, 7, 22)
    assert (marks[date(2024, 3, 1)].counted, marks[date(2024, 3, 1)].reason) == (False, "起算日不计")
    assert marks[date(2024, 3, 2)].number == 1
    assert marks[date(2024, 3, 19)].number == 18
    assert not marks[date(2024, 3, 20)].counted
    assert not marks[date(2024, 5, 9)].counted
    assert marks[date(2024, 5, 10)].number == 19
    assert marks[date(2024, 7, 20)].number == 90
    assert not marks[date(2024, 7, 21)].counted
    assert list(marks)[-1] == date(2024, 7, 22)
    zh = "；".join(step.zh for step in why.steps)
    for words in ("第一条", "60日", "延长30日", "2024年5月9日中止", "计至2024年7月20日", "顺延至2024年7月22日"):
        assert words in zh


def test_working_days_say_why_a_day_is_left_out_or_counted() -> None:
    why = told("2024-09-27 begun", "2024-09-28", term="5 working days")
    reasons = {mark.day: (mark.number, mark.reason) for mark in why.days}
    assert reasons[date(2024, 9, 28)] == (None, "周末")
    assert reasons[date(2024, 9, 29)] == (1, "调休上班")
    assert reasons[date(2024, 10, 1)] == (None, "国庆节")
    assert reasons[date(2024, 10, 10)] == (5, "工作日")


def test_counting_back_is_explained_from_the_event() -> None:
    why = told("2024-09-01 begun day=2024-10-09", "2024-09-02", before="begun", term="5 working days")
    assert [mark.day for mark in why.days if mark.counted] == [
        date(2024, 9, 26), date(2024, 9, 27), date(2024, 9, 29), date(2024, 9, 30), date(2024, 10, 8),
    ]  # fmt: skip
    assert why.days[-1].reason == "当日不计"


@pytest.mark.parametrize(
    "words",
    [
        {"term": "60 days"},
        {"term": "20 working days"},
        {"term": "3 months"},
        {"term": "2 hours"},
        {"term": "by 03-31"},
        {"at_least": "10 days"},
        {},
        {"before": "begun", "term": "5 working days"},
    ],
)
def test_an_explanation_is_worked_out_again_from_its_own_json(words: dict[str, object]) -> None:
    lines = "2024-09-06T10:00 begun day=2024-10-09\n2024-09-10 paused\n2024-09-20 resumed\n2024-09-21 extended"
    why = told(lines, "2024-09-22", extension="1 months", **words)
    again = explain_json(json.loads(json.dumps(why.as_json())))
    assert again == why
    assert again.as_json() == why.as_json()


def test_the_json_carries_only_the_part_of_the_calendar_it_needs() -> None:
    why = told("2024-09-27 begun", "2024-09-28", term="5 working days")
    assert all(day.startswith(("2024-09", "2024-10")) for day in why.as_json()["calendar"]["rest"])


def test_provisional_dates_say_so_and_stay_so_when_read_again() -> None:
    why = told("2026-12-01 begun", "2026-12-02", term="19 working days")
    assert why.provisional
    assert "待定" in why.steps[-1].zh
    assert explain_json(why.as_json()).provisional


def test_a_status_that_is_not_verified_is_carried() -> None:
    procedure = page("begun ended", {"it": {"starts": "begun", "term": "5 days"}})
    rule = procedure.clocks["it"]
    clock = read_clocks(Matter(procedure, facts("2024-01-01 begun")), date(2024, 1, 2), calendar()).clocks[0]
    assert rule.source is not None
    assert explain(clock, calendar()).status == rule.source.status


def test_what_runs_for_an_age_is_explained_without_a_ribbon() -> None:
    why = told("2024-01-01 begun lasts=999999_days", "2024-01-02", term="60 days")
    assert why.days == ()
    assert why.steps
    assert len(told("2024-01-01 begun", "2024-01-02", term="20 years").days) == 7306
