"""`fazhi administrators`: three different people, listed, and a log that verifies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fazhi.cli.administrators import administrators
from fazhi.people import deeds, posts, units


@pytest.fixture
def house(db: Any) -> None:
    units.found("示例区人民政府", parent=None, since=date(2020, 1, 1))
    for name in ("zhang", "li", "wang"):
        posts.open_account(name, f"{name}某")


def run(*words: str) -> Result:
    return CliRunner().invoke(administrators, list(words))


def test_three_different_people_are_appointed_and_the_log_says_so(house: None) -> None:
    assert "无人担任" in run("list").output
    both = run("appoint", "--system", "zhang", "--security", "zhang")
    assert both.exit_code == 1 and "不能由同一人担任" in both.output
    assert "zhang" not in run("list").output, "refused whole"
    done = run("appoint", "--system", "zhang", "--security", "li", "--audit", "wang")
    assert done.exit_code == 0 and "审计员：wang某" in done.output
    listed = run("list").output
    assert "无人担任" not in listed and "系统管理员　zhang某" in listed
    assert [one.verb for one in deeds.lately()].count("appoint") == 3
    assert "服务器用户" in deeds.lately()[0].after


def test_the_log_is_held_against_what_was_kept(house: None) -> None:
    run("appoint", "--system", "zhang")
    last = deeds.lately()[0]
    kept = f"{last.number}:{last.digest}"
    assert "与留存的校验值相符" in run("verify", "--against", kept).output
    wrong = run("verify", "--against", f"{last.number}:sm3:0")
    assert wrong.exit_code == 1 and "对不上" in wrong.output
    assert "编号:校验值" in run("verify", "--against", "x").output
