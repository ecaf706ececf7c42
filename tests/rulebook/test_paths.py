"""Whatever lawful way a matter takes, it can still end, and every clock on it can be explained."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.law import Fact, FactKind, Matter, Procedure, admit, explain, explain_json, possible, read_clocks
from fazhi.rulebook import load

BOOK = load()
PAGES = [page for versions in BOOK.procedures.values() for page in versions]
STATES = {"running", "paused", "ripe", "met", "early", "late", "lapsed", "dropped", "disputed"}
VALUES = {"day": "2025-03-20", "term": "10_days", "number": "3", "money": "100", "moment": "2025-03-20T09:30"}
ELSEWHERE = ("unit", "post", "matter")
"""Fields that name something of another room."""
Pick = Callable[[int], int]
"""One of the numbers from nought up to this one."""


def at(day: date) -> datetime:
    return datetime.combine(day, time(18))


def told(page: Procedure, kind: FactKind, day: date, entry: int, pick: Pick) -> Fact:
    """A fact that says all it must, with its hour where a clock counts hours from it."""
    roles = page.roles.get(kind.name, ())
    timed = any(rule.term and rule.term.unit == "hours" and kind.name in rule.starts for rule, _ in roles)
    moment = datetime.combine(day, time(9)) + timedelta(minutes=entry) if timed else None
    return Fact(kind.name, day, moment, said(kind, pick), entry=entry)


def said(kind: FactKind, pick: Pick) -> dict[str, str]:
    """Values for all the fields that a fact must say."""
    given_values = {}
    for name, field in kind.fields.items():
        if field.choices:
            given_values[name] = field.choices[pick(len(field.choices) - 1)]
        elif field.kind in VALUES:
            given_values[name] = VALUES[field.kind]
        elif field.required and field.kind in ELSEWHERE:
            given_values[name] = "1"
    return given_values


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name}/{page.in_force}")
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_lawful_path_stays_lawful_and_explainable(page: Procedure, data: st.DataObject):
    def pick(last: int) -> int:
        return data.draw(st.integers(0, last))

    day = max(date(2025, 1, 6), page.in_force)
    opening = page.facts[page.opens_with]
    facts: tuple[Fact, ...] = (told(page, opening, day, 1, pick),)
    for entry in range(2, data.draw(st.integers(2, 9))):
        day += timedelta(days=pick(25))
        matter = Matter(page, facts)
        offered = [
            one.kind for one in possible(matter, at(day), BOOK.calendar) if one.lawful and one.kind.name in page.facts
        ]
        if not offered:
            break
        kind = offered[pick(len(offered) - 1)]
        fact = told(page, kind, day, entry, pick)
        refused = [one for one in admit(matter, fact, now=at(day), calendar=BOOK.calendar) if one.severity == "barred"]
        assert not refused, (fact, refused)
        facts = (*facts, fact)
    reading = read_clocks(Matter(page, facts), day, BOOK.calendar)
    assert all(clock.state in STATES for clock in reading.clocks)
    for clock in reading.clocks:
        explained = explain(clock, BOOK.calendar)
        again = explain_json(json.loads(json.dumps(explained.as_json())))
        assert explained.source
        assert again.due == explained.due
        if clock.due is not None:
            assert explained.due == clock.due
    assert sorted(fact.entry for fact in reading.facts if not fact.deemed) == list(range(1, len(facts) + 1))
    if reading.closed is None and page.closing:
        assert _can_end(page, facts, day)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.name}/{page.in_force}")
def test_each_outcome_is_reached_lawfully(page: Procedure):
    left = set(page.closing) - {page.opens_with}
    for seed in range(300):
        if not left:
            break
        left -= _lawful_outcomes(page, sorted(left)[seed % len(left)], Random(seed))
    assert not left, f"no lawful way leads to {left}"


def test_an_outcome_without_a_lawful_way_is_seen():
    page = BOOK.page("fair_competition", date(2024, 8, 1))
    barred = replace(page, facts={**page.facts, "issued": replace(page.facts["issued"], unless=("listened",))})
    assert any("issued" in _lawful_outcomes(page, "issued", Random(seed)) for seed in range(40))
    assert not any("issued" in _lawful_outcomes(barred, "issued", Random(seed)) for seed in range(40))


def _lawful_outcomes(page: Procedure, goal: str, luck: Random) -> set[str]:
    """The closing facts that were lawful, or taken as done, at some time of one random walk towards one of them."""

    def pick(last: int) -> int:
        return luck.randint(0, last)

    day = max(date(2025, 1, 6), page.in_force)
    facts: tuple[Fact, ...] = (told(page, page.facts[page.opens_with], day, 1, pick),)
    seen: set[str] = set()
    wanted = _leading_to(page, goal)
    for entry in range(2, 30):
        day += timedelta(days=luck.choice((0, 0, 1, 1, 5, 12, 40)))
        offered = [one.kind for one in possible(Matter(page, facts), at(day), BOOK.calendar) if one.lawful]
        seen |= {kind.name for kind in offered if kind.closes}
        seen |= page.closing & {fact.kind for fact in read_clocks(Matter(page, facts), day, BOOK.calendar).deemed}
        there = {fact.kind for fact in facts}
        new = [kind for kind in offered if kind.name in wanted and kind.name not in there]
        if goal in seen or not new:
            break
        facts = (*facts, told(page, luck.choice(new), day, entry, pick))
    return seen


def _leading_to(page: Procedure, goal: str) -> set[str]:
    """What may have to come before a fact: its conditions, theirs, and what starts the clocks that open it."""
    found: set[str] = set()
    ahead = [goal]
    while ahead:
        name = ahead.pop()
        kind = page.kind(name)
        if name in found or kind is None:
            continue
        found.add(name)
        ahead += [one for group in (*kind.after, *kind.needs) for one in group]
        ahead += [one for rule in page.clocks.values() if name in rule.opens for one in (*rule.starts, *rule.before)]
        ahead += [one.name for one in page.facts.values() if set(one.sets) & set(kind.when)]
    return {name for name in found if not (page.facts.get(name) and page.facts[name].closes)}


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
