"""Which acts end a dispute by agreement, by kind of business; what a chain of procedures counts once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.pages import read_page

BEGUN = "dispute_begun"
SETTLED = "dispute_settled"
COUNTED = frozenset({BEGUN, SETTLED})
"""What the first matter of a chain counts for the whole of it, beside its own facts."""


@lru_cache(maxsize=1)
def settling() -> Mapping[str, frozenset[str]]:
    """Acts of agreement by kind of business; a kind that is no dispute is not there."""
    table = read_page(NATIONAL / "procedures" / "settlements.toml").table
    return {kind: frozenset(acts) for kind, acts in table.items()}
