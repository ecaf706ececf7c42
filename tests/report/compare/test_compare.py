"""Reports side by side: what is of one definition is compared, what is not is told apart in words."""

import io

from openpyxl import load_workbook
from tests.report.check.frame import report_of

from fazhi.report.compare import compare
from fazhi.report.compare.chart import draw
from fazhi.report.compare.sheet import guarded, workbook
from fazhi.report.read import read_text

LAST = report_of(
    "全年受理行政复议案件200件，同比增长25%。行政机关负责人出庭应诉20宗。",
    year=2022,
    published="2023-01-15",
    signed="2023年1月10日",
)
NOW = report_of("全年受理行政复议案件300件，同比增长50%。")


def line_of(done, word):
    return next(line for line in done.lines if word in line.title)


def test_the_same_figure_stands_side_by_side_with_its_change():
    line = line_of(compare([NOW, LAST]), "行政复议")
    assert line.comparable
    assert [cell.text for cell in line.cells] == ["200件", "300件"], "the earlier year comes first"
    assert line.changes == (0.5,)


def test_a_shorter_period_is_told_in_words_and_not_compared():
    early = report_of("截至2023年11月，受理行政复议案件300件。")
    line = line_of(compare([LAST, early]), "行政复议")
    assert not line.comparable
    assert line.changes == (None,)
    assert "统计期间不同" in line.apart[0]
    assert "11个月" in line.apart[0]


def test_another_step_of_the_work_is_told_in_words():
    a, b = report_of("办理人大代表建议、政协提案508件。"), report_of("办结人大代表建议、政协提案203件。", year=2022)
    line = line_of(compare([a, b]), "提案")
    assert any("环节不同" in one for one in line.apart)


def test_a_figure_that_vanished_is_named():
    assert [one.claim.text for one in compare([LAST, NOW]).gone] == ["20宗"]


def test_repeated_shortcomings_are_found():
    assert any("人民调解" in one.again for one in compare([LAST, NOW]).repeated)


def test_a_change_that_last_years_report_does_not_bear_out_is_told():
    wrong = report_of("全年受理行政复议案件300件，同比增长20%。")
    told = compare([LAST, wrong]).disagreements
    assert len(told) == 1
    assert "248至251" in told[0].message
    assert "200件" in told[0].message
    assert not compare([LAST, NOW]).disagreements


def test_coverage_tells_headings_from_mentions():
    bare = read_text(
        "示例区2023年法治政府建设年度报告\n一、工作情况\n开展应急演练，推进各项工作有序进行，取得了积极的成效。\n"
    )
    covered = {one.key: one.how for one in compare([NOW, bare]).coverage}
    assert "heading" in covered["S5"]
    assert set(covered["S3"]) == {"heading", "none"}


def test_the_workbook_holds_numbers_as_numbers_and_no_formulas():
    done = compare([LAST, NOW])
    book = load_workbook(io.BytesIO(workbook(done)))
    assert book.sheetnames == ["口径相同", "口径不同", "八个体系", "不再出现的数", "重复的不足", "同比对不上"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {200, 300} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert guarded("=1+1") == "'=1+1"


def test_the_chart_is_whole_svg_that_reaches_nothing_outside():
    chart = draw(compare([LAST, NOW]))
    assert chart.startswith("<svg")
    assert "300件" in chart
    assert "style=" not in chart
    assert "href" not in chart


def test_hostile_titles_stay_text_in_the_chart():
    a = report_of("全年开展<script>alert(1)</script>普法宣传活动20场。")
    b = report_of("全年开展<script>alert(1)</script>普法宣传活动30场。", year=2022)
    assert "<script" not in draw(compare([a, b]))
