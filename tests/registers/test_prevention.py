"""`fazhi prevention check`: what rises is recorded once, and the gravest is one task."""

from __future__ import annotations

import json

from click.testing import CliRunner

from fazhi import desk, ledger
from fazhi.cli.prevention import prevention
from fazhi.ledger import query, today
from fazhi.people.actors import machine


def _run(*more: str) -> str:
    done = CliRunner().invoke(prevention, ["check", *more])
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
