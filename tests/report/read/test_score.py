"""The score counts a figure once, tells misses from extras, and says what is wrong with a file of figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi.report.read import read_text
from fazhi.report.read.score import read_figures, score

HEAD = "seed,sentence,indicator_id,value,unit\n"
TEXT = "全年受理行政复议案件35件。审结行政复议案件35件。评查案卷20宗。"


def figures(folder: Path, rows: str, head: str = HEAD) -> Path:
    path = folder / "figures.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_found_missed_extra_and_misnamed(tmp_path: Path):
    path = figures(
        tmp_path,
        "a.txt,受理行政复议案件35件,reconsideration.accepted,35,件\n"
        "a.txt,审结行政复议案件35件,reconsideration.handled,35,件\n"
        "a.txt,评查案卷200宗,enforcement.case_file_review.files,200,宗\n"
        "b.txt,别处9件,x,9,件\n",
    )
    result = score(read_text(TEXT), read_figures(path, "a.txt"))
    assert (result.figures, result.claims, result.found, result.named) == (3, 3, 2, 1)
    assert [figure.line for figure in result.misses] == [4]
    assert [claim.text for claim in result.extras] == ["20宗"]
    assert [figure.indicator for figure, _ in result.misnamed] == ["reconsideration.handled"]
    assert result.rates()["recall"] == pytest.approx(2 / 3)
    assert result.as_json()["found_with_indicator"] == 1


def test_the_same_number_in_another_sentence_is_no_match(tmp_path: Path):
    path = figures(tmp_path, "a.txt,办结信访事项满意群众共计,x,20,宗\n")
    assert score(read_text(TEXT), read_figures(path, "a.txt")).found == 0


def test_a_number_told_once_counts_once(tmp_path: Path):
    path = figures(tmp_path, "a.txt,评查案卷20宗,x,20,宗\n" * 2)
    assert score(read_text(TEXT), read_figures(path, "a.txt")).found == 1


def test_an_empty_value_matches_only_a_lost_one(tmp_path: Path):
    path = figures(tmp_path, "a.txt,述法报告备案?8份,x,,份\n")
    assert score(read_text("述法报告备案?8份。"), read_figures(path, "a.txt")).found == 1
    assert score(read_text("述法报告备案18份。"), read_figures(path, "a.txt")).found == 0


@pytest.mark.parametrize(
    ("head", "rows", "says"),
    [
        ("sentence,value\n", "句子,3\n", "缺少列：unit"),
        (HEAD, "b.txt,别处9件,x,9,件\n", "没有文件“a.txt”的数字"),
        (HEAD, "a.txt,句子,x,三十五,件\n", "第2行"),
    ],
)
def test_a_file_of_figures_that_will_not_do(tmp_path: Path, head: str, rows: str, says: str):
    with pytest.raises(ValueError, match=says):
        read_figures(figures(tmp_path, rows, head), "a.txt")
