"""Which matter another was joined to: the last joining that stands and was not undone."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from fazhi.law import Fact

JOINED = "merged_into"
PARTED = "parted"


def lead_of(facts: Iterable[Fact]) -> UUID | None:
    """The lead matter, from facts in order with corrections applied; None for one that stands for itself."""
    lead: UUID | None = None
    for fact in facts:
        if fact.kind == JOINED and fact.fields.get("matter"):
            lead = UUID(fact.fields["matter"])
        elif fact.kind == PARTED:
            lead = None
    return lead
