"""Files that come in any order leave the record that their own order leaves; one cut short leaves nothing half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linked_district import laid
from partner_files import enforcement, hotline, order, step

from district import District
from fazhi.exchange import entering, links
from fazhi.exchange.models import File, Number, Row, Statement
from fazhi.exchange.taking import take
from fazhi.ledger import query, read_many
from fazhi.people import parties

DONE = {"派单时间": "2026-03-03", "办结时间": "2026-03-08", "办理结果": "解释说明", "答复内容": "已劝导。"}
DAYS: Sequence[tuple[str, str, bytes]] = (
    ("hotline", "12345工单_20260302_1.txt", hotline([order("1"), order("2"), order("3", 渠道="飞鸽")])),
    ("hotline", "12345工单_20260303_1.txt", hotline([order("1", 标题="改过一次"), order("2", 诉求人="独孤求乙")])),
    ("hotline", "12345工单_20260304_1.txt", hotline([order("1"), order("3", 渠道="网络")])),
    ("hotline", "12345工单_20260308_1.txt", hotline([order("1", **DONE), order("2", 诉求人="独孤求乙", **DONE)])),
    ("hotline", "12345工单_20260308_2.txt", hotline([order("2", **(DONE | {"办理结果": "支持"}))])),
    ("enforcement", "执法流水-20260302-1.csv", enforcement([step("甲", 1, "线索", "2026-03-02", 线索来源="行政检查")])),
    (
        "enforcement",
        "执法流水-20260303-1.csv",
        enforcement([step("甲", 2, "立案", "2026-03-03"), step("甲", 3, "工作记录", "2026-03-03", 说明="取证")]),
    ),
    (
        "enforcement",
        "执法流水-20260309-1.csv",
        enforcement(
            [
                step("甲", 6, "告知", "2026-03-06", 听证="否"),
                step("甲", 5, "工作记录", "2026-03-05", 说明="再取证"),
                step("乙", 7, "立案", "2026-03-05"),
            ]
        ),
    ),
)


def whole() -> dict[str, Any]:
    """Everything that stands, without ids, entry numbers and the running number that a matter got here."""
    found = {(row.system, row.number): row.matter for row in Number.objects.all()}
    views = read_many(found.values())
    left = sorted(Row.objects.filter(state__in=("waiting", "refused")).values_list("number", "state", "reason"))
    return {"left": left} | {"/".join(name): _matter(views[matter]) for name, matter in found.items()}


def _matter(view: Any) -> list[Any]:
    told = []
    for fact in view.horizon.facts:
        if fact.entry and fact.kind != "numbered":
            people = list(fact.fields.get("parties", "").split())
            named = sorted((one.name, one.phone) for one in parties.clear_many(people).values())
            said = {name: value for name, value in fact.fields.items() if name != "parties"}
            told.append(
                (fact.kind, fact.day, sorted(said.items()), sorted((view.body(fact.entry) or {}).items()), named)
            )
    return [view.opened, view.horizon.closed, sorted(told)]


def enter(days: Sequence[tuple[str, str, bytes]]) -> dict[str, Any]:
    """What stands after these files in this order; undone afterwards."""
    with transaction.atomic():
        for partner, name, data in days:
            take(links.linked(partner), data, name)
        stands = whole()
        transaction.set_rollback(True)
    return stands


@pytest.mark.parametrize("shuffles", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_shuffled_days_leave_the_record_that_their_order_leaves(district: District, shuffles: int) -> None:
    in_order = enter(DAYS)
    assert len(in_order) == 5 and in_order["left"] == [
        ("3", "refused", "“渠道”没有这个值，约定的有：电话、网络、来信、其他"),
        ("乙", "waiting", "还没有收到这个编号的首个环节，收到后自动补记"),
    ]

    @settings(max_examples=shuffles, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.permutations(DAYS))
    def shuffled(days: list[tuple[str, str, bytes]]) -> None:
        assert enter(days) == in_order

    shuffled()


class Cut(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("at", [1, 4])
def test_cut_in_the_middle_of_a_row_nothing_of_the_row_is_there_and_the_file_goes_on(
    fresh_database: object, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    laid()
    one, data = links.linked("hotline"), hotline([order(str(number), **DONE) for number in range(6)])
    keep, calls = entering._keep, iter(range(1, 1000))

    def cut(statements: Any) -> None:
        if next(calls) == at:
            raise Cut
        keep(statements)

    monkeypatch.setattr(entering, "_keep", cut)
    with pytest.raises(Cut):
        take(one, data, "12345工单_20260308_1.txt")
    assert_whole()
    assert Row.objects.count() == at - 1
    monkeypatch.setattr(entering, "_keep", keep)
    done = take(one, data, "12345工单_20260308_1.txt")
    assert not done.repeated and done.count("opened") == 6
    assert_whole()
    assert take(one, data, "12345工单_20260308_1.txt").repeated


def assert_whole() -> None:
    """Each matter has all that its row states, each statement its entry, each party its matter."""
    matters = set(Number.objects.values_list("matter", flat=True))
    stated = Statement.objects.order_by("pk").values_list("matter", "fact")
    assert {matter for matter, _ in stated} == matters and len(stated) == 3 * len(matters)
    rows = Row.objects.filter(state="opened").values_list("matter", flat=True)
    assert set(rows) == matters == {row[0] for row in query.fetch("default", "select id from ledger_matter")}
    assert query.fetch("default", "select count(*) from people_party")[0][0] == len(matters)


@pytest.mark.slow
def test_killed_it_goes_on_where_it_stopped(fresh_database: Any, tmp_path: Any) -> None:
    laid()
    path = tmp_path / "12345工单_20260308_1.txt"
    path.write_bytes(hotline([order(str(number), **DONE) for number in range(60)]))
    command = [
        sys.executable,
        "-c",
        "from fazhi.site.main import main; main()",
        "exchange",
        "take",
        "hotline",
        str(path),
    ]
    environment = os.environ | fresh_database.environment
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while Row.objects.count() < 7 and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert 0 < Row.objects.count() < 60 and not File.objects.get().done
    assert_whole()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert Row.objects.filter(state="opened").count() == 60 and File.objects.get().done
    assert_whole()
