"""Logging in: the second step, its replay and its loss, a new password, and a log-in through another provider."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from district import District
from fazhi.people import posts, second_step
from provider import joined_to, person_at, provider_running, way_back

PASSWORD = "松柏常青-2026"
INSIDE = "/office/matters/"


@pytest.fixture
def official(district: District) -> str:
    """The user name of an official with a password."""
    from django.contrib.auth import get_user_model

    posts.change_password(district.accounts["信访员"], PASSWORD)
    return str(get_user_model().objects.get(pk=district.accounts["信访员"]).username)


def code_at(secret: bytes, steps: int = 0) -> str:
    return TOTP(secret, 6, SHA1(), 30).generate(int(time.time()) + steps * 30).decode()


def log_in(client: Any, username: str, password: str = PASSWORD) -> Any:
    return client.post("/office/login/", {"username": username, "password": password, "next": INSIDE})


def set_up(client: Any) -> tuple[bytes, list[str]]:
    """The second step set up on the page, as a person does; its secret and spare codes."""
    page = client.post("/office/security/", {"verb": "offer"}).content.decode()
    words = page.split('id="secret">')[1].split("<")[0]
    secret = b32decode(words + "=" * (-len(words) % 8))
    told = client.post("/office/security/", {"verb": "confirm", "code": code_at(secret)}).content.decode()
    return secret, re.findall(r"<li><code>([0-9A-Z-]+)</code>", told)


def inside(client: Any) -> bool:
    return bool(client.get(INSIDE).status_code == 200)


def test_with_a_second_step_the_password_alone_opens_nothing(client: Any, official: str) -> None:
    assert log_in(client, official).url == INSIDE and inside(client)
    secret, spare = set_up(client)
    assert len(spare) == 8
    client.post("/office/logout/")
    assert log_in(client, official).url == "/office/login/second/" and not inside(client)
    answer = client.post("/office/login/second/", {"code": code_at(secret, 1)})
    assert answer.url == INSIDE and inside(client)


def test_a_code_is_good_once(client: Any, official: str) -> None:
    from django.test import Client

    log_in(client, official)
    secret, _ = set_up(client)
    code = code_at(secret, 1)
    first, second = Client(), Client()
    for one in (first, second):
        log_in(one, official)
        one.post("/office/login/second/", {"code": code})
    assert inside(first) and not inside(second)


def test_a_spare_code_is_good_once_however_it_is_typed(client: Any, official: str) -> None:
    from django.test import Client

    log_in(client, official)
    _, spare = set_up(client)
    first, second = Client(), Client()
    for one in (first, second):
        log_in(one, official)
        one.post("/office/login/second/", {"code": spare[0].lower().replace("-", " ")})
    assert inside(first) and not inside(second)
    assert "备用码还剩 7 个" in first.get("/office/security/").content.decode()


def test_wrong_codes_let_the_account_rest_like_wrong_passwords(client: Any, official: str) -> None:
    log_in(client, official)
    secret, _ = set_up(client)
    client.post("/office/logout/")
    log_in(client, official)
    for _try in range(5):
        assert client.post("/office/login/second/", {"code": "000000"}).status_code == 403
    assert client.post("/office/login/second/", {"code": code_at(secret, 1)}).status_code == 403 and not inside(client)
    assert log_in(client, official).status_code == 403


def test_the_second_step_without_the_first_leads_back(client: Any, official: str) -> None:
    assert client.get("/office/login/second/").url == "/office/login/"
    assert client.post("/office/login/second/", {"code": "123456"}).url == "/office/login/"


def test_the_secret_is_sealed_and_a_wrong_first_code_takes_nothing_into_use(client: Any, official: str) -> None:
    from fazhi.ledger import query

    log_in(client, official)
    page = client.post("/office/security/", {"verb": "offer"}).content.decode()
    words = page.split('id="secret">')[1].split("<")[0]
    assert client.post("/office/security/", {"verb": "confirm", "code": "000000"}).status_code == 422
    assert query.fetch("default", "select count(*) from people_second_factor") == [(0,)]
    assert words in client.post("/office/security/", {"verb": "offer"}).content.decode()
    assert words not in client.get("/office/security/").content.decode()
    secret, _ = set_up(client)
    (row,) = query.fetch("default", "select sealed from people_second_factor")
    assert secret not in bytes(row[0])


def test_it_is_switched_off_with_the_password_only(client: Any, official: str, district: District) -> None:
    log_in(client, official)
    set_up(client)
    assert client.post("/office/security/", {"verb": "remove", "password": "错"}).status_code == 422
    assert second_step.has(district.accounts["信访员"])
    client.post("/office/security/", {"verb": "remove", "password": PASSWORD})
    assert not second_step.has(district.accounts["信访员"])


def test_a_new_password_ends_every_other_session(client: Any, official: str) -> None:
    from django.test import Client

    other = Client()
    for one in (client, other):
        log_in(one, official)
    typed = {"verb": "password", "password": PASSWORD, "new": "青山绿水长流-2027", "again": "青山绿水长流-2028"}
    assert client.post("/office/security/", typed).status_code == 422
    assert client.post("/office/security/", typed | {"new": "12345678", "again": "12345678"}).status_code == 422
    assert client.post("/office/security/", typed | {"again": typed["new"]}).status_code == 302
    assert inside(client) and not inside(other)
    assert (
        log_in(other, official).status_code == 403 and log_in(other, official, "青山绿水长流-2027").status_code == 302
    )


def test_an_administrator_helps_who_lost_telephone_or_password(client: Any, official: str, district: District) -> None:
    from django.test import Client

    log_in(client, official)
    set_up(client)
    district.clerk("管理员", "区政府", "grant")
    posts.change_password(district.accounts["管理员"], PASSWORD)
    from django.contrib.auth import get_user_model

    admin, again = Client(), Client()
    admin.force_login(get_user_model().objects.get(pk=district.accounts["管理员"]))
    account = str(district.accounts["信访员"])
    assert admin.post("/office/people/", {"verb": "clear_second", "account": account}).status_code == 302
    assert log_in(again, official).url == INSIDE and inside(again)
    typed = {"verb": "password", "account": account, "password": "青山绿水长流-2027"}
    assert admin.post("/office/people/", typed | {"password": "1"}).status_code == 422
    assert admin.post("/office/people/", typed).status_code == 302 and not inside(again)
    own = {"verb": "clear_second", "account": str(district.accounts["管理员"])}
    assert admin.post("/office/people/", own).status_code == 422


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A real OpenID Connect provider on the loopback; its address."""
    with provider_running() as address:
        yield address


@pytest.fixture
def joined(provider: str) -> Iterator[str]:
    with joined_to(provider) as address:
        yield address


def go_outside(client: Any, subject: str, **changed: str) -> Any:
    """Logs in at the provider as a browser does, and comes back; `changed` replaces what the address back says."""
    begun = client.get("/office/login/outside/?next=" + INSIDE)
    asked = begun.url
    assert parse_qs(urlsplit(asked).query)["code_challenge_method"] == ["S256"]
    back = urlsplit(way_back(asked, subject))
    said = {key: value[0] for key, value in parse_qs(back.query).items()} | changed
    return client.get(f"{back.path}?{urlencode(said)}")


def test_who_has_an_account_here_comes_in_through_the_provider(client: Any, official: str, joined: str) -> None:
    person_at(joined, "u-1", official.upper())
    assert "统一身份认证" in client.get("/office/login/").content.decode()
    assert go_outside(client, "u-1").url == INSIDE and inside(client)


def test_the_provider_knows_a_person_by_its_own_name_from_then_on(client: Any, official: str, joined: str) -> None:
    from django.test import Client

    person_at(joined, "u-2", official)
    go_outside(client, "u-2")
    person_at(joined, "u-2", "renamed")
    again, thief = Client(), Client()
    assert go_outside(again, "u-2").url == INSIDE and inside(again)
    person_at(joined, "u-3", official)
    assert go_outside(thief, "u-3").url == "/office/login/" and not inside(thief)


def test_who_has_no_account_comes_no_further(client: Any, official: str, joined: str) -> None:
    person_at(joined, "u-4", "nobody")
    assert go_outside(client, "u-4").url == "/office/login/" and not inside(client)
    assert "没有账号" in client.get("/office/login/").content.decode()


def test_a_switched_off_account_stays_out(client: Any, official: str, joined: str, district: District) -> None:
    person_at(joined, "u-5", official)
    go_outside(client, "u-5")
    posts.switch(district.accounts["信访员"], on=False)
    from django.test import Client

    again = Client()
    assert go_outside(again, "u-5").url == "/office/login/" and not inside(again)


@pytest.mark.parametrize("changed", [{"state": "other"}, {"code": "other"}, {"error": "access_denied"}])
def test_an_answer_that_was_not_asked_for_is_refused(
    client: Any, official: str, joined: str, changed: dict[str, str]
) -> None:
    person_at(joined, "u-6", official)
    assert go_outside(client, "u-6", **changed).url == "/office/login/" and not inside(client)


def test_the_second_step_is_asked_after_the_provider_too(client: Any, official: str, joined: str) -> None:
    from django.test import Client

    log_in(client, official)
    secret, _ = set_up(client)
    person_at(joined, "u-7", official)
    outside = Client()
    assert go_outside(outside, "u-7").url == "/office/login/second/" and not inside(outside)
    outside.post("/office/login/second/", {"code": code_at(secret, 1)})
    assert inside(outside)


def test_without_a_provider_there_is_no_such_way(client: Any, official: str) -> None:
    assert client.get("/office/login/outside/").status_code == 404
    assert client.get("/office/login/outside/back/").status_code == 404
    assert "统一身份认证" not in client.get("/office/login/").content.decode()


def test_a_provider_that_is_away_is_said_and_the_password_still_works(client: Any, official: str) -> None:
    from django.test import override_settings

    with override_settings(FAZHI_OIDC_ISSUER="http://localhost:9", FAZHI_OIDC_CLIENT="fazhi"):
        assert client.get("/office/login/outside/").url == "/office/login/"
        assert "连不上" in client.get("/office/login/").content.decode()
        assert log_in(client, official).status_code == 302
