"""Tables of any page: codes stay codes, formulas stay words, rows come in once, what is wrong is told row by row."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook
from typing_in import done, refused

from district import District, lay
from fazhi.desk.tables.layout import layout_of
from fazhi.desk.tables.written import write_csv
from fazhi.ledger import query, rulebook, today
from fazhi.registers import look
from fazhi.registers.values import Wanted

LONG = "440305199901011234"
HEADING = ["编码*", "事项名称*", "权力类型", "层级", "设定依据", "日期", "归口单位"]


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def workbook(path: Path, *rows: list[object], heading: list[str] | None = None) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(([*(heading or ["事项编码*", *HEADING[1:]])], *rows)):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell) if isinstance(cell, str) else sheet.write(number, place, cell)
    return path


def separated(path: Path, *rows: list[str]) -> Path:
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([["事项编码", *HEADING[1:]], *rows])
    return path


def good(code: object, item: str = "占道经营", **more: str) -> list[object]:
    said = {"class": "行政许可", "level": "主项", "unit": "城管局"} | more
    return [code, item, said["class"], said["level"], "条例第一条", "2026-01-05", said["unit"]]


def bring(path: Path, *words: str) -> dict[str, Any]:
    told = done(f"import power_item {path} --unit 区政府 --json {' '.join(words)}")
    found: dict[str, Any] = json.loads(told)
    return found


def codes(district: District) -> list[str]:
    page = rulebook().page("power_item", date(2026, 3, 1))
    scope = district.scope("区长")
    return [one.data["code"] for one in look.page(scope, page, Wanted(date(2026, 3, 1), order="code")).lines]


def test_codes_keep_their_noughts_and_all_their_digits(district: District, tmp_path: Path) -> None:
    assert bring(workbook(tmp_path / "a.xlsx", good("001"), good(LONG, "其二")))["entered"] == 2
    assert bring(separated(tmp_path / "b.csv", *[[str(cell) for cell in good("0012", "其三")]]))["entered"] == 1
    assert codes(district) == ["001", "0012", LONG]
    for name in ("出.csv", "出.xlsx"):
        done(f"export power_item {tmp_path / name} --unit 区政府")
    text = (tmp_path / "出.csv").read_text("utf-8-sig")
    assert "001," in text and LONG in text
    sheet = load_workbook(tmp_path / "出.xlsx").worksheets[0]
    kept = {sheet.cell(row, place).value: sheet.cell(row, place) for row in (2, 3, 4) for place in range(1, 9)}
    assert kept["001"].data_type == kept[LONG].data_type == "s" and kept[LONG].number_format == "@"


def test_a_code_that_a_spreadsheet_has_spoilt_is_refused_with_the_way_out(district: District, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", good(float(LONG)), good("4.40305E+17", "其二"), good("003", "其三"))
    told = bring(path)
    assert (told["entered"], told["refused"]) == (1, 2)
    findings = list(csv.reader((tmp_path / "a.xlsx.问题清单.csv").open(encoding="utf-8-sig")))
    assert [row[0] for row in findings[1:]] == ["2", "3"]
    assert all("失真" in row[4] and "文本格式" in row[5] for row in findings[1:])


@pytest.mark.parametrize("bait", ["=1+1", "+86 755", "-两条", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=x", "''@y"])
def test_no_cell_becomes_a_formula_and_none_changes_on_the_way(district: District, tmp_path: Path, bait: str) -> None:
    assert bring(workbook(tmp_path / "a.xlsx", good("001", bait)))["entered"] == 1
    page = rulebook().page("power_item", date(2026, 3, 1))
    for name in ("出.csv", "出.xlsx"):
        done(f"export power_item {tmp_path / name} --unit 区政府")
    cells = [cell for row in csv.reader((tmp_path / "出.csv").open(encoding="utf-8-sig")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@")]
    sheet = load_workbook(tmp_path / "出.xlsx").worksheets[0]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for name in ("出.csv", "出.xlsx"):
        assert bring(tmp_path / name, "--name", f"再次{name[-3:]}", "--anyway")["entered"] == 1
    found = look.page(district.scope("区长"), page, Wanted(date(2026, 3, 1))).lines
    assert {one.data["item"] for one in found} == {bait}
    assert len(found) == 3


def test_a_dry_run_goes_all_the_way_and_writes_nothing(district: District, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", good("001"), good("", "没有编码"), good("003", "类型不对", **{"class": "行政审批"}),
        good("004", "单位不对", unit="某某局"), [*good("005", "日期不对")[:5], "2026年13月1日", "城管局"],
    )  # fmt: skip
    told = bring(path, "--dry-run")
    assert (told["good"], told["refused"], told["dry_run"]) == (1, 4, True)
    assert codes(district) == []
    findings = list(csv.reader((tmp_path / "a.xlsx.问题清单.csv").open(encoding="utf-8-sig")))[1:]
    assert [(row[0], row[1]) for row in findings] == [
        ("3", "事项编码*"), ("4", "权力类型"), ("5", "归口单位"), ("6", "日期"),
    ]  # fmt: skip
    assert "行政许可" in findings[1][5]


def test_the_same_row_is_entered_once_and_a_second_name_is_asked_about(district: District, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", good("001"), good("002", "其二"))
    assert bring(path, "--name", "一月")["entered"] == 2
    again = bring(
        workbook(tmp_path / "a.xlsx", good("001"), good("002", "其二"), good("003", "其三")), "--name", "一月"
    )
    assert (again["entered"], again["already"]) == (1, 2)
    assert "--name '一月'" in refused(f"import power_item {path} --unit 区政府 --name 二月")
    assert codes(district) == ["001", "002", "003"]


def test_a_table_that_comes_again_changes_the_lines_it_knows_by_their_key(district: District, tmp_path: Path) -> None:
    first = workbook(tmp_path / "a.xlsx", good("001"), good("002", "其二"))
    assert bring(first, "--name", "清单")["entered"] == 2
    again = workbook(tmp_path / "b.xlsx", good("001"), good("002", "其二改"), good("003", "其三"))
    tried = bring(again, "--name", "清单", "--dry-run")
    assert (tried["good"], tried["refused"]) == (3, 0)
    told = bring(again, "--name", "清单")
    assert (told["entered"], told["changed"], told["already"], told["refused"]) == (1, 1, 1, 0)
    told = bring(again, "--name", "清单")
    assert (told["entered"], told["changed"], told["already"]) == (0, 0, 3)
    scope, page = district.scope("区长"), rulebook().page("power_item", date(2026, 3, 1))
    lines = look.page(scope, page, Wanted(today(), order="code")).lines
    assert [(one.data["code"], one.data["item"], one.version) for one in lines] == [
        ("001", "占道经营", 1), ("002", "其二改", 2), ("003", "其三", 1),
    ]  # fmt: skip
    assert [one.data["item"] for one in look.line(scope, "power_item", lines[1].matter)] == ["其二", "其二改"]


def test_a_row_of_a_register_without_a_key_is_known_by_its_number(district: District, tmp_path: Path) -> None:
    heading = ["本表编号", "姓名*", "所属组织*", "类别*", "日期*"]
    for name, rows in (
        ("a", [["1", "甲", "调委会", "专职", "2026-01-05"]]),
        ("b", [["1", "甲", "新调委会", "专职", "2026-01-05"]]),
    ):
        path = workbook(tmp_path / f"{name}.xlsx", *rows, heading=heading)
        told = json.loads(done(f"import mediator {path} --unit 区政府 --json --name 名册"))
    assert (told["entered"], told["changed"]) == (0, 1)


def test_an_unknown_column_is_asked_about_and_can_be_left_out(district: District, tmp_path: Path) -> None:
    heading = ["事项编码", *HEADING[1:], "领导批示"]
    path = workbook(tmp_path / "a.xlsx", [*good("001"), "同意"], heading=heading)
    told = refused(f"import power_item {path} --unit 区政府")
    assert "领导批示" in told and "--column" in told
    assert bring(path, "--column", "领导批示=-")["entered"] == 1


def test_a_row_is_entered_for_the_unit_it_names_and_only_within_the_unit_that_imports(
    district: District, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", good("001"), good("002", "其二", unit="司法局"))
    told = json.loads(done(f"import power_item {path} --unit 城管局 --json"))
    assert (told["entered"], told["refused"]) == (1, 1)
    assert [row[0] for row in query.fetch("default", "select unit from registers_line")] == [district.units["城管局"]]


def test_an_unknown_page_and_a_wrong_kind_of_file_are_told(district: District, tmp_path: Path) -> None:
    assert "power_item" in refused(f"template nonsense {tmp_path / 'a.xlsx'}")
    assert ".xlsx" in refused(f"template power_item {tmp_path / 'a.doc'}")
    assert "写不了" in refused(f"template power_item {tmp_path / '没有' / 'a.xlsx'}")


def test_a_template_offers_the_choices_and_types_codes_as_text(district: District, tmp_path: Path) -> None:
    done(f"template power_item {tmp_path / 'a.xlsx'}")
    book = load_workbook(tmp_path / "a.xlsx")
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert headings[3:5] == ["事项编码*", "事项名称*"]
    assert sheet.column_dimensions["D"].width > 0 and book["填写说明"]["A2"].value == "本表编号"
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["F2:F2001", "G2:G2001"]
    assert write_csv([], layout_of(rulebook().page("power_item", date(2026, 1, 1))).columns).decode("utf-8-sig")
