"""Whatever lawful way a matter takes, it can still end, and every clock on it can be explained."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.law import Fact, FactKind, Matter, Procedure, admit, explain, explain_json, possible, read_clocks
from fazhi.rulebook import load

BOOK = load()
PAGES = [page for versions in BOOK.procedures.values() for page in versions]
STATES = {"running", "paused", "ripe", "met", "early", "late", "lapsed", "dropped", "disputed"}
VALUES = {"day": "2025-03-20", "term": "10_days", "number": "3", "money": "100"}
Pick = Callable[[st.SearchStrategy[int]], int]


def at(day: date) -> datetime:
    return datetime.combine(day, time(18))


def said(kind: FactKind, pick: Pick) -> dict[str, str]:
    """Values for all the fields that a fact must say."""
    given_values = {}
    for name, field in kind.fields.items():
        if field.choices:
            given_values[name] = field.choices[pick(st.integers(0, len(field.choices) - 1))]
        elif field.kind in VALUES:
            given_values[name] = VALUES[field.kind]
    return given_values


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name}/{page.in_force}")
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_lawful_path_stays_lawful_and_explainable(page: Procedure, data: st.DataObject):
    day = max(date(2025, 1, 6), page.in_force)
    opening = page.facts[page.opens_with]
    facts: tuple[Fact, ...] = (Fact(opening.name, day, fields=said(opening, data.draw), entry=1),)
    for entry in range(2, data.draw(st.integers(2, 9))):
        day += timedelta(days=data.draw(st.integers(0, 25)))
        matter = Matter(page, facts)
        offered = [
            one.kind for one in possible(matter, at(day), BOOK.calendar) if one.lawful and one.kind.name in page.facts
        ]
        if not offered:
            break
        kind = offered[data.draw(st.integers(0, len(offered) - 1))]
        fact = Fact(kind.name, day, fields=said(kind, data.draw), entry=entry)
        refused = [one for one in admit(matter, fact, now=at(day), calendar=BOOK.calendar) if one.severity == "barred"]
        assert not refused, (fact, refused)
        facts = (*facts, fact)
    reading = read_clocks(Matter(page, facts), day, BOOK.calendar)
    assert all(clock.state in STATES for clock in reading.clocks)
    for clock in reading.clocks:
        told = explain(clock, BOOK.calendar)
        again = explain_json(json.loads(json.dumps(told.as_json())))
        assert told.source
        assert again.due == told.due
        if clock.due is not None:
            assert told.due == clock.due
    if reading.closed is None and page.closing:
        assert _can_end(page, facts, day)


def _can_end(page: Procedure, facts: tuple[Fact, ...], day: date) -> bool:
    """Whether some closing fact can be reached from here: steps that only add what others wait for."""
    for step in range(1, 30):
        offered = [
            one.kind
            for one in possible(Matter(page, facts), at(day), BOOK.calendar)
            if not one.barred and one.kind.name in page.facts
        ]
        if any(kind.closes for kind in offered):
            return True
        there = {fact.kind for fact in facts}
        new = [kind for kind in offered if kind.name not in there]
        if not new:
            return False
        facts = (*facts, *(Fact(kind.name, day, entry=100 * step + at) for at, kind in enumerate(new)))
    return False
