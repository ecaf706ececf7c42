"""What words lead to in lists of terms and reminders: the matters that they find, and the terms that are called so."""

from typing import Final
from uuid import UUID

from fazhi.ledger import rulebook
from fazhi.reach.scope import Filters
from fazhi.search.look import search
from fazhi.web.faces.lists import holds
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here
from fazhi.worklist.tasks import REQUESTS

OPEN: Final = 200
CLOSED: Final = 100
"""Matters that the words are looked for in, the newest of each sort."""


def matters_sought(here: Here, words: str, filters: Filters) -> list[UUID]:
    """Those within reach that the words find, open ones before closed ones."""
    found: list[UUID] = []
    for is_open, most in ((True, OPEN), (False, CLOSED)):
        only = Filters(filters.units, filters.kinds, is_open, filters.todo, filters.since, filters.until)
        found += [hit.matter for hit in search(here.scope, here.actor, words, only, limit=most).items]
    return found


def clocks_sought(words: str) -> list[str]:
    """The names of terms whose titles hold the words."""
    pages = [page for versions in rulebook().procedures.values() for page in versions]
    titles = [(name, rule.title) for page in pages for name, rule in page.clocks.items()]
    return sorted({name for name, title in (*titles, *REQUESTS.items()) if holds(words, (said(title),))})
