"""What has been kept as long as its page says: a list for those who appraise it, never a deletion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger import MatterView, query, read_many, rulebook
from fazhi.reach.follow import is_open

BATCH = 200
_CLOSED = """
select distinct matter from reach_row where kind = %s and not open and matter > %s order by matter limit %s
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A closed matter whose time is over since `due`; `basis` says by which rule."""

    matter: UUID
    number: str
    title: str
    due: date
    basis: str


def due(day: date) -> tuple[Kept, ...]:
    """Every matter whose retention is over on the day, the oldest first. Counted from the first of January after the
    closing, by the page in force on the day, for keeping is a rule of the house and not of the matter."""
    found = [one for page in _pages(day) for one in _of(page, day)]
    return tuple(sorted(found, key=lambda one: (one.due, str(one.matter))))


def _pages(day: date) -> Iterator[Procedure]:
    book = rulebook()
    for name in book.procedures:
        try:
            page = book.page(name, day)
        except LookupError:
            continue
        if page.retention is not None and page.retention.term is not None:
            yield page


def _of(page: Procedure, day: date) -> Iterator[Kept]:
    after = UUID(int=0)
    while rows := query.fetch("default", _CLOSED, [page.name, after, BATCH]):
        for view in read_many([row[0] for row in rows]).values():
            closed = closed_on(view)
            last = _end(page, closed) if closed else None
            if last is not None and last <= day:
                basis = str(page.retention.source) if page.retention else ""
                yield Kept(view.id, view.number or "", str(page.title), last, basis)
        after = rows[-1][0]


def closed_on(view: MatterView) -> date | None:
    """The day of the fact that closed the matter."""
    if is_open(view):
        return None
    days = [fact.day for fact in view.horizon.facts if fact.kind in view.page.closing and not fact.deemed]
    return max(days, default=None)


def _end(page: Procedure, closed: date) -> date | None:
    term = page.retention.term if page.retention else None
    return date(closed.year + 1 + term.amount, 1, 1) if term else None
