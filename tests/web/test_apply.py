"""Applying online: legal aid with its papers instead of a form on paper, and several licences by one application."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from district import District
from fazhi import desk, ledger
from fazhi.people import holders, parties
from fazhi.people.actors import machine

TYPED = {
    "text": "被拖欠工资，请求指派律师。家庭月收入二千元。",
    "name": "赵小满",
    "phone": "13812345678",
    "consent": "yes",
}


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def number_and_code(page: str) -> tuple[str, str]:
    number = page.split('id="query-number">')[1].split("<")[0]
    return number, page.split('id="query-code">')[1].split("<")[0]


def test_legal_aid_is_applied_for_online_and_followed(client: Any, district: District) -> None:
    paper = SimpleUploadedFile("申请表.txt", "申请人赵小满".encode())
    answer = client.post("/apply/legal_aid/", TYPED | {"subject": "labour", "files": paper}, follow=True)
    page = answer.content.decode()
    number, code = number_and_code(page)
    matter = holders.prove(number, code)
    assert matter is not None
    view = ledger.read(matter)
    assert view.procedure == "legal_aid"
    said = view.entries[0].fields
    assert (said["basis"], said["channel"], said["subject"]) == ("applied", "online", "labour")
    assert said["files"] and view.body(1) == {"text": TYPED["text"]}
    assert len(parties.masked_many(view.parties)) == 1
    assert {clock.name for clock in view.horizon.clocks} >= {"decide"}
    followed = client.post("/follow/", {"number": number, "code": code}).content.decode()
    assert "法律援助" in followed and "赵小满" not in followed


def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client: Any, district: District) -> None:
    answer = client.post("/apply/legal_aid/", TYPED | {"name": "", "consent": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "申请须写明申请人" in page and "需要您同意" in page and TYPED["text"] in page


def test_one_application_is_guided_by_its_theme(client: Any, district: District) -> None:
    given = {"theme": "开餐馆", "items": "执照、食品经营", "materials": "一张表、一份承诺"}
    desk.receive(
        machine(district.units["信访局"]), "theme_service", kind="entered", day=date(2025, 1, 10), fields=given, key="t"
    )
    page = client.get("/apply/joint_application/").content.decode()
    assert all(word in page for word in given.values())
    answer = client.post("/apply/joint_application/", TYPED | {"theme": "开餐馆"}, follow=True)
    matter = holders.prove(*number_and_code(answer.content.decode()))
    assert matter is not None
    view = ledger.read(matter)
    assert (view.body(1) or {})["items"] == "执照、食品经营"
    assert view.entries[0].fields["listed"] == "found"


def test_nothing_else_is_open_here_and_the_guide_leads_there(client: Any, district: District) -> None:
    assert client.get("/apply/penalty/").status_code == 404
    assert "/apply/legal_aid/" in client.get("/guides/legal_aid/").content.decode()
    assert "/apply/" not in client.get("/guides/appeal/").content.decode()
