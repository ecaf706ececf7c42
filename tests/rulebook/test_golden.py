"""The worked deadlines of appeal and reconsideration, through pages and recorded facts; amounts are the pages' own."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from fazhi.law import Fact, Matter, Procedure, read_clocks
from fazhi.rulebook import load
from fazhi.rulebook.scenarios import read_facts

NEW, OLD, APPEAL = ("reconsideration", "2024-01-01"), ("reconsideration", "1999-10-01"), ("appeal", "2022-05-01")
ORDINARY = "{before} received channel=web\n{before} accepted procedure=ordinary\n"
SIMPLIFIED = "{before} received channel=web\n{before} accepted procedure=simplified\n"
ROWS = {
    "G001": (NEW, "apply", "{start} learned told=yes"),
    "G003": (NEW, "apply", "{start} learned told=yes"),
    "G005": (NEW, "apply_longest", "{start} learned told=no"),
    "G006": (NEW, "bar", "{start} acted subject=other"),
    "G008": (NEW, "examine", "{start} received channel=visit"),
    "G010": (NEW, "examine", "{start} received channel=visit"),
    "G011": (NEW, "examine", "{start} received channel=visit"),
    "G013": (NEW, "ask_correction", "{start} received channel=visit"),
    "G015": (NEW, "examine", "{before} received channel=web\n{before} correction_asked\n{start} corrected"),
    "G016": (NEW, "send_copy", "{start} received channel=web\n{start} accepted procedure=ordinary"),
    "G018": (NEW, "respond", ORDINARY + "{before} copy_sent\n{start} copy_received"),
    "G020": (NEW, "respond_simplified", SIMPLIFIED + "{before} copy_sent\n{start} copy_received"),
    "G021": (NEW, "notify_hearing", "2024-09-02 received channel=web\n2024-09-03 hearing_set day={start}"),
    "G023": (NEW, "decide", "{start} received channel=web\n{start} accepted procedure=ordinary"),
    "G025": (NEW, "decide_simplified", "{start} received channel=web\n{start} accepted procedure=simplified"),
    "G026": (
        NEW,
        "decide",
        "{start} received channel=web\n{start} accepted procedure=ordinary\n2024-03-20 suspended ground=other\n"
        "2024-05-10 resumed",
    ),
    "G028": (NEW, "wait_to_terminate", ORDINARY + "{start} suspended ground=applicant_died"),
    "G030": (NEW, "norm_transfer", ORDINARY + "{start} norm_opened competence=other"),
    "G031": (NEW, "norm_notify", ORDINARY + "{start} norm_opened competence=own\n{start} suspended ground=norm_review"),
    "G033": (
        NEW,
        "norm_return",
        ORDINARY + "{before} norm_opened competence=other\n{before} norm_transferred\n{start} norm_transfer_received",
    ),
    "G035": (NEW, "agency_forward", "{start} agency_received"),
    "G036": (NEW, "sue", ORDINARY + "{before} decided outcome=upheld\n{start} delivered"),
    "G038": (NEW, "sue", "{before} received channel=web\n{before} refused ground=scope\n{start} delivered"),
    "G040": (OLD, "examine", "{start} received channel=web"),
    "G041": (OLD, "respond", "{before} received channel=web\n{before} copy_sent\n{start} copy_received"),
    "G043": (OLD, "decide", "{start} received channel=web"),
    "G045": (OLD, "duty_wait", "{start} duty_requested"),
    "G046": (OLD, "apply_duty", "2023-08-01 duty_requested"),
    "G155": (APPEAL, "object", "{before} received channel=letter\n{before} forwarded\n{start} forward_received"),
    "G156": (APPEAL, "handle", "{start} received channel=web\n{start} accepted nature=claim"),
    "G158": (
        APPEAL,
        "ask_recheck",
        "{before} received channel=web\n{before} accepted nature=claim\n{before} answered outcome=explained\n"
        "{start} answer_delivered",
    ),
    "G160": (
        APPEAL,
        "review",
        "{start} received channel=web\n{start} answered outcome=explained\n{start} rechecked_asked\n"
        "{start} rechecked outcome=kept\n{start} reviewed_asked\n2024-03-15 review_hearing_opened\n"
        "2024-03-29 review_hearing_closed",
    ),
}


def golden(shared: Path) -> dict[str, dict[str, str]]:
    with (shared / "law/golden_deadlines.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def page(name: str, day: str) -> Procedure:
    return load().page(name, date.fromisoformat(day))


def test_every_row_of_these_kinds_is_here(shared: Path):
    rows = golden(shared)
    kinds = {row["id"] for row in rows.values() if row["procedure"] in ("行政复议", "信访")}
    assert kinds == set(ROWS)


@pytest.mark.parametrize("row", ROWS)
def test_worked_deadline(row: str, shared: Path):
    told = golden(shared)[row]
    (name, day), clock, text = ROWS[row]
    start = date.fromisoformat(told["start"])
    facts = read_facts(text.format(start=start, before=start - timedelta(days=1)))
    due, strict = date.fromisoformat(told["expected_due"]), date.fromisoformat(told["strict_due"])
    now = max(due, max(fact.day for fact in facts))
    found = read_clocks(Matter(page(name, day), facts), now, load().calendar).clock(clock)
    assert found is not None
    if found.due is None:
        assert (found.earliest, found.earliest) == (due, strict)
    else:
        assert (found.due, found.strict) == (due, strict)


def test_silence_is_acceptance_on_the_last_day_of_examination(shared: Path):
    told = golden(shared)["G008"]
    facts = (Fact("received", date.fromisoformat(told["start"]), fields={"channel": "visit"}),)
    last = date.fromisoformat(told["expected_due"])
    matter = Matter(page(*NEW), facts)
    assert read_clocks(matter, last, load().calendar).deemed == ()
    (accepted,) = read_clocks(matter, last + timedelta(days=1), load().calendar).deemed
    assert (accepted.kind, accepted.day) == ("accepted", last)
