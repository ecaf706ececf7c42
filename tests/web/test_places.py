"""Codes of places: a form that knows where it hangs, and nobody else's words on it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from district import District
from fazhi.web.faces.places import LONGEST, code_of, place_of


@given(st.text(max_size=100).filter(lambda text: "\x00" not in text))
def test_a_place_comes_back_as_it_was_said(place: str) -> None:
    try:
        place.encode()
    except UnicodeEncodeError:
        return
    assert place_of(code_of(place)) == place.strip()[:LONGEST]


def test_a_code_that_was_not_made_here_opens_the_plain_form(client: Any, district: District) -> None:
    good = code_of("莲花服务站")
    assert 'value="莲花服务站"' in client.get(f"/lodge/at/{good}/").content.decode()
    for wrong in (good[:-1], "x" + good, "5oqY5omT", "a:b", good.replace(":", "::")):
        answer = client.get(f"/lodge/at/{wrong}/")
        assert answer.status_code == 200 and "莲花" not in answer.content.decode()


def test_the_worker_governs_the_form_only_and_is_looked_for_anew(client: Any, db: Any) -> None:
    answer = client.get("/lodge/worker.js")
    assert answer["Content-Type"].startswith("text/javascript") and answer["Cache-Control"] == "no-cache"
    assert b"/lodge" in answer.content
