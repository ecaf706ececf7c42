"""Each page of the site in both languages: WCAG 2.2 AA, 320 px, 200 % zoom, and English without Chinese."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from addresses import ROWS
from errands import ERRANDS, Errand
from eyes import Eyes
from pages import ELSEWHERE, NO_PAGE, NO_PAGE_BUT_A_WAY, UNSEEN, WALKS, Walk
from sweeping import walk
from town import Town

from fazhi import web

LANGUAGES = ("zh", "en")
TABLES = ("export", "_table")
Seeing = Callable[[Walk | Errand, str], Eyes]


def test_every_address_that_is_a_page_has_somebody_who_comes_to_it() -> None:
    machines = ("api:", "open311:")
    read = {name for name, row in ROWS.items() if row.asks and not name.startswith(machines)}
    read = {name for name in read if not name.endswith(TABLES)}
    walked = frozenset().union(*(one.names for one in WALKS))
    told = walked | set(ELSEWHERE) | set(NO_PAGE_BUT_A_WAY) | NO_PAGE
    assert read <= told, f"say in tests/browser/pages.py who comes to {sorted(read - told)}"
    assert told <= set(ROWS), f"no longer there: {sorted(told - set(ROWS))}"
    assert not walked & (set(NO_PAGE_BUT_A_WAY) | NO_PAGE)
    assert set(ELSEWHERE.values()) <= {one.__name__ for one in ERRANDS}


@pytest.fixture(scope="module")
def seen(sample_town: Town) -> Seeing:
    """Each walk and each errand once in each language, when it is first asked for."""
    done: dict[tuple[str, str], Eyes] = {}

    def found(way: Walk | Errand, language: str) -> Eyes:
        key = f"walk {way.user}" if isinstance(way, Walk) else way.__name__
        if (key, language) not in done:
            eyes = done[key, language] = Eyes(sample_town, language)
            _walk(eyes, way) if isinstance(way, Walk) else way(eyes)
            eyes.close()
        return done[key, language]

    return found


def _walk(eyes: Eyes, way: Walk) -> None:
    page = eyes.official(way.user) if way.user else eyes.visitor()
    for name, _where in walk(page, [eyes.town.address + start for start in way.starts], way.names):
        eyes.look(page, name)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WALKS, ids=lambda one: one.user or "visitor")
def test_nothing_is_lost_on_any_page(seen: Seeing, way: Walk, language: str) -> None:
    eyes = seen(way, language)
    assert not {what: told for what, told in eyes.found.items() if told}
    assert way.names <= eyes.names, f"not come to: {sorted(way.names - eyes.names)}"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("errand", ERRANDS, ids=lambda one: one.__name__)
def test_nothing_is_lost_where_no_link_leads(seen: Seeing, errand: Errand, language: str) -> None:
    eyes = seen(errand, language)
    assert not {what: told for what, told in eyes.found.items() if told}
    wanted = {name for name, by in ELSEWHERE.items() if by == errand.__name__}
    assert wanted <= eyes.names, f"not come to: {sorted(wanted - eyes.names)}"


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_was_looked_at(seen: Seeing, language: str) -> None:
    """By axe: a file of which no page was made on any walk or errand is a page that nobody looked at."""
    looked: set[str] = set()
    for way in (*WALKS, *ERRANDS):
        looked |= seen(way, language).templates
    files = Path(web.__file__).parent.glob("*/templates/**/*.html")
    every = {file.as_posix().partition("/templates/")[2] for file in files}
    assert not every - looked - set(UNSEEN), sorted(every - looked - set(UNSEEN))
    assert not set(UNSEEN) - every | set(UNSEEN) & looked, "said to be unseen, and seen or gone"
