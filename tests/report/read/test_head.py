"""Whose report it is, of what year, its dates, outline, sentences, periods, and the page around it."""

from __future__ import annotations

from datetime import date

import pytest

from fazhi.report.read import read_text
from fazhi.report.read.imprint import level_of

FILLING = "坚持以习近平法治思想为指导，深入推进依法行政，各项工作取得积极成效，现将有关情况报告如下。"


@pytest.mark.parametrize(
    ("title", "unit", "year", "level"),
    [
        ("清河县人民政府2022年法治政府建设年度报告", "清河县人民政府", 2022, "district"),
        ("临江市2021年度法治政府建设情况报告", "临江市", 2021, "city"),
        ("2023年青山镇法治政府建设工作总结", "青山镇", 2023, "town"),
        ("白鹭街道办事处2024年法治政府建设年度报告", "白鹭街道办事处", 2024, "town"),
        ("南江省司法厅关于2020年法治政府建设情况的报告", "南江省司法厅", 2020, "department"),
        ("关于北川区2019年度法治政府建设情况的报告", "北川区", 2019, "district"),
        ("南江省人民政府2022年法治政府建设情况报告", "南江省人民政府", 2022, "province"),
    ],
)
def test_title_tells_unit_year_and_level(title: str, unit: str, year: int, level: str):
    report = read_text(f"{title}\n{FILLING}")
    assert (report.unit, report.year, report.level) == (unit, year, level)
    assert report.title == title


def test_without_a_title_the_first_words_tell():
    report = read_text("2024年，云溪街道深入学习贯彻习近平法治思想，扎实推进各项工作，法治化水平稳步提升。")
    assert (report.unit, report.year, report.level) == ("云溪街道", 2024, "town")


def test_a_title_in_two_lines_is_one():
    report = read_text(f"中共清河县委  清河县人民政府\n关于2024年法治政府建设情况的报告\n{FILLING}")
    assert (report.unit, report.year, report.level) == ("清河县人民政府", 2024, "district")


def test_our_county_is_no_name():
    report = read_text("2024年，我县坚持依法行政，各项工作取得积极成效，现将2024年法治政府建设工作情况报告如下。")
    assert (report.unit, report.year) == ("", 2024)


def test_the_signature_gives_the_full_name_and_the_day():
    report = read_text(f"青山区2020年法治政府建设年度报告\n{FILLING}\n临江市青山区人民政府\n2021年1月5日")
    assert (report.unit, report.dates.signed) == ("临江市青山区人民政府", date(2021, 1, 5))


def test_a_date_in_chinese_numerals_is_a_date():
    report = read_text(f"青山区2020年法治政府建设年度报告\n{FILLING}\n青山区人民政府\n二〇二一年一月十五日")
    assert report.dates.signed == date(2021, 1, 15)


def test_an_impossible_date_is_none():
    assert read_text(f"青山区2020年法治政府建设年度报告\n{FILLING}\n青山区人民政府\n2021年2月30日").dates.signed is None


@pytest.mark.parametrize(("unit", "level"), [("", "unknown"), ("某某", "unknown"), ("苏江市昆湖市", "district")])
def test_levels_that_names_do_not_tell(unit: str, level: str):
    assert level_of(unit) == level


def test_page_furniture_is_taken_away_and_listed():
    page = (
        "首页 > 政务公开 > 法治政府建设\n清河县2022年法治政府建设年度报告\n"
        f"来源:县司法局 发布时间:2023-01-20\n【字体:大 中 小】\n{FILLING}\n"
        "　　一、主要做法\n　　全年受理行政复议案件35件。\n清河县人民政府\n2023年1月10日\n"
        "扫一扫在手机打开当前页\n版权所有 主办单位:清河县人民政府办公室"
    )
    report = read_text(page)
    assert report.text.startswith("清河县2022年") and report.text.rstrip().endswith("2023年1月10日")
    assert report.dates.published == date(2023, 1, 20)
    gone = [repair.before for repair in report.repairs if repair.kind == "furniture"]
    assert any("首页" in line for line in gone) and any("版权所有" in line for line in gone)


def test_outline_has_paths_and_sentences_know_theirs():
    report = read_text(
        "一、主要举措\n（一）强化领导。一是抓学习。学习3次。二是抓考核。考核5次。\n1.完善制度。制定办法2件。\n二、存在不足\n（一）力量不足。"
    )
    assert [heading.path for heading in report.outline] == [
        "一",
        "一/(一)".replace("(", "（").replace(")", "）"),
        "一/（一）/一是",
        "一/（一）/二是",
        "一/（一）/1",
        "二",
        "二/（一）",
    ]
    assert [(claim.text, claim.section) for claim in report.claims] == [
        ("3次", "一/（一）/一是"),
        ("5次", "一/（一）/二是"),
        ("2件", "一/（一）/1"),
    ]
    for sentence in report.sentences:
        assert report.text[sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize(
    ("said", "period", "as_of", "basis"),
    [
        ("受理35件", "2024", "", "default"),
        ("全年受理35件", "2024", "", "whole_year"),
        ("截至11月，受理35件", "2024-01..2024-11", "2024-11", "stated"),
        ("截至2024年12月16日，受理35件", "2024-01..2024-12-16", "2024-12-16", "stated"),
        ("1-10月受理35件", "2024-01..2024-10", "2024-10", "stated"),
        ("2023年12月至2024年11月，受理35件", "2023-12..2024-11", "2024-11", "stated"),
        ("上半年受理35件", "2024-01..2024-06", "2024-06", "stated"),
        ("2023年受理35件", "2023", "", "stated"),
        ("截至10月底共受理20件。其中简易程序35件", "2024-01..2024-10", "2024-10", "carried"),
    ],
)
def test_the_time_of_a_number(said: str, period: str, as_of: str, basis: str):
    report = read_text(f"青山区2024年法治政府建设年度报告\n{FILLING}\n{said}。")
    claim = report.claims[-1]
    assert (claim.text, claim.period, claim.as_of, claim.basis) == ("35件", period, as_of, basis)


@pytest.mark.parametrize(
    ("end", "said", "period", "as_of"),
    [
        ("2024年11月20日", "受理35件", "2024-01..2024-11-20", "2024-11-20"),
        ("2024年11月20日", "上半年受理35件", "2024-01..2024-06", "2024-06"),
        ("2024年11月20日", "全年受理35件", "2024", ""),
        ("2024年12月31日", "受理35件", "2024", ""),
    ],
)
def test_the_time_that_a_report_says_of_all_its_numbers(end: str, said: str, period: str, as_of: str):
    usual = f"除另有说明外，本报告数据统计期间为2024年1月1日至{end}。"
    claim = read_text(f"青山区2024年法治政府建设年度报告\n{usual}\n{FILLING}\n{said}。").claims[-1]
    assert (claim.text, claim.period, claim.as_of) == ("35件", period, as_of)


def test_the_json_is_as_promised():
    found = read_text(f"青山区2024年法治政府建设年度报告\n{FILLING}\n全年受理行政复议案件1万余件。").as_json()
    assert set(found) == {"report", "repairs", "claims"}
    (claim,) = found["claims"]  # type: ignore[misc]
    assert claim["value"] == 1 and claim["unit"] == "万件" and claim["amount"] == 10000 and claim["qualifier"] == "over"
    assert {"text", "kind", "subject", "indicator", "section", "sentence", "start", "end", "period", "as_of"} <= set(
        claim
    )
