"""Cases between agencies by wire: a program of the other organ hands one over, acts as its post may, reads it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from district import District
from fazhi import desk, ledger
from fazhi.people import actors, tokens
from fazhi.people.actors import machine


@pytest.fixture
def court(client: Any, district: District) -> Any:
    """A program in the post of the court's clerk, who sees three kinds of business of the justice office."""
    district.clerk("法院对接", "司法局", "record")
    kinds = {"administrative_mediation", "legal_aid", "agency_inquiry"}
    district.grant("法院对接", "司法局", kinds=kinds)
    actor = actors.actors_of(district.accounts["法院对接"], ledger.today())[0]
    purposes = ("read", "receive", "record")
    token = tokens.issue(actor, "法院办案系统", purposes, ledger.today() + timedelta(30), ledger.today())
    headers = {"authorization": f"Bearer {token}"}

    def call(path: str, sent: dict[str, Any] | None = None) -> Any:
        place = f"/api/v1/{path}"
        if sent is None:
            return json.loads(client.get(place, headers=headers).content)
        body = json.dumps(sent, ensure_ascii=False)
        answer = client.post(place, body, content_type="application/json", headers=headers)
        told = json.loads(answer.content)
        return {"status": answer.status_code} | told

    return call


def ours(district: District, told: str, *kinds: tuple[str, dict[str, str]]) -> None:
    """What the justice office itself records."""
    matter = UUID(told)
    for kind, fields in kinds:
        seen = ledger.read(matter).head
        key = f"ours/{kind}/{seen}"
        desk.record(machine(district.units["司法局"]), matter, kind, fields=fields, seen=seen, key=key)


def test_a_notice_for_counsel_comes_by_wire_and_the_naming_goes_back(court: Any, district: District) -> None:
    sent = {
        "procedure": "legal_aid", "fields": {"basis": "notified", "channel": "online", "subject": "criminal"},
        "body": {"text": "通知为被告人指派辩护律师。"}, "external_number": "刑初2026-1", "key": "notice-00001",
    }  # fmt: skip
    told = court("matters", sent)
    assert told["status"] == 201
    ours(district, told["id"], ("granted", {}), ("assigned_lawyer", {}))
    page = court(f"matters/{told['id']}")
    assert page["external_number"] == "刑初2026-1"
    assert "assigned_lawyer" in json.dumps(page, ensure_ascii=False)


def test_a_suit_is_handed_to_mediation_and_its_result_comes_back(court: Any, district: District) -> None:
    sent = {
        "procedure": "administrative_mediation", "fields": {"origin": "sent", "competence": "own"},
        "body": {"text": "诉前委派调解：征收补偿争议。"}, "external_number": "诉前2026-9", "key": "suit-00001",
    }  # fmt: skip
    told = court("matters", sent)
    assert told["status"] == 201
    ours(district, told["id"], ("accepted", {}))
    page = court(f"matters/{told['id']}")
    assert "accepted" in json.dumps(page, ensure_ascii=False) and page["external_number"] == "诉前2026-9"


def test_an_inquiry_leaves_its_trace_from_question_to_use(court: Any, district: District) -> None:
    sent = {
        "procedure": "agency_inquiry", "fields": {"from": "court", "basis": "民事诉讼法", "channel": "online"},
        "body": {"text": "查询当事人法律援助情况，用于缓交诉讼费。"}, "key": "inquiry-00001",
    }  # fmt: skip
    told = court("matters", sent)
    assert told["status"] == 201, told
    ours(district, told["id"], ("permitted", {}), ("supplied", {}))
    page = court(f"matters/{told['id']}")
    use = {"kind": "used", "seen": page["seen"], "key": "used-00001", "body": {"text": "已用于本案。"}}
    assert court(f"matters/{told['id']}/acts", use)["status"] == 200
    lines = ledger.read(UUID(told["id"])).entries
    assert [one.kind for one in lines if one.kind != "numbered"] == ["inquired", "permitted", "supplied", "used"]
    assert all(one.recorded_at and one.unit for one in lines)
