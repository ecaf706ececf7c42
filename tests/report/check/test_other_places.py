"""Passages of other places: most planted faults are found, and no right passage is called wrong."""

import tomllib
from pathlib import Path

import pytest
from tests.report.check.frame import report_of

from fazhi.report.check import check

SAID = tomllib.loads((Path(__file__).parent / "other_places.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SAID["planted"], ids=[one["text"][:14] for one in SAID["planted"]])
def test_a_fault_is_found(case):
    assert case["rule"] in {one.rule for one in check(report_of(case["text"]))}


@pytest.mark.parametrize("text", SAID["clean"], ids=[one[:14] for one in SAID["clean"]])
def test_nothing_right_is_called_wrong(text):
    wrong = [one.message for one in check(report_of(text)) if one.severity == "inconsistent"]
    assert not wrong
