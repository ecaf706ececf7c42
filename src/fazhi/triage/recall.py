"""A reading weighed again by what people decided of letters like it; without such letters it stays as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fazhi.law import Title
from fazhi.triage.handling import Choice
from fazhi.triage.kinds import Kind, types, ways
from fazhi.triage.lessons import Lessons, Weighed
from fazhi.triage.letter import Letter
from fazhi.triage.nearness import Rows
from fazhi.triage.reading import CONFIRM, MANY, Guess, Understood, step_of
from fazhi.triage.route import Candidate, Duty
from fazhi.triage.threats import Level
from fazhi.triage.topics import Topic
from fazhi.triage.urgency import LEVELS

DECIDED = "以往决定"
SETTLED = 0.5
"""Votes from which a topic of the lower levels is taken over from a decision."""
ENOUGH = 2
"""People whose decisions it takes to call what threatens life less than that."""
TITLES = {"topic": "主题", "urgency": "紧急程度", "type": "类型", "way": "适用程序", "unit": "承办单位"}


def recalled(read: Understood, lessons: Lessons | None, letter: Letter, duties: Sequence[Duty] = ()) -> Understood:
    """The reading as decisions on like letters change it; what changed is told in the notes."""
    if lessons is None or letter.empty or not lessons.lessons:
        return read
    likes = lessons.likes(letter)
    if not likes.any():
        return read
    new = _about(read, lessons.weigh("topic", {}, likes))
    new = _urgency(new, lessons.weigh("urgency", {read.urgency.level: 1.0}, likes))
    new = replace(
        new,
        kind=_kind(read.kind, lessons.weigh("type", _shares(read.kind), likes), types()),
        way=_kind(read.way, lessons.weigh("way", _shares(read.way), likes), ways()),
        units=_units(read.units, lessons, likes, duties),
    )
    changed = [title for part, title in TITLES.items() if answers(new)[part] != answers(read)[part]]
    note = (f"按以往对相近来信的决定改了：{'、'.join(changed)}。",) if changed else ()
    return replace(new, notes=(*read.notes, *note))


def answers(read: Understood) -> Mapping[str, str]:
    """What a reading answers in each part, as decisions are kept."""
    return {
        "topic": "/".join(read.topic.names),
        "urgency": read.urgency.level,
        "type": read.kind.kind.name,
        "way": read.way.kind.name,
        "unit": read.units[0].unit if read.units else "",
    }


def _about(read: Understood, voted: Weighed) -> Understood:
    if not voted.votes:
        return read
    paths = {Topic(*path.split("/")): share for path, share in voted.shares.items()}
    kept = 1 / (1 + voted.votes)
    firsts = {topic.first: share * kept for topic, share in ((read.topic, read.about.sure),) if topic.first}
    for topic, share in paths.items():
        firsts[topic.first] = firsts.get(topic.first, 0.0) + share
    first = max(firsts, key=lambda name: (firsts[name], name))
    below = {topic: share for topic, share in paths.items() if topic.first == first}
    best = max(below, key=lambda topic: (below[topic], topic.names), default=read.topic)
    firm = below.get(best, 0.0) * (1 + voted.votes) >= SETTLED
    topic = best if firm or first != read.topic.first else read.topic
    sure = firsts[first]
    step = read.about.step if topic.first == read.topic.first else step_of(min(sure, CONFIRM), 2.0)
    others = tuple((one, share * kept) for one, share in read.topics if one != topic)
    return replace(
        read,
        topic=topic,
        topics=((topic, sure), *others)[:MANY],
        about=Guess(Title(str(topic)), sure, read.about.words, step),
    )


def _urgency(read: Understood, voted: Weighed) -> Understood:
    if not voted.votes:
        return read
    level = next(one for one in LEVELS if one == max(voted.shares, key=lambda name: (voted.shares[name], name)))
    if read.urgency.level == "at_once" and voted.people < ENOUGH:
        return read
    shares: dict[Level, float] = {one: voted.shares.get(one, 0.0) for one in LEVELS}
    return replace(read, urgency=replace(read.urgency, level=level, sure=shares[level], shares=shares))


def _shares(choice: Choice) -> dict[str, float]:
    return {choice.kind.name: choice.sure, **{kind.name: share for kind, share in choice.others}}


def _kind(choice: Choice, voted: Weighed, kinds: Mapping[str, Kind]) -> Choice:
    if not voted.votes:
        return choice
    known = {name: share for name, share in voted.shares.items() if name in kinds}
    ranked = [(kinds[name], known[name]) for name in sorted(known, key=lambda name: (-known[name], name))]
    words = choice.words if ranked[0][0].name == choice.kind.name else ()
    return Choice(*ranked[0], tuple(ranked[1:]), words)


def _units(
    units: tuple[Candidate, ...], lessons: Lessons, likes: Rows, duties: Sequence[Duty]
) -> tuple[Candidate, ...]:
    voted = lessons.weigh("unit", {one.unit: one.sure for one in units}, likes)
    if not voted.votes:
        return units
    known = {one.unit: one for one in units}
    names = {duty.unit: duty.name for duty in duties}
    found = []
    for unit, share in voted.shares.items():
        if unit in known:
            found.append(replace(known[unit], sure=share))
        elif unit in names:
            found.append(Candidate(unit, names[unit], share, ((DECIDED, names[unit]),)))
    return tuple(sorted(found, key=lambda one: (-one.sure, one.name)))[:MANY]
