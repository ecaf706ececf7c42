"""Which column is which, and what is said when nobody can tell."""

from pathlib import Path

import pytest
import xlsxwriter

from fazhi.desk.tables.columns import Unmapped, read_columns
from fazhi.desk.tables.read import Unreadable, read_sheet

TABLE = (
    "信件编号,来信时间,主题,来信内容,办理单位,答复时间,答复内容\n7,2024-05-06,路灯,不亮,区城管局,2024-05-09,已修好\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_offices_send_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "信件.csv"
    path.write_bytes(TABLE.encode(encoding))
    sheet = read_sheet(path)
    columns = read_columns(sheet)
    assert columns.cell(sheet.rows[1][1], "agency") == "区城管局"
    assert set(columns.at) == {"number", "received", "title", "text", "agency", "replied", "reply"}


def test_a_workbook_with_a_title_above_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("台账")
    page.write_row(0, 0, ["某某区群众来信台账"])
    page.write_row(2, 0, ["序号", "来信时间", "来信内容（摘要）"])
    page.write_row(3, 0, [1, "2024-05-06", "路灯不亮"])
    book.close()
    sheet = read_sheet(path)
    columns = read_columns(sheet)
    assert (columns.heading_row, columns.left_out) == (3, ("序号",))
    assert [number for number, _ in sheet.rows] == [1, 3, 4], "rows carry the numbers a spreadsheet shows"
    assert columns.cell(sheet.rows[-1][1], "text") == "路灯不亮"


def test_raw_quotes_in_a_table_with_tabs_swallow_no_row(tmp_path: Path) -> None:
    path = tmp_path / "信件.tsv"
    path.write_text('来信时间\t来信内容\n2024-05-06\t"路灯不亮\n2024-05-07\t他说"好"\n', encoding="utf-8")
    assert len(read_sheet(path).rows) == 3


def test_an_unknown_column_is_asked_about_and_never_dropped(tmp_path: Path) -> None:
    path = tmp_path / "信件.csv"
    path.write_text("来信时间,来信内容,领导批示情况\n2024-05-06,路灯不亮,请办\n", encoding="utf-8")
    sheet = read_sheet(path)
    with pytest.raises(Unmapped, match=r"第 3 列“领导批示情况”.*--column '领导批示情况=-'"):
        read_columns(sheet)
    assert read_columns(sheet, {"领导批示情况": "-"}).left_out == ("领导批示情况",)


@pytest.mark.parametrize(
    ("heading", "says"),
    [
        ("来信内容,标题", "缺少“来信时间”一列"),
        ("来信时间,标题", "缺少“来信内容”一列"),
        ("来信时间,来信内容,答复内容", "没有“答复时间”"),
        ("来信时间,来信日期,来信内容", "都像是“来信时间”"),
        ("甲,乙,丙", "找不到表头"),
    ],
)
def test_the_error_names_the_column_and_the_way_out(tmp_path: Path, heading: str, says: str) -> None:
    path = tmp_path / "信件.csv"
    path.write_text(heading + "\n1,2,3\n", encoding="utf-8")
    with pytest.raises(Unmapped, match=says) as caught:
        read_columns(read_sheet(path))
    assert "--column" in str(caught.value)


def test_a_choice_by_hand_wins_and_a_wrong_one_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "信件.csv"
    path.write_text("何时,何事\n2024-05-06,路灯不亮\n", encoding="utf-8")
    sheet = read_sheet(path)
    assert dict(read_columns(sheet, {"何时": "received", "何事": "text"}).at) == {"received": 0, "text": 1}
    with pytest.raises(Unmapped, match="用途不认识"):
        read_columns(sheet, {"何时": "when"})
    with pytest.raises(Unmapped, match="不在表里"):
        read_columns(sheet, {"何地": "place", "何时": "received", "何事": "text"})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("信件.xls", b"\xd0\xcf\x11\xe0", "另存为 .xlsx"),
        ("信件.xlsx", b"not a workbook", "打不开"),
        ("信件.csv", b"", "是空的"),
        ("信件.csv", b"\xff\xff\x80\x81\x00", "编码"),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=says):
        read_sheet(path)
