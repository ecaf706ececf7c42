"""`fazhi record`: what an operator types and reads."""

import json
from datetime import date
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result

from fazhi.cli.commands import fazhi
from fazhi.cli.record import record
from fazhi.ledger import Draft, followers, open_matter

DAY = date(2025, 3, 3)


def typed(*words: str) -> Result:
    assert record.name in fazhi.commands
    return CliRunner().invoke(fazhi, ["record", *words])


@pytest.fixture
def matter(fresh_database, clerk, appeal):
    draft = Draft("received", DAY, fields={"channel": "web"}, body={"text": "路灯坏了"})
    return open_matter(appeal, draft, clerk, key="a").matter


def test_a_receipt_needs_a_seal_first(matter):
    assert "fazhi record seal" in typed("receipt").output
    assert "已封存1条" in typed("seal").output


def test_the_record_is_verified_against_a_receipt(matter, tmp_path):
    typed("seal")
    slip = tmp_path / "回执.json"
    typed("receipt", "--out", str(slip))
    assert typed("verify").exit_code == 0
    held = typed("verify", "--against", str(slip))
    assert held.exit_code == 0 and "回执相符" in held.output
    assert json.loads(typed("verify", "--json").output)["entries"] == 1


def test_what_is_wrong_is_shown_with_its_place_and_the_exit_code_says_so(matter, fresh_database):
    typed("seal")
    with psycopg.connect(fresh_database.addresses.superuser) as boss:
        boss.execute("set session_replication_role = replica")
        boss.execute("update ledger_entry set day = day - 1")
    told = typed("verify")
    assert told.exit_code == 1 and str(matter) in told.output and "第1条" in told.output
    assert "路灯" not in told.output


@pytest.mark.parametrize("spoil", [lambda text: "{}", lambda text: text.replace('"positions": 1', '"positions": 2')])
def test_a_spoilt_receipt_is_refused(matter, tmp_path: Path, spoil):
    typed("seal")
    slip = tmp_path / "回执.json"
    typed("receipt", "--out", str(slip))
    slip.write_text(spoil(slip.read_text()))
    told = typed("verify", "--against", str(slip))
    assert told.exit_code == 1 and "回执" in told.output


def test_tables_are_swept_and_everything_stands(matter):
    typed("seal")
    assert "已重写" in typed("sweep").output
    assert typed("verify").exit_code == 0 and typed("compare").exit_code == 0


def test_rooms_are_refilled_and_compared(matter):
    assert typed("compare").exit_code == 0
    assert set(json.loads(typed("refill", "--json").output)) == {room.name for room in followers()}
    assert "reach" in typed("refill", "nonsense").output
