"""Every page: headers, nothing from outside, tokens in forms, switches without scripts, and each language by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from reading import read

from district import District

PORTAL = ("/", "/lodge/", "/follow/", "/gazette/", "/reports/", "/help/", "/accessibility/", "/privacy/")
OFFICE = ("/office/", "/office/matters/", "/office/receive/", "/office/figures/?year=2025", "/office/reports/")
HAN = re.compile(r"[㐀-鿿]")
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN_LATIN = {"English", "Atom", "RSS", "JSON", "CSV", "Excel", "Web", "Chromium", "PDF", "DOCX"}


@pytest.fixture
def everyone(client: Any, at_desk: Callable[..., Any], district: District) -> list[tuple[Any, str]]:
    matter = district.receive("城管局").matter
    official = at_desk("信访员")
    pages = [(client, path) for path in PORTAL] + [(client, "/office/login/")]
    return pages + [(official, path) for path in (*OFFICE, f"/office/matters/{matter}/")]


def test_every_page_carries_its_headers_and_nothing_from_outside(everyone: list[tuple[Any, str]]) -> None:
    for client, path in everyone:
        answer = client.get(path)
        assert answer.status_code == 200, path
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff", path
        page = read(answer.content)
        for tag, name, value in page.attributes:
            assert name not in ("style",) and not name.startswith("on"), (path, tag, name)
            if name in ("src", "action") or (name == "href" and tag == "link"):
                assert value.startswith("/") and not value.startswith("//"), (path, value)


def test_every_form_that_posts_carries_a_token(everyone: list[tuple[Any, str]]) -> None:
    for client, path in everyone:
        text = client.get(path).content.decode()
        for form in re.findall(r'<form[^>]*method="post".*?</form>', text, re.DOTALL):
            assert "csrfmiddlewaretoken" in form, path


def test_the_english_face_speaks_english(everyone: list[tuple[Any, str]]) -> None:
    for client, path in everyone:
        client.post("/language/", {"language": "en", "next": "/"})
        page = read(client.get(path).content)
        found = [words for words in page.words if HAN.search(words) and words != "中文"]
        assert not found, (path, found)
        assert ("html", "lang", "en") in page.attributes


def test_the_chinese_face_speaks_chinese(everyone: list[tuple[Any, str]]) -> None:
    for client, path in everyone:
        page = read(client.get(path).content)
        found = {word for words in page.words for word in LATIN.findall(words)} - KNOWN_LATIN
        assert not found, (path, found)
        assert ("html", "lang", "zh-Hans") in page.attributes


def test_labels_and_names_are_there_for_every_field_and_button(everyone: list[tuple[Any, str]]) -> None:
    for client, path in everyone:
        text = client.get(path).content.decode()
        ids = re.findall(r'<(?:input|select|textarea)[^>]*\sid="([^"]+)"', text)
        labels = set(re.findall(r'<label[^>]*for="([^"]+)"', text))
        boxes = set(re.findall(r'<input type="checkbox"[^>]*id="([^"]+)"', text))
        assert set(ids) - labels - boxes == set(), path
        assert len(re.findall(r'\sid="([^"]+)"', text)) == len(set(re.findall(r'\sid="([^"]+)"', text))), path


def test_switches_work_without_scripts_and_stay(client: Any, district: District) -> None:
    assert "dark.css" in client.get("/").content.decode()
    answer = client.post("/faces/appearance/", {"theme": "light", "next": "/help/"})
    assert answer["Location"] == "/help/"
    light = 'data-sheet="dark" media="not all"'
    assert light in client.get("/").content.decode()
    client.post("/faces/appearance/", {"size": "large"})
    page = client.get("/").content.decode()
    assert 'class="portal large"' in page and light in page
    client.post("/faces/appearance/", {"theme": "dark", "contrast": "more"})
    assert 'media="screen" href="/static/faces/css/contrast-dark.css"' in client.get("/").content.decode()


def test_switches_asked_by_a_script_leave_the_page_where_it_is(client: Any, district: District) -> None:
    answer = client.post("/faces/appearance/", {"size": "large"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 200 and answer.json()["chosen"]["size"] == "large"
    assert answer.json()["sheets"]["dark"] == "screen and (prefers-color-scheme: dark)"
    page = client.get("/lodge/").content.decode()
    assert page.index("大字版") < page.index("<main") and 'value="normal" data-turns' in page


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_switches_never_lead_outside(client: Any, district: District, onward: str) -> None:
    assert client.post("/faces/appearance/", {"theme": "dark", "next": onward})["Location"] == "/"


def test_a_made_up_cookie_is_ignored(client: Any, district: District) -> None:
    client.cookies["fazhi_appearance"] = "theme=<script>&size=huge&x=1"
    page = client.get("/").content.decode()
    assert 'class="portal"' in page and "<script>" not in page


def test_an_absent_page_says_so_in_the_house_s_own_frame(client: Any, district: District) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404 and "没有这个页面" in answer.content.decode()
