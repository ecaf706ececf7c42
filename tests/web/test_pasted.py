"""What is pasted from a document or a chat fills the form of receipt, and no word of the matter is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from district import District
from fazhi.web.office.pasted import cut

LETTER = """关于学府路夜间施工扰民的反映\r
姓名：张三丰　　联系电话：13800138000\r
地址：学府路18号\r
\x0b学府路的工地每晚施工到凌晨两点，\u200b老人孩子睡不好。\r
\uf06c 希望按规定的时间停工。"""
CHAT = """李四 2026/11/20 21:03:11
小区门口的路灯不亮了
李四 2026/11/20 21:03:40
三天了，营业到 22:00
网格员小王 2026/11/20 21:05:02
收到，我来登记"""


def test_a_letter_is_cut_by_its_labels_and_keeps_its_words() -> None:
    found = cut(LETTER)
    assert found["title"] == "关于学府路夜间施工扰民的反映"
    assert (found["party_name"], found["party_phone"], found["place"]) == ("张三丰", "13800138000", "学府路18号")
    assert found["text"] == "学府路的工地每晚施工到凌晨两点，老人孩子睡不好。\n· 希望按规定的时间停工。"


def test_a_chat_loses_its_heads_and_tells_who_said_what() -> None:
    found = cut(CHAT)
    assert found["party_name"] == "李四"
    assert found["text"].splitlines() == [
        "李四：小区门口的路灯不亮了",
        "李四：三天了，营业到 22:00",
        "网格员小王：收到，我来登记",
    ]


def test_a_chat_of_a_telephone_has_hours_alone_below_its_days() -> None:
    found = cut("—————  2026-11-20  —————\n\n李四  21:03\n\n路灯坏了，电话13900139000\n")
    assert found == {"party_name": "李四", "text": "路灯坏了，电话13900139000", "party_phone": "13900139000"}


def test_a_form_copied_as_a_table_is_read_by_its_cells() -> None:
    found = cut(
        "姓  名\t张三丰\t联系电话\t13800138000\n地点\t学府路18号\t\t\n反映内容\t工地每晚施工到凌晨两点。\n备注\t无"
    )
    assert (found["party_name"], found["party_phone"], found["place"]) == ("张三丰", "13800138000", "学府路18号")
    assert found["text"] == "工地每晚施工到凌晨两点。"


def test_two_numbers_in_a_text_are_nobody_s() -> None:
    assert "party_phone" not in cut("请打13800138000或者13900139000")


def test_a_label_said_twice_stays_where_it_stands() -> None:
    found = cut("电话：13800138000\n电话：13900139000\n路灯坏了")
    assert found["party_phone"] == "13800138000"
    assert "电话：13900139000" in found["text"]
    found = cut("姓名：张三丰\n姓名：李四\n路灯坏了")
    assert found["party_name"] == "张三丰" and "姓名：李四" in found["text"]
    found = cut(f"{CHAT}\n联系人：王五")
    assert found["party_name"] == "王五", "who is named comes before who wrote"


WORDS = ("路灯", "坏了", "，", "。", "13800138000", "电话：", "姓名：", "内容：", " ", "\n", "\u3000", "22:00")


@given(st.lists(st.sampled_from(WORDS), max_size=20).map("".join))
def test_every_word_of_the_matter_stands_somewhere(pasted: str) -> None:
    """A line that is a head or a labelled value may go into its field; none vanishes."""
    kept = "".join(cut(pasted).values())
    for word in ("路灯", "坏了", "13800138000", "22:00"):
        assert (word in pasted) <= (word in kept)


@pytest.mark.parametrize("typed", ["", "王五"])
def test_the_form_is_filled_and_what_was_typed_stays(
    at_desk: Callable[..., Any], district: District, typed: str
) -> None:
    client = at_desk("信访员")
    sent = {"pasted": LETTER, "fill": "1", "party_name": typed, "key": "k1"}
    page = client.post("/office/receive/?kind=appeal", sent)
    inputs = read(page.content).inputs
    assert page.status_code == 200
    assert inputs["party_name"] == (typed or "张三丰")
    assert inputs["party_phone"] == "13800138000"
    assert inputs["key"] == "k1"
    assert "请核对后登记" in page.content.decode()
