"""Watch over prepaid shops: rules raise the level and never lower it; the gravest become one task."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from fazhi.registers.watch import Told, judge
from fazhi.rulebook.watches import watches

TODAY = date(2025, 6, 30)
SHOP = watches()["prepaid_shop"]


def _told(days: int, **data: str) -> Told:
    return Told(TODAY - timedelta(days=days), {"shop": "示例健身", "grade": "green", **data})


@pytest.mark.parametrize(
    ("history", "rules", "level"),
    [
        ((_told(5, balance="100000", escrow="50000", custody="yes"),), set(), "green"),
        ((_told(5, balance="100000", escrow="19999"),), {"escrow_short"}, "red"),
        ((_told(5, balance="100000", escrow="20000"),), set(), "green"),
        ((_told(5, balance="50000", custody="no"),), {"uncovered"}, "yellow"),
        ((_told(5, balance="49999", custody="no"),), set(), "green"),
        ((_told(60, balance="10"), _told(2, balance="15", escrow="15")), {"grows"}, "yellow"),
        ((_told(60, balance="9", escrow="80"), _told(2, balance="9", escrow="40")), {"escrow_falls"}, "red"),
        ((_told(60, balance="9", escrow="80"), _told(20, balance="9", escrow="40")), set(), "green"),
        ((_told(46, balance="9"),), {"silent"}, "yellow"),
        ((_told(3),), {"silent"}, "yellow"),
        ((_told(3, balance="不详", escrow="NaN"),), {"silent"}, "yellow"),
    ],
)
def test_each_rule_holds_from_its_bound_on(history: tuple[Told, ...], rules: set[str], level: str) -> None:
    judged = judge(SHOP, history, TODAY)
    assert ({rule.name for rule in judged.rules}, judged.level) == (rules, level)
    assert judged.raised == (level != "green")


def test_a_level_that_a_person_set_higher_stays() -> None:
    judged = judge(SHOP, (_told(5, balance="100000", escrow="90000", grade="red"),), TODAY)
    assert judged.level == "red" and not judged.raised


def test_a_line_that_said_nothing_is_not_judged() -> None:
    assert not judge(SHOP, (), TODAY).raised


def test_every_rule_names_columns_and_levels_of_its_register(rulebook) -> None:  # type: ignore[no-untyped-def]
    for name, watch in watches().items():
        page = rulebook.page(name, TODAY)
        columns = page.facts["entered"].fields
        assert set(watch.levels) == set(columns[watch.grade].choices) and watch.sign in columns
        for rule in watch.rules:
            moved = [one[0] for one in (rule.falls, rule.grows, rule.least, rule.silent) if one]
            assert rule.level in watch.levels
            assert set(moved) | set(rule.where) | set(rule.share[:2] if rule.share else ()) <= set(columns)
