"""Balances that a bank tells: recorded once, refused with what to do, judged at once, within the post's rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from calling import Caller, token_of

from district import District
from fazhi import desk, ledger
from fazhi.ledger import query, today
from fazhi.people.actors import machine

SHOP = "示例健身"


@pytest.fixture
def line(district: District) -> Any:
    district.clerk("监管员", "莲花街道", "record")
    district.grant("监管员", "莲花街道")
    visit = str(today() + timedelta(30))
    said = {"shop": SHOP, "grade": "green", "custody": "yes", "day": visit}
    office = machine(district.units["莲花街道"])
    return desk.receive(office, "prepaid_shop", day=today() - timedelta(20), fields=said, key="shop").matter


def _row(shop: str = SHOP, back: int = 0, **more: Any) -> dict[str, Any]:
    return {"shop": shop, "day": str(today() - timedelta(back)), **more}


def test_a_report_is_recorded_once_and_what_falls_short_becomes_one_task(
    client: Any, district: District, line: Any
) -> None:
    bank = Caller(client, token_of(district, "监管员", "balances"))
    status, told = bank.post("balances", {"rows": [_row(back=2, balance="200000", escrow="150000.5")]})
    assert (status, told) == (200, {"rows": [{**_row(back=2), "came": "recorded", "why": ""}], "raised": []})
    last = ledger.read(line).entries[-1]
    assert (last.fields["escrow"], last.face) == ("150000.50", "office")
    report = {"rows": [_row(balance=200000, escrow=12000)]}
    status, told = bank.post("balances", report)
    (raised,) = told["raised"]
    assert (raised["shop"], raised["level"]) == (SHOP, "red") and raised["task"]
    assert "存管余额不足预付余额的两成" in raised["rules"]
    head = ledger.read(line).head
    status, told = bank.post("balances", report)
    assert (told["rows"][0]["came"], told["raised"], ledger.read(line).head) == ("repeated", [], head)
    tasks = query.fetch("default", "select count(*) from ledger_matter where procedure = 'supervision_task'")
    assert tasks == [(1,)]


def test_a_bad_row_is_refused_with_what_to_do_and_the_others_stand(client: Any, district: District, line: Any) -> None:
    bank = Caller(client, token_of(district, "监管员", "balances"))
    rows = [_row("没有这家", balance=1), _row(), _row(back=-1, balance=1), _row(escrow=5), _row(balance=5)]
    status, told = bank.post("balances", {"rows": rows})
    assert status == 200
    assert [one["came"] for one in told["rows"]] == ["refused", "refused", "refused", "recorded", "recorded"]
    assert "名录里没有“没有这家”" in told["rows"][0]["why"]
    assert "都是空的" in told["rows"][1]["why"]
    assert "今天以后" in told["rows"][2]["why"]
    for wrong in ({"rows": []}, {"rows": [_row(balance="-1")]}, {"rows": [_row(balance="NaN")]}, {}):
        status, told = bank.post("balances", wrong)
        assert status == 422 and told["detail"]


def test_a_token_for_something_else_or_of_another_unit_tells_nothing(
    client: Any, district: District, line: Any
) -> None:
    status, told = Caller(client, token_of(district, "监管员", "record")).post("balances", {"rows": [_row(balance=1)]})
    assert status == 403 and "报送预付余额" in told["detail"]
    district.unit("教育局", "区政府")
    district.clerk("教育员", "教育局", "record")
    district.grant("教育员", "教育局")
    head = ledger.read(line).head
    status, told = Caller(client, token_of(district, "教育员", "balances")).post(
        "balances", {"rows": [_row(balance=1)]}
    )
    assert (status, told["rows"][0]["came"], ledger.read(line).head) == (200, "refused", head)
    status, _told = Caller(client, "fazhi_无此令牌".encode().hex()).post("balances", {"rows": [_row(balance=1)]})
    assert status == 401
