"""kill -9 of the jobs process halfway through a table: the next process goes on, and every row is there once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from district import lay
from fazhi.ledger import query, today
from fazhi.ledger.verify import verify
from fazhi.operations import keep

ROWS = 250


def jobs(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "fazhi.jobs"], env=os.environ | environment)


def wait(for_what: Callable[[], bool]) -> None:
    patience = time.monotonic() + 120
    while not for_what():
        assert time.monotonic() < patience
        time.sleep(0.1)


@pytest.mark.slow
def test_a_table_cut_off_by_a_kill_is_brought_in_whole_and_once(fresh_database: Any) -> None:
    district = lay()
    actor = district.actor("街道员", today())
    heading = "职权编码*,职权名称*,原实施部门*,依据*,日期*"
    rows = [f"{number:03},第{number}项职权,城管局,条例,2025-01-10" for number in range(ROWS)]
    table = "\n".join([heading, *rows]).encode("utf-8-sig")
    given = {"of": "delegated_power", "rehearse": "", "name": "表.csv"}
    identity = keep.ask(actor, "bring", "导入", given, key="k", file=table, name="表.csv")
    first = jobs(fresh_database.environment)
    try:
        wait(lambda: keep.find(actor.account, identity).done > 0)
    finally:
        first.kill()
        first.wait()
    one = keep.find(actor.account, identity)
    assert one.state == "running" and 0 < one.done < one.total == ROWS
    second = jobs(fresh_database.environment)
    try:
        wait(lambda: not keep.find(actor.account, identity).is_open)
    finally:
        second.terminate()
        second.wait(30)
    one = keep.find(actor.account, identity)
    assert one.state == "done" and one.tries == 2, one.words
    ((lines, names),) = query.fetch(
        "default", "select count(*), count(distinct key) from ledger_matter where procedure = 'delegated_power'"
    )
    assert lines == names == ROWS
    assert verify().ok
