"""The matter that somebody names by any number it has: query number, official number, or a number elsewhere."""

from uuid import UUID

from fazhi.exchange import look
from fazhi.people import holders
from fazhi.search.look import search
from fazhi.web.office.gate import Here


def named_matter(here: Here, typed: str) -> UUID | None:
    """The one matter within reach that bears this number; None for none, for several, and for one out of reach."""
    typed = " ".join(typed.split())
    found = {one for one in _candidates(here, typed) if here.scope.may_see(one)} if typed else set()
    return next(iter(found)) if len(found) == 1 else None


def _candidates(here: Here, typed: str) -> set[UUID]:
    if matter := holders.matter_of(typed) if len(holders.plain_number(typed)) == 14 else None:
        return {matter}
    if elsewhere := look.matters_numbered(typed):
        return set(elsewhere)
    try:
        return {UUID(typed)}
    except ValueError:
        return {hit.matter for hit in search(here.scope, here.actor, typed, limit=5).items if hit.number == typed}
