"""Figures of registers: shares and sums of what was held, computed from the counts and never typed in."""

from datetime import date
from typing import Any

import pytest
from register_lines import enter

from district import District, lay
from fazhi import desk
from fazhi.indicators import look
from fazhi.indicators.values import Span
from fazhi.ledger import rulebook
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import last_position, seal_once
from fazhi.people.actors import machine

MARCH = date(2025, 3, 14)


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def text(district: District, db: Any, name: str) -> str:
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    units = tuple(district.units.values())
    span = Span(units, date(2025, 1, 1), date(2025, 12, 31), last_position("default"))
    return look.read(rulebook().indicators[name], span).text


@pytest.mark.parametrize(
    ("name", "shown"), [("exam_attendance", "99.00"), ("exam_pass", "97.98"), ("exam_excellent", "49.49")]
)
def test_the_rates_of_exams_come_from_their_rolls(district: District, db: Any, name: str, shown: str) -> None:
    enter(district, "exam", "司法局", MARCH, base="120", sat="120", passed="118", excellent="60")
    enter(district, "exam", "城管局", MARCH, base="80", sat="78", passed="76", excellent="38")
    assert text(district, db, name) == shown


def test_events_and_people_are_counted_and_added_up(district: District, db: Any) -> None:
    for people in ("120", "80"):
        enter(district, "publicity_event", "莲花街道", MARCH, people=people)
    assert text(district, db, "publicity_events") == "2"
    assert text(district, db, "publicity_people").removesuffix(".00") == "200"


def test_heads_in_court_are_counted_over_all_hearings(district: District, db: Any) -> None:
    for head in ("chief", "deputy", "staff", "staff"):
        enter(district, "court_appearance", "城管局", MARCH, head=head)
    assert text(district, db, "court_appearance_rate") == "50.00"


def test_the_cut_of_the_budget_is_of_what_was_asked(district: District, db: Any) -> None:
    for asked, granted in (("600", "300"), ("400", "276")):
        enter(district, "legal_budget", "司法局", MARCH, asked=asked, granted=granted)
    assert text(district, db, "legal_budget_cut") == "42.40"


def test_those_who_passed_are_of_those_who_were_trained(district: District, db: Any) -> None:
    enter(district, "compliance_training", "司法局", MARCH, people="797", passed="655")
    assert text(district, db, "compliance_pass") == "82.18"


@pytest.mark.parametrize(("name", "shown"), [("data_complete_rate", "96.00"), ("data_valid_rate", "94.00")])
def test_the_quality_of_data_is_a_share_of_the_rows_there_should_be(
    district: District, db: Any, name: str, shown: str
) -> None:
    for kind, rows, complete, valid in (("credit", "800", "760", "740"), ("enforcement", "200", "200", "200")):
        enter(district, "data_check", "司法局", MARCH, kind=kind, rows=rows, complete=complete, valid=valid)
    assert text(district, db, name) == shown


def test_penalties_off_the_benchmark_are_counted(district: District, db: Any) -> None:
    actor = machine(district.units["城管局"])
    given = {"behaviour": "无照经营", "grade": "ordinary", "least": "1000", "most": "3000"}
    enter(district, "benchmark", "城管局", MARCH, **given)
    for number, fine in enumerate(("2000", "5000", "500")):
        acts = [
            desk.Act("found", MARCH, fields={"origin": "inspection"}), desk.Act("filed", MARCH),
            desk.Act("notified", MARCH, fields={"hearing": "no"}), desk.Act("statement_waived", MARCH),
            desk.Act("decided", MARCH, fields={"fined": "yes", "fine": fine, "kind": "fine", "behaviour": "无照经营"}),
        ]  # fmt: skip
        desk.enter(actor, "penalty", acts, key=f"off/{number}")
    assert text(district, db, "penalties_off_benchmark") == "2"
