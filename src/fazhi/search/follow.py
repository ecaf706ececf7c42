"""The follower that keeps the words of a matter findable, in the transaction of the entry and so never stale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

from fazhi.ledger.brief import texts_of
from fazhi.ledger.elsewhere import numbers_elsewhere
from fazhi.ledger.view import MatterView
from fazhi.reach.involved import involved
from fazhi.search.words import (
    beginnings_of,
    kind_token,
    mark,
    month_token,
    number_token,
    pairs_of,
    party_token,
    unit_token,
    words_of,
)


class Search:
    """One row a matter. Corrected entries are left out; an erased body leaves nothing."""

    name: ClassVar[str] = "search"
    table: ClassVar[str] = "search_row"
    key: ClassVar[tuple[str, ...]] = ("matter",)
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        found = involved(view)
        tokens = {unit_token(unit) for unit in found.parts}
        tokens |= {kind_token(view.procedure, found.secrecy), month_token(view.opened)}
        for text in texts_of(view):
            tokens |= _marks(text)
        for line in view.entries:
            tokens |= {party_token(party) for party in line.fields.get("parties", "").split()}
        elsewhere = (number for _, number in numbers_elsewhere(view.horizon.facts))
        numbers = (view.number, view.old_number, view.external_number, *elsewhere)
        for number in filter(None, numbers):
            tokens |= {number_token(number), *beginnings_of(number)}
        yield {"matter": view.id, "day": view.opened, "words": sorted(tokens)}


FOLLOWERS = (Search(),)


@lru_cache(maxsize=512)
def _marks(text: str) -> frozenset[str]:
    return frozenset({mark("w", word) for word in words_of(text)} | {mark("g", pair) for pair in pairs_of(text)})
