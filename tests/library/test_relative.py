"""Places told from where words stand (本条, 前款, 前两款, 第二款), in a text that is itself made of articles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.library.folder import read_version
from fazhi.library.relative import relative, standings
from fazhi.library.resolve import FOUND, own_title, resolve
from fazhi.library.shelf import Folder

RULES = """示例市水井管理办法
2020年1月1日示例市人民政府公布，自2020年3月1日起施行
第一章 总则
第一条 水井由村里管理。
第二条 打井应当先报告。
报告写明下列事项：
（一）井在哪里；
（二）井有多深；
（三）前两项以外的情况。
前两款的报告三日内答复；依照第一款报告的，可以口头答复。
第三条 违反前条规定的，责令改正；违反本条、本办法第二条第二款第（一）项或者第（二）项的，也是。
有前款行为，又有《示例市公园条例》第五条所列情形的，从重。
前款款项上缴，前款式样不变。
第二章 附则
第四条 依照第三条处理的，本款不适用；本条件另定。
"""
BY_WORDS = {
    "前两项": ["第2条第2款第1项", "第2条第2款第2项"],
    "前两款": ["第2条第1款", "第2条第2款"],
    "第一款": ["第2条第1款"],
    "前条": ["第2条"],
    "本条": ["第3条"],
    "前款": ["第3条第1款"],
    "本款": ["第4条第1款"],
}


def test_each_word_comes_to_its_place_and_look_alikes_to_none():
    found = list(relative(RULES, standings(RULES)))
    assert {one.text: [str(place) for place in one.places] for one in found} == BY_WORDS
    assert [one.text for one in found].count("前款") == 1


def test_a_document_resolves_its_own_words_and_its_headings_are_no_citations():
    shelf = Folder([read_version(RULES.encode(), "水井.txt", {})])
    assert own_title(RULES, shelf) == "示例市水井管理办法"
    found = resolve(RULES, shelf, date(2024, 1, 1), "示例市水井管理办法")
    told = [(one.citation.text, str(one.place), one.status) for one in found if one.citation.said != "full"]
    assert ("前款", "第3条第1款", "found") in told
    assert ("第三条", "第3条", "found") in told, "of the text itself, not of the park named an article before"
    assert ("本办法第二条第二款第（一）项或者第（二）项", "第2条第2款第2项", "found") in told
    assert all(one.status in FOUND for one in found if one.citation.said != "full")
    assert not [one for one in found if one.citation.start in {RULES.index(f"第{n}条 ") for n in "一二三四"}]


def test_a_draft_that_the_library_does_not_keep_says_what_is_missing():
    (first, *_) = resolve("第一条 甲。\n乙，前款除外。\n第二条 丙。", Folder([]), date(2024, 1, 1))
    assert first.status == "own_unknown"
    assert "--own" in first.why


@pytest.mark.parametrize("text", ["前款规定的情形，依照本条处理。", "第五条规定了前款", ""])
def test_a_letter_has_no_articles_to_stand_in(text):
    assert standings(text) == ()
    assert not [one for one in resolve(text, Folder([]), date(2024, 1, 1)) if one.citation.said == "relative"]


LINES = st.lists(
    st.sampled_from(
        [f"第{n}条 甲。" for n in "一二三四五"]
        + [
            "第二条之一 乙。",
            "丙，前款除外。",
            "（一）丁；",
            "（二）前项；",
            "第二章 戊",
            "本条第二款、第三款。",
            "前两款，前条，前几款。",
        ]
    ),
    max_size=14,
)


@given(LINES)
@settings(max_examples=120, deadline=None)
def test_what_is_near_stands_before_and_points_at_its_own_words(lines):
    text = "\n".join(lines)
    course = standings(text)
    for one in relative(text, course):
        here = [at.place for at in course if at.start <= one.start][-1]
        assert text[one.start : one.end] == one.text
        assert one.places
        if one.text.startswith("前"):
            earlier = [at.place for at in course if at.start <= one.start]
            articles = {(place.article, place.inserted) for place in earlier}
            assert all((place.article, place.inserted) in articles for place in one.places)
        if "款" in one.text[:3] and one.text[0] == "前":
            assert all(0 < place.paragraph < here.paragraph for place in one.places)
