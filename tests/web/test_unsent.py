"""Drafts of long forms: kept for one person alone, sealed, offered back with their time, gone once sent or too old."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from district import District
from fazhi import ledger
from fazhi.ledger import query
from fazhi.people import unsent

TEXT = "写到一半的答复，还没有想好。"
KEEP, FORM = "/office/drafts/keep/", "receive/appeal"
QUIET = {"X-Requested-With": "fetch"}


@pytest.fixture
def matter(district: District) -> UUID:
    return district.receive("信访局").matter


def test_a_draft_is_offered_back_and_fills_the_form(at_desk: Any) -> None:
    client = at_desk("信访员")
    page = client.get("/office/receive/?kind=appeal").content.decode()
    form = re.search(r'name="draft_form" value="([^"]+)"', page)[1]
    back = re.search(r'name="draft_back" value="([^"]+)"', page)[1]
    answer = client.post(KEEP, {"draft_form": form, "draft_back": back, "text": TEXT, "key": "k", "channel": "visit"})
    assert (answer.status_code, answer["Location"]) == (302, back)
    page = client.get(back).content.decode()
    assert "写的还没有提交" in page and "已存为草稿" in page and TEXT not in page
    resume = re.search(r'href="([^"]+)">接着写', page)[1].replace("&amp;", "&")
    assert TEXT in client.get(resume).content.decode()


def test_nobody_else_ever_sees_it(at_desk: Any, district: District) -> None:
    at_desk("信访员").post(KEEP, {"draft_form": FORM, "text": TEXT})
    other = at_desk("城管员")
    for page in ("/office/receive/?kind=appeal", "/office/receive/?kind=appeal&draft=yes", "/office/"):
        told = other.get(page).content.decode()
        assert TEXT not in told and "写的还没有提交" not in told
    assert unsent.find(district.accounts["城管员"], FORM) is None
    ((sealed,),) = query.fetch("default", "select sealed from people_unsent", [])
    assert TEXT.encode() not in bytes(sealed)


def test_typing_is_kept_quietly_and_an_empty_form_is_not(at_desk: Any, district: District) -> None:
    client, account = at_desk("信访员"), district.accounts["信访员"]
    told = client.post(KEEP, {"draft_form": FORM, "text": TEXT}, headers=QUIET).json()["told"]
    assert told.startswith("已自动存草稿")
    assert client.post(KEEP, {"draft_form": "receive/penalty", "text": " "}, headers=QUIET).json()["told"] == ""
    assert [form for form, _at in unsent.begun(account)] == [FORM]
    long = client.post(KEEP, {"draft_form": FORM, "text": "长" * unsent.LONGEST}, headers=QUIET)
    assert long.status_code == 422 and "没有存为草稿" in long.json()["told"]
    assert unsent.find(account, FORM).typed["text"] == TEXT


def test_an_act_begun_is_found_on_its_matter_and_gone_once_recorded(at_desk: Any, matter: UUID) -> None:
    client, home = at_desk("信访员"), f"/office/matters/{matter}/"
    client.post(KEEP, {"draft_form": f"act/{matter}/noted", "draft_back": home, "text": TEXT, "on": "今天"})
    page = client.get(home).content.decode()
    assert "写的还没有提交" in page and "接着写" in page
    assert TEXT in client.get(f"{home}?act=noted&draft=yes").content.decode()
    said = {"kind": "noted", "on": "今天", "text": TEXT, "seen": ledger.read(matter).head, "key": "n"}
    assert client.post(f"{home}record/", said).status_code == 302
    page = client.get(home).content.decode()
    assert "写的还没有提交" not in page


def test_a_received_matter_leaves_no_draft_and_a_refused_one_keeps_it(at_desk: Any, district: District) -> None:
    client, account = at_desk("信访员"), district.accounts["信访员"]
    client.post(KEEP, {"draft_form": FORM, "text": TEXT})
    form = "/office/receive/?kind=appeal"
    assert client.post(form, {"text": "", "on": "今天", "channel": "visit", "key": "k"}).status_code == 422
    assert unsent.find(account, FORM) is not None
    assert client.post(form, {"text": TEXT, "on": "今天", "channel": "visit", "key": "k"}).status_code == 200
    assert unsent.find(account, FORM) is None


def test_a_draft_can_be_given_up_and_an_old_one_is_forgotten(at_desk: Any, district: District) -> None:
    client, account = at_desk("信访员"), district.accounts["信访员"]
    for form in (FORM, "rule"):
        client.post(KEEP, {"draft_form": form, "text": TEXT})
    away = client.post("/office/drafts/drop/", {"draft_form": FORM, "draft_back": "https://evil.example/"})
    assert away["Location"] == "/office/"
    assert [form for form, _at in unsent.begun(account)] == ["rule"]
    old = timezone.now() - timedelta(days=unsent.DAYS, minutes=1)
    query.run("default", "update people_unsent set kept = %s", [old])
    assert unsent.find(account, "rule") is None
    assert unsent.forget_old() == 1


@pytest.mark.parametrize("path", ["/office/registers/campaign/new/", "/office/matters/{matter}/correct/1/"])
def test_forms_of_lines_and_corrections_keep_drafts_too(at_desk: Any, matter: UUID, path: str) -> None:
    client = at_desk("信访员")
    page = client.get(path.format(matter=matter)).content.decode()
    form, back = (re.search(f'name="draft_{name}" value="([^"]+)"', page)[1] for name in ("form", "back"))
    client.post(KEEP, {"draft_form": form, "draft_back": back.replace("&amp;", "&"), "name": TEXT, "text": TEXT})
    resume = re.search(r'href="([^"]+)">接着写', client.get(back.replace("&amp;", "&")).content.decode())[1]
    assert TEXT in client.get(resume.replace("&amp;", "&")).content.decode()


def test_what_is_erased_leaves_no_draft_about_it(at_desk: Any, matter: UUID, district: District) -> None:
    from fazhi import desk

    district.clerk("清除员", "信访局", "record", "erase")
    district.grant("清除员", "信访局", secrecy=2)
    at_desk("信访员").post(KEEP, {"draft_form": f"act/{matter}/noted", "text": TEXT})
    desk.erase(district.actor("清除员", ledger.today()), matter=matter, entries=[1], key="erase")
    assert unsent.begun(district.accounts["信访员"]) == ()
