"""`fazhi report read` and `score` as typed: what is printed, what is JSON, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fazhi.cli.read_report import REPAIRS
from fazhi.cli.report import report
from fazhi.report.claims import RepairKind

TEXT = (
    "清河縣2023年法治政府建設(shè)年度報(bào)告\n"
    "2023年，清河縣堅(jiān)持依法行政，各項(xiàng)工作取得積極成效，現(xiàn)將有關(guān)情況報(bào)告如下。\n"
    "一、主要做法\n截至11月底，受理行政復(fù)議案件86件，述法報(bào)告備案?8份。\n清河縣人民政府\n2024年1月15日\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "报告.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(report, [str(word) for word in words])


def test_a_person_sees_unit_outline_repairs_and_figures(file: Path):
    printed = typed("read", file).output
    for part in ("清河县人民政府（区县级）", "2023年", "落款：2024-01-15", "一、主要做法", "86件", "2023-01..2023-11"):
        assert part in printed
    assert "reconsideration.accepted" in printed
    assert "无法复原" in printed and "数字残缺" in printed


def test_json_is_one_document(file: Path):
    found = json.loads(typed("read", file, "--json").output)
    assert set(found) == {"report", "repairs", "claims"}
    assert found["report"]["unit"] == "清河县人民政府"
    assert [claim["value"] for claim in found["claims"]] == [86, None]


def test_a_file_that_cannot_be_read_ends_with_the_reason(tmp_path: Path):
    empty = tmp_path / "空.txt"
    empty.write_bytes(b"")
    result = typed("read", empty)
    assert result.exit_code == 1 and "空.txt：文件是空的" in result.output


def test_the_score_lists_what_was_missed(file: Path, tmp_path: Path):
    figures = tmp_path / "数字.csv"
    figures.write_text(
        "sentence,indicator_id,value,unit\n受理行政复议案件86件,reconsideration.accepted,86,件\n审结80件,x,80,件\n",
        encoding="utf-8",
    )
    printed = typed("score", file, "--against", figures).output
    assert "查全率 50.0%" in printed and "漏读（第3行）80件" in printed and "多读 ?8份" in printed
    found = json.loads(typed("score", file, "--against", figures, "--json").output)
    assert (found["found"], found["found_with_indicator"]) == (1, 1)


def test_wrong_figures_are_told(file: Path, tmp_path: Path):
    figures = tmp_path / "数字.csv"
    figures.write_text("a,b\n1,2\n", encoding="utf-8")
    result = typed("score", file, "--against", figures)
    assert result.exit_code == 1 and "缺少列" in result.output


def test_every_kind_of_repair_has_words():
    assert set(REPAIRS) == set(RepairKind.__args__)
    assert isinstance(report, click.Group)
