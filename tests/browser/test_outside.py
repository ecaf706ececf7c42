"""Logging in through another house: the button, somebody it does not know here, and an answer nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sweeping import foreign, losses, violations

from district import District
from provider import joined_to, person_at, provider_running, way_back

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def check(page: Any) -> None:
    told = violations(page) + losses(page, 320) + losses(page, 640, 400)
    told += foreign(page) if page.locator("html").get_attribute("lang") == "en" else []
    assert not told, (page.url, told)


@pytest.mark.parametrize("code", ["zh-hans", "en"])
def test_the_way_through_another_house(visitor: Callable[..., Any], district: District, code: str) -> None:
    name = district_user(district)
    with provider_running() as provider, joined_to(provider):
        person_at(provider, "known", name)
        person_at(provider, "unknown", "nobody")
        page = visitor()
        page.goto("/office/login/")
        page.context.add_cookies([{"name": "fazhi_language", "value": code, "url": page.url}])
        page.goto("/office/login/outside/back/?code=1&state=2")
        assert "/office/login/" in page.url
        check(page)
        for subject in ("unknown", "known"):
            page.goto("/office/login/")
            check(page)
            way = page.locator("a[href*='/outside/']").get_attribute("href")
            asked = page.context.request.get(way, max_redirects=0).headers["location"]
            page.goto(way_back(asked, subject))
            check(page)
        assert page.url.endswith("/office/")


def district_user(district: District) -> str:
    from django.contrib.auth import get_user_model

    return str(get_user_model().objects.get(pk=district.accounts["信访员"]).username)
