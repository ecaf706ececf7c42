"""Messages offered as the same matter, with places weighed and without: known events, and the same words elsewhere."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.measure import Row
from benchmarks.messages import near_duplicates
from fazhi.hotspots.likeness import LIKE, Said, leading_of, share_of, weights_of
from fazhi.hotspots.marks import heaviest
from fazhi.hotspots.places import places_in, where
from fazhi.hotspots.voices import Voice

FIVE = 5
MOVED = 400
LEAST = 4
"""Signs of a name at least that is put in the place of another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All messages with what leads to them."""

    said: Sequence[Said]
    used: Mapping[str, int]
    led: Mapping[str, Collection[int]]

    def offered(self, mine: Said, but: int = -1) -> list[int]:
        """Places of the messages offered beside one, the likeliest first."""
        weights = weights_of(mine.marks, self.used)
        found = {one for term in leading_of(mine.marks, self.used) for one in self.led[term]} - {but}
        shares = {one: share_of(mine, self.said[one], weights) for one in found}
        return sorted((one for one in found if shares[one] >= LIKE), key=lambda one: (-shares[one], one))


def keep(said: Sequence[Said]) -> Kept:
    led: defaultdict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(said):
        for term in one.marks:
            led[term].add(number)
    return Kept(said, Counter(term for one in said for term in one.marks), led)


def rows(voices: Sequence[Voice], groups: Mapping[str, tuple[str, str]]) -> Iterable[Row]:
    """What is offered of the members of known events, of near-duplicates, and of a message moved to another place."""
    ordered = sorted(voices, key=lambda one: one.moment)
    placed = [_said(one) for one in ordered]
    ways = {"places weighed": keep(placed), "places left out": keep([replace(one, places=()) for one in placed])}
    told = {name: "; ".join(_told(kept, ordered, groups, name)) for name, kept in ways.items()}
    promise = f"offered as the same matter, of {len(ordered):,} real messages"
    yield Row(promise, "beside", told["places weighed"], f"places left out: {told['places left out']}", True)


def _said(voice: Voice) -> Said:
    return Said(heaviest(voice.title, voice.text), where(voice.title, voice.text))


def _told(kept: Kept, voices: Sequence[Voice], groups: Mapping[str, tuple[str, str]], way: str) -> Iterator[str]:
    for name, words in groups.items():
        members = {at for at, one in enumerate(voices) if all(word in one.title + one.text for word in words)}
        offered = {one: kept.offered(kept.said[one], one) for one in members}
        first = [other for found in offered.values() for other in found[:FIVE]]
        any_of = sum(bool(members.intersection(found)) for found in offered.values())
        pairs = sum(len(members.intersection(found)) for found in offered.values())
        share, of_it = pairs / (len(members) * (len(members) - 1)), sum(one in members for one in first)
        yield (
            f"{name}: {any_of} of {len(members)} are offered another, {of_it} of {len(first)} of the first five are of "
            f"it, {share:.3f} of all pairs"
        )
    twins = near_duplicates(voices)
    half_way = len(voices) // 2
    for half, places in (("first", range(half_way)), ("second", range(half_way, len(voices)))):
        chosen = [pair for pair in twins if max(pair) in places]
        found = sum(other in kept.offered(kept.said[one], one) for one, other in chosen)
        yield f"near-duplicates of the {half} half {found} of {len(chosen)}"
    moved = list(_moved(voices))
    weighed = way == "places weighed"
    still = sum(at in kept.offered(_said(one) if weighed else replace(_said(one), places=())) for at, one in moved)
    yield f"the same words at another place {still} of {len(moved)}"


def _moved(voices: Sequence[Voice]) -> Iterator[tuple[int, Voice]]:
    """Messages with every spot or road they name changed into that of another message, of the same kind."""
    chance = random.Random(3)
    pool = [(name, found[0].split()) for one in voices for name in places_in(one) if (found := where(name, ""))]
    pool = [(name, cut) for name, cut in pool if cut[0] in ("spot", "road")]
    told = 0
    for at in chance.sample(range(len(voices)), len(voices)):
        one = voices[at]
        named = {tuple(cut.split()) for cut in where(one.title, one.text)}
        for kind, core, *shorter in sorted(cut for cut in named if cut[0] in ("spot", "road")):
            others = (cut[1] for _, cut in (chance.choice(pool) for _ in range(1000)) if cut[0] == kind)
            other = next(name for name in others if name[-2:] != (shorter or [core])[-1][-2:])
            one = replace(one, title=one.title.replace(core, other), text=one.text.replace(core, other))
        if one is not voices[at]:
            yield at, one
            told += 1
        if told == MOVED:
            return
