"""Joining messages into events: a year of a district, one new message, and quality and time beside a usual pipeline."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from itertools import combinations
from pathlib import Path

import rjieba
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from benchmarks import alike
from benchmarks.measure import Row, clock, p95, times
from benchmarks.messages import near_duplicates, year
from fazhi.cli.hotspots import read_voices
from fazhi.desk.tables.read import read_sheet
from fazhi.hotspots.join import Joiner, join_all, put_together
from fazhi.hotspots.rank import rank
from fazhi.hotspots.terms import Vocabulary, read
from fazhi.hotspots.voices import Voice

MANY = 110_000
NEW = 300
GOAL, ONE = 120.0, 0.050
FILE = "FAZHI_MESSAGES"
"""Environment variable that names a table of real messages for the comparison."""
GROUPS = {"mixing plant": ("丽发新城", "搅拌"), "forced parking": ("伊景园", "车位")}
"""What two groups of the published table of 4,326 messages name; whoever names both is of the group."""
DIMENSIONS = 100


def measure() -> Iterable[Row]:
    """Speed on a made-up year; with a table of real messages, quality and time beside TF-IDF with HDBSCAN."""
    yield from _speed(year(MANY + NEW))
    if os.environ.get(FILE):
        voices, _ = read_voices(read_sheet(Path(os.environ[FILE])))
        yield from _beside(voices)
        yield from alike.rows(voices, GROUPS)


def _speed(voices: Sequence[Voice]) -> Iterable[Row]:
    vocabulary = Vocabulary()
    joiner = Joiner(vocabulary)
    used = time.process_time()
    with clock() as taken:
        terms = [read(voice) for voice in voices[:MANY]]
        vocabulary.learn(terms)
        for place, one in enumerate(terms):
            joiner.join(place, vocabulary.vector(one.terms))
        events = put_together(deepcopy(joiner.events), vocabulary)
        ranked = rank(events, voices[:MANY], most=20)
    used = time.process_time() - used
    measured = f"{used:.0f} s of one processor ({taken():.0f} s with the other work), {len(ranked)} ranked"
    yield Row(f"{MANY:,} messages joined and ranked", "≤ 120 s of one", measured, "one process", used <= GOAL)

    def join(number: int) -> None:
        one = read(voices[MANY + number])
        vocabulary.learn([one])
        joiner.join(MANY + number, vocabulary.vector(one.terms))

    slow = p95(times(join, NEW - 3))
    measured = f"p95 {1000 * slow:.1f} ms"
    yield Row("a new message joined to its event", "p95 ≤ 50 ms", measured, f"after {MANY:,} others", slow <= ONE)


def _beside(voices: Sequence[Voice]) -> Iterable[Row]:
    pairs = near_duplicates(voices)
    methods: dict[str, Callable[[Sequence[Voice]], list[list[int]]]] = {
        "ours": lambda told: [event.members for event in join_all(told)],
        "TF-IDF, SVD, HDBSCAN": _usual,
    }
    said = {}
    for name, method in methods.items():
        with clock() as taken:
            groups = method(voices)
        said[name] = f"{_quality(voices, groups, pairs)}, {taken():.1f} s"
    yield Row(
        f"quality on {len(voices):,} real messages, {len(pairs)} near-duplicate pairs",
        "beside",
        said["ours"],
        f"TF-IDF, SVD, HDBSCAN: {said['TF-IDF, SVD, HDBSCAN']}",
        True,
    )


def _usual(voices: Sequence[Voice]) -> list[list[int]]:
    """What one would try first: words weighed, brought down to 100 dimensions, dense parts taken as events."""
    weigh = TfidfVectorizer(analyzer=lambda text: list(rjieba.cut(text)), sublinear_tf=True, min_df=2)
    table = weigh.fit_transform([f"{voice.title} {voice.title} {voice.text[:600]}" for voice in voices])
    fewer = normalize(TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(table))
    labels = HDBSCAN(min_cluster_size=2, metric="euclidean", copy=True).fit_predict(fewer)
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(labels):
        groups.setdefault(int(label) if label >= 0 else -1 - place, []).append(place)
    return list(groups.values())


def _quality(voices: Sequence[Voice], groups: Sequence[Sequence[int]], pairs: set[tuple[int, int]]) -> str:
    whose = {place: number for number, group in enumerate(groups) for place in group}
    twins = {place for pair in pairs for place in pair}
    together = {
        pair for group in groups for pair in combinations(sorted(place for place in group if place in twins), 2)
    }
    right = len(together & _linked(pairs))
    recall = sum(whose[a] == whose[b] for a, b in pairs) / len(pairs)
    precision = right / len(together) if together else 0.0
    known = "; ".join(_known(name, words, voices, groups, whose) for name, words in GROUPS.items())
    return f"near-duplicates P {precision:.2f} R {recall:.2f}; {known}"


def _linked(pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs that are joined by a chain of near-duplicates."""
    head: dict[int, int] = {}

    def find(one: int) -> int:
        while head.setdefault(one, one) != one:
            one = head[one]
        return one

    for a, b in pairs:
        head[find(a)] = find(b)
    parts: dict[int, list[int]] = {}
    for one in list(head):
        parts.setdefault(find(one), []).append(one)
    return {pair for part in parts.values() for pair in combinations(sorted(part), 2)}


def _known(
    name: str, words: Sequence[str], voices: Sequence[Voice], groups: Sequence[Sequence[int]], whose: dict[int, int]
) -> str:
    """Of a group known beforehand: how many stand in one event, and how many of that event are of the group."""
    members = [
        place for place, voice in enumerate(voices) if all(word in f"{voice.title}{voice.text}" for word in words)
    ]
    if not members:
        return f"{name}: none here"
    number, most = Counter(whose[place] for place in members).most_common(1)[0]
    return f"{name} {most}/{len(members)} in one event of {len(groups[number])}"
