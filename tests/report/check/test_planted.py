"""Planted faults are found, each by its own rule; passages without fault raise none."""

import tomllib
from pathlib import Path

import pytest
from tests.report.check.frame import report_of

from fazhi.report.check import check

HERE = Path(__file__).parent
PLANTED = tomllib.loads((HERE / "planted.toml").read_text(encoding="utf-8"))["passages"]
CLEAN = tomllib.loads((HERE / "clean.toml").read_text(encoding="utf-8"))["passages"]
ALWAYS = {"change-implies"}
"""Says what a change implies, of every change: right ones as well."""


def found_in(case):
    dates = {name: case[name] for name in ("published", "signed") if name in case}
    return [one for one in check(report_of(case["text"], **dates)) if one.rule not in ALWAYS]


@pytest.mark.parametrize("case", PLANTED, ids=[f"{one['rule']}-{one['text'][:12]}" for one in PLANTED])
def test_a_planted_fault_is_found_by_its_rule_alone(case):
    findings = found_in(case)
    assert {one.rule for one in findings} == {case["rule"]}, [one.message for one in findings]
    assert findings[0].severity == case["severity"]
    assert findings[0].computed == case.get("computed", findings[0].computed)


@pytest.mark.parametrize("text", CLEAN, ids=[one[:16] for one in CLEAN])
def test_a_right_passage_raises_nothing(text):
    findings = found_in({"text": text})
    assert not [one for one in findings if one.severity != "note"], [one.message for one in findings]


def test_the_frame_itself_is_without_fault():
    assert not check(report_of("扎实开展普法工作。"))


def test_a_change_is_held_against_last_years_report():
    last = report_of("全年受理行政复议案件200件。", year=2022, published="2023-01-15", signed="2023年1月10日")
    rules = [one.rule for one in check(report_of("全年受理行政复议案件300件，同比增长20%。"), last)]
    assert "change-against-last-report" in rules
    answered = "规范化执法培训12场，行政执法案卷合格率提高。新聘人民调解员30名，调解力量得到充实。"
    right = check(report_of(f"全年受理行政复议案件300件，同比增长50%。{answered}"), last)
    assert {one.rule for one in right} <= ALWAYS


def test_every_rule_has_a_passage_that_trips_it():
    from fazhi.report.check import RULES

    tripped = {case["rule"] for case in PLANTED} | ALWAYS | {"change-against-last-report", "digits-lost"}
    tripped |= {"required-contents", "system-chapters", "last-year-unanswered", "shortcomings-without-plan"}
    tripped.add("shortcomings-unanswered")
    names = {"list-length" if rule.__name__ == "list_lengths" else rule.__name__.replace("_", "-") for rule in RULES}
    assert names == tripped


def without(*gone: str, year: int = 2023, more: str = "") -> set[str]:
    """The rules that find something when these words are taken out of the faultless report."""
    from tests.report.check.frame import TEXT

    from fazhi.report.read import read_text

    text = TEXT.format(
        passage="扎实开展普法工作。", year=year, published=f"{year + 1}-01-15", signed=f"{year + 1}年1月10日"
    )
    for words in gone:
        assert words in text
        text = text.replace(words, "")
    return {one.rule for one in check(read_text(text + more))}


def test_a_missing_content_is_named():
    assert without("三、党政主要负责人履行推进法治建设第一责任人职责情况") == {"required-contents"}
    assert without("，原因是培训不够", "，原因是经费不足", "和原因") == {"required-contents"}


def test_a_system_without_a_chapter_is_named():
    assert without("（五）健全突发事件应对体系。完善应急预案，组织应急演练。\n") == {"system-chapters"}
    assert not without("（五）健全突发事件应对体系。完善应急预案，组织应急演练。\n", year=2020)


def test_shortcomings_of_last_year_want_an_answer():
    assert without("对上年度报告所列不足，已逐条完成整改。\n") == {"last-year-unanswered"}


def test_each_shortcoming_of_last_year_is_held_against_this_years_work():
    last = report_of("扎实开展普法工作。", year=2022, published="2023-01-15", signed="2023年1月10日")
    enforced = "开展行政执法规范化培训12场。"
    answered = f"{enforced}新聘人民调解员30名，调解力量得到充实。"

    def told(passage):
        findings = check(report_of(passage), last)
        return [one for one in findings if one.rule == "shortcomings-unanswered"]

    (missing,) = told(enforced)
    assert missing.severity == "note"
    assert missing.stated == "人民调解力量薄弱"
    assert "人民调解力量薄弱" in missing.message
    assert not told(answered)
    (near,) = told(f"{enforced}推行调解工作法。")
    assert "推行调解工作法" in near.message
    assert near.sentence == "推行调解工作法"


def test_a_shortcoming_wants_a_measure():
    assert without("（二）充实人民调解队伍，保障工作经费。\n") == {"shortcomings-without-plan"}


def test_a_lost_digit_is_not_guessed():
    assert "digits-lost" in {one.rule for one in check(report_of("全区党政机关主要负责人述法报告备案?8份。"))}
