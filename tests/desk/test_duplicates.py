"""One thing registered twice: counted once, both numbers good, undone again; no term begins anew because of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.desk.joining import join_duplicate, part_duplicate
from fazhi.indicators.fold import rows
from fazhi.people import holders
from fazhi.search import look
from fazhi.tracking.look import follow

EARLY, LATE = date(2025, 3, 3), date(2025, 3, 4)


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.clerk("总台", "区政府")
    laid.grant("总台", "区政府", secrecy=2)
    return laid


def counted(matter: Any) -> int:
    """Rows that the figures count of a matter."""
    view = ledger.read(matter)
    return len(list(rows(view.id, view.unit, view.page, view.horizon)))


def test_it_counts_once_both_numbers_live_and_it_can_be_undone(district: District) -> None:
    actor, scope = district.actor("总台", ledger.today()), district.scope("总台", ledger.today())
    first = district.receive("城管局", "路口的灯坏了", day=EARLY)
    again = district.receive("城管局", "路口的灯坏了，再报一次", day=LATE)
    dues = [(clock.name, clock.due) for clock in ledger.read(again.matter).horizon.clocks]
    assert counted(first.matter) and counted(again.matter)

    join_duplicate(actor, again.matter, first.matter, note="同一人两次来电", seen=again.seq, key="d")
    assert ledger.read(again.matter).entries[-1].kind == "duplicate_of"
    assert counted(first.matter) and not counted(again.matter)
    assert ledger.read(again.matter).horizon.closed and not ledger.read(first.matter).horizon.closed
    for one in (first, again):
        assert holders.prove(one.query_number, one.code) == one.matter
        found = look.search(scope, actor, one.query_number).items
        assert [hit.matter for hit in found] == [one.matter] and found[0].closed is (one is again)
    told = follow(again.query_number, again.code)
    assert told is not None and told.led is not None and told.reply is None

    part_duplicate(actor, again.matter, seen=ledger.read(again.matter).head, key="p")
    view = ledger.read(again.matter)
    assert counted(again.matter) and view.horizon.closed is None
    assert [(clock.name, clock.due) for clock in view.horizon.clocks] == dues
    assert [line.kind for line in view.entries][-2:] == ["duplicate_of", "duplicate_of"] and view.entries[-1].strikes
    assert look.search(scope, actor, again.query_number).items[0].closed is False


def test_not_into_a_later_one_nor_another_kind_nor_round_in_circles(district: District) -> None:
    actor = district.actor("总台", ledger.today())
    first, late = district.receive("城管局", day=EARLY), district.receive("城管局", day=LATE)
    other = district.receive("城管局", procedure="hotline", day=EARLY)

    def refused(matter: Any, into: Any, why: str) -> None:
        head = ledger.read(matter).head
        with pytest.raises(desk.Refused, match=why):
            join_duplicate(actor, matter, into, seen=head, key="x")
        assert ledger.read(matter).head == head

    refused(first.matter, late.matter, "推迟期限")
    refused(late.matter, other.matter, "同一种业务")
    refused(late.matter, late.matter, "自己")
    join_duplicate(actor, late.matter, first.matter, seen=late.seq, key="d")
    refused(first.matter, late.matter, "自己")
    with pytest.raises(desk.Refused, match="没有记为重复登记"):
        part_duplicate(actor, first.matter, seen=first.seq, key="p")


def test_by_hand_it_cannot_pass_by_the_checks(district: District) -> None:
    actor = district.actor("总台", ledger.today())
    first, late = district.receive("城管局", day=EARLY), district.receive("城管局", day=LATE)
    with pytest.raises(desk.Refused, match="重复登记在事项页面"):
        desk.record(actor, first.matter, "duplicate_of", fields={"matter": str(late.matter)}, seen=first.seq, key="x")
