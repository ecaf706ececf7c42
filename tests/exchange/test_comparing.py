"""They have so many, we have so many: which are missing on either side, what differs, and how each was settled."""

from __future__ import annotations

from datetime import date

import pytest
from partner_files import PERSON, SENTENCE, hotline, order

from district import District
from fazhi import desk, ledger
from fazhi.exchange import links, look
from fazhi.exchange.comparing import compare, settle
from fazhi.exchange.entering import matter_of
from fazhi.exchange.sheet import BadFile
from fazhi.exchange.taking import take

SPAN = (date(2026, 3, 1), date(2026, 3, 31))


def test_each_side_is_told_what_it_lacks_and_what_differs(district: District) -> None:
    one = links.linked("hotline")
    ours = [order(f"2603020{n}") for n in range(1, 6)]
    take(one, hotline(ours), "12345工单_20260302_1.txt")
    closed = matter_of("hotline", "26030203")
    assert closed is not None
    district.record(closed.id, "answered", "区政府", day=date(2026, 3, 9), outcome="explained")
    theirs = [
        order("26030201"),
        order("26030202", 渠道="网络", 诉求人="别人", 诉求内容="别的话"),
        order("26030203"),
        order("26030204", 受理时间="2026-03-03"),
        order("26030207"),
        order("26030208"),
    ]
    done = compare(one, hotline(theirs), "三月清单.txt", *SPAN)
    assert (done.theirs, done.ours) == (6, 5)
    told = [(each.kind, each.number, each.column, each.theirs, each.ours) for each in done.differences]
    assert sorted(told) == [
        ("absent_here", "26030207", "", "", ""),
        ("absent_here", "26030208", "", "", ""),
        ("absent_there", "26030205", "", "", ""),
        ("state", "26030203", "工单状态", "在办", "已办结"),
        ("value", "26030202", "渠道", "网络", "来电"),
        ("value", "26030204", "受理时间", "2026-03-03", "2026-03-02"),
    ]
    assert not any(secret in str(told) for secret in (PERSON, SENTENCE, "别人", "别的话"))


def test_a_list_of_numbers_is_enough_and_one_registered_twice_is_counted_once(district: District) -> None:
    one = links.linked("hotline")
    take(one, hotline([order("26030201"), order("26030202")]), "12345工单_20260302_1.txt")
    first, second = matter_of("hotline", "26030201"), matter_of("hotline", "26030202")
    assert first and second
    from fazhi.desk.joining import join_duplicate

    district.clerk("总台", "区政府")
    district.grant("总台", "区政府")
    actor = district.actor("总台", ledger.today())
    join_duplicate(actor, second.id, first.id, seen=second.head, key="d")
    numbers = "工单编号\r\n26030201\r\n".encode("gb18030")
    done = compare(one, numbers, "清单.txt", *SPAN)
    assert (done.theirs, done.ours, done.differences) == (1, 1, ())


def test_a_difference_is_settled_with_a_reason_that_is_kept_without_names(district: District) -> None:
    one = links.linked("hotline")
    done = compare(one, hotline([order("26030207")]), "清单.txt", *SPAN)
    (line,) = look.differences(done.id)
    actor = district.actor("信访员", ledger.today())
    with pytest.raises(desk.Refused, match="理由"):
        settle(actor, line.id, "theirs_wrong", " ")
    with pytest.raises(desk.Refused):
        settle(actor, line.id, "forget_it", "理由")
    settle(actor, line.id, "asked", "已请对方重报，联系人电话13912340071")
    settle(actor, line.id, "theirs_wrong", "对方重复建单")
    (line,) = look.differences(done.id)
    assert (line.how, line.reason) == ("theirs_wrong", "对方重复建单")
    from fazhi.exchange.models import Settlement

    assert next(row.reason for row in Settlement.objects.order_by("pk")) == "已请对方重报，联系人电话139****0071"
    assert [each.unsettled for each in look.comparisons(one)] == [0]


@pytest.mark.parametrize(
    ("data", "span", "what"),
    [
        (hotline([order("")]), SPAN, "工单编号"),
        (hotline([]), (date(2026, 3, 2), date(2026, 3, 1)), "起止"),
        ("编号\r\n1\r\n".encode("gb18030"), SPAN, "缺少列"),
    ],
)
def test_a_list_that_cannot_be_read_keeps_nothing(
    district: District, data: bytes, span: tuple[date, date], what: str
) -> None:
    one = links.linked("hotline")
    with pytest.raises(BadFile, match=what):
        compare(one, data, "清单.txt", *span)
    assert not look.comparisons(one)
