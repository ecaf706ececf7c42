"""The board, an event and a warning on screen: within rights, told in masked sentences, and one task a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hot_texts import MIXER, SAME

from district import District
from fazhi import ledger
from fazhi.hotspots.refresh import refresh
from fazhi.ledger import query

AtDesk = Callable[..., Any]
USUAL = ("东湖路路灯不亮。", "八中门口堵车。", "南门菜市场垃圾成堆。", "春风里小区电梯困人。", "西街路面破损积水。")


@pytest.fixture
def at_desk(at_desk: AtDesk, district: District) -> AtDesk:
    chance, today = Random(4), ledger.today()
    for number in range(24):
        district.receive("莲花街道", USUAL[number % 5], day=today - timedelta(days=chance.randrange(10, 160)))
    for number in range(6):
        unit = "城管局" if number < 4 else "莲花街道"
        district.receive(unit, (MIXER, SAME)[number % 2], day=today - timedelta(days=number % 3))
    refresh()
    return at_desk


def test_board_event_and_warning_lead_on_to_one_task(at_desk: AtDesk, district: District) -> None:
    leader = at_desk("区长")
    page = leader.get("/office/hotspots/").content.decode()
    assert "搅拌站" in page and "上升" in page and "<svg" in page and "城管局" in page
    warned = query.fetch("default", "select id from hotspots_warning where place = '丽湖花园' order by day desc")[0][0]
    assert 0 < page.index(f"warnings/{warned}/") < page.index("热点事件</h2>") < page.index("按承办单位")
    assert f"warnings/{warned}/" in page and 'class="tag tag-level-1"' in page
    heated = leader.get("/office/hotspots/?sort=rank").content.decode()
    ranks = [[int(one) for one in re.findall(r"热度第 (\d+)", text)] for text in (page, heated)]
    growth = re.findall(r"上升|平稳|下降|沉寂", page.partition('<ol class="events"')[2])
    assert growth == sorted(growth, key=("上升", "平稳", "下降", "沉寂").index)
    assert ranks[1] == sorted(ranks[0]) == list(range(1, len(ranks[0]) + 1))
    event = query.fetch("default", "select id from hotspots_event order by rank")[0][0]
    told = leader.get(f"/office/hotspots/{event}/").content.decode()
    assert "他们这样说" in told and "丽湖花园" in told and "近 14 天 6 件" in told
    why = leader.get(f"/office/hotspots/warnings/{warned}/").content.decode()
    assert "为什么预警" in why and "这样的预警准不准" in why and "在增加" in why
    path = f"/office/hotspots/warnings/{warned}/task/"
    assert 'value="城管局"' in why, "the unit that has most of the matters"
    assert "这一天已经过去" in leader.post(path, {"owner": "城管局", "until": "2020-01-01"}).content.decode()
    for _ in range(2):
        made = leader.post(path, {"owner": "城管局", "until": "+10工作日"})
        assert made.status_code == 302 and "/office/matters/" in made["Location"]
    facts = ledger.read(UUID(made["Location"].split("/")[3])).horizon.facts
    assert [fact.kind for fact in facts] == ["set", "assigned"]
    assert facts[1].fields["unit"] == str(district.units["城管局"])
    count = query.fetch("default", "select count(*) from ledger_matter where procedure = 'supervision_task'")
    assert count == [(1,)], "a warning is one task, however often it is asked for"


def test_another_unit_sees_neither_event_nor_warning_of_others(at_desk: AtDesk, district: District) -> None:
    other = at_desk("大队员")
    assert "搅拌站" not in other.get("/office/hotspots/").content.decode()
    event = query.fetch("default", "select id from hotspots_event order by rank")[0][0]
    warned = query.fetch("default", "select id from hotspots_warning order by day, level")[0][0]
    assert other.get(f"/office/hotspots/{event}/").status_code == 404
    assert other.get(f"/office/hotspots/warnings/{warned}/").status_code == 404
    part = at_desk("城管员").get(f"/office/hotspots/{event}/").content.decode()
    assert "另有 2 件不在您的权限之内" in part


def test_the_tree_narrows_to_a_unit(at_desk: AtDesk, district: District) -> None:
    page = at_desk("区长").get(f"/office/hotspots/?unit={district.units['司法局']}").content.decode()
    assert "搅拌站" not in page and "司法局" in page
    assert at_desk("区长").get("/office/hotspots/?unit=乱写").status_code == 200
