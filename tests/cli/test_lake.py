"""The lake from the command line: written from the record, read without it, the same numbers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typing_in import done, refused

from district import District, lay
from fazhi.indicators import look
from fazhi.indicators.values import Span
from fazhi.ledger import rulebook
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.people import units


@pytest.fixture
def house(fresh_database: Any) -> District:
    district = lay()
    for unit in ("城管局", "莲花街道", "景田社区"):
        one = district.receive(unit)
        district.record(one.matter, "accepted", unit)
    seal_all()
    follow_sealed()
    return district


def test_a_lake_is_written_and_read_back_alike(house: District, tmp_path: Path) -> None:
    folder = tmp_path / "湖"
    told = json.loads(done(f"lake export {folder} --json"))
    assert told["digest"] in done(f"lake export {folder}")
    read = json.loads(done(f"lake read {folder} --unit 区政府 --year 2025 --json"))
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    span = Span(units.whole(house.units["区政府"], first, last), first, last)
    live = look.read_all(list(rulebook().indicators.values()), span)
    assert [one["value"] for one in read] == [None if one.value is None else f"{one.value:f}" for one in live]
    assert [one["fingerprint"] for one in read] == [one.fingerprint for one in live]
    assert "信访" in done(f"lake read {folder} appeal_received --unit 莲花街道 --year 2025")


def test_what_cannot_be_read_says_what_to_do(house: District, tmp_path: Path) -> None:
    done(f"lake export {tmp_path / '湖'}")
    assert "fazhi lake export" in refused(f"lake read {tmp_path} --unit 区政府 --year 2025")
    assert "没有单位" in refused(f"lake read {tmp_path / '湖'} --unit 某局 --year 2025")
    assert "写全称" in refused(f"lake read {tmp_path / '湖'} --unit 管局 --year 2025")
    assert "没有这些指标：x" in refused(f"lake read {tmp_path / '湖'} x --unit 区政府 --year 2025")
    (tmp_path / "其他").mkdir()
    (tmp_path / "其他" / "a.txt").write_text("x")
    assert "另选" in refused(f"lake export {tmp_path / '其他'}")
