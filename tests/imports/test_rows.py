"""Rows of a table: the good are understood, the bad refused one by one with the reason."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from fazhi.desk.tables.appeals import Understood, understand
from fazhi.desk.tables.columns import read_columns
from fazhi.desk.tables.findings import RowFinding, write_findings
from fazhi.desk.tables.names import plain_spelling, spelled
from fazhi.desk.tables.read import read_sheet
from fazhi.desk.tables.times import SHANGHAI

NOW = datetime(2024, 6, 1, 9, tzinfo=SHANGHAI)
HEADING = "编号,姓名,来信时间,标题,来信内容,答复时间,答复内容,答复单位"


def rows(tmp_path: Path, *lines: str, secret: bytes = b"a secret") -> list[Understood]:
    path = tmp_path / "信件.csv"
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    sheet = read_sheet(path)
    return list(understand(sheet, read_columns(sheet), secret=secret, now=NOW))


def test_a_row_carries_the_message_and_its_reply(tmp_path: Path) -> None:
    (only,) = rows(tmp_path, "7,张三,2024-05-06 08:30,路灯,三号楼路灯不亮,2024-05-09,已修好,区城管局")
    assert only.appeal is not None
    assert only.appeal.reply is not None
    assert (only.row, only.appeal.number, only.appeal.text) == (2, "7", "三号楼路灯不亮")
    assert only.appeal.received.moment == datetime(2024, 5, 6, 8, 30, tzinfo=SHANGHAI)
    assert (only.appeal.reply.agency, only.appeal.reply.when.moment) == ("区城管局", None)
    assert only.appeal.details == {"sender": "张三"}


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        ("1,,,题,内容,,,", "来信时间", "没有来信时间"),
        ("1,,去年,题,内容,,,", "来信时间", "读不懂"),
        ("1,,2024-05-06,,,,,", "来信内容", "没有来信内容"),
        ("1,,2024-05-06,题,内容,2024-05-05,好,局", "答复时间", "答复时间早于来信时间"),
        ("1,,2024-05-06 10:00,题,内容,2024-05-06 09:59,好,局", "答复时间", "答复时间早于来信时间"),
        ("1,,2024-05-06,题,内容,,好,局", "答复时间", "没有答复时间"),
        ("1,,2024-05-06,题,内容,2024-05-07,,局", "答复内容", "没有答复内容"),
        ("1,,2025-05-06,题,内容,,,", "来信时间", "今天之后"),
        ("1,,2024-05-06,题,内容,2024-06-02,好,局", "答复时间", "今天之后"),
        ("1,,2024-05-06,题,内容,,,,多出一格", "来信内容", "列数多于表头"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_the_good_ones_stay(
    tmp_path: Path, line: str, column: str, reason: str
) -> None:
    good, bad, also_good = rows(tmp_path, "8,,2024-05-01,题,内容,,,", line, "9,,2024-05-02,题,内容,,,")
    assert good.appeal and also_good.appeal
    assert bad.appeal is None
    found = [finding for finding in bad.findings if reason in finding.reason]
    assert [(finding.row, finding.column) for finding in found] == [(3, column)]
    assert found[0].advice


def test_a_row_with_a_title_only_is_taken_with_a_note(tmp_path: Path) -> None:
    (only,) = rows(tmp_path, "1,,2024-05-06,路灯不亮,,,,")
    assert only.appeal is not None
    assert only.appeal.text == "路灯不亮"
    assert [finding.weight for finding in only.findings] == ["note"]


def test_one_number_for_two_different_rows_refuses_the_second(tmp_path: Path) -> None:
    first, second, third = rows(tmp_path, "1,,2024-05-06,题,甲,,,", "1,,2024-05-06,题,乙,,,", "1,,2024-05-06,题,甲,,,")
    assert first.appeal and third.appeal and not second.appeal
    assert "与第 2 行相同" in second.findings[0].reason
    assert third.appeal.key == first.appeal.key


def test_rows_without_a_number_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    one, other, again = rows(tmp_path, ",,2024-05-06,题,甲,,,", ",,2024-05-06,题,乙,,,", ",,2024-05-06,题,甲,,,")
    assert one.appeal and other.appeal and again.appeal
    assert one.appeal.key == again.appeal.key != other.appeal.key
    (elsewhere,) = rows(tmp_path, ",,2024-05-06,题,甲,,,", secret=b"another secret")
    assert elsewhere.appeal
    assert elsewhere.appeal.key != one.appeal.key, "nobody without the secret can try out texts against the key"


def test_findings_hold_no_name_and_no_free_text(tmp_path: Path) -> None:
    found = [
        finding
        for row in rows(
            tmp_path, "1,张三丰,2024-05-06,题,内容里有电话13800000000,2024-05-01,答复秘密,局", "2,李四,,题,x,,,"
        )
        for finding in row.findings
    ]
    path = tmp_path / "findings.csv"
    assert write_findings(path, found) == 2
    text = path.read_text(encoding="utf-8-sig")
    assert not any(secret in text for secret in ("张三丰", "李四", "13800000000", "答复秘密"))


def test_the_file_of_findings_starts_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "findings.csv"
    write_findings(
        path, [RowFinding(2, "编号", "=1+1", "原因", "办法"), RowFinding(1, "编号", "2", "原因", "办法", "note")]
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert [line[0] for line in lines] == ["行", "2", "1"], "what was refused comes first"
    assert lines[1][2] == "'=1+1"


def test_one_office_in_many_spellings_and_two_that_cannot_be_told_apart() -> None:
    assert plain_spelling("某区人民政府 办公室") == plain_spelling("某区政府办")
    found = spelled([(1, "某区城市管理局"), (2, "某区政府办公室"), (3, "某区人民政府办公室")])
    assert found == {plain_spelling("某区城市管理局"): 1}
