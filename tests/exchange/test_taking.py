"""A partner's file is entered row by row, whole or not at all; the same file again changes nothing."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from partner_files import PERSON, PHONE, SENTENCE, enforcement, hotline, order, step

from district import District
from fazhi import archive, ledger
from fazhi.exchange import links, receipts
from fazhi.exchange.entering import matter_of
from fazhi.exchange.models import File
from fazhi.exchange.sheet import BadFile
from fazhi.exchange.taking import Taken, take
from fazhi.ledger import MatterView
from fazhi.people import parties


def taken(data: bytes, day: str, partner: str = "hotline", serial: int = 1) -> Taken:
    names = {"hotline": "12345工单_{}_{}.txt", "enforcement": "执法流水-{}-{}.csv"}
    return take(links.linked(partner), data, names[partner].format(day, serial))


def states(done: Taken) -> list[str]:
    return [line["state"] for line in done.receipt["lines"]]


def found(number: str, partner: str = "hotline") -> MatterView:
    view = matter_of(partner, number)
    assert view is not None
    return view


def test_an_order_of_the_hotline_becomes_a_matter_and_grows_day_by_day(district: District) -> None:
    assert states(taken(hotline([order("26030201"), order("26030202")]), "20260302")) == ["opened", "opened"]
    view = found("26030201")
    assert view.procedure == "hotline" and view.opened.isoformat() == "2026-03-02"
    assert view.body(1) == {"title": "夜间噪声", "text": SENTENCE, "place": "剑冢路"}
    clear = parties.clear_many(view.parties)
    assert [(one.name, one.phone) for one in clear.values()] == [(PERSON, PHONE)]

    done = order(
        "26030201", 派单时间="2026-03-03 08:00", 办结时间="2026-03-09 16:00", 办理结果="解释说明", 答复内容="已劝导。"
    )
    assert states(taken(hotline([done, order("26030202")]), "20260309")) == ["recorded", "already"]
    view = found("26030201")
    assert [fact.kind for fact in view.horizon.facts][-2:] == ["forwarded", "answered"]
    assert view.horizon.closed is not None and len(view.parties) == 1


def test_the_same_file_again_changes_nothing_and_tells_the_same(district: District) -> None:
    data = hotline([order("26030201"), order("")])
    first = taken(data, "20260302")
    head, files = found("26030201").head, File.objects.count()
    again = taken(data, "20260302")
    assert again.repeated and again.receipt == first.receipt and receipts.holds(again.receipt)
    assert found("26030201").head == head and File.objects.count() == files


def test_a_changed_row_corrects_and_what_was_said_first_stays_readable(district: District) -> None:
    taken(hotline([order("26030201")]), "20260302")
    done = taken(hotline([order("26030201", 标题="夜间敲打", 渠道="网络")]), "20260303")
    assert states(done) == ["changed"]
    view = found("26030201")
    opening = view.horizon.facts[0]
    assert opening.fields["channel"] == "web" and (view.body(opening.entry) or {})["title"] == "夜间敲打"
    assert (view.body(1) or {})["title"] == "夜间噪声" and len(view.parties) == 1
    assert states(taken(hotline([order("26030201")]), "20260304")) == ["changed"], "and back again"
    assert states(taken(hotline([order("26030201", 诉求人="独孤求乙")]), "20260305")) == ["changed"]
    assert len(found("26030201").parties) == 2


def test_a_bad_row_is_refused_with_row_column_and_reason_and_nothing_of_it_is_kept(district: District) -> None:
    from fazhi.people.models import Party

    before = Party.objects.count()
    rows = [
        order("26030201", 联系电话="12"),
        order("26030202", 渠道="飞鸽"),
        order("26030203", 办结时间="昨天下午", 办理结果="解释说明"),
        order("26030204", 办结时间="2026-03-01", 办理结果="解释说明"),
        order("26030205", 受理时间="2099-01-01"),
        order("26030206", 回访时间="2026-03-02", 满意度="满意"),
        order("26030207"),
    ]
    done = taken(hotline(rows), "20260302")
    told = [(line["row"], line["state"], line["column"]) for line in done.receipt["lines"]]
    assert told == [
        (2, "refused", "联系电话"),
        (3, "refused", "渠道"),
        (4, "refused", "办结时间"),
        (5, "refused", "办结时间"),
        (6, "refused", "受理时间"),
        (7, "waiting", ""),
        (8, "opened", ""),
    ]
    assert matter_of("hotline", "26030201") is None and Party.objects.count() == before + 1
    written = done.path.read_text("utf-8")
    assert all(secret not in written for secret in (PERSON, PHONE, SENTENCE)) and json.loads(written) == done.receipt
    assert (done.receipt["accepted"], done.receipt["waiting"], done.receipt["refused"]) == (1, 1, 5)
    altered = done.receipt | {"accepted": 2}
    assert receipts.holds(done.receipt) and not receipts.holds(altered)


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (hotline([order("1")]).decode("gb18030").encode("utf-8"), "12345工单_20260302_1.txt", "GB18030"),
        ("工单编号|标题\r\n1|x\r\n".encode("gb18030"), "12345工单_20260302_1.txt", "缺少列"),
        (hotline([order("1")]), "昨天的.txt", "看不出是哪一天"),
        (hotline([order("1")]), "12345工单_20261399_1.txt", "不是日期"),
        (hotline([order("1")]), "12345工单_20990101_1.txt", "今天之后"),
        (b"", "12345工单_20260302_1.txt", "空的"),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(district: District, data: bytes, name: str, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        take(links.linked("hotline"), data, name)
    assert not File.objects.exists()


def test_the_file_itself_is_kept_under_a_key_and_can_be_read_again(district: District) -> None:
    data = hotline([order("26030201")])
    done = taken(data, "20260302")
    file = File.objects.get(pk=done.file)
    assert isinstance(file.stored, UUID) and archive.open(file.stored).data == data
    assert done.receipt["file_digest"] == file.digest


def test_a_row_that_comes_before_what_it_stands_on_waits_and_goes_in_by_itself(district: District) -> None:
    late = enforcement([step("执2026-7", 2, "立案", "2026-03-03", 违法行为="占道经营")])
    first = enforcement(
        [step("执2026-7", 1, "线索", "2026-03-02", 线索来源="行政检查", 说明="占道摆卖", 当事人="剑冢百货商行")]
    )
    assert states(taken(late, "20260303", "enforcement")) == ["waiting"]
    done = taken(first, "20260302", "enforcement")
    assert states(done) == ["opened"]
    assert [(line["row"], line["state"]) for line in done.receipt["earlier"]] == [(2, "recorded")]
    assert [fact.kind for fact in found("执2026-7", "enforcement").horizon.facts if fact.entry][-1] == "filed"


def test_what_we_did_and_they_tell_back_is_no_second_fact_and_a_dispute_is_for_people(district: District) -> None:
    taken(hotline([order("26030201"), order("26030202")]), "20260302")
    from datetime import date

    for number in ("26030201", "26030202"):
        district.record(found(number).id, "answered", "区政府", day=date(2026, 3, 9), outcome="explained")
    told = [
        order("26030201", 办结时间="2026-03-09", 办理结果="解释说明"),
        order("26030202", 办结时间="2026-03-10", 办理结果="支持"),
    ]
    done = taken(hotline(told), "20260310")
    assert states(done) == ["already", "refused"] and "对账" in done.receipt["lines"][1]["reason"]


def test_nobody_enters_for_a_unit_that_the_link_does_not_reach(district: District) -> None:
    one = links.linked("enforcement")
    taken(enforcement([step("执2026-7", 1, "线索", "2026-03-02", 线索来源="行政检查")]), "20260302", "enforcement")
    view = found("执2026-7", "enforcement")
    district.record(view.id, "transferred", "城管局", unit=str(district.units["莲花街道"]))
    done = taken(enforcement([step("执2026-7", 2, "立案", "2026-03-03")]), "20260303", "enforcement")
    assert states(done) == ["refused"] and "不能办理" in done.receipt["lines"][0]["reason"]
    assert one.actor.powers == frozenset() and ledger.read(view.id).head == view.head + 1
