"""GeoReport v2 as its specification demands it: every method, both forms, errors; nothing told that is not public."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from district import District
from fazhi import desk, ledger
from fazhi.api.open311.offered import topics
from fazhi.people import actors, holders, tokens
from fazhi.people.actors import machine

SENT = {
    "service_code": "appeal",
    "description": "小区门口的路灯坏了三盏。",
    "address_string": "明月路8号",
    "last_name": "王",
    "first_name": "小明",
    "phone": "13812345678",
    "email": "wang@example.cn",
}
SECRETS = ("小明", "13812345678", "wang@example.cn", "明月路8号", "路灯坏了三盏")
STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
MEMBERS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime", "address",
    "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


def send(client: Any, form: str = "json", **more: str) -> Any:
    return client.post(f"/open311/v2/requests.{form}", SENT | more)


def identity_of(answer: Any) -> str:
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()[0]["service_request_id"])


def answered(district: District, identity: str, words: str = "已经修好。") -> Any:
    """The request of an identity, answered by the office; its matter."""
    matter = holders.matter_of(identity.partition("-")[0])
    assert matter is not None
    clerk = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    seen = ledger.read(matter).head
    seen = desk.record(clerk, matter, "accepted", seen=seen, key="a").seq
    desk.record(clerk, matter, "answered", fields={"outcome": "explained"}, body={"text": words}, seen=seen, key="b")
    return matter


@pytest.mark.parametrize("form", ["xml", "json"])
def test_discovery_names_the_endpoint_the_specification_and_both_formats(client: Any, db: Any, form: str) -> None:
    answer = client.get(f"/open311/discovery.{form}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "http://wiki.open311.org/GeoReport_v2" in text and "/open311/v2" in text
    assert "text/xml" in text and "application/json" in text and "production" in text
    assert "utf-8" in answer["Content-Type"].lower()


def test_xml_declares_itself_and_says_the_same_as_json(client: Any, district: District) -> None:
    answer = client.get("/open311/v2/services.xml")
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert answer["Content-Type"].startswith("text/xml")
    root = ElementTree.fromstring(answer.content)
    told = [{part.tag: part.text or "" for part in service} for service in root]
    plain = client.get("/open311/v2/services.json").json()
    assert root.tag == "services" and {service.tag for service in root} == {"service"}
    as_text = [{key: str(value).lower() if value is True else value for key, value in one.items()} for one in plain]
    assert told == as_text


def test_every_service_has_what_the_list_must_tell_and_a_definition(client: Any, district: District) -> None:
    listed = client.get("/open311/v2/services.json").json()
    codes = [one["service_code"] for one in listed]
    assert codes[:2] == ["appeal", "hotline"]
    assert set(codes[2:]) == set(topics())
    for one in listed:
        assert set(one) == {"service_code", "service_name", "description", "metadata", "type", "keywords", "group"}
        assert one["type"] in {"realtime", "batch", "blackbox"} and isinstance(one["metadata"], bool)
        told = client.get(f"/open311/v2/services/{one['service_code']}.json").json()
        assert told["service_code"] == one["service_code"] and bool(told["attributes"]) == one["metadata"]
        for at, attribute in enumerate(told["attributes"], 1):
            assert attribute["order"] == at and isinstance(attribute["required"], bool)
            assert attribute["datatype"] in {
                "string",
                "number",
                "datetime",
                "text",
                "singlevaluelist",
                "multivaluelist",
            }
            assert ("values" in attribute) == attribute["datatype"].endswith("list")


def test_definition_in_xml_nests_attributes_and_values(client: Any, district: District) -> None:
    root = ElementTree.fromstring(client.get("/open311/v2/services/appeal.xml").content)
    assert root.tag == "service_definition"
    assert root.findall("attributes/attribute/values/value/key") and root.findall(
        "attributes/attribute/values/value/name"
    )


def test_a_request_becomes_an_appeal_with_its_words_place_and_party(client: Any, district: District) -> None:
    identity = identity_of(send(client, **{"attribute[joint]": "yes"}))
    matter = holders.matter_of(identity.partition("-")[0])
    assert matter is not None
    view = ledger.read(matter)
    body = view.body(1)
    assert view.procedure == "appeal" and view.unit == district.units["信访局"]
    assert body is not None and body["place"] == "明月路8号" and "wang@example.cn" in body["text"]
    assert view.entries[0].fields["joint"] == "yes" and view.entries[0].fields["channel"] == "web"
    assert len(view.parties) == 1


def test_a_service_of_a_topic_says_what_the_appeal_is_about(client: Any, district: District) -> None:
    from fazhi.triage.letter import read_letter
    from fazhi.triage.reading import understand
    from fazhi.triage.record import letter_of
    from fazhi.triage.topics import tree

    assert [told["topic"] for told in topics().values()] == sorted(
        tree().firsts, key=[told["topic"] for told in topics().values()].index
    )
    identity = identity_of(send(client, service_code="appeal_transport", description="请尽快处理，等了很久了。"))
    matter = holders.matter_of(identity.partition("-")[0])
    view = ledger.read(matter) if matter else None
    assert view is not None and view.procedure == "appeal"
    found = understand(letter_of(view), None)
    assert found.topic.first == "交通运输" and found.about.step == "confirm"
    assert understand(read_letter("请尽快处理，等了很久了。"), None).topic.first != "交通运输"
    (told,) = client.get(f"/open311/v2/requests/{identity}.json").json()
    assert told["service_code"] == "appeal_transport"


def test_a_point_is_a_place(client: Any, district: District) -> None:
    identity = identity_of(send(client, address_string="", lat="22.5431", long="114.0579"))
    matter = holders.matter_of(identity.partition("-")[0])
    body = ledger.read(matter).body(1) if matter else None
    assert body is not None and body["place"] == "北纬22.543100，东经114.057900"


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"service_code": ""}, 400),
        ({"service_code": "nothing"}, 404),
        ({"description": " "}, 400),
        ({"description": "字" * 4001}, 400),
        ({"address_string": ""}, 400),
        ({"address_string": "", "lat": "22"}, 400),
        ({"lat": "200", "long": "10"}, 400),
        ({"attribute[nothing]": "x"}, 400),
        ({"attribute[joint]": "perhaps"}, 400),
        ({"phone": "abc"}, 400),
        ({"jurisdiction_id": "elsewhere.example"}, 404),
        ({"api_key": "fazhi_wrong"}, 403),
    ],
)
@pytest.mark.parametrize("form", ["xml", "json"])
def test_what_cannot_be_taken_is_refused_with_code_and_words_and_nothing_is_kept(
    client: Any, district: District, wrong: dict[str, str], status: int, form: str
) -> None:
    from fazhi.ledger import query

    before = query.fetch("default", "select count(*) from ledger_matter")[0][0]
    answer = send(client, form, **wrong)
    assert answer.status_code == status, answer.content.decode()
    if form == "json":
        (error,) = json.loads(answer.content)
    else:
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "errors"
        error = {part.tag: part.text for part in root[0]}
    assert str(error["code"]) == str(status) and error["description"]
    assert query.fetch("default", "select count(*) from ledger_matter")[0][0] == before


def test_the_sender_follows_the_state_and_reads_the_reply(client: Any, district: District) -> None:
    identity = identity_of(send(client))
    (told,) = client.get(f"/open311/v2/requests/{identity}.json").json()
    assert set(told) == MEMBERS and told["status"] == "open" and told["service_code"] == "appeal"
    assert STAMP.fullmatch(told["requested_datetime"]) and STAMP.fullmatch(told["expected_datetime"])
    assert datetime.fromisoformat(told["requested_datetime"]).date() == ledger.today()
    answered(district, identity)
    root = ElementTree.fromstring(client.get(f"/open311/v2/requests/{identity}.xml").content)
    assert root.tag == "service_requests" and root[0].tag == "request"
    assert root[0].findtext("status_notes") == "已经修好。"


def test_an_identity_is_read_only_and_cannot_be_guessed(client: Any, district: District) -> None:
    identity = identity_of(send(client))
    number, _, mark = identity.partition("-")
    assert holders.prove(number, mark) is None
    other = number + "-" + ("0" if mark[0] != "0" else "1") + mark[1:]
    for wrong in (other, number, number + "-", mark, "nothing"):
        assert client.get(f"/open311/v2/requests/{wrong}.json").status_code == 404
    assert client.get(f"/open311/v2/requests.json?service_request_id={other}").json() == []


def test_the_answer_holds_the_code_of_the_portal_once_and_its_address_never(client: Any, district: District) -> None:
    answer = send(client)
    notice, identity = answer.json()[0]["service_notice"], identity_of(answer)
    found = re.search(r"查询编号 ([\d-]+)，查询码 ([0-9A-Z-]+)", notice)
    assert found is not None and holders.prove(found.group(1), found.group(2)) is not None
    assert found.group(2).replace("-", "") not in identity


def test_only_what_was_published_is_listed_and_it_is_masked(client: Any, district: District) -> None:
    identity = identity_of(send(client))
    matter = answered(district, identity)
    assert client.get("/open311/v2/requests.json").json() == []
    view = ledger.read(matter)
    seq = next(line.seq for line in view.entries if line.kind == "answered")
    done = desk.publish(
        machine(district.units["信访局"]), matter, seq, "来电13812345678反映的路灯已经修好。", title="关于路灯的答复",
        seen=view.head, key="p",
    )  # fmt: skip
    (told,) = client.get("/open311/v2/requests.json").json()
    assert told["description"] == "关于路灯的答复" and "13812345678" not in json.dumps(told)
    assert told["status"] == "closed" and told["agency_responsible"] == "信访局"
    assert client.get(f"/open311/v2/requests/{told['service_request_id']}.json").json() == [told]
    for asked in ("?status=open", "?service_code=hotline", f"?end_date={ledger.today() - timedelta(1)}T00:00:00Z"):
        assert client.get(f"/open311/v2/requests.json{asked}").json() == [], asked
    assert client.get("/open311/v2/requests.json?status=open,closed&service_code=appeal").json() == [told]
    desk.unpublish(machine(district.units["信访局"]), matter, done.seq, "内容有误", seen=done.seq, key="w")
    assert client.get("/open311/v2/requests.json").json() == []
    assert client.get(f"/open311/v2/requests/{told['service_request_id']}.json").status_code == 404


@pytest.mark.parametrize("asked", ["start_date=yesterday", "status=done"])
def test_a_list_asked_wrongly_is_refused(client: Any, district: District, asked: str) -> None:
    assert client.get(f"/open311/v2/requests.json?{asked}").status_code == 400


def test_without_a_key_there_is_a_limit_and_a_token_lifts_it(client: Any, district: District) -> None:
    for _ in range(20):
        assert send(client).status_code == 201
    assert send(client).status_code == 429
    clerk = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    until = ledger.today() + timedelta(30)
    assert send(client, api_key=tokens.issue(clerk, "随手拍", ["receive"], until, ledger.today())).status_code == 201
    assert send(client, api_key=tokens.issue(clerk, "看板", ["figures"], until, ledger.today())).status_code == 403


def test_a_token_of_the_specification_is_the_identity_itself(client: Any, district: District) -> None:
    identity = identity_of(send(client))
    told = client.get(f"/open311/v2/tokens/{identity}.json").json()
    assert told == [{"service_request_id": identity, "token": identity}]
    assert client.get("/open311/v2/tokens/123.xml").status_code == 404


def test_control_signs_and_markup_survive_as_text(client: Any, district: District) -> None:
    identity = identity_of(send(client, description="<b>&路灯\x0b坏了]]></b>"))
    answered(district, identity, "处理<完毕>&\x0b。")
    root = ElementTree.fromstring(client.get(f"/open311/v2/requests/{identity}.xml").content)
    assert root[0].findtext("status_notes") == "处理<完毕>&。"


def test_english_readers_get_english_names(client: Any, district: District) -> None:
    told = client.get("/open311/v2/services.json", headers={"accept-language": "en"}).json()
    assert [one["service_name"] for one in told][:2] == ["Petition (letters and visits)", "12345 hotline order"]
    assert "Petition (letters and visits): Environment" in {one["service_name"] for one in told}


def test_nothing_of_the_sender_is_in_any_list_or_definition(client: Any, district: District) -> None:
    identity = identity_of(send(client))
    for path in ("discovery.json", "v2/services.json", "v2/requests.json", f"v2/requests/{identity}.json"):
        text = client.get(f"/open311/{path}").content.decode()
        assert not [secret for secret in SECRETS if secret in text], path


def test_days_before_the_span_are_asked_for_by_name(client: Any, district: District) -> None:
    assert client.get(f"/open311/v2/requests.json?start_date={date(2020, 1, 1)}T00:00:00%2B08:00").json() == []
