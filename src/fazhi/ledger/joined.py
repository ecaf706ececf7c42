"""Which matter another was joined to: the last joining that stands and was not undone; and whether it is the same one,
registered twice."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from fazhi.law import Fact

JOINED = "merged_into"
PARTED = "parted"
DUPLICATE = "duplicate_of"


def lead_of(facts: Iterable[Fact]) -> UUID | None:
    """The lead matter, from facts in order with corrections applied; None for one that stands for itself."""
    lead: UUID | None = None
    for fact in facts:
        if fact.kind in (JOINED, DUPLICATE) and fact.fields.get("matter"):
            lead = UUID(fact.fields["matter"])
        elif fact.kind == PARTED:
            lead = None
    return lead


def original_of(facts: Iterable[Fact]) -> UUID | None:
    """The matter of which this one is a second registration, so that it is counted there and not again here."""
    found = [fact.fields["matter"] for fact in facts if fact.kind == DUPLICATE and fact.fields.get("matter")]
    return UUID(found[-1]) if found else None
