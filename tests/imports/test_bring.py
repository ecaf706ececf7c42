"""Rows in the record: whole or absent, never twice, with their real times."""

from collections import Counter
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.db import connection

from fazhi.cli.imports import appeals as command
from fazhi.desk import record
from fazhi.desk.act import Refused
from fazhi.desk.tables.appeals import understand
from fazhi.desk.tables.bring import Brought, NoUnit, batch, bring, receiving_unit, row_secret
from fazhi.desk.tables.columns import read_columns
from fazhi.desk.tables.old import enter_past
from fazhi.desk.tables.past import Unwritable, read_past
from fazhi.desk.tables.read import read_sheet
from fazhi.ledger import now, read, today
from fazhi.people import parties, units
from fazhi.people.actors import machine
from fazhi.reach.scope import scope_of
from fazhi.worklist.tasks import desk as tasks_of

HEADING = "编号,姓名,电话,来信时间,标题,来信内容,答复时间,答复内容,答复单位"
GOOD = "7,张三丰,13900000000,2024-05-06 23:30,路灯,三号楼路灯不亮,2024-05-09,已修好,某区城市管理局"


@pytest.fixture
def office(db: object) -> UUID:
    return found_office()


@pytest.fixture
def busy_office(fresh_database: object) -> UUID:
    """The same where each row is a transaction of its own."""
    return found_office()


def found_office() -> UUID:
    root = units.found("某区人民政府", parent=None, since=date(2005, 1, 1), organ_code="某")
    units.found("某区城市管理局", parent=root, since=date(2005, 1, 1))
    return units.found("某区信访局", parent=root, since=date(2005, 1, 1))


def run(office: UUID, path: Path, name: str = "试") -> list[Brought]:
    sheet = read_sheet(path)
    rows = understand(sheet, read_columns(sheet), secret=row_secret(), now=now())
    return list(bring(rows, batch(name, office, "appeal")))


def table(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "信件.csv"
    path.write_text("\n".join((HEADING, *lines)) + "\n", encoding="utf-8")
    return path


def count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def test_message_and_reply_are_facts_with_their_real_times(office: UUID, tmp_path: Path) -> None:
    (done,) = run(office, table(tmp_path, GOOD))
    assert done.matter is not None
    view = read(done.matter)
    told = [(line.kind, line.day) for line in view.entries]
    assert told == [("received", date(2024, 5, 6)), ("joined", date(2024, 5, 9)), ("answered", date(2024, 5, 9))]
    assert view.entries[0].moment is not None
    assert view.body(1) == {"title": "路灯", "text": "三号楼路灯不亮"}
    assert view.body(3) == {"text": "已修好", "agency": "某区城市管理局"}
    assert view.number == "7", "it keeps the number it came with"
    (party,) = view.entries[0].fields["parties"].split()
    assert parties.clear_many([UUID(party)])[UUID(party)].name == "张三丰"
    clocks = {clock.rule.name: clock.state for clock in view.horizon.clocks}
    assert clocks["notify"] == "met"
    assert "handle" not in clocks, "no day of acceptance was told, so none is made up"


def test_letters_answered_long_ago_are_no_duty_of_today_and_open_ones_are(office: UUID, tmp_path: Path) -> None:
    answered, waiting = run(office, table(tmp_path, GOOD, "8,,,2024-05-07,,还没有答复,,,"))
    assert answered.matter and waiting.matter
    scope = scope_of(machine(office), today())
    assert {(task.matter, task.clock) for task in tasks_of(scope, today()).tasks} == {(waiting.matter, "notify")}
    assert scope.may_act(answered.matter), "a delivery that is known can still be recorded"
    view = read(answered.matter)
    done = record(machine(office), answered.matter, "answer_delivered", day=today(), seen=view.head, key="late")
    assert done.seq == view.head + 1


def test_the_page_is_that_of_the_day_of_the_message(office: UUID, tmp_path: Path) -> None:
    old, new = run(office, table(tmp_path, "1,,,2022-04-30,,甲,,,", "2,,,2022-05-01,,乙,,,"))
    assert old.matter and new.matter
    assert [read(one).page.in_force for one in (old.matter, new.matter)] == [date(2005, 5, 1), date(2022, 5, 1)]


def test_a_second_run_adds_nothing(office: UUID, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "8,李四,,2024-05-07,,内容,,,", ",王五,,2024-05-08,,没有编号,,,", "9,,,,题,没有日期,,,")
    first = Counter(one.state for one in run(office, path))
    assert first == {"entered": 3, "refused": 1}
    before = [count(f"select count(*) from {name}") for name in ("ledger_entry", "people_party", "reach_row")]
    again = run(office, path)
    assert Counter(one.state for one in again) == {"already": 3, "refused": 1}
    after = [count(f"select count(*) from {name}") for name in ("ledger_entry", "people_party", "reach_row")]
    assert after == before
    assert Counter(one.state for one in run(office, path, "另一次")) == {"entered": 3, "refused": 1}


def test_a_mended_row_goes_in_under_the_same_name(office: UUID, tmp_path: Path) -> None:
    run(office, table(tmp_path, GOOD, "9,,,,题,没有日期,,,"))
    again = run(office, table(tmp_path, GOOD, "9,,,2024-05-10,题,没有日期,,,"))
    assert [one.state for one in again] == ["already", "entered"]


def test_an_agency_nobody_knows_stays_named_with_a_note(office: UUID, tmp_path: Path) -> None:
    (done,) = run(office, table(tmp_path, GOOD.replace("某区城市管理局", "市信息办")))
    assert done.matter is not None
    view = read(done.matter)
    assert [line.kind for line in view.entries] == ["received", "answered"]
    assert (view.body(2) or {})["agency"] == "市信息办"
    assert any("单位名册里没有" in finding.reason for finding in done.findings)


def test_a_telephone_number_that_cannot_be_is_left_out_and_the_person_is_not(office: UUID, tmp_path: Path) -> None:
    (done,) = run(office, table(tmp_path, GOOD.replace("13900000000", "110")))
    assert done.state == "entered"
    assert any("没有登记电话" in finding.reason for finding in done.findings)


def test_a_day_without_a_law_is_refused_by_row(office: UUID, tmp_path: Path) -> None:
    early, fine = run(office, table(tmp_path, "1,,,1999-05-06,,甲,,,", "2,,,2024-05-06,,乙,,,"))
    assert (early.state, fine.state) == ("refused", "entered")
    assert "没有可以适用的程序规定" in early.findings[0].reason


def test_the_unit_is_asked_for_with_those_there_are(office: UUID) -> None:
    assert receiving_unit("某区信访局")[0] == office
    assert receiving_unit(str(office))[0] == office
    with pytest.raises(NoUnit, match="某区城市管理局"):
        receiving_unit("别的局")
    with pytest.raises(NoUnit, match="--unit"):
        receiving_unit("")


def test_a_dry_run_writes_nothing_but_the_findings(office: UUID, tmp_path: Path) -> None:
    path = table(tmp_path, GOOD, "9,,,,题,没有日期,,,")
    done = CliRunner().invoke(command, [str(path), "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "可以导入 1 行，不能导入 1 行" in done.output
    assert "来信时间（received）" in done.output
    assert count("select count(*) from ledger_matter") == 0
    assert (tmp_path / "信件.csv.问题清单.csv").exists()


def test_one_row_with_several_reasons_is_told_to_have_them(office: UUID, tmp_path: Path) -> None:
    said = "同一行可以有几个未导入的原因"
    several = CliRunner().invoke(command, [str(table(tmp_path, "9,,,,,,2024-05-09,,")), "--dry-run"])
    assert "不能导入 1 行" in several.output and said in several.output
    single = CliRunner().invoke(command, [str(table(tmp_path, "9,,,,题,没有日期,,,")), "--dry-run"])
    assert "不能导入 1 行" in single.output and said not in single.output


def test_the_same_rows_under_another_name_are_asked_about(office: UUID, tmp_path: Path) -> None:
    """A mended file has another digest, and so another name by default: its rows must not all go in twice."""
    path = table(tmp_path, GOOD)
    words = [str(path), "--unit", "某区信访局"]
    assert CliRunner().invoke(command, [*words, "--name", "一"]).exit_code == 0
    path.write_text(path.read_text(encoding="utf-8") + "8,,,2024-05-07,,新的一行,,,\n", encoding="utf-8")
    asked = CliRunner().invoke(command, words)
    assert asked.exit_code == 1
    assert "--name '一'" in asked.output
    assert count("select count(*) from ledger_matter") == 1
    assert CliRunner().invoke(command, [*words, "--name", "一"]).exit_code == 0
    assert count("select count(*) from ledger_matter") == 2
    assert CliRunner().invoke(command, [*words, "--anyway"]).exit_code == 0
    assert count("select count(*) from ledger_matter") == 4


def test_the_mailbox_goes_in_once_and_bad_rows_are_refused_by_row(busy_office: UUID, shared: Path) -> None:
    path = shared / "data" / "appeals" / "mailbox_shangluo.csv"
    first = run(busy_office, path, "信箱")
    assert Counter(one.state for one in first) == {"entered": 590, "refused": 10}
    refused = {one.row: [finding.reason for finding in one.findings] for one in first if one.state == "refused"}
    assert any("早于来信时间" in reason for reason in refused[91])
    assert any("没有来信时间" in reason for reason in refused[444])
    assert Counter(one.state for one in run(busy_office, path, "信箱")) == {"already": 590, "refused": 10}


@pytest.mark.slow
def test_messages_with_replies_go_in_once(busy_office: UUID, shared: Path) -> None:
    path = shared / "data" / "appeals" / "messages_with_replies.xlsx"
    assert Counter(one.state for one in run(busy_office, path, "留言")) == {"entered": 1408}
    assert Counter(one.state for one in run(busy_office, path, "留言")) == {"already": 1408}


OLD = """
procedure = "reconsideration"
unit = "某区人民政府"
old_number = "某复〔2023〕7号"
[[party]]
kind = "citizen"
name = "赵某"
[[fact]]
kind = "received"
day = 2024-01-05
fields = { channel = "letter" }
text = "不服处罚决定"
[[fact]]
kind = "accepted"
day = 2024-01-10
fields = { procedure = "ordinary" }
"""


def test_an_old_matter_goes_on_with_its_number_and_real_days(office: UUID, tmp_path: Path) -> None:
    path = tmp_path / "旧案.toml"
    path.write_text(OLD, encoding="utf-8")
    assert not enter_past(read_past(path), rehearse=True).repeated
    assert count("select count(*) from ledger_matter") == 0
    done = enter_past(read_past(path))
    view = read(done.matter)
    assert view.number == "某复〔2023〕7号"
    assert [line.kind for line in view.entries] == ["received", "accepted"], "no new number is given"
    (decide,) = [clock for clock in view.horizon.clocks if clock.rule.name == "decide"]
    assert decide.due == date(2024, 3, 11), "sixty days from the real day of acceptance, 2024-03-10 being a Sunday"
    assert enter_past(read_past(path)).repeated
    assert count("select count(*) from people_party") == 1


@pytest.mark.parametrize(
    ("instead", "by", "says"),
    [
        ('kind = "accepted"', 'kind = "approved_by_all"', "不在“行政复议”的程序里"),
        ('"reconsideration"', '"revolution"', "没有名为“revolution”的程序"),
        ('name = "赵某"', 'name = "赵某"\nphone = "1"', "party"),
        ("day = 2024-01-05", "day = 1980-01-05", "还没有可以适用"),
    ],
)
def test_an_old_matter_that_cannot_be_is_explained(
    office: UUID, tmp_path: Path, instead: str, by: str, says: str
) -> None:
    path = tmp_path / "旧案.toml"
    path.write_text(OLD.replace(instead, by), encoding="utf-8")
    with pytest.raises(Unwritable, match=says):
        enter_past(read_past(path))
    assert count("select count(*) from ledger_matter") == 0


def test_an_old_matter_with_a_wrong_value_is_refused_whole(office: UUID, tmp_path: Path) -> None:
    path = tmp_path / "旧案.toml"
    path.write_text(OLD.replace('"ordinary"', '"fast"'), encoding="utf-8")
    with pytest.raises(Refused):
        enter_past(read_past(path))
    assert count("select count(*) from ledger_matter") == 0
    assert count("select count(*) from people_party") == 0
