"""Whose a letter is: units by what it is about, where it is, and what their names and lists of powers say they do."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fazhi.triage.agencies import COUNTY, TOWN, agency_of
from fazhi.triage.letter import Letter

SHARPNESS = 0.7
UNNAMED = 2.25
"""What a unit that is not proposed weighs; both found on one half of a real mailbox and judged on the other."""
BY_TOPIC = 2.2
BY_WORD = 0.9
BY_PLACE = 2.0
BY_POWER = 1.4
BY_NAME = 3.0
OPENING = 60
LEAST = 1.2
"""Worth below which no unit is proposed."""
_PLACE_ENDS = ("街道办事处", "街道", "镇人民政府", "乡人民政府", "镇", "乡", "社区", "办事处", "县", "区")


@dataclass(frozen=True, slots=True)
class Duty:
    """What is known of a unit: its name, items of its list of powers, and places it is on duty for."""

    unit: str
    name: str
    powers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be responsible, how sure, and why: (the ground, the words)."""

    unit: str
    name: str
    sure: float
    why: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Case:
    worth: float = 0.0
    why: list[tuple[str, str]] = field(default_factory=list)

    def add(self, worth: float, ground: str, words: str) -> None:
        self.worth += worth
        self.why.append((ground, words))


def route(letter: Letter, topics: Mapping[tuple[str, str], float], duties: Sequence[Duty]) -> list[Candidate]:
    """Units that may be responsible, the likeliest first. `topics`: share of each topic of the second level."""
    letter = opened(letter)
    cases: list[tuple[Duty, _Case]] = []
    for duty in duties:
        case = _Case()
        _by_name(case, duty, letter)
        _by_work(case, duty, letter, topics)
        _by_place(case, duty, letter)
        _by_power(case, duty, letter)
        if case.worth >= LEAST:
            cases.append((duty, case))
    raised = [math.exp(case.worth / SHARPNESS) for _, case in cases]
    total = sum(raised) + math.exp(UNNAMED / SHARPNESS)
    found = [
        Candidate(duty.unit, duty.name, part / total, tuple(case.why))
        for (duty, case), part in zip(cases, raised, strict=True)
    ]
    return sorted(found, key=lambda one: (-one.sure, one.name))


def opened(letter: Letter) -> Letter:
    """The letter with more than its title as its head: whose it is often stands in the first sentence."""
    return replace(letter, head=letter.text[:OPENING])


def _by_name(case: _Case, duty: Duty, letter: Letter) -> None:
    if len(duty.name) > 3 and duty.name in letter.text:
        case.add(BY_NAME / (1 + 0.5 * (duty.name not in letter.head)), "信中写到", duty.name)


def _by_work(case: _Case, duty: Duty, letter: Letter, topics: Mapping[tuple[str, str], float]) -> None:
    kind = agency_of(duty.name)
    if kind is None:
        return
    share = sum(topics.get(topic, 0.0) for topic in kind.topics)
    if share > 0.1:
        best = max(kind.topics, key=lambda topic: topics.get(topic, 0.0))
        case.add(BY_TOPIC * share, "主题", " › ".join(best))
    said = [word for word in kind.words if word in letter.text]
    if said:
        at_head = sum(word in letter.head for word in said)
        case.add(BY_WORD * math.log1p(len(said) + 2 * at_head), "职责用语", "、".join(said[:4]))


def _by_place(case: _Case, duty: Duty, letter: Letter) -> None:
    names = [duty.name] if TOWN.search(duty.name) or COUNTY.fullmatch(duty.name) else []
    for name in (*names, *duty.places):
        stem = _stem(name)
        if len(stem) >= 2 and stem in letter.text:
            case.add(BY_PLACE * (1.5 if stem in letter.head else 1.0), "地点", stem)
            return


def _stem(name: str) -> str:
    """The name of a place without what kind of place it is, as people write it."""
    for end in _PLACE_ENDS:
        if name.endswith(end) and len(name) > len(end) + 1:
            return name[: -len(end)][-4:]
    return name


def _by_power(case: _Case, duty: Duty, letter: Letter) -> None:
    best, words = 0.0, ""
    for item in duty.powers:
        share = _shared(item, letter.text)
        if share > best:
            best, words = share, item
    if best >= 0.4:
        case.add(BY_POWER * best, "权责清单", words[:30])


def _shared(item: str, text: str) -> float:
    """Share of the neighbouring signs of an item that a letter has too."""
    pairs = {item[at : at + 2] for at in range(len(item) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if len(pairs) >= 3 else 0.0
