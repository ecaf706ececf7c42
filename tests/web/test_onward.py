"""Handing a matter on from its page: the ways there are, the form, the chain on both pages, and on the holder's."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from district import District
from fazhi import ledger
from fazhi.desk.handing import hand_on
from fazhi.people import parties
from fazhi.people.actors import machine

AtDesk = Callable[..., Any]
TEXT = "预付两万元后停工，要求退款。"


def _received(district: District) -> Any:
    person = parties.register("citizen", "陈大文", "13800000000", "", "")
    return district.receive("信访局", TEXT, parties=(person,))


def test_the_page_leads_to_the_ways_and_a_form_that_shows_what_goes_along(at_desk: AtDesk, district: District) -> None:
    done, client = _received(district), at_desk("信访员")
    page = client.get(f"/office/matters/{done.matter}/").content.decode()
    assert f"/office/matters/{done.matter}/onward/" in page
    ways = client.get(f"/office/matters/{done.matter}/onward/").content.decode()
    assert "人民调解" in ways and "法律援助" in ways and "?into=appeal" not in ways
    form = client.get(f"/office/matters/{done.matter}/onward/?into=people_mediation").content.decode()
    assert TEXT in form and "陈××" in form and "陈大文" not in form


def test_handed_on_both_pages_show_the_chain_and_the_holder_is_told(
    at_desk: AtDesk, client: Any, district: District
) -> None:
    done, clerk = _received(district), at_desk("信访员")
    party = str(ledger.read(done.matter).parties[0])
    typed = {"into": "people_mediation", "origin": "applied", "on": "今天", "party": party, "key": uuid.uuid4().hex}
    answer = clerk.post(f"/office/matters/{done.matter}/onward/", typed | {"seen": str(ledger.read(done.matter).head)})
    assert answer.status_code == 302, answer.content.decode()
    below = ledger.read(done.matter).children[0]
    assert below.body(1) == {"text": TEXT}
    for one in (done.matter, below.id):
        page = clerk.get(f"/office/matters/{one}/").content.decode()
        assert "前后程序" in page and "人民调解" in page and "信访" in page and "本件" in page
    told = client.post("/follow/", {"number": done.query_number, "code": done.code})
    assert "转入其他程序" in told.content.decode() and "人民调解" in told.content.decode()


def test_what_the_other_procedure_needs_is_asked_and_nothing_typed_is_lost(at_desk: AtDesk, district: District) -> None:
    done, clerk = _received(district), at_desk("信访员")
    typed = {"into": "people_mediation", "on": "今天", "note": "双方都愿意调解", "key": "k", "seen": "2"}
    answer = clerk.post(f"/office/matters/{done.matter}/onward/", typed)
    assert answer.status_code == 422 and "双方都愿意调解" in answer.content.decode()
    assert not ledger.read(done.matter).children


def test_who_handed_on_and_who_received_know_kind_unit_and_number_of_each_other(
    at_desk: AtDesk, district: District
) -> None:
    done = _received(district)
    office = machine(district.units["信访局"])
    led = hand_on(
        office,
        done.matter,
        "people_mediation",
        fields={"origin": "applied"},
        unit=district.units["城管局"],
        seen=ledger.read(done.matter).head,
        key="h",
    )
    page = at_desk("城管员").get(f"/office/matters/{led.child}/").content.decode()
    told = page.partition('class="chain"')[2].partition("</ol>")[0]
    assert "信访局" in told and done.number in told and "不在您的权限之内" in told
    assert f"/office/matters/{done.matter}/" not in page

    district.clerk("信访一员", "信访局")
    district.grant("信访一员", "信访局")
    sender = at_desk("信访一员").get(f"/office/matters/{done.matter}/").content.decode()
    course = sender.partition('id="course"')[2].partition('id="acts"')[0]
    assert "城管局" in course and "编号" not in course and f"/office/matters/{led.child}/" not in sender
    whole = at_desk("信访员").get(f"/office/matters/{done.matter}/").content.decode()
    assert f'<a href="/office/matters/{led.child}/">人民调解</a>' in whole.partition('id="acts"')[0]


def test_of_a_matter_kept_internal_nothing_is_told_beside_that_it_is_there(at_desk: AtDesk, district: District) -> None:
    done = district.receive("信访局", TEXT, fields={"secrecy": "1"})
    office = machine(district.units["信访局"])
    below = hand_on(
        office, done.matter, "people_mediation", fields={"origin": "applied"}, unit=district.units["城管局"],
        seen=ledger.read(done.matter).head, key="h",
    )  # fmt: skip
    page = at_desk("城管员").get(f"/office/matters/{below.child}/").content.decode()
    assert "另一程序" in page and done.query_number not in page and done.number not in page
