"""What is joined and what comes of it: a voice, an event of many voices, an event as ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Vector = Mapping[str, float]
"""Weights by term, of length one."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One message: who, when, what; how many agreed and objected. `person` may be empty: then it counts as its own."""

    number: str
    person: str
    moment: datetime
    title: str
    text: str
    likes: int = 0
    objections: int = 0


@dataclass(slots=True)
class Event:
    """Voices on one matter: their places in the list and the sum of their vectors, whose length is `length`; `placed`
    is the length of its part that names places."""

    members: list[int] = field(default_factory=list)
    total: dict[str, float] = field(default_factory=dict)
    length: float = 0.0
    placed: float = 0.0


@dataclass(frozen=True, slots=True)
class Heat:
    """The parts of a rank, each as it enters the formula told in `formula`."""

    persons: int
    voices: int
    likes: int
    objections: int
    severity: float
    breadth: float
    recency: float
    score: float
    formula: str


@dataclass(frozen=True, slots=True)
class HotEvent:
    """An event as shown: what, where, since when, whether it grows, its rank, quoted sentences, its voices."""

    rank: int
    title: str
    places: tuple[str, ...]
    terms: tuple[str, ...]
    first: date
    last: date
    growth: str
    recent: int
    before: int
    heat: Heat
    quotes: tuple[tuple[str, str], ...]
    members: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Plain values; days in ISO form, a quote with the number of its voice."""
        return {
            "rank": self.rank,
            "title": self.title,
            "places": list(self.places),
            "terms": list(self.terms),
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "growth": self.growth,
            "recent": self.recent,
            "before": self.before,
            "score": round(self.heat.score, 3),
            "heat": {
                "persons": self.heat.persons,
                "voices": self.heat.voices,
                "likes": self.heat.likes,
                "objections": self.heat.objections,
                "severity": self.heat.severity,
                "breadth": round(self.heat.breadth, 3),
                "recency": round(self.heat.recency, 3),
                "formula": self.heat.formula,
            },
            "quotes": [{"member": number, "sentence": sentence} for number, sentence in self.quotes],
            "members": list(self.members),
        }
