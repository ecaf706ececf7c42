"""The worked deadlines of the law, through pages and recorded facts: each row by its words, each answer by its page."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from golden_rows import (
    Row,
    answers,
    lead_of,
    leads,
    questions,
    unrolled,
    without_term,
    worked_out,
)

from fazhi.law import Fact, Matter, read_clocks
from fazhi.rulebook import load

SHARED = Path(__file__).resolve().parents[3] / "shared/law/golden_deadlines.csv"
ROWS = questions(SHARED) if SHARED.exists() else {}
LED = {row: lead for row in ROWS if (lead := lead_of(ROWS[row]))}
KINDS = {lead.procedure for lead in leads()}


def expected(row: str) -> tuple[str, str]:
    told = answers(SHARED)[row]
    return told["expected_due"], told["strict_due"]


def test_every_row_is_led_to_a_page(shared: Path):
    assert shared and set(ROWS) == set(LED)


@pytest.mark.parametrize("row", LED)
def test_worked_deadline(row: str):
    assert worked_out(ROWS[row], LED[row]) == expected(row)


@pytest.mark.parametrize("row", LED)
def test_a_row_fails_when_its_page_says_another_term(row: str):
    assert worked_out(ROWS[row], LED[row], without_term(LED[row])) != expected(row)


def test_rows_whose_last_day_rests_fail_when_their_page_does_not_roll():
    moved = [row for row in LED if expected(row)[0] > expected(row)[1]]
    unmoved = [row for row in moved if worked_out(ROWS[row], LED[row], unrolled(LED[row])) == expected(row)]
    rolling = [row for row in moved if _rolls(row)]
    assert not set(unmoved) & set(rolling)


def _rolls(row: str) -> bool:
    """Whether the page moves the last day: days counted back and days of the year are never moved."""
    rule = _rule_of(LED[row])
    counted = rule.term is not None and not rule.term.yearly and not rule.before
    return counted and LED[row].procedure_page().rolls_for(rule) != "never"


@pytest.mark.parametrize("lead", leads(), ids=lambda lead: f"{lead.page}-{lead.clock}-{lead.stage}")
def test_each_lead_names_a_clock_that_its_matter_starts(lead):
    row = Row("", lead.procedure, lead.stage, "", "2026-09-07T09:30", "9-14、9-21、9-28")
    if "{start}" in lead.matter and _rule_of(lead).term and _rule_of(lead).term.unit != "hours":
        row = Row("", lead.procedure, lead.stage, "", "2026-09-07", "9-14、9-21、9-28")
    assert any(worked_out(row, lead)), f"{lead.page} starts no {lead.clock}"


def _rule_of(lead):
    return lead.procedure_page().clocks[lead.clock]


def test_silence_is_acceptance_on_the_last_day_of_examination(shared: Path):
    told = answers(shared / "law/golden_deadlines.csv")["G008"]
    facts = (Fact("received", date.fromisoformat(told["start"]), fields={"channel": "visit"}),)
    last = date.fromisoformat(told["expected_due"])
    matter = Matter(load().page("reconsideration", date(2024, 1, 1)), facts)
    assert read_clocks(matter, last, load().calendar).deemed == ()
    (accepted,) = read_clocks(matter, last + timedelta(days=1), load().calendar).deemed
    assert (accepted.kind, accepted.day) == ("accepted", last)
