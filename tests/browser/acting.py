"""What people do on a page, and what a checker finds on it."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}

FOLDED = re.compile("其他可办事项|流转与备注")


def check_access(page: Any) -> None:
    """No violation of WCAG 2.2 A and AA that a program can find."""
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_load_state()
    page.evaluate("window.scrollTo(0, 0)")  # what the bar lies over while one scrolls comes free by scrolling
    found = Axe().run(page, options=RULES).response["violations"]
    told = [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in found]
    assert not told, (page.url, told)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than its window"


def record(page: Any, title: str, *, fill: dict[str, str] | None = None, choose: tuple[str, ...] = ()) -> None:
    """Open the act, fill its form, send it, and see that it was recorded."""
    act = opened(page, title)
    for name, text in (fill or {}).items():
        act.locator(f"[name={name}]").fill(text)
    for value in choose:
        name, _, code = value.partition("=")
        field = act.locator(f"select[name={name}]")
        if field.count():
            field.select_option(code)
        else:
            act.locator(f"input[name={name}][value={code}]").check()
    with page.expect_navigation():
        act.get_by_role("button", name="记入").click()
    page.get_by_text("已记入“").first.wait_for()


def opened(page: Any, title: str) -> Any:
    """The act with its form open; unlikely ones lie folded below the others."""
    act = page.locator("details.act", has=page.locator("summary", has_text=title)).first
    if not act.locator("summary").is_visible():
        folded = page.locator("details:not([open]) > summary", has_text=FOLDED)
        while folded.count():
            folded.first.click()
    if act.get_attribute("open") is None:
        act.locator("summary").click()
    return act


def open_matter(page: Any, matter: UUID) -> None:
    page.goto(f"/office/matters/{matter}/")


def due_of(page: Any, title: str) -> str:
    """The words of the chip beside a clock's title."""
    clock = page.locator(".clock", has=page.locator(".clock-title", has_text=title)).first
    return " ".join(clock.locator(".due").inner_text().split())
