"""The numbers that a matter has in other systems, as its entries tell them, and what the systems are called."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from fazhi.law import Fact, Title
from fazhi.rulebook.partners import partners

ELSEWHERE = "numbered_elsewhere"
SYSTEM, NUMBER = "other_system", "outside_number"
PARTY_ONE, PARTY_OTHER = "party_one", "party_other"


def numbers_elsewhere(facts: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    """(system, number), each once, in the order in which they were told; `facts` with corrections applied."""
    told = (fact for fact in facts if fact.kind == ELSEWHERE)
    pairs = ((fact.fields.get(SYSTEM, ""), fact.fields.get(NUMBER, "")) for fact in told)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))


def system_title(system: str) -> Title:
    """What people call a system: the title of its page, else the word that was written down."""
    page = partners(*settings.FAZHI_OVERLAYS).get(system)
    return page.title if page else Title(system)
