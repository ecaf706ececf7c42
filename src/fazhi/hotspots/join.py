"""Voices joined into events: each to the event it is nearest to, then events that are one put together."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from heapq import nlargest
from typing import Any

from fazhi.hotspots.terms import Said, Vocabulary, read
from fazhi.hotspots.voices import Event, Vector, Voice

NEAR = 0.20
"""How near (cosine) a voice must be to an event to join it."""
SAME = 0.20
"""How near two events must be to be one."""
WHAT = 0.08
"""How near what is said besides places must be."""
WHAT_SAME = 0.20
"""The same between two events."""
WHERE = 0.05
"""How near the names of places must be where both name some."""
NAMING = 0.15
"""Share of the length from which a part counts as naming places."""
LEADING = 12
"""Terms of a voice by which events are looked up."""
CANDIDATES = 8
CROWDED = 200
"""A term that leads to more events than this tells none of them apart."""

Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
"""Applies a function to each of some parts and gives what came of them in their order: `map`, or as many machines."""


class Joiner:
    """Events that grow voice by voice; a new voice costs the same however many came before."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.events: list[Event] = []
        self._led: defaultdict[str, set[int]] = defaultdict(set)

    def nearest(self, vector: Vector) -> tuple[int, float] | None:
        """The event a voice is nearest to and how near; None if none comes near enough."""
        votes: defaultdict[int, float] = defaultdict(float)
        for term in _leading(vector):
            led = self._led.get(term, ())
            if len(led) <= CROWDED:
                for event in led:
                    votes[event] += vector[term]
        best, nearness = -1, NEAR
        alone = Event([], dict(vector), 1.0, self._placed(vector))
        for event in nlargest(CANDIDATES, votes, key=votes.__getitem__):
            near = _near(alone, self.events[event])
            if near > nearness and one_matter(self.vocabulary, alone, self.events[event], WHAT):
                best, nearness = event, near
        return (best, nearness) if best >= 0 else None

    def join(self, member: int, vector: Vector) -> int:
        """Put a voice into the event it belongs to, or into one of its own; returns the event."""
        found = self.nearest(vector)
        if found is None:
            self.events.append(Event())
        event = found[0] if found else len(self.events) - 1
        self._add(event, member, vector)
        return event

    def _add(self, number: int, member: int, vector: Vector) -> None:
        event = self.events[number]
        event.members.append(member)
        _grow(event, vector, self.vocabulary)
        for term in _leading(vector):
            self._led[term].add(number)

    def _placed(self, vector: Vector) -> float:
        return math.sqrt(sum(weight**2 for term, weight in vector.items() if self.vocabulary.is_place(term)))


def one_matter(vocabulary: Vocabulary, one: Event, other: Event, least: float) -> bool:
    """Whether two that are near speak of one matter: of the same thing, and not at two places.

    The name of an estate brings its grievances together, the name of a grievance the estates; neither is one matter.
    """
    small, large = (one, other) if len(one.total) <= len(other.total) else (other, one)
    where = what = 0.0
    for term, weight in small.total.items():
        if term in large.total:
            both = weight * large.total[term]
            where, what = (where + both, what) if vocabulary.is_place(term) else (where, what + both)
    if what < least * _besides(one) * _besides(other):
        return False
    names = one.placed > NAMING * one.length and other.placed > NAMING * other.length
    return not names or where >= WHERE * one.placed * other.placed


def _besides(event: Event) -> float:
    """The length of what is said besides places."""
    return math.sqrt(max(event.length**2 - event.placed**2, 0.0))


def join_all(
    voices: Sequence[Voice], vocabulary: Vocabulary | None = None, *, parts: int = 1, spread: Spread = map
) -> list[Event]:
    """Events of many voices, read in the order they came; every voice is in exactly one.

    Reading and weighing are pure functions of a part of the voices: `spread` may run the parts on other processes or
    machines (`pool.map`, or `mapPartitions` of a cluster), and the events are the same.
    """
    known = vocabulary or Vocabulary()
    said = list(spread(read_part, _split(voices, parts)))
    for part in said:
        known.learn(part)
    vectors = [vector for part in spread(partial(weigh_part, known), said) for vector in part]
    joiner = Joiner(known)
    for member in sorted(range(len(voices)), key=lambda place: (voices[place].moment, place)):
        joiner.join(member, vectors[member])
    return put_together(joiner.events, known)


def read_part(voices: Sequence[Voice]) -> list[Said]:
    """What each voice of a part says; of nothing but the voice itself."""
    return [read(voice) for voice in voices]


def weigh_part(vocabulary: Vocabulary, said: Sequence[Said]) -> list[Vector]:
    """The vector of each voice of a part, by the counts of all parts together."""
    return [vocabulary.vector(one.terms) for one in said]


def _split(voices: Sequence[Voice], parts: int) -> list[Sequence[Voice]]:
    size = max(-(-len(voices) // max(parts, 1)), 1)
    return [voices[start : start + size] for start in range(0, len(voices), size)]


def put_together(events: Sequence[Event], vocabulary: Vocabulary) -> list[Event]:
    """Events that are one matter seen twice, the nearest first; what was merged is compared anew."""
    whose = list(range(len(events)))

    def owner(event: int) -> int:
        while whose[event] != event:
            event = whose[event]
        return event

    def same(one: Event, other: Event) -> float:
        near = _near(one, other)
        return near if near >= SAME and one_matter(vocabulary, one, other, WHAT_SAME) else 0.0

    near = sorted(
        ((nearness, a, b) for a, b in _pairs(events) if (nearness := same(events[a], events[b]))), reverse=True
    )
    for _, a, b in near:
        first, second = owner(a), owner(b)
        if first != second and same(events[first], events[second]):
            if len(events[first].members) < len(events[second].members):
                first, second = second, first
            _take(events[first], events[second], vocabulary)
            whose[second] = first
    return [event for number, event in enumerate(events) if whose[number] == number]


def _take(event: Event, other: Event, vocabulary: Vocabulary) -> None:
    event.members.extend(other.members)
    _grow(event, other.total, vocabulary)


def _grow(event: Event, vector: Vector, vocabulary: Vocabulary) -> None:
    """Add a vector to the sum of an event and to its lengths."""
    grown, placed = event.length**2, event.placed**2
    for term, weight in vector.items():
        had = event.total.get(term, 0.0)
        event.total[term] = had + weight
        more = weight * (2 * had + weight)
        grown += more
        placed += more if vocabulary.is_place(term) else 0.0
    event.length, event.placed = math.sqrt(grown), math.sqrt(placed)


def _pairs(events: Sequence[Event]) -> Iterable[tuple[int, int]]:
    """Events that share a leading term; at least one of the two has more than one voice."""
    led: defaultdict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        for term in _leading(event.total):
            led[term].append(number)
    found: set[tuple[int, int]] = set()
    for numbers in led.values():
        if len(numbers) > CROWDED:
            continue
        grown = [number for number in numbers if len(events[number].members) > 1]
        found.update((min(a, b), max(a, b)) for a in grown for b in numbers if a != b)
    return found


def _leading(vector: Vector) -> list[str]:
    return sorted(vector, key=lambda term: (-vector[term], term))[:LEADING]


def _near(a: Event, b: Event) -> float:
    return _dot(a.total, b.total) / (a.length * b.length) if a.length and b.length else 0.0


def _dot(a: Vector, b: Vector) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum(weight * b.get(term, 0.0) for term, weight in a.items())
