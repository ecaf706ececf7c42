"""Events and warnings worked out of the record: nothing of their words is kept, and each reader sees their own part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
from hot_texts import MIXER, OTHER, SAME

from district import District
from fazhi import ledger
from fazhi.hotspots import board
from fazhi.hotspots.refresh import refresh
from fazhi.ledger import query

USUAL = (
    "东湖路路灯不亮。", "八中门口堵车。", "南门菜市场垃圾成堆。", "春风里小区电梯困人。", "西街路面破损积水。",
    "滨江公园广场舞噪音。", "文昌小学入学学位。", "金叶大道公交太少。", "红旗村停水三天。", "利民工地拖欠工资。",
)  # fmt: skip


def _days() -> Iterator[date]:
    chance, today = Random(4), ledger.today()
    yield from (today - timedelta(days=chance.randrange(10, 160)) for _ in range(24))


@pytest.fixture
def heard(district: District) -> District:
    for number, day in enumerate(_days()):
        district.receive("莲花街道", USUAL[number % len(USUAL)], day=day)
    for number in range(6):
        unit = "城管局" if number < 4 else "莲花街道"
        district.receive(unit, (MIXER, SAME)[number % 2], day=ledger.today() - timedelta(days=number % 3))
    refresh()
    return district


def test_the_event_stands_first_and_grows(heard: District) -> None:
    found = board.events(heard.scope("区长", ledger.today()))
    first = found[0]
    assert len(first.members) == 6 and not first.hidden and first.growth == "up"
    assert sum(first.weeks) == 6 and first.recent == 6 and set(first.units.values()) == {4, 2}


def test_each_reader_sees_and_counts_their_own_part(heard: District) -> None:
    mine = board.events(heard.scope("城管员", ledger.today()))
    assert len(mine[0].members) == 4 and mine[0].hidden == 2
    assert board.events(heard.scope("大队员", ledger.today())) == ()
    assert board.event(heard.scope("大队员", ledger.today()), mine[0].id) is None


def test_no_words_are_kept_beside_the_place_that_several_named(heard: District) -> None:
    tables = ("hotspots_event", "hotspots_voice", "hotspots_kept", "hotspots_warning")
    kept = str([query.fetch("default", f"select * from {table}") for table in tables])
    assert "搅拌站" not in kept and "业主" not in kept


def test_a_warning_is_kept_once_and_shown_to_those_who_see_most_of_it(heard: District) -> None:
    everyone = board.warnings(heard.scope("区长", ledger.today()), ledger.today() - timedelta(days=30))
    assert everyone and everyone[0].place == "丽湖花园" and everyone[0].count >= 4
    refresh()
    again = board.warnings(heard.scope("区长", ledger.today()), ledger.today() - timedelta(days=30))
    assert [one.id for one in again] == [one.id for one in everyone]
    assert board.warning(heard.scope("社区员", ledger.today()), everyone[0].id) is None


def test_a_message_that_says_another_thing_is_in_no_event(heard: District) -> None:
    alone = heard.receive("城管局", OTHER, day=ledger.today()).matter
    refresh()
    assert all(alone not in one.members for one in board.events(heard.scope("区长", ledger.today())))


def test_working_out_nothing_is_fine(district: District) -> None:
    assert refresh() == 0 and board.events(district.scope("区长", ledger.today())) == ()
