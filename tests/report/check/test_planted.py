"""Planted faults are found, each by its own rule; passages without fault raise none."""

import tomllib
from pathlib import Path

import pytest
from tests.report.check.frame import report_of

from fazhi.report.check import check

HERE = Path(__file__).parent
PLANTED = tomllib.loads((HERE / "planted.toml").read_text(encoding="utf-8"))["passages"]
CLEAN = tomllib.loads((HERE / "clean.toml").read_text(encoding="utf-8"))["passages"]
ALWAYS = {"change-implies"}
"""Says what a change implies, of every change: right ones as well."""


def found_in(case):
    dates = {name: case[name] for name in ("published", "signed") if name in case}
    return [one for one in check(report_of(case["text"], **dates)) if one.rule not in ALWAYS]


@pytest.mark.parametrize("case", PLANTED, ids=[f"{one['rule']}-{one['text'][:12]}" for one in PLANTED])
def test_a_planted_fault_is_found_by_its_rule_alone(case):
    findings = found_in(case)
    assert {one.rule for one in findings} == {case["rule"]}, [one.message for one in findings]
    assert findings[0].severity == case["severity"]
    assert findings[0].computed == case.get("computed", findings[0].computed)


@pytest.mark.parametrize("text", CLEAN, ids=[one[:16] for one in CLEAN])
def test_a_right_passage_raises_nothing(text):
    findings = found_in({"text": text})
    assert not [one for one in findings if one.severity != "note"], [one.message for one in findings]


def test_the_frame_itself_is_without_fault():
    assert not check(report_of("扎实开展普法工作。"))
