"""Every scenario beside the pages passes, and together they show each clock met and lapsed."""

from collections import defaultdict

import pytest

from fazhi.rulebook import SAMPLE_OVERLAY, load
from fazhi.rulebook.load import KINDS, NATIONAL
from fazhi.rulebook.scenarios import Outcome, build_matter, read_facts, run_scenario, run_scenarios

OUTCOMES = tuple(outcome for kind in KINDS for outcome in run_scenarios(NATIONAL / kind, load()))
OVER = {"lapsed", "late"}
NEVER_LATE = {"ask_correction"}
"""Silence is acceptance on the very last day to ask for correction, which drops the clock."""


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.name)
def test_scenario(outcome: Outcome):
    assert not outcome.faults, "\n".join((f"{outcome.where}:{outcome.line}", *outcome.faults))


@pytest.mark.parametrize(
    "outcome", run_scenarios(SAMPLE_OVERLAY / "procedures", load(SAMPLE_OVERLAY)), ids=lambda outcome: outcome.name
)
def test_scenario_of_the_sample_district(outcome: Outcome):
    assert not outcome.faults, outcome.faults


def seen() -> tuple[dict[tuple[str, str], set[str]], dict[tuple[str, str], set[str]]]:
    """The states and the moves in which scenarios show each clock of each page."""
    states: dict[tuple[str, str], set[str]] = defaultdict(set)
    moves: dict[tuple[str, str], set[str]] = defaultdict(set)
    for outcome in OUTCOMES:
        for name, found in outcome.states.items():
            states[outcome.page, name] |= found
        for name, found in outcome.moved.items():
            moves[outcome.page, name] |= found
    return states, moves


PAGES = {f"{page.name}/{page.in_force}": page for pages in load().procedures.values() for page in pages}
CLOCKS = [(name, clock) for name, page in PAGES.items() for clock in page.clocks]


@pytest.mark.parametrize(("page", "clock"), CLOCKS)
def test_each_clock_is_shown_met_lapsed_and_moved(page: str, clock: str):
    rule = PAGES[page].clocks[clock]
    states, moves = seen()
    shown, moved = states[page, clock], moves[page, clock]
    if rule.term:
        assert "met" in shown, "no scenario in which it is met"
        assert shown & OVER or rule.soft or (clock in NEVER_LATE and "dropped" in shown), (
            "no scenario in which it lapses"
        )
    elif rule.at_least:
        assert "ripe" in shown
        assert "dropped" in shown or "met" in shown
    else:
        assert "met" in shown
    wanted = {
        "pause": bool(rule.pauses) and bool(rule.term),
        "extension": bool(rule.extended_by) and bool(rule.term),
        "deemed": bool(rule.deems),
        "restart": bool({*rule.restarts} - {*rule.starts, *rule.before}) and bool(rule.term or rule.at_least),
    }
    assert not [move for move, needed in wanted.items() if needed and move not in moved]


def test_a_wrong_expectation_is_told():
    table = {"facts": "2024-03-01 received channel=web", "on": "2024-03-04", "only": "notify"}
    right = run_scenario({**table, "expect": "notify running due 2024-03-18"}, load(), "appeal")
    assert not right.faults
    for expect in ("notify running due 2024-03-19", "notify lapsed due 2024-03-18", "handle running", ""):
        assert run_scenario({**table, "expect": expect}, load(), "appeal").faults


def test_an_unexpected_finding_is_told():
    table = {"facts": "2024-03-01 received channel=pigeon", "on": "2024-03-04", "only": "handle"}
    (fault,) = run_scenario(table, load(), "appeal").faults
    assert "received barred" in fault
    assert "渠道" in fault


def test_facts_are_read_with_thread_fields_and_corrections():
    facts = read_facts(
        "2024-01-05 opinion_received #甲\n2024-01-06 answered outcome=kept fixes=1\n2024-01-07 x strikes=2"
    )
    assert facts[0].thread == "甲"
    assert (facts[1].fields, facts[1].corrects, facts[1].strikes) == ({"outcome": "kept"}, 1, False)
    assert facts[2].strikes
    with pytest.raises(ValueError, match="日期"):
        read_facts("yesterday received")
    with pytest.raises(ValueError, match="不认识"):
        read_facts("2024-01-05 received channel")


def test_the_opening_fact_picks_the_page():
    for day, in_force in (("2023-12-31", "1999-10-01"), ("2024-01-01", "2024-01-01")):
        text = f"2023-01-05 learned\n{day} received channel=web"
        assert str(build_matter({"facts": text}, load(), "reconsideration").page.in_force) == in_force
