"""Whatever stands in a text or a file: citations point at their own words, and cutting loses none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from own_texts import TEXTS

from fazhi.library.citations import cite
from fazhi.library.cut import cut
from fazhi.library.folder import read_version
from fazhi.library.resolve import FOUND, resolve
from fazhi.library.shelf import Folder

SHELF = Folder(read_version(text.encode(), name, {}) for name, text in TEXTS.items())
SIGNS = "《》〈〉第条款项目之一二5１（）()、和至-法的。😀\n"
PARTS = st.sampled_from(
    [*SIGNS, "三十", "本法", "同条例", "该办法", "以下简称", "示例市公园条例", "街道照明条例", "规定"]
)
WORDS = st.lists(PARTS, max_size=40).map("".join)


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_every_citation_points_at_its_own_words_and_comes_to_words_or_a_reason(text):
    for found in cite(text, ("示例市公园条例",)):
        assert text[found.start : found.end] == found.text
    for one in resolve(text, SHELF, date(2022, 1, 1)):
        assert (one.why == "") == (one.status in FOUND)
        assert (one.text != "") == (one.status == "found")


LINES = st.lists(
    st.sampled_from(
        [
            "第一章 总则",
            "第一条 甲。",
            "第二条",
            "第二条之一 乙",
            "（一）丙；",
            "1.丁",
            "一、戊",
            "己庚辛。",
            "## 壬",
            "附件",
            "",
        ]
    ),
    max_size=25,
)


@example(["一、戊", "一、戊", "一、戊"])
@given(LINES)
@settings(max_examples=150, deadline=None)
def test_cutting_keeps_every_line_and_gives_each_piece_an_address_of_its_own(lines):
    done = cut("\n".join(["某某办法", *lines]))
    keys = [piece.key for piece in done.pieces]
    assert len(keys) == len(set(keys))
    whole = "\n".join([*done.head, *("\n".join((*one.headings, one.label, one.text)) for one in done.pieces)])
    for words in ("甲。", "乙", "丙；", "丁", "戊", "己庚辛。"):
        assert whole.count(words) >= sum(line.endswith(words) for line in lines)


@pytest.mark.parametrize("size", [1_000, 100_000])
def test_a_long_text_without_law_in_it_is_read_at_once(size):
    assert resolve("路灯坏了，" * (size // 5), SHELF, date(2022, 1, 1)) == ()
    assert resolve("第" * size, SHELF, date(2022, 1, 1)) == ()
