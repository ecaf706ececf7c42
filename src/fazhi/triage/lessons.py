"""What people decided of letters, remembered without their words: each decision has a vote on letters like its own."""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fazhi.triage.features import cut
from fazhi.triage.letter import Letter
from fazhi.triage.nearness import Rows, topic_rows

PARTS = ("topic", "urgency", "type", "way", "unit")
PLACES = 1024
"""Numbers into which words are folded; the words cannot be read back from them."""
LIKE = 0.45
"""Likeness from which a decision has a vote; it grows with the square of what is above."""
FIRM = 2.0
"""The vote of a decision on the very same letter, and the most that one person's decisions weigh together, beside
the one vote of what was read without them."""
TELLING = 0.25
"""Share of a full vote from which two decisions are held against each other."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One decision: its number, who took it, and what was decided by part; the unit only where one was assigned."""

    number: int
    person: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part weighed anew: the share of each answer, how much was voted, and how many people voted."""

    shares: Mapping[str, float]
    votes: float
    people: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """Decisions with one row each; `off` are parts in which they did more harm than good and are not used."""

    lessons: tuple[Lesson, ...]
    rows: Rows
    off: frozenset[str] = frozenset()
    trust: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def weigh(self, part: str, shares: Mapping[str, float], likes: Rows) -> Weighed:
        """Shares of what was read are one vote; each decision like the letter has its own."""
        if part in self.off:
            return Weighed(shares, 0.0, 0)
        given: defaultdict[tuple[str, str], float] = defaultdict(float)
        for place in np.flatnonzero(likes > 0):
            one = self.lessons[int(place)]
            if answer := one.answers.get(part):
                given[one.person, answer] += FIRM * float(likes[place]) * self.trust.get((one.person, part), 1.0)
        votes: Counter[str] = Counter()
        for (_, answer), weight in given.items():
            votes[answer] += min(weight, FIRM)  # type: ignore[assignment]
        total = sum(votes.values())
        if not total:
            return Weighed(shares, 0.0, 0)
        names = {*shares, *votes}
        mixed = {name: (shares.get(name, 0.0) + votes[name]) / (1 + total) for name in names}
        return Weighed(mixed, total, len({person for person, _ in given}))

    def likes(self, letter: Letter) -> Rows:
        """How like each decision's letter is, from 0 to 1."""
        return np.asarray(likeness(lesson_rows([letter]), self.rows)[0], dtype=np.float32)


def lesson_rows(letters: Sequence[Letter]) -> Rows:
    """One row a letter: its folded words and the topics that they name, each half of length one."""
    topics = topic_rows(letters) / math.sqrt(2)
    return np.hstack([np.array([_fold(letter) for letter in letters], dtype=np.float32), topics.astype(np.float32)])


def _fold(letter: Letter) -> Rows:
    row = np.zeros(PLACES, dtype=np.float32)
    for word, times in Counter(cut(letter.text)).items():
        place = zlib.crc32(word.encode())
        row[place % PLACES] += math.log1p(times) * len(word) * (1 if place >> 31 else -1)
    return np.asarray(row / (np.linalg.norm(row) or 1.0), dtype=np.float32)


def likeness(some: Rows, others: Rows) -> Rows:
    """Votes by likeness: words and topics count alike; where a letter names no topic, its words alone."""
    words = some[:, :PLACES] @ others[:, :PLACES].T
    topics = some[:, PLACES:] @ others[:, PLACES:].T
    named = np.outer(some[:, PLACES:].any(axis=1), others[:, PLACES:].any(axis=1))
    alike = np.where(named, (words + topics) / 2, words)
    return np.asarray(np.clip((alike - LIKE) / (1 - LIKE), 0, 1) ** 2, dtype=np.float32)


def remember(lessons: Sequence[Lesson], letters: Sequence[Letter]) -> Lessons:
    """Decisions as lessons; who is contradicted by others on like letters weighs less in that part."""
    rows = lesson_rows(letters) if letters else np.zeros((0, PLACES), dtype=np.float32)
    return Lessons(tuple(lessons), rows, frozenset(), _trusts(lessons, rows))


def _trusts(lessons: Sequence[Lesson], rows: Rows) -> dict[tuple[str, str], float]:
    """By person and part: how far others agree on like letters, 1 for all and towards 0 for none. Each other person
    counts once a letter, however often they decided."""
    agreed: defaultdict[tuple[str, str], float] = defaultdict(float)
    against: defaultdict[tuple[str, str], float] = defaultdict(float)
    for place, one in enumerate(lessons):
        alike = likeness(rows[place : place + 1], rows)[0]
        heard: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
        for other in np.flatnonzero(alike >= TELLING):
            second = lessons[int(other)]
            if second.person != one.person:
                for part in one.answers.keys() & second.answers.keys():
                    heard[second.person, part].append(one.answers[part] == second.answers[part])
        for (_, part), same in heard.items():
            share = sum(same) / len(same)
            agreed[one.person, part] += share
            against[one.person, part] += 1 - share
    return {key: (1 + agreed[key]) / (1 + agreed[key] + part) for key, part in against.items() if part}


def doubted(lessons: Lessons) -> dict[str, tuple[str, ...]]:
    """Who weighs less than half, and in which parts."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for (person, part), trust in sorted(lessons.trust.items()):
        if trust < 0.5:
            found[person].append(part)
    return {person: tuple(parts) for person, parts in found.items()}
