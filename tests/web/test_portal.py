"""The portal: lodging without an account, following by number and code, and the holder's acts."""

from __future__ import annotations

import re
import uuid
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from reading import read

from district import District
from fazhi import desk, ledger
from fazhi.people import holders, parties
from fazhi.people.actors import machine

TEXT = "小区门口的路灯坏了三盏，晚上看不清路。"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def lodge(client: Any, **more: str) -> Any:
    typed = {"text": TEXT, "consent": "yes", "key": uuid.uuid4().hex} | more
    sent = {name: value for name, value in typed.items() if value is not None}
    return client.post("/lodge/", sent, follow=True)


def number_and_code(page: str) -> tuple[str, str]:
    number = page.split('id="query-number">')[1].split("<")[0]
    return number, page.split('id="query-code">')[1].split("<")[0]


def test_lodging_gives_number_code_and_the_day_promised(client: Any, district: District) -> None:
    answer = lodge(client, name="王小明", phone="13812345678", place="明月路")
    page = answer.content.decode()
    number, code = number_and_code(page)
    matter = holders.prove(number, code)
    assert answer.status_code == 200 and matter is not None
    assert "最迟" in page and "告诉您是否受理" in page and "60日内给您答复" in page
    assert "第二十三条" in page and "<svg" in page and TEXT in page and "信访局" in page
    view = ledger.read(matter)
    assert view.body(1) == {"text": TEXT, "place": "明月路"}
    assert view.unit == district.units["信访局"]
    assert "no-store" in answer["Cache-Control"]


def test_a_foreign_number_is_taken_and_a_number_without_a_name_is_not_lost(client: Any, district: District) -> None:
    page = lodge(client, phone="+44 20 7946 0958").content.decode()
    matter = holders.prove(*number_and_code(page))
    assert matter is not None and "您没有留姓名" in page
    assert ledger.read(matter).parties == parties.find(phone="+442079460958") != ()


def test_the_code_stays_for_a_while_in_the_browser_that_lodged_and_in_no_address(
    client: Any, district: District
) -> None:
    answer = lodge(client, key="once")
    number, code = number_and_code(answer.content.decode())
    assert [status for _, status in answer.redirect_chain] == [302]
    assert code not in str(answer.redirect_chain) and code.replace("-", "") not in str(client.cookies)
    assert number_and_code(client.get("/lodge/done/").content.decode()) == (number, code)
    client.post("/lodge/done/")
    gone = client.get("/lodge/done/").content.decode()
    assert code not in gone and "不再显示查询码" in gone


def test_the_same_form_sent_twice_is_one_matter_and_loses_no_code(client: Any, district: District) -> None:
    from django.test import Client

    number, code = number_and_code(lodge(client, key="same").content.decode())
    assert number_and_code(lodge(client, key="same").content.decode()) == (number, code)
    elsewhere = lodge(Client(), key="same").content.decode()
    assert number in elsewhere and "query-code" not in elsewhere


def test_holders_read_their_own_words_until_these_are_erased(client: Any, district: District) -> None:
    number, code = number_and_code(lodge(client).content.decode())
    holder = {"number": number, "code": code}
    client.post("/follow/add/", holder | {"text": "今天又灭了一盏。", "key": "a1"})
    told = client.post("/follow/", holder).content.decode()
    assert TEXT in told and "今天又灭了一盏。" in told
    matter = holders.prove(number, code)
    assert matter is not None
    district.clerk("清除员", "信访局", "record", "erase")
    district.grant("清除员", "信访局")
    desk.erase(district.actor("清除员", ledger.today()), matter=matter, entries=[1], reason="request", key="e")
    told = client.post("/follow/", holder).content.decode()
    assert TEXT not in told and "内容已依法清除" in told and "今天又灭了一盏。" in told


def test_consent_is_asked_for_with_a_name_and_not_without(client: Any, district: District) -> None:
    page = client.get("/lodge/").content.decode()
    assert page.index('name="consent"') < page.index('id="near"') < page.index("button-big")
    assert lodge(client, consent="", name="王小明").status_code == 422
    assert 'id="query-number"' in lodge(client, consent="").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": "短"}, "至少几个字"),
        ({"consent": "", "phone": "13812345678"}, "请勾选这一项"),
        ({"phone": "12", "name": "王小明"}, "电话"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    client: Any, district: District, wrong: dict[str, str], says: str
) -> None:
    answer = lodge(client, **{"place": "明月路12号"} | wrong)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and says in page and 'aria-invalid="true"' in page
    assert read(page).inputs["place"] == "明月路12号"
    assert read(page).inputs["text"] == wrong.get("text", TEXT)


def test_the_trap_catches_programs_and_the_limit_holds(client: Any, district: District) -> None:
    assert lodge(client, website="http://spam.example").status_code == 400
    answers = [lodge(client).status_code for _ in range(21)]
    assert answers[0] == 200 and answers[-1] == 429


def test_wrong_number_and_wrong_code_look_alike(client: Any, district: District) -> None:
    number, code = number_and_code(lodge(client).content.decode())
    token = 'name="csrfmiddlewaretoken"'
    pages = [
        client.post("/follow/", {"number": one, "code": two})
        for one, two in ((number, "AAA-AAA-AAAA"), ("250101-0000-0000", code))
    ]
    assert {page.status_code for page in pages} == {403}
    texts = [" ".join(read(page.content).words) for page in pages]
    assert texts[0] == texts[1] and token in pages[0].content.decode()


def test_too_many_tries_are_stopped(client: Any, district: District) -> None:
    number, _ = number_and_code(lodge(client).content.decode())
    answers = [client.post("/follow/", {"number": number, "code": "AAAAAAAAAA"}).status_code for _ in range(11)]
    assert answers[-1] == 429


def test_the_holder_follows_adds_reads_the_reply_and_rates(client: Any, district: District) -> None:
    number, code = number_and_code(lodge(client).content.decode())
    holder = {"number": number.lower(), "code": code.lower().replace("-", " ")}
    page = client.post("/follow/", holder).content.decode()
    assert (
        "已收到您提交的内容" in page
        and "告诉您是否受理" in page
        and number in page
        and "为什么是这一天" in page
        and "第二十三条" in page
    )
    added = client.post("/follow/add/", holder | {"text": "今天又灭了一盏。", "key": "a1"}).content.decode()
    assert "补充的情况已经收到" in added and "正在看是否受理 · 您补充的情况已收到" in added
    matter = holders.prove(number, code)
    assert matter is not None
    office = machine(district.units["信访局"])
    for kind, fields, text in (
        ("accepted", {"nature": "claim"}, ""),
        ("answered", {"outcome": "supported"}, "路灯已修好。"),
        ("answer_delivered", {}, ""),
    ):
        seen = ledger.read(matter).head
        desk.record(office, matter, kind, fields=fields, body={"text": text}, seen=seen, key=kind)
    told = client.post("/follow/", holder).content.decode()
    assert "路灯已修好。" in told and "您满意吗" in told
    refused = client.post("/follow/rate/", holder | {"stars": "9", "text": "谢谢", "key": "r0"})
    assert refused.status_code == 422 and "谢谢" in refused.content.decode()
    rated = client.post("/follow/rate/", holder | {"stars": "5", "text": "谢谢", "key": "r1"}).content.decode()
    assert "评价已经记下" in rated
    assert ledger.read(matter).entries[-1].fields["stars"] == "5"


def test_withdrawing_closes_and_what_may_not_be_done_says_so(client: Any, district: District) -> None:
    number, code = number_and_code(lodge(client).content.decode())
    holder = {"number": number, "code": code}
    gone = client.post("/follow/withdraw/", holder | {"text": "已经修好", "key": "w1"}).content.decode()
    assert "已经撤回" in gone and "确认撤回" not in gone
    again = client.post("/follow/withdraw/", holder | {"text": "再撤一次", "key": "w2"})
    assert again.status_code == 422


def test_nobody_acts_without_the_code(client: Any, district: District) -> None:
    number, code = number_and_code(lodge(client).content.decode())
    matter = holders.prove(number, code)
    assert matter is not None
    for verb in ("add", "withdraw", "rate"):
        typed = {"number": number, "code": "AAAAAAAAAA", "text": "冒名", "stars": "1", "key": verb}
        assert client.post(f"/follow/{verb}/", typed).status_code == 403
    assert {line.kind for line in ledger.read(matter).entries} <= {"received", "numbered"}


def test_a_publication_is_listed_opened_fed_and_masked(client: Any, district: District) -> None:
    matter = district.receive("城管局").matter
    seen = ledger.read(matter).head
    office = machine(district.units["城管局"])
    text = "已答复，联系电话13812345678。"
    desk.publish(office, matter, 1, text, title="路灯维修情况", seen=seen, key="p")
    listed = client.get("/gazette/").content.decode()
    address = re.findall(r'href="/gazette/([^"./]+/)"', listed)[-1]
    assert "路灯维修情况" in listed and "13812345678" not in listed
    opened = client.get(f"/gazette/{address}").content.decode()
    assert "已答复" in opened and "13812345678" not in opened
    feed = client.get("/gazette/feed.atom")
    assert feed["Content-Type"].startswith("application/atom+xml") and "路灯维修情况" in feed.content.decode()
    found, none = (client.get("/gazette/", {"q": words}).content.decode() for words in ("路灯", "公司"))
    assert "找到 1 条" in found and "没有找到" in none
    assert client.get("/gazette/nothing/").status_code == 404
    assert client.get("/gazette/?after=nonsense").status_code == 404
