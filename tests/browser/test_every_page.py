"""Each page of the site in both languages: WCAG 2.2 AA, 320 px, 200 % zoom, and English without Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from addresses import ROWS
from pages import ELSEWHERE, NO_PAGE, NOT_SHOWN, WALKS
from sweeping import foreign, losses, violations, walk
from town import Town

WIDTHS = ((320, 640), (640, 400))


def test_every_address_that_is_a_page_has_somebody_who_comes_to_it() -> None:
    machines = ("api:", "open311:")
    read = {name for name, row in ROWS.items() if row.asks and not name.startswith(machines)}
    read = {name for name in read if not name.endswith("export")}
    walked = frozenset().union(*(one.names for one in WALKS))
    told = walked | set(ELSEWHERE) | set(NOT_SHOWN) | NO_PAGE
    assert read <= told, f"say in tests/browser/pages.py who comes to {sorted(read - told)}"
    assert told <= set(ROWS), f"no longer there: {sorted(told - set(ROWS))}"
    assert not walked & (set(NOT_SHOWN) | NO_PAGE)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("way", WALKS, ids=lambda one: one.user or "visitor")
def test_nothing_is_lost_on_any_page(here: Town, way: Any, language: str) -> None:
    page = here.official(way.user, language=language) if way.user else here.visitor(language=language)
    starts = [here.address + start for start in way.starts]
    found: dict[str, list[str]] = {}
    for name, _where in walk(page, starts, way.names):
        told = violations(page) + [one for width, height in WIDTHS for one in losses(page, width, height)]
        found[name] = told + (foreign(page) if language == "en" else [])
    assert not {name: told for name, told in found.items() if told}
    assert way.names <= set(found), f"not come to: {sorted(way.names - set(found))}"
