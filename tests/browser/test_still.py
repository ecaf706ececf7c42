"""A form keeps still under the hand: what is told while one writes moves nothing one is about to press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from acting import open_matter, opened
from playwright.sync_api import expect

from district import District

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", (1280, 390))
def test_what_is_told_meanwhile_moves_nothing(at_desk: Callable[..., Any], district: District, width: int) -> None:
    matter = district.receive("信访局", "东湖路路灯不亮。").matter
    page = at_desk("信访员", width=width)
    open_matter(page, matter)
    act = opened(page, "受理")
    day, button = act.locator("[data-day]").first, act.get_by_role("button", name="记入")
    said = act.locator(".understood").first
    day.fill("")
    day.blur()
    expect(said).to_be_empty()
    place = button.bounding_box()
    day.fill("2025-03-25")
    day.blur()
    expect(said).to_contain_text("2025年3月25日 星期二")
    assert button.bounding_box() == place
    day.fill("那一天")
    day.blur()
    expect(said).to_contain_text("没认出")
    assert button.bounding_box() == place
    for _lodged in range(2 if width < 400 else 0):  # the second time it is told that the same was lodged just now
        page.goto("/lodge/")
        button, near = page.get_by_role("button", name="提交"), page.locator("#near")
        place = button.bounding_box()
        page.locator("#f-text").fill("东湖路的路灯不亮了，晚上很黑。")
        expect(near).to_contain_text("相近")
        assert button.bounding_box() == place
        button.click()
        page.wait_for_url("**/lodge/done/")
