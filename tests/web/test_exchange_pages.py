"""The pages of files exchanged: taken, told row by row, compared, settled; numbers and duplicates on a matter."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from partner_files import PERSON, PHONE, SENTENCE, hotline, order

from district import District
from fazhi import ledger
from fazhi.exchange import links
from fazhi.exchange.entering import matter_of
from fazhi.exchange.models import Settlement
from fazhi.exchange.taking import take


@pytest.fixture
def one(district: District) -> links.Linked:
    made = links.link(links.page_of("hotline"), district.units["区政府"])
    take(made, hotline([order("26030201"), order("26030202", 渠道="飞鸽")]), "12345工单_20260302_1.txt")
    return made


def text_of(answer: Any) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def view_of(number: str) -> Any:
    view = matter_of("hotline", number)
    assert view is not None
    return view


def test_a_file_is_taken_and_every_row_told(one: links.Linked, district: District, at_desk: Any) -> None:
    client = at_desk("信访员")
    assert "12345热线平台" in text_of(client.get("/office/exchange/"))
    sent = SimpleUploadedFile("12345工单_20260303_1.txt", hotline([order("26030203"), order("", 联系电话="12")]))
    answer = client.post("/office/exchange/hotline/", {"verb": "take", "take": sent}, follow=True)
    told = text_of(answer)
    assert "登记 1 行，待补 0 行，未收 1 行" in told and "不知道是哪一件" in told
    assert not any(secret in told for secret in (PERSON, PHONE, SENTENCE))
    receipt = client.get(answer.redirect_chain[-1][0] + "receipt.json")
    assert receipt.json()["refused"] == 1 and "attachment" in receipt["Content-Disposition"]
    wrong = SimpleUploadedFile("别的.txt", b"x")
    refused = client.post("/office/exchange/hotline/", {"verb": "take", "take": wrong})
    assert refused.status_code == 422 and "看不出是哪一天" in text_of(refused)
    assert "请选择文件" in text_of(client.post("/office/exchange/hotline/", {"verb": "receipt"}))


def test_who_has_no_right_to_the_unit_finds_no_such_page(one: links.Linked, district: District, at_desk: Any) -> None:
    client = at_desk("城管员")
    assert "还没有对接的系统" in text_of(client.get("/office/exchange/"))
    assert client.get("/office/exchange/hotline/").status_code == 404
    sent = SimpleUploadedFile("12345工单_20260303_1.txt", hotline([order("26030203")]))
    assert client.post("/office/exchange/hotline/", {"verb": "take", "take": sent}).status_code == 404
    assert matter_of("hotline", "26030203") is None


def test_both_sides_are_compared_and_a_matter_of_ours_gets_their_number(
    one: links.Linked, district: District, at_desk: Any
) -> None:
    client = at_desk("信访员")
    own = district.receive("区政府", procedure="hotline")
    sent = SimpleUploadedFile("清单.txt", hotline([order("26030201"), order("26030209")]))
    days = {"since": "2026-03-01", "until": "2026-03-31"}
    answer = client.post("/office/exchange/hotline/", {"verb": "compare", "list": sent, **days}, follow=True)
    told = text_of(answer)
    assert "对方 2 件，我方 1 件" in told and "26030209" in told
    address = answer.redirect_chain[-1][0]
    from fazhi.exchange.models import Difference

    line = Difference.objects.get()
    settled = {"difference": line.pk, "how": "recorded", "matter": own.number, "reason": "我方先收到"}
    told = text_of(client.post(address, settled, follow=True))
    assert "没有要处理的差异" in told and view_of("26030209").id == own.matter
    assert Settlement.objects.get().matter == own.matter
    lost = {"difference": line.pk, "how": "recorded", "matter": "没有这件", "reason": "x"}
    assert "没有找到这一事项" in text_of(client.post(address, lost, follow=True))
    assert "26030209" in text_of(client.get(f"/office/matters/{own.matter}/"))


def test_a_matter_bears_several_numbers_and_is_found_by_each(
    one: links.Linked, district: District, at_desk: Any
) -> None:
    client, view = at_desk("信访员"), view_of("26030201")
    sent = {"system": "court", "number": "（2026）示行初7号", "seen": view.head, "key": "k"}
    told = text_of(client.post(f"/office/matters/{view.id}/elsewhere/", sent, follow=True))
    assert "外部编号已登记" in told and "26030201" in told and "（2026）示行初7号" in told
    for number in ("26030201", "（2026）示行初7号"):
        assert str(view.id) in client.get("/office/matters/", {"q": number}).content.decode()
    again = {"system": "", "number": "x", "seen": view.head, "key": "j"}
    assert "请选择是哪个系统" in text_of(client.post(f"/office/matters/{view.id}/elsewhere/", again, follow=True))


def test_a_second_registration_is_joined_from_the_page_and_parted_again(
    one: links.Linked, district: District, at_desk: Any
) -> None:
    client, first = at_desk("信访员"), view_of("26030201")
    from datetime import date

    second = district.receive("区政府", SENTENCE, procedure="hotline", day=date(2026, 3, 4))
    sent = {"first": "26030201", "seen": ledger.read(second.matter).head, "key": "k"}
    told = text_of(client.post(f"/office/matters/{second.matter}/duplicate/", sent, follow=True))
    assert "已合为一件" in told and "重复登记，已并入" in told
    assert "同一件的其他登记" in text_of(client.get(f"/office/matters/{first.id}/"))
    assert ledger.read(second.matter).horizon.closed is not None
    sent = {"part": "yes", "seen": ledger.read(second.matter).head, "key": "p"}
    told = text_of(client.post(f"/office/matters/{second.matter}/duplicate/", sent, follow=True))
    assert "单独计数" in told and ledger.read(second.matter).horizon.closed is None
    late = {"first": second.number, "seen": view_of("26030201").head, "key": "late"}
    told = text_of(client.post(f"/office/matters/{first.id}/duplicate/", late, follow=True))
    assert "会推迟期限" in told


def test_two_people_are_found_to_be_one_on_their_page(district: District, at_desk: Any) -> None:
    from fazhi.people import parties, sameness
    from fazhi.people.models import Look

    one = parties.register("citizen", PERSON, PHONE)
    other = parties.register("citizen", PERSON, PHONE, address="东街7号")
    district.receive("信访局", parties=(one,))
    district.receive("信访局", "另一件", parties=(other,))
    client = at_desk("信访员")
    told = text_of(client.get("/office/people/same/"))
    assert "独孤××" in told and PERSON not in told and "姓名和电话相同" in told
    pair = {"one": str(one), "other": str(other)}
    seen = text_of(client.post("/office/people/same/", pair | {"verb": "reveal", "purpose": "核实是否同一人"}))
    assert PERSON in seen and "东街7号" in seen and Look.objects.count() == 2
    silent = text_of(client.post("/office/people/same/", pair | {"verb": "reveal", "purpose": ""}, follow=True))
    assert PERSON not in silent and "须说明用途" in silent
    sent = pair | {"verb": "find", "ground": "contact", "key": "k"}
    assert "已认定为同一人" in text_of(client.post("/office/people/same/", sent, follow=True))
    assert sameness.same_as([one]) == {one, other}
    told = text_of(client.post("/office/people/same/", pair | {"verb": "part", "key": "p"}, follow=True))
    assert "认定已撤销" in told and sameness.same_as([one]) == {one}
    stranger = at_desk("街道员")
    assert "独孤××" not in text_of(stranger.get("/office/people/same/"))
    assert "不在您的权限之内" in text_of(stranger.post("/office/people/same/", sent, follow=True))
