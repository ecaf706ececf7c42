"""The tree of topics at three levels and the words that name them; it needs no training."""

from __future__ import annotations

import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from fazhi.triage.letter import Letter

OTHER = "其他"
HEAD_WEIGHT = 3.0
"""How much a word at the head of a letter counts beside one further on."""
DOUBT = 0.4
"""How much may speak for what no word names: one word alone is right in two of three letters, five in nine of ten.
Found on every other sorted letter and its openings, and judged on the rest."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: up to three names, from the widest to the narrowest."""

    first: str
    second: str = ""
    third: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.first, self.second, self.third) if name)

    def __str__(self) -> str:
        return " › ".join(self.names)


@dataclass(frozen=True, slots=True)
class Tree:
    """All topics with their words; `named` gives for each word the topics it may stand for."""

    topics: tuple[Topic, ...]
    named: Mapping[str, tuple[Topic, ...]]
    longest: int

    @property
    def firsts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(topic.first for topic in self.topics))

    @property
    def seconds(self) -> tuple[tuple[str, str], ...]:
        return tuple(dict.fromkeys((topic.first, topic.second) for topic in self.topics))

    def found(self, text: str) -> Counter[str]:
        """Words of the tree that a text holds, and how often."""
        counts: Counter[str] = Counter()
        for start in range(len(text)):
            for width in range(1, self.longest + 1):
                word = text[start : start + width]
                if word in self.named:
                    counts[word] += 1
        return counts


@lru_cache(maxsize=1)
def tree() -> Tree:
    data = tomllib.loads(files("fazhi.triage").joinpath("topics.toml").read_text(encoding="utf-8"))
    topics: list[Topic] = []
    named: defaultdict[str, list[Topic]] = defaultdict(list)
    for first, seconds in data.items():
        for second, thirds in seconds.items():
            for third, words in thirds.items():
                topic = Topic(first, second, third)
                topics.append(topic)
                for word in words.split():
                    named[word].append(topic)
    longest = max(map(len, named))
    return Tree(tuple(topics), {word: tuple(where) for word, where in named.items()}, longest)


def second_scores(letter: Letter) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """How strongly head and whole letter name each topic of the second level: damped counts, the whole by length."""
    where = tree()
    parts: list[dict[tuple[str, str], float]] = []
    for text, length in ((letter.head, 1.0), (letter.text, math.log1p(len(letter.text) / 30 + 1))):
        counts: defaultdict[tuple[str, str], int] = defaultdict(int)
        for word, times in where.found(text).items():
            for key in {(topic.first, topic.second) for topic in where.named[word]}:
                counts[key] += times
        parts.append({key: math.log1p(times) / length for key, times in counts.items()})
    return parts[0], parts[1]


def worth(word: str) -> float:
    """How much a word says: longer words say more, words of many topics less."""
    return (len(word) - 0.5) / math.sqrt(len(tree().named[word]))


def rank_topics(letter: Letter, within: Iterable[str] = ()) -> list[tuple[Topic, float, tuple[str, ...]]]:
    """Topics that the words of a letter name, the likeliest first, with their weight and the words."""
    where, wanted = tree(), frozenset(within)
    scores: defaultdict[Topic, float] = defaultdict(float)
    words: defaultdict[Topic, dict[str, float]] = defaultdict(dict)
    at_head = where.found(letter.head)
    for word, times in where.found(letter.text).items():
        weight = worth(word) * (math.log1p(times) + HEAD_WEIGHT * math.log1p(at_head.get(word, 0)))
        for topic in where.named[word]:
            if not wanted or topic.first in wanted:
                scores[topic] += weight
                words[topic][word] = weight
    ranked = sorted(scores, key=lambda topic: (-scores[topic], topic.names))
    return [
        (topic, scores[topic], tuple(sorted(words[topic], key=lambda word: (-words[topic][word], word))[:6]))
        for topic in ranked
    ]


def second_shares(letter: Letter, firsts: Mapping[str, float] | None = None) -> dict[tuple[str, str], float]:
    """Share of each topic of the second level in what the words say; `firsts` are confidences of the first level."""
    shares: defaultdict[tuple[str, str], float] = defaultdict(float)
    for topic, weight, _ in rank_topics(letter):
        shares[topic.first, topic.second] += weight * (1.0 if firsts is None else 0.1 + firsts.get(topic.first, 0.0))
    total = sum(shares.values()) or 1.0
    return {key: weight / total for key, weight in shares.items()}


def first_shares(letter: Letter) -> dict[str, float]:
    """Share of each topic of the first level in what the words of the tree say: the likeliest counts doubly."""
    weights: dict[str, float] = {}
    for topic, weight, _ in rank_topics(letter):
        weights[topic.first] = max(weights.get(topic.first, 0.0), weight)
    total = sum(weight**2 for weight in weights.values())
    return {name: weight**2 / total for name, weight in weights.items()} if total else {}


def first_sure(letter: Letter) -> dict[str, float]:
    """Confidence of each topic of the first level where words alone tell it: the fewer of them name the likeliest, the
    more is left to what no word names."""
    shares = first_shares(letter)
    best = max(shares, key=lambda name: shares[name], default="")
    words = sum(any(topic.first == best for topic in tree().named[word]) for word in tree().found(letter.text))
    return {name: share * words / (words + DOUBT) for name, share in shares.items()}
