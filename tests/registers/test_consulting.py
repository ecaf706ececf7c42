"""What is recorded is held against registers: exemptions at filing, benchmarks at decisions, grades in a plan."""

import itertools
from datetime import date
from typing import Any

import pytest
from register_lines import enter

from district import District, lay
from fazhi import desk, ledger
from fazhi.people.actors import machine

_keys = itertools.count()
BEGUN, MARCH = date(2025, 1, 10), date(2025, 3, 5)
NOISE = "夜间施工噪声扰民"


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def record(district: District, matter: Any, kind: str, /, unit: str = "城管局", **fields: str) -> Any:
    head = ledger.read(matter).head
    actor = machine(district.units[unit])
    return desk.record(actor, matter, kind, day=MARCH, fields=fields, seen=head, key=f"consult/{next(_keys)}")


def said(matter: Any, kind: str) -> dict[str, str]:
    return next(dict(line.fields) for line in ledger.read(matter).entries if line.kind == kind)


def warned(done: Any) -> list[str]:
    return [one.message for one in done.findings if one.rule.startswith("consults") and one.severity == "warning"]


def received(district: District, procedure: str, unit: str, **fields: str) -> Any:
    actor = machine(district.units[unit])
    return desk.receive(actor, procedure, day=MARCH, fields=fields, key=f"consult/{next(_keys)}").matter


def filed_case(district: District, **fields: str) -> tuple[Any, Any]:
    matter = received(district, "penalty", "城管局", origin="inspection")
    return matter, record(district, matter, "filed", **fields)


def decided(district: District, **fields: str) -> tuple[Any, Any]:
    matter, _ = filed_case(district)
    record(district, matter, "notified", hearing="no")
    record(district, matter, "statement_waived")
    return matter, record(district, matter, "decided", fined="yes", kind="fine", behaviour=NOISE, **fields)


def test_an_exemption_is_told_when_a_penalty_is_filed(district: District) -> None:
    enter(district, "exemption", "司法局", BEGUN, behaviour=NOISE, conditions="初次且及时改正", **{"class": "first"})
    matter, done = filed_case(district, behaviour=NOISE)
    (told,) = warned(done)
    assert "首违不罚" in told and "初次且及时改正" in told
    assert said(matter, "filed")["exemption"] == "found"
    other, done = filed_case(district, behaviour="无照经营")
    assert warned(done) == [] and said(other, "filed")["exemption"] == "absent"
    silent, done = filed_case(district)
    assert warned(done) == [] and "exemption" not in said(silent, "filed")


@pytest.mark.parametrize(
    ("fine", "came", "warns"),
    [("3000", "found", False), ("1000", "found", False), ("999.99", "below", True), ("8000", "above", True)],
)
def test_a_fine_is_compared_with_its_benchmark(district: District, fine: str, came: str, warns: bool) -> None:
    enter(district, "benchmark", "城管局", BEGUN, behaviour=NOISE, grade="ordinary", least="1000", most="3000")
    enter(district, "benchmark", "城管局", BEGUN, behaviour=NOISE, grade="heavy", least="3000", most="9000")
    matter, done = decided(district, fine=fine, grade="ordinary")
    assert said(matter, "decided")["benchmark"] == came
    assert bool(warned(done)) is warns


def test_a_fine_beyond_the_benchmark_with_its_reason_is_not_warned_of_but_kept(district: District) -> None:
    enter(district, "benchmark", "城管局", BEGUN, behaviour=NOISE, grade="ordinary", least="1000", most="3000")
    matter, done = decided(district, fine="8000", grade="ordinary", deviation="拒不改正，再次违法")
    assert warned(done) == [] and said(matter, "decided")["benchmark"] == "above"
    matter, done = decided(district, fine="8000", grade="heavy")
    (told,) = warned(done)
    assert said(matter, "decided")["benchmark"] == "absent" and "没有" in told


def test_a_benchmark_that_has_left_is_not_consulted(district: District) -> None:
    line = enter(district, "benchmark", "城管局", BEGUN, behaviour=NOISE, grade="ordinary", least="1000", most="3000")
    desk.record(machine(district.units["城管局"]), line, "removed", day=date(2025, 2, 1), seen=1, key="gone")
    matter, _ = decided(district, fine="2000", grade="ordinary")
    assert said(matter, "decided")["benchmark"] == "absent"


def test_a_plan_of_inspections_reads_the_grade_and_the_most_visits_of_each_firm(district: District) -> None:
    enter(district, "graded_firm", "司法局", BEGUN, firm="示例电子厂", grade="d", checks="4")
    enter(district, "graded_firm", "司法局", BEGUN, firm="示例书店", grade="a", checks="1")
    plan = received(district, "inspection_plan", "司法局", year="2025")
    first = record(district, plan, "listed", "司法局", firm="示例电子厂", visits="4")
    second = record(district, plan, "listed", "司法局", firm="示例书店", visits="2")
    third = record(district, plan, "listed", "司法局", firm="未评企业", visits="1")
    rows = [dict(line.fields) for line in ledger.read(plan).entries if line.kind == "listed"]
    assert [(one.get("grade"), one.get("limit"), one["against"]) for one in rows] == [
        ("d", "4", "found"), ("a", "1", "above"), (None, None, "absent"),
    ]  # fmt: skip
    assert [bool(warned(one)) for one in (first, second, third)] == [False, True, True]
