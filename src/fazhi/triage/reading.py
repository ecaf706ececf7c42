"""A letter read whole: topic at three levels, urgency, type, governing procedure, and who takes the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from fazhi.law import Title
from fazhi.triage.handling import Choice, read_type, read_way
from fazhi.triage.letter import Letter
from fazhi.triage.model import Model
from fazhi.triage.route import Candidate, Duty, opened, route
from fazhi.triage.store import About
from fazhi.triage.topics import Topic, first_sure, rank_topics, second_shares, tree
from fazhi.triage.urgency import LEVELS, Urgency, read_urgency

Step = Literal["alone", "confirm", "choose"]
STEPS: Mapping[Step, str] = {"alone": "可以直接采用", "confirm": "请确认", "choose": "请人工选定"}
CONFIRM = 0.6
"""Confidence from which a proposal is put to a clerk to confirm; below it the clerk chooses."""
ALONE = 0.98
"""Confidence from which a reading needs no person where no model has set its own threshold."""
SAID = 0.75
"""How sure of the topic that the sender chose, where nothing else is surer of it: a clerk confirms."""
MANY = 5
Ranked = Sequence[tuple[Topic, float, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Guess:
    """One proposal: what, how sure, the words that decided it, and whose step is next."""

    title: Title
    sure: float
    words: tuple[str, ...]
    step: Step


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was read from a letter; `version` is 0 where only the words of the tree were used."""

    topic: Topic
    topics: tuple[tuple[Topic, float], ...]
    about: Guess
    urgency: Urgency
    kind: Choice
    way: Choice
    units: tuple[Candidate, ...]
    version: int
    notes: tuple[str, ...]

    @property
    def unit_step(self) -> Step:
        return step_of(self.units[0].sure) if self.units else "choose"

    def as_json(self) -> dict[str, Any]:
        level = Title(*LEVELS[self.urgency.level])
        parts = {
            "topic": ("主题", self.about),
            "urgency": ("紧急程度", Guess(level, self.urgency.sure, self.urgency.words, step_of(self.urgency.sure))),
            "type": ("类型", guess_of(self.kind)),
            "way": ("适用程序", guess_of(self.way)),
        }
        told: dict[str, Any] = {
            name: {
                "what": what,
                "title": guess.title.zh,
                "sure": round(guess.sure, 4),
                "words": list(guess.words),
                "step": STEPS[guess.step],
            }
            for name, (what, guess) in parts.items()
        }
        told["topic"]["levels"] = list(self.topic.names)
        told["urgency"]["lifted"] = [[sign.words, sign.lifted] for sign in self.urgency.signs if sign.lifted]
        told["way"]["law"] = self.way.kind.law
        told["units"] = [{"name": one.name, "sure": round(one.sure, 4), "why": list(one.why)} for one in self.units]
        return {**told, "version": self.version, "notes": list(self.notes)}


def step_of(sure: float, alone: float = ALONE) -> Step:
    return "alone" if sure >= alone else "confirm" if sure >= CONFIRM else "choose"


def guess_of(choice: Choice) -> Guess:
    return Guess(choice.kind.title, choice.sure, choice.words, step_of(choice.sure))


def understand(letter: Letter, trained: tuple[Model, About] | None, duties: Sequence[Duty] = ()) -> Understood:
    """Read a letter with the model in use, or with the words of the tree alone; an empty one is left to a person."""
    ranked = [] if letter.empty else rank_topics(letter)
    model = trained[0] if trained and not letter.empty else None
    verdict = model.read(letter) if model else None
    firsts = {verdict.name: verdict.sure, **dict(verdict.others)} if verdict else first_sure(letter)
    if letter.said in tree().firsts:
        firsts = {**firsts, letter.said: max(firsts.get(letter.said, 0.0), SAID)}
    chosen = letter.said if letter.said in firsts else max(firsts, key=lambda name: firsts[name], default="")
    first, sure = chosen, firsts.get(chosen, 0.0)
    below = [(topic, weight) for topic, weight, _ in ranked if topic.first == first]
    total = sum(weight for _, weight in below) or 1.0
    topic = below[0][0] if below else Topic(first)
    alone = model.alone if model else 2.0
    words = verdict.words if verdict else ()
    told = tuple(dict.fromkeys((*words, *_words_of(ranked, topic))))[:6]
    about = Guess(Title(str(topic) or "没有读出"), sure, told, step_of(sure, alone))
    shares = second_shares(opened(letter), firsts)
    return Understood(
        topic=topic,
        topics=tuple((one, sure * weight / total) for one, weight in below[:MANY]),
        about=about,
        urgency=read_urgency(letter),
        kind=read_type(letter),
        way=read_way(letter),
        units=tuple(route(letter, shares, duties)[:MANY]),
        version=trained[1].version if trained else 0,
        notes=letter.notes,
    )


def _words_of(ranked: Ranked, topic: Topic) -> tuple[str, ...]:
    return next((words for one, _, words in ranked if one == topic), ())
