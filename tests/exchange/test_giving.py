"""What goes back to a partner: our acts alone, once, in files that follow one another and wait for their receipts."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from typing import Any

import pytest
from linked_district import laid
from partner_files import PERSON, PHONE, hotline, order

from district import District
from fazhi import archive, desk, ledger
from fazhi.exchange import links, look, receipts
from fazhi.exchange.entering import matter_of
from fazhi.exchange.giving import Given, give, receive_receipt
from fazhi.exchange.inbox import forget, run_all
from fazhi.exchange.models import File
from fazhi.exchange.numbers import put_number
from fazhi.exchange.taking import take
from fazhi.ledger.seal import seal_all
from fazhi.people.actors import machine

DAY = date(2026, 3, 10)


@pytest.fixture
def district(fresh_database: object) -> District:
    """What is given was sealed, and what is sealed was committed."""
    return laid()


@pytest.fixture
def hot(district: District) -> links.Linked:
    one = links.linked("hotline")
    take(one, hotline([order("26030201", 派单时间="2026-03-02"), order("26030202")]), "12345工单_20260302_1.txt")
    return one


def given(one: links.Linked, day: date = DAY) -> tuple[Given, list[list[str]]]:
    seal_all()
    done = give(one, day=day)
    return done, list(csv.reader(done.path.read_text("gb18030").splitlines(), delimiter="|"))


def answer(district: District, number: str, text: str = "已劝导。", outcome: str = "explained") -> int:
    view = matter_of("hotline", number)
    assert view is not None
    by = machine(district.units["区政府"])
    body, fields = {"text": text}, {"outcome": outcome}
    done = desk.record(by, view.id, "answered", day=DAY, fields=fields, body=body, seen=view.head, key=f"a/{number}")
    return done.seq


def test_only_what_we_did_goes_back_once_in_a_running_number(hot: links.Linked, district: District) -> None:
    first, rows = given(hot)
    assert (first.serial, rows) == (1, [["工单编号", "序号", "环节", "日期", "处理意见", "内容", "更正序号"]])
    seq = answer(district, "26030201", f"已告知{PERSON}，电话{PHONE}。")
    second, rows = given(hot)
    assert second.serial == 2 and rows[1][:5] == ["26030201", str(seq), "答复", "2026-03-10", "解释说明"]
    assert PERSON not in rows[1][5] and PHONE not in rows[1][5]
    assert given(hot)[0].repeated
    slip = json.loads(second.path.with_name(f"{second.name}.json").read_text("utf-8"))
    assert receipts.holds(slip) and slip["before"] == first.digest and slip["file_digest"] == second.digest

    view = matter_of("hotline", "26030201")
    assert view is not None
    desk.correct(
        machine(district.units["区政府"]), view.id, seq, fields={"outcome": "supported"}, seen=view.head, key="c"
    )
    rows = given(hot)[1]
    assert [row[4:] for row in rows[1:]] == [["支持", "", f"更正{seq}"]]


def test_a_matter_that_got_its_number_later_goes_back_whole(hot: links.Linked, district: District) -> None:
    given(hot)
    own = district.receive("区政府", procedure="hotline", day=date(2026, 3, 3))
    district.record(own.matter, "answered", "区政府", day=DAY, outcome="explained")
    given(hot)
    actor = machine(district.units["区政府"])
    put_number(actor, own.matter, hot.partner, "26030299", seen=ledger.read(own.matter).head, key="n")
    rows = given(hot)[1]
    assert [(row[0], row[2]) for row in rows[1:]] == [("26030299", "答复")]
    with pytest.raises(desk.Refused, match="另一件"):
        put_number(actor, own.matter, hot.partner, "26030201", seen=ledger.read(own.matter).head, key="m")


def test_their_receipt_is_read_back_and_its_absence_is_told(hot: links.Linked, district: District) -> None:
    answer(district, "26030201")
    done, _ = given(hot)
    assert not look.every_unanswered(), "the day of the receipt has not gone by"
    File.objects.filter(pk=done.file).update(made_at=ledger.now() - timedelta(days=4))
    assert [line.id for _, line in look.every_unanswered()] == [done.file]
    lines = [{"row": 2, "state": "refused", "reason": "工单已归档"}]
    said = {"file_digest": done.digest, "rows": 1, "lines": lines}
    with pytest.raises(receipts.BadReceipt, match="没有给过"):
        receive_receipt(hot, json.dumps(said | {"file_digest": "sm3:0"}))
    with pytest.raises(receipts.BadReceipt, match="不是回执"):
        receive_receipt(hot, "{}")
    receive_receipt(hot, json.dumps(said))
    assert not look.every_unanswered() and look.partner_line(hot).refused == 1
    with pytest.raises(receipts.BadReceipt, match="改动"):
        receive_receipt(hot, json.dumps(receipts.sign(said) | {"rows": 7}))


def test_the_folder_is_emptied_and_what_cannot_be_read_is_put_aside_with_the_reason(district: District) -> None:
    one = links.linked("hotline")
    place = links.folder(one.partner, "in")
    (place / "12345工单_20260302_1.txt").write_bytes(hotline([order("26030201")]))
    (place / "12345工单_20260303_1.txt").write_bytes(b"\xff\xff\xff")
    (place / "说明.doc").write_bytes(b"x")
    run_all()
    assert not list(place.iterdir()) and matter_of("hotline", "26030201")
    aside = {path.name for path in links.folder(one.partner, "refused").iterdir()}
    assert {"12345工单_20260303_1.txt", "12345工单_20260303_1.txt.原因.txt", "说明.doc", "说明.doc.原因.txt"} <= aside


def test_what_is_erased_leaves_the_kept_files_and_never_comes_back(district: District, hot: links.Linked) -> None:
    answer(district, "26030201")
    done, _ = given(hot)
    view = matter_of("hotline", "26030201")
    assert view is not None
    district.clerk("清除员", "区政府", "record", "erase")
    district.grant("清除员", "区政府", secrecy=2)
    desk.erase(district.actor("清除员", ledger.today()), party=view.parties[0], key="e")
    kept = [file.stored for file in File.objects.all()]
    assert forget() == 2 and not File.objects.exclude(stored=None).exists() and not done.path.exists()
    for stored in kept:
        assert stored is not None
        with pytest.raises(archive.Gone):
            archive.open(stored)
    again = take(hot, hotline([order("26030201", 标题="改过的标题")]), "12345工单_20260305_1.txt")
    assert [line["state"] for line in again.receipt["lines"]] == ["refused"]
    assert "清除" in again.receipt["lines"][0]["reason"]


def test_every_partner_page_reads_an_empty_file_and_gives_one(district: District) -> None:
    names: dict[str, Any] = {"credit": "XYXF20260302001.tsv", "court": "XZSS_20260302_1.csv"}
    for name, called in names.items():
        page = links.page_of(name)
        one = links.link(page, district.units["司法局"])
        heading = page.delimiter.join(page.columns) + "\r\n"
        assert take(one, heading.encode(page.encoding), called).receipt["rows"] == 0
        assert give(one, day=DAY).rows == 0
