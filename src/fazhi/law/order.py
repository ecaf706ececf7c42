"""Which facts stand, and in which order: corrections take the place of what they correct."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from fazhi.law.matter import Fact
from fazhi.law.moment import as_moment


def concerns(fact: str, other: str) -> bool:
    """Whether a fact of one thread speaks to another: without thread it speaks to all, and all speak to none."""
    return not fact or not other or fact == other


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that stand, by day, then by the entry they were first told in.

    Of several entries that correct one another the last stands, in the place of the first. Facts of
    one day that say their hour keep, among themselves, the order of their hours.
    """
    roots: dict[int, int] = {}
    last: dict[int, Fact] = {}
    for position, fact in enumerate(sorted(facts, key=lambda fact: fact.entry)):
        own = fact.entry or -1 - position
        root = own if fact.corrects is None else roots.get(fact.corrects, fact.corrects)
        roots[own] = root
        last[root] = fact
    # entries without a number (negative roots) keep the order they are given in
    kept = sorted(
        ((fact, root) for root, fact in last.items() if not fact.strikes),
        key=lambda pair: (pair[0].day, pair[1] if pair[1] > 0 else -pair[1]),
    )
    return _by_hour([fact for fact, _ in kept])


def _by_hour(facts: list[Fact]) -> list[Fact]:
    timed = [at for at, fact in enumerate(facts) if fact.moment]
    if len(timed) > 1:
        hours = sorted((facts[at] for at in timed), key=lambda fact: (fact.day, as_moment(fact.moment or fact.day)))
        for at, fact in zip(timed, hours, strict=True):
            facts[at] = fact
    return facts


def happened(facts: Iterable[Fact], now: datetime) -> list[Fact]:
    """The facts that happened by a moment; one that says no hour has happened when its day begins."""
    today = now.date()
    return [
        fact
        for fact in facts
        if fact.day < today or (fact.day == today and (fact.moment is None or as_moment(fact.moment) <= now))
    ]


def merged(facts: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Facts of other sources among the recorded: on one day recorded ones come first, deemed ones last."""
    return sorted([*facts, *others], key=lambda fact: (fact.day, fact.deemed)) if others else list(facts)
