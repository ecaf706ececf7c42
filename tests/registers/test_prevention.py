"""`fazhi prevention check`: what rises is recorded once, and the gravest is one task."""

from __future__ import annotations

import json

from click.testing import CliRunner

from fazhi import desk, ledger
from fazhi.cli.prevention import prevention
from fazhi.ledger import query, today
from fazhi.people.actors import machine


def _run(*more: str, command: str = "check") -> str:
    done = CliRunner().invoke(prevention, [command, *more])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_shop_short_of_escrow_rises_and_becomes_one_task(db, rulebook) -> None:  # type: ignore[no-untyped-def]
    from district import lay

    district = lay()
    office = machine(district.units["莲花街道"])
    said = {"shop": "示例健身", "grade": "green", "balance": "200000", "escrow": "150000", "custody": "yes"}
    line = desk.receive(office, "prepaid_shop", day=today(), fields=said, key="shop").matter
    assert json.loads(_run("--json")) == []
    short = {"escrow": "12000"}
    desk.record(office, line, "changed", day=today(), fields=short, seen=ledger.read(line).head, key="less")
    (told,) = json.loads(_run("--json"))
    assert (told["name"], told["before"], told["level"]) == ("示例健身", "green", "red")
    assert "三级" in _run("--apply")
    assert "0 条" in _run("--apply"), "what has risen does not rise again"
    tasks = query.fetch("default", "select count(*) from ledger_matter where procedure = 'supervision_task'")
    assert tasks == [(1,)]
    raised = ledger.read(line).entries[-1]
    assert raised.fields["grade"] == "red" and raised.face == "machine"


def test_balances_come_from_a_table_by_the_name_of_the_shop(db, rulebook, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from district import lay

    office = machine(lay().units["莲花街道"])
    line = desk.receive(
        office, "prepaid_shop", day=today(), fields={"shop": "示例健身", "grade": "green"}, key="s"
    ).matter
    table = tmp_path / "余额.csv"
    rows = (
        "商户,日期,预付余额,存管余额",
        f'示例健身,{today()},"200,000",12000',
        f"没有这家,{today()},1,1",
        f"示例健身,{today()},很多,",
    )
    table.write_text("\n".join(rows), encoding="utf-8")
    seen = ledger.read(line).head
    assert "1 行可以登记，2 行没有登记" in _run(str(table), "--dry-run", command="balances")
    assert ledger.read(line).head == seen
    told = _run(str(table), command="balances")
    assert "1 行已登记" in told and "第3行" in told and "没有这家" in told and "第4行" in told
    assert ledger.read(line).entries[-1].fields["escrow"] == "12000.00"
    assert "0 行已登记" in _run(str(table), command="balances"), "the same table again adds nothing"
    assert "示例健身" in _run()
