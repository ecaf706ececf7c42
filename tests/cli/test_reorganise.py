"""Changes of units and posts from the command line: looked at, proved by a password, recorded, handed over."""

import re
from typing import Any

import pytest
from typing_in import PASSWORD, done, refused

from fazhi import ledger
from fazhi.people import units


@pytest.fixture
def house(fresh_database: Any) -> None:
    done("unit add 示例区人民政府 --code 示例 --since 2019-01-01")
    for name in ("信访局", "城管局"):
        done(f"unit add {name} --under 示例区人民政府 --since 2019-01-01")
    done("account add wang --display 王编制", f"{PASSWORD}\n{PASSWORD}\n")
    done("post add 示例区人民政府 编制岗 --powers 系统管理 --since 2019-01-01")
    done("post hold 示例区人民政府/编制岗 wang --since 2019-01-01")
    done("post add 城管局 承办岗 --powers 办理 --since 2019-01-01")


def names() -> set[str]:
    return {line.name for line in units.tree_on(ledger.today()).units.values()}


def test_every_unit_begins_with_an_entry(house):
    rows = ledger.query.fetch("default", "select count(*) from ledger_matter where procedure = 'reorganisation'")
    assert rows[0][0] == 3


def test_a_merger_is_shown_first_then_proved_and_done(house):
    looked = done("unit merge 城管局 信访局 --user wang --dry-run")
    assert "承办岗" in looked and "转入承接单位" in looked and "城管局" in names()
    assert "用户名或密码不正确" in refused("unit merge 城管局 信访局 --user wang", "错的密码错的密码\n")
    assert "城管局" in names()
    told = done("unit merge 城管局 信访局 --ground 编办〔2026〕9号 --user wang", f"{PASSWORD}\n")
    matter = re.search(r"编号 ([0-9a-f-]{36})", told)[1]
    assert "城管局" not in names() and "信访局/承办岗" in done("post list")
    assert "已移交 0 件" in done(f"unit hand-over {matter} --user wang", f"{PASSWORD}\n")
    assert "在办" not in done("unit hand-over --user wang", f"{PASSWORD}\n")


def test_rename_move_and_abolish(house):
    done("unit rename 城管局 城市管理局 --user wang", f"{PASSWORD}\n")
    done("unit move 城市管理局 信访局 --user wang --day 2099-01-01", f"{PASSWORD}\n")
    assert names() == {"示例区人民政府", "信访局", "城市管理局"}
    done("unit add 某中心 --under 示例区人民政府 --since 2019-01-01")
    done("unit abolish 某中心 信访局 --user wang", f"{PASSWORD}\n")
    assert "某中心" not in names()
    assert "没有名为" in refused("unit move 没有的局 信访局 --user wang", f"{PASSWORD}\n")


def test_a_post_moves_with_its_holders_and_a_post_ends(house):
    done("post move 城管局/承办岗 信访局")
    assert "信访局/承办岗" in done("post list") and "城管局/承办岗" not in done("post list")
    done("post end 信访局/承办岗 --day 2099-01-01")
    assert "请核对日期" in refused("post end 信访局/承办岗 --day 2018-01-01")
