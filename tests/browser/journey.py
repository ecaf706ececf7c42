"""What every journey does on its way: look at each page passed, and find a matter."""

from __future__ import annotations

from typing import Any

from sweeping import foreign, losses, violations


def check_page(page: Any, *, english: bool = False) -> None:
    """Nothing that axe finds, nothing lost when narrow or enlarged, nothing Chinese unmarked on an English page."""
    page.wait_for_load_state()
    told = violations(page) + losses(page, 320) + losses(page, 640, 400) + (foreign(page) if english else [])
    assert not told, (page.url, told)


def find(page: Any, words: str) -> None:
    """By the box at the top and the first line found."""
    page.locator("#bar-search").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/matters/?q=" in address)  # the page one leaves has lines to open of its own
    page.locator("a[data-open]").first.click()
    page.locator("#act-noted").wait_for(state="attached")
