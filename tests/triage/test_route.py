"""Who a letter is for: by topic, by place, by name, by list of powers; and spellings of agencies brought to one."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from fazhi.cli.triage import triage
from fazhi.triage.agencies import agency_of, normal_name
from fazhi.triage.letter import read_letter
from fazhi.triage.route import Duty, route
from fazhi.triage.topics import second_shares

UNITS = (
    Duty("1", "城市管理和综合执法局", ("对占用城市道路行为的处罚",)),
    Duty("2", "教育局"),
    Duty("3", "柳泉街道办事处"),
    Duty("4", "人力资源局", ("劳动保障监察",)),
    Duty("5", "卫生健康局"),
    Duty("6", "市场监督管理局", ("对食品经营者使用过期原料的处罚",)),
)


def first(text):
    letter = read_letter(text)
    found = route(letter, second_shares(letter), UNITS)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("路边夜市占道经营，摊贩油烟熏人", "城市管理和综合执法局"),
        ("中学周末违规补课收费，老师有偿家教", "教育局"),
        ("电子厂拖欠工资三个月，农民工讨薪", "人力资源局"),
        ("医院急诊医生态度恶劣，乱开药", "卫生健康局"),
        ("超市卖过期食品，商家拒绝退款", "市场监督管理局"),
        ("请柳泉街道给我们社区换个活动室", "柳泉街道办事处"),
    ],
)
def test_topic_place_and_words_lead_to_the_unit_and_are_told(text, unit):
    found = first(text)
    assert found.name == unit
    assert found.why
    assert 0 < found.sure < 1


def test_a_letter_that_names_nothing_is_left_to_a_person():
    assert first("您好，谢谢。") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("商洛市教育局", "教育部门"),
        ("市教育局", "教育部门"),
        ("洛南县科技和教育体育局", "洛南县"),
        ("商州区政府办", "商州区"),
        ("商州区人民政府办公室", "商州区"),
        ("商洛市公安局交通警察支队", "公安交通管理部门"),
        ("市信息办", "机关事务、信息化和政务服务部门"),
        ("商洛市卫生健康委委员会", "卫生健康部门"),
        ("市城管局 市文旅局", "城市管理部门"),
        ("红岩寺镇人民政府", "镇街"),
        ("商洛高新区（商丹园区）管委会", "开发区管理机构"),
        ("彭珊", ""),
        ("", ""),
    ],
)
def test_spellings_of_agencies_are_brought_to_one(written, name):
    assert normal_name(written) == name


def test_a_unit_is_known_by_the_work_that_its_name_ends_on():
    assert agency_of("公安局交通警察大队").name == "traffic_police"
    assert agency_of("区委办公室") is None


@pytest.mark.slow
def test_both_readers_together_route_better_than_either_on_a_real_mailbox(shared):
    file = shared / "data" / "appeals" / "mailbox_shangluo.csv"
    office = "机关事务、信息化和政务服务部门"
    told = json.loads(
        CliRunner().invoke(triage, ["route", "evaluate", str(file), "--without", office, "--json"]).stdout
    )
    assert told["both"]["accuracy"] > max(told[way]["accuracy"] for way in ("majority", "rules", "learned"))
    assert told["both"]["accuracy"] > 0.55
