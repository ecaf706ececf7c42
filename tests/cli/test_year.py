"""A year closed from the command line by who leads, shown beside today, and carried to the next."""

import json
from datetime import date
from typing import Any

import pytest
from typing_in import PASSWORD, done, refused

from district import District, lay
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.people import posts


@pytest.fixture
def house(fresh_database: Any) -> District:
    district = lay()
    for name in ("区长", "城管员"):
        posts.change_password(district.accounts[name], PASSWORD)
    for _ in range(3):
        district.receive("城管局", day=date(2024, 3, 1))
    seal_all()
    follow_sealed()
    return district


def test_a_year_is_closed_shown_and_carried(house: District) -> None:
    assert "还没有年结" in refused("year show 2024 --unit 城管局")
    assert "负责人" in refused("year close 2024 --unit 城管局 --user 城管员", f"{PASSWORD}\n")
    assert "结转下年未办结 3 件" in done("year close 2024 --unit 城管局 --user 区长", f"{PASSWORD}\n")
    assert "已经年结" in refused("year close 2024 --unit 城管局 --user 区长", f"{PASSWORD}\n")
    late = house.receive("城管局", day=date(2024, 12, 1))
    seal_all()
    follow_sealed()
    rows = {one["name"]: one for one in json.loads(done("year show 2024 --unit 城管局 --changed --json"))}
    told = rows["appeal_received"]
    assert (told["was"], told["now"], told["same"], told["matters"]) == ("3", "4", True, [str(late.matter)])
    assert "现在会是 4，涉及 1 件" in done("year show 2024 --unit 城管局")
    row = next(one for one in json.loads(done("year open 2025 --unit 城管局 --json")) if one["procedure"] == "appeal")
    assert (row["carried"], row["came"], row["opening"], row["closing"]) == (3, 1, 4, 4)
    assert "上年结转 3，补录、更正和划转 +1" in done("year open 2025 --unit 城管局")
