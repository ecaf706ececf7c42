"""Every term in days, months or years ends on a rest day in some scenario: no lucky date hides a wrong word."""

from collections.abc import Iterator
from typing import Any

import pytest

from fazhi.law import Clock, ClockRule, Procedure, read_clocks
from fazhi.rulebook import load
from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.pages import read_page
from fazhi.rulebook.scenarios import build_matter, judge_entries

BOOK = load()
Shown = dict[tuple[str, str], list[Clock]]


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((NATIONAL / "procedures").rglob("scenarios*.toml")):
        yield from ((path.parent.name, table) for table in read_page(path).table.get("scenario", []))


def shown() -> Shown:
    """The clocks that scenarios look at, by page and name."""
    found: Shown = {}
    for name, table in tables():
        matter = build_matter(table, BOOK, name)
        recorded, _ = judge_entries(matter, BOOK)
        only = set(str(table["only"]).split()) if "only" in table else None
        for clock in read_clocks(recorded, table["on"], BOOK.calendar).clocks:
            if only is None or clock.name in only:
                key = f"{matter.page.name}/{matter.page.in_force}", clock.name
                found.setdefault(key, []).append(clock)
    return found


SHOWN = shown()


def natural(rule: ClockRule) -> bool:
    """Whether the last day may be a rest day: working days, hours and fixed days have no such question."""
    term = rule.term or rule.at_least
    return term is not None and term.unit in ("days", "months", "years")


def moves(page: Procedure, rule: ClockRule) -> bool:
    return rule.term is not None and not rule.before and page.rolls_for(rule) != "never"


CASES = [
    (page, rule)
    for pages in BOOK.procedures.values()
    for page in pages
    if BOOK.source_page(page).path.parts[-3] == "procedures"
    for rule in page.clocks.values()
    if natural(rule)
]


@pytest.mark.parametrize(
    ("page", "rule"), CASES, ids=[f"{page.name}/{page.in_force}-{rule.name}" for page, rule in CASES]
)
def test_its_last_day_is_once_a_rest_day(page: Procedure, rule: ClockRule):
    clocks = SHOWN.get((f"{page.name}/{page.in_force}", rule.name), [])
    if moves(page, rule):
        assert any(clock.due and clock.strict and clock.due > clock.strict for clock in clocks)
    else:
        last = [clock.due or clock.earliest for clock in clocks]
        assert any(day and not BOOK.calendar.is_working(day) for day in last)


def test_the_question_is_put_to_many_terms():
    assert len(CASES) > 150
    assert {moves(page, rule) for page, rule in CASES} == {True, False}
