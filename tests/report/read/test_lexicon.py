"""The words by which reports are read: well formed, and each entry can be met."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi.law.numerals import CHARACTERS, arabic, chinese
from fazhi.report.claims import Kind
from fazhi.report.read.indicate import Place, indicate, load_lexicon
from fazhi.report.read.words import load_words, read_page


def test_entries_are_well_formed():
    words = load_words()
    names = [named.indicator for named in load_lexicon()]
    assert len(names) > 200 and not [name for name, count in Counter(names).items() if count > 1]
    for named in load_lexicon():
        assert re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", named.indicator)
        assert named.kinds <= set(get_args(Kind))
        assert named.words and all(group and all(group) for group in named.words)
        strange = {unit for unit in named.units if unit != "-" and unit.lstrip("万亿") not in {*words.units, ""}}
        assert not strange - {"金", "银", "全", "佳", "届"}, named.indicator


@pytest.mark.parametrize("named", load_lexicon(), ids=lambda named: named.indicator)
def test_every_entry_is_met_by_its_own_words(named):
    said = "".join(group[0].lstrip("@") for group in named.words)
    barred = [word for word in named.without if word.lstrip("~") in said]
    unit = sorted(named.units)[0] if named.units else "件"
    kind = sorted(named.kinds)[0]
    measure = "" if unit == "-" else unit
    assert not barred
    assert indicate(Place(said, said, said, said, said), kind, measure, measure)


def test_nothing_said_names_nothing():
    assert indicate(Place("", "", "", "", "行政复议受理案件"), "count", "件", "件") == ""


def test_names_that_state_nothing_stand_once():
    page = read_page("names.toml")
    for words in (page["fixed"].split(), page["lines"].split()):
        assert not [word for word, count in Counter(words).items() if count > 1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千二百", 3200),
        ("两万三千", 23000),
        ("一亿二千万", 120_000_000),
        ("二〇二四", 2024),
        ("百", 100),
        ("万", 10_000),
    ],
)
def test_chinese_numerals(text: str, value: int):
    assert chinese(text) == value


@pytest.mark.parametrize("text", ["", "三四", "甲", "十" * 40])
def test_what_is_no_chinese_numeral(text: str):
    assert chinese(text) is None


@given(st.integers(0, 10**12))
def test_thousands_marks_change_nothing(number: int):
    assert arabic(f"{number:,}") == arabic(str(number)) == Decimal(number)


@given(st.text(alphabet=CHARACTERS, max_size=12))
def test_any_run_of_numerals_is_read_or_refused(text: str):
    value = chinese(text)
    assert value is None or value >= 0
