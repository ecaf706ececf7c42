"""The office interface: what a token may, what it may not, and that it tells no more than the post's own pages."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from calling import Caller, token_of

from district import District
from fazhi import ledger
from fazhi.people import actors, tokens
from fazhi.reach import grants

SENTENCE = "蛤蟆功第七密不外传"
NAME, PHONE = "欧阳锋甲", "13912340007"


def opened(caller: Caller, key: str = "external-0001") -> Any:
    status, told = caller.post(
        "matters",
        {
            "procedure": "appeal",
            "fields": {"channel": "web"},
            "body": {"text": SENTENCE, "place": "明月路"},
            "parties": [{"name": NAME, "phone": PHONE}],
            "external_number": "执2026-77",
            "key": key,
        },
    )
    assert status == 201, told
    return told


def test_a_matter_is_received_read_and_acted_upon(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    told = opened(caller)
    assert told["query_number"] and told["code"] and not told["repeated"]
    status, page = caller.get(f"matters/{told['id']}")
    assert status == 200 and page["external_number"] == "执2026-77" and page["seen"] == told["seen"]
    assert "accepted" in {act["kind"] for act in page["acts"] if not act["barred"]}
    assert page["clocks"][0]["due"] and page["clocks"][0]["source"] and page["clocks"][0]["status"]
    act = {"kind": "accepted", "seen": page["seen"], "key": "accept-0001"}
    status, done = caller.post(f"matters/{told['id']}/acts", act)
    assert status == 200 and done["seen"] > page["seen"]
    assert caller.post(f"matters/{told['id']}/acts", act)[1]["repeated"]
    view = ledger.read(UUID(told["id"]))
    assert [line.kind for line in view.entries][-1] == "accepted" and view.entries[-1].account is not None


def test_the_same_key_again_is_the_same_matter_without_its_code(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    first, again = opened(caller), opened(caller)
    assert again["id"] == first["id"] and again["repeated"] and not again["code"]


def test_who_was_slower_is_told_and_nothing_is_lost(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    told = opened(caller)
    assert (
        caller.post(f"matters/{told['id']}/acts", {"kind": "accepted", "seen": told["seen"], "key": "first-one"})[0]
        == 200
    )
    status, problem = caller.post(f"matters/{told['id']}/acts", {"kind": "extended", "seen": 1, "key": "second-one"})
    assert status == 409 and problem["detail"] and problem["status"] == 409


def test_what_the_law_bars_is_refused_with_its_findings(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    told = opened(caller)
    status, problem = caller.post(
        f"matters/{told['id']}/acts", {"kind": "rechecked", "seen": told["seen"], "key": "too-early-1"}
    )
    assert status == 422 and problem["findings"][0]["severity"] == "barred" and problem["findings"][0]["message"]


@pytest.mark.parametrize(
    ("scope", "calls"),
    [
        ("figures", ("matters", "desk", "registers/campaign")),
        ("read", ("figures", "figures/appeal_received")),
    ],
)
def test_a_token_is_good_for_its_purposes_only(
    client: Any, district: District, scope: str, calls: tuple[str, ...]
) -> None:
    caller = Caller(client, token_of(district, "信访员", scope))
    for path in calls:
        status, problem = caller.get(path)
        assert status == 403 and "用途" in problem["detail"] and "not issued for “re" in problem["detail_en"], path
    assert caller.post("matters", {"procedure": "appeal", "key": "12345678"})[0] == 403


def test_a_log_in_is_no_token_and_an_ended_one_is_none_either(client: Any, district: District) -> None:
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=district.accounts["信访员"]))
    assert client.get("/api/v1/matters").status_code == 401
    actor = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    for wrong in ("", "fazhi_", "fazhi_" + "x" * 43):
        assert Caller(client, wrong).get("me")[0] == 401
    token = token_of(district)
    assert Caller(client, token).get("me")[0] == 200
    (line,) = tokens.of_account(actor.account) if actor.account else ()
    assert tokens.withdraw(actor, line.id) and Caller(client, token).get("me")[0] == 401
    assert tokens.prove(token_of(district), ledger.today() + timedelta(30)) is None


def test_rights_follow_the_post_from_the_next_call_on(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    told = opened(caller)
    assert caller.get(f"matters/{told['id']}")[0] == 200
    actor = actors.actors_of(district.accounts["信访员"], ledger.today())[0]
    for line in grants.given():
        if line.post == actor.post:
            grants.end(line.number, day=ledger.today())
    status, problem = caller.get(f"matters/{told['id']}")
    assert status == 404 and SENTENCE not in json.dumps(problem, ensure_ascii=False)


def test_another_unit_learns_nothing_anywhere(client: Any, district: District) -> None:
    told = opened(Caller(client, token_of(district)))
    district.clerk("外人", "城管局", "record", "reveal")
    district.grant("外人", "城管局")
    stranger = Caller(client, token_of(district, "外人"))
    own = Caller(client, token_of(district))
    assert own.get(f"matters?q={SENTENCE}")[1]["items"]
    for path in ("matters", f"matters?q={SENTENCE}", f"matters?q={PHONE}", f"matters?q={NAME}", "desk"):
        status, page = stranger.get(path)
        text = json.dumps(page, ensure_ascii=False)
        assert status == 200 and told["id"] not in text and told["query_number"] not in text, path
    assert stranger.get(f"matters/{told['id']}")[0] == 404
    act = {"kind": "accepted", "seen": 1, "key": "stranger-1"}
    assert stranger.post(f"matters/{told['id']}/acts", act)[0] == 404


def test_personal_data_is_masked_in_every_answer(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    told = opened(caller)
    for path in ("matters", f"matters/{told['id']}", "desk"):
        text = json.dumps(caller.get(path)[1], ensure_ascii=False)
        assert PHONE not in text, path


def test_figures_are_those_of_the_office(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    status, told = caller.get(f"figures?cutoff={ledger.today()}")
    assert status == 200 and {one["name"] for one in told} == set(ledger.rulebook().indicators)
    (one,) = [one for one in told if one["name"] == "appeal_received"]
    assert caller.get("figures/appeal_received")[1]["fingerprint"] == one["fingerprint"]
    assert caller.get("figures/nothing")[0] == 404
    assert caller.get("figures/appeal_received?start=2020-01-01&cutoff=2026-01-01")[0] == 422


def test_wrong_calls_are_told_what_is_wrong(client: Any, district: District) -> None:
    caller = Caller(client, token_of(district))
    assert caller.get("desk?bucket=nothing")[0] == 422
    assert caller.get("matters?after=nonsense")[0] == 422
    assert caller.get("registers/appeal")[0] == 404
    status, problem = caller.post("matters", {"procedure": "nothing", "key": "12345678"})
    assert status == 422 and "appeal" in problem["detail"]
    status, problem = caller.post("matters", {"procedure": "appeal"})
    assert status == 422 and "key" in problem["detail"]
    bad = {"procedure": "appeal", "key": "12345678", "parties": [{"name": "王", "id_number": "1"}]}
    assert caller.post("matters", bad)[0] == 422


def test_the_description_names_every_call_with_its_answers_and_the_token(client: Any, db: Any) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.") and told["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
    operations = [one for path in told["paths"].values() for one in path.values()]
    assert {one["operationId"] for one in operations} == {
        "me", "find_matters", "read_matter", "receive_matter", "record_act", "read_desk", "read_figures", "read_figure",
        "read_register", "tell_balances",
    }  # fmt: skip
    assert all(one["security"] == [{"Bearer": []}] and one["summary"] for one in operations)


def test_the_page_of_tokens_tells_one_once_and_ends_it(client: Any, district: District) -> None:
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=district.accounts["信访员"]))
    assert client.post("/office/tokens/", {"title": "取数", "until": "明天"}).status_code == 422
    page = client.post("/office/tokens/", {"title": "取数", "until": "明天", "scope-read": "yes"}).content.decode()
    token = page.split('id="token">')[1].split("<")[0]
    assert Caller(client, token).get("me")[1]["scopes"] == ["read"]
    again = client.get("/office/tokens/").content.decode()
    assert token not in again and "取数" in again
    line = again.split('name="token" value="')[1].split('"')[0]
    client.post("/office/tokens/", {"token": line})
    assert Caller(client, token).get("me")[0] == 401
