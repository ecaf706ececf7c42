"""A closed year held against today once, and again only for kinds of business of which something was recorded since."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final

from django.db import connection

from fazhi.closing import compare
from fazhi.closing.compare import Again
from fazhi.closing.frozen import Frozen
from fazhi.indicators.kept import kinds_of, moved_kinds
from fazhi.ledger.heavy import as_of

MOST: Final = 16
"""Closed years that are kept; the one looked at longest ago goes first."""

_kept: OrderedDict[tuple[object, str], tuple[int, Mapping[str, Again]]] = OrderedDict()


def again(frozen: Frozen, digest: str) -> tuple[Again, ...]:
    """The same as `compare.again` over all figures; `digest` is that of the closed year on its chained line."""
    key, position = (connection.settings_dict["NAME"], digest), as_of("indicators")
    since, known = _kept.get(key, (0, {}))
    moved = moved_kinds(since, position) if known and since <= position else None
    stale = [name for name, page in frozen.pages.items() if moved is None or not kinds_of(page).isdisjoint(moved)]
    fresh = {one.was.name: one for one in compare.again(frozen, stale)} if stale else {}
    found = {**known, **fresh}
    _kept[key] = position, found
    _kept.move_to_end(key)
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return tuple(found[one.name] for one in frozen.figures)
