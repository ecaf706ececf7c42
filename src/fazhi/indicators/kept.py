"""Readings that a process keeps, read again only for kinds of business of which something was recorded since."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import connections

from fazhi.indicators import look
from fazhi.indicators.values import Reading, Span
from fazhi.ledger import query
from fazhi.rulebook import Indicator

MOST: Final = 64
"""Spans of which readings are kept; the one asked for longest ago goes first."""
FAR: Final = 5_000
"""Positions behind which everything is read anew rather than asked what moved."""

_SEALED = "select count(*) from ledger_position where position > %s and position <= %s"
_MOVED = """
with recursive moved as (
    select m.procedure, m.parent from ledger_position p join ledger_entry e on e.id = p.entry
    join ledger_matter m on m.id = e.matter where p.position > %s and p.position <= %s
  union
    select m.procedure, m.parent from ledger_matter m join moved on m.id = moved.parent
)
select distinct procedure from moved
"""
_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Readings of one span as of a position, by name and definition of the figure."""

    position: int
    readings: Mapping[tuple[str, str], Reading]


_kept: OrderedDict[_Key, _Shelf] = OrderedDict()


def read_all(pages: Sequence[Indicator], span: Span, using: str = "default") -> tuple[Reading, ...]:
    """The same readings as `look.read_all`; a figure as of a position never changes, so it is read once."""
    span = look.as_of_now(span, using)
    key = (connections[using].settings_dict["NAME"], span.units, span.start, span.cutoff)
    shelf = _kept.get(key)
    if shelf is not None and shelf.position > span.position:
        return look.read_all(pages, span, using)
    known = _still_true(shelf, pages, span, using) if shelf else {}
    missing = [page for page in pages if (page.name, page.digest) not in known]
    for page, reading in zip(missing, look.read_all(missing, span, using) if missing else (), strict=True):
        known[page.name, page.digest] = reading
    _kept[key] = _Shelf(span.position, known)
    _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return tuple(known[page.name, page.digest] for page in pages)


def _still_true(shelf: _Shelf, pages: Sequence[Indicator], span: Span, using: str) -> dict[tuple[str, str], Reading]:
    """What is kept, less the figures of kinds of business that moved since."""
    if shelf.position == span.position:
        return dict(shelf.readings)
    moved = moved_kinds(shelf.position, span.position, using)
    if moved is None:
        return {}
    still = {(page.name, page.digest) for page in pages if kinds_of(page).isdisjoint(moved)}
    return {name: replace(one, span=span) for name, one in shelf.readings.items() if name in still}


def kinds_of(page: Indicator) -> frozenset[str]:
    """The kinds of business that a figure counts."""
    return frozenset(one.procedure for one in (*page.of, *page.per, *page.base))


def moved_kinds(since: int, position: int, using: str = "default") -> frozenset[str] | None:
    """Kinds of business with an entry between two positions, and those above them.

    None where there are too many, or where the positions are not all there: then nothing is known to stand still.
    """
    if position - since > FAR or query.fetch(using, _SEALED, [since, position])[0][0] != position - since:
        return None
    return frozenset(row[0] for row in query.fetch(using, _MOVED, [since, position]))
