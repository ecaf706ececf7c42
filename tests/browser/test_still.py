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
def test_a_day_read_out_moves_nothing(at_desk: Callable[..., Any], district: District, width: int) -> None:
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
