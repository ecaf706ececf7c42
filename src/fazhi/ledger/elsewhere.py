"""The numbers that a matter has in other systems: by system, as the entries that stand tell them."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi.law import Fact

ELSEWHERE = "numbered_elsewhere"
SYSTEM, NUMBER = "other_system", "outside_number"


def numbers_elsewhere(facts: Iterable[Fact]) -> tuple[tuple[str, str], ...]:
    """(system, number), each once, in the order in which they were told; `facts` with corrections applied."""
    told = (fact for fact in facts if fact.kind == ELSEWHERE)
    pairs = ((fact.fields.get(SYSTEM, ""), fact.fields.get(NUMBER, "")) for fact in told)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1]))
