"""Damaged text is put right, each repair is listed, and what is lost is marked and never guessed."""

from __future__ import annotations

import pytest

from fazhi.report.claims import ReadReport, Repair
from fazhi.report.read import read_text


def repairs(report: ReadReport, kind: str) -> list[Repair]:
    return [repair for repair in report.repairs if repair.kind == kind]


def test_pinyin_behind_traditional_characters_goes_and_is_listed():
    report = read_text("羅湖區(qū)舉辦法治講座12場(chǎng)，全區(qū)參(cān)加。")
    assert report.text == "罗湖区举办法治讲座12场，全区参加。"
    assert {(one.before, one.after, one.count) for one in repairs(report, "pinyin")} == {
        ("區(qū)", "區", 2),
        ("場(chǎng)", "場", 1),
        ("參(cān)", "參", 1),
    }
    assert ("區", "区", 2) in {(one.before, one.after, one.count) for one in repairs(report, "traditional")}


def test_brackets_that_are_no_reading_stay():
    text = "推广使用系统(app)，设置窗口(hao)和专区（含2个口岸），测评结果为良(good)。"
    assert read_text(text).text == text


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("并納入?yún)^(qū)委改革方案", "并纳入区委改革方案"),
        ("重點領(lǐng)域?qū)嵤┯?jì)劃表，實(shí)施計(jì)劃", "重点领域实施计划表，实施计划"),
        ("各級(jí)政府?dāng)?shù)據(jù)", "各级政府数据"),
        ("企業(yè)發(fā)展?fàn)I造良好環(huán)境", "企业发展营造良好环境"),
    ],
)
def test_byte_shift_debris_is_replayed(damaged: str, sound: str):
    report = read_text(damaged)
    assert report.text == sound
    assert len(repairs(report, "byte_shift")) == 1
    assert not repairs(report, "lost")


def test_debris_with_more_than_one_reading_is_marked_and_left():
    report = read_text("納入?yún)。")
    assert repairs(report, "byte_shift") == []
    assert [one.before for one in repairs(report, "lost")] == ["入?yún)"]


def test_a_lost_digit_has_no_value():
    (claim,) = read_text("2023年主要负责人述法报告?8份。").claims
    assert (claim.value, claim.amount, claim.unit, claim.qualifier, claim.text) == (None, None, "份", "unknown", "?8份")


def test_a_question_is_no_damage():
    assert repairs(read_text("为什么要建设法治政府?因为这是主体工程。怎么办呢?继续努力。"), "lost") == []


def test_simplified_text_is_not_converted():
    text = "在乾县、瞭望塔和於潜镇开展宣传，著作权登记3件。"
    report = read_text(text)
    assert report.text == text
    assert repairs(report, "traditional") == []


def test_indents_wide_digits_and_gaps_are_closed():
    report = read_text("　　全年办结 １２ 件，满意率９９．５％。\r\n　　公开 data sharing 目录 3 项。")
    assert report.text == "全年办结12件，满意率99.5%。\n公开data sharing目录3项。"
    assert [(f"{one.value:f}", one.unit) for one in report.claims] == [("12", "件"), ("99.5", "%"), ("3", "项")]


def test_claims_point_into_the_text_as_it_came():
    source = "　　羅湖區(qū)全年受理復(fù)議案件563宗，同比增長111.7%。"
    report = read_text(source)
    assert [source[claim.start : claim.end] for claim in report.claims] == ["563宗", "111.7%"]
    assert [report.text[claim.clean_start : claim.clean_end] for claim in report.claims] == ["563宗", "111.7%"]
    assert all(0 <= repair.start < repair.end <= len(source) for repair in report.repairs)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全年受理案件1，020件。", [1020]),
        ("全年受理案件１，０２０件，罚款12，345，678.5元。", [1020, 12345678.5]),
        ("全年受理案件1，020余件。", [1020]),
    ],
)
def test_full_width_commas_between_thousands_are_one_number(text: str, values: list[float]):
    assert [float(claim.value or 0) for claim in read_text(text).claims] == values


def test_full_width_commas_between_numbers_stay():
    report = read_text("拨打12345，110求助，全年共受理120，办结100件。")
    assert "12345，110" in report.text and "120，办结" in report.text
