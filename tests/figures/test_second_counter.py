"""The second counter itself, on facts written by hand; on laid districts it counts in test_coverage."""

import json
from pathlib import Path
from typing import Any

import pytest
from second_book import number
from second_counter import count, differences

FIGURE = {
    "seq": 1,
    "indicator": "",
    "units": ["a", "b"],
    "start": "2024-01-01",
    "cutoff": "2024-12-31",
    "before_start": "2023-01-01",
    "before_cutoff": "2023-12-31",
}


def _written(folder: Path, figure: str, reading: str, *facts: str) -> Path:
    """Writes one figure, and facts told as `matter unit procedure kind day field=value`; a `-` before strikes it."""
    told = json.dumps([FIGURE | {"id": figure, "reading": reading}])
    (folder / "x.figures.json").write_text(told, "utf-8")
    (folder / "x.facts.jsonl").write_text("".join(json.dumps(_fact(one)) + "\n" for one in facts), "utf-8")
    return folder


def _fact(told: str) -> dict[str, Any]:
    matter, unit, procedure, kind, day, *said = told.removeprefix("-").removeprefix("?").split()
    fact = {"matter": matter, "unit": unit, "procedure": procedure, "kind": kind, "day": day}
    fields = dict(one.split("=") for one in said)
    return fact | {"fields": fields, "stands": not told.startswith("-"), "deemed": told.startswith("?")}


def _counted(folder: Path) -> str:
    return str(count(folder / "x.figures.json", folder / "x.facts.jsonl")[1])


def test_what_is_struck_elsewhere_or_of_another_year_does_not_count(tmp_path: Path) -> None:
    _written(
        tmp_path,
        "reconsideration.accepted",
        "",
        "1 a reconsideration accepted 2024-01-01",
        "1 a reconsideration accepted 2024-01-02",
        "?2 b reconsideration accepted 2024-12-30",
        "?3 b reconsideration accepted 2024-12-31",
        "-4 a reconsideration accepted 2024-05-01",
        "5 c reconsideration accepted 2024-05-01",
        "6 a reconsideration accepted 2023-12-31",
        "7 a appeal accepted 2024-05-01",
    )
    assert _counted(tmp_path) == "2"


def test_a_line_stands_until_removed_and_as_last_changed(tmp_path: Path) -> None:
    _written(
        tmp_path,
        "services.permit_items.zero_visit.count",
        "",
        "1 a service_item entered 2020-01-01 class=license visits=1",
        "1 a service_item changed 2024-06-01 visits=0",
        "2 a service_item entered 2024-02-01 class=license visits=0",
        "2 a service_item removed 2024-12-31",
        "3 b service_item entered 2024-02-01 class=license visits=0",
        "3 b service_item removed 2025-01-01",
        "4 b service_item entered 2025-01-01 class=license visits=0",
        "5 b service_item entered 2024-02-01 class=public visits=0",
    )
    assert _counted(tmp_path) == "2"


def test_silence_was_acceptance_from_the_day_of_receipt_before_the_law_of_2024(tmp_path: Path) -> None:
    fact = "?1 a reconsideration accepted 2023-12-31"
    _written(tmp_path, "reconsideration.accepted.yoy", "", fact, "2 a reconsideration accepted 2024-05-01")
    assert _counted(tmp_path) == "0.00"


def test_what_was_open_at_the_start_is_handled_too(tmp_path: Path) -> None:
    _written(
        tmp_path,
        "reconsideration.handled",
        "",
        "1 a reconsideration received 2023-11-01",
        "1 a reconsideration decided 2024-01-01",
        "2 a reconsideration received 2023-11-01",
        "2 a reconsideration decided 2023-12-31",
        "3 b reconsideration received 2024-03-01",
    )
    assert _counted(tmp_path) == "2"


@pytest.mark.parametrize(
    ("decided", "uploaded", "told"),
    [
        ("2024-04-26", "2024-05-09", "100.00"),
        ("2024-04-26", "2024-05-10", "0.00"),
        ("2023-12-20", "2024-05-11", "None"),
    ],
)
def test_working_days_leave_out_holidays_and_count_days_made_up(
    decided: str, uploaded: str, told: str, tmp_path: Path
) -> None:
    _written(
        tmp_path,
        "credit.double_publicity.timeliness_rate",
        "",
        f"1 a dual_publicity decided {decided}",
        f"1 a dual_publicity uploaded {uploaded}",
    )
    assert _counted(tmp_path) == told


def test_a_reading_that_is_not_what_was_counted_is_told(tmp_path: Path) -> None:
    fact = "1 a honour held 2024-05-01 field=openness medal=gold"
    assert differences(_written(tmp_path, "honours.disclosure_award.gold", "1项", fact), "x") == []
    wrong = differences(_written(tmp_path, "honours.disclosure_award.gold", "2项", fact), "x")
    assert wrong == ["1 honours.disclosure_award.gold: counted 1, read 2项"]
    assert differences(_written(tmp_path, "no.such.figure", "1项", fact), "x") == [
        "1 no.such.figure: counted by no rule, read 1项"
    ]


@pytest.mark.parametrize(
    ("reading", "told"), [("112000000.00元", "112000000.00"), ("下降13.73%", "-13.73"), ("无数据", "None")]
)
def test_a_number_is_found_in_a_reading(reading: str, told: str) -> None:
    assert str(number(reading)) == told
