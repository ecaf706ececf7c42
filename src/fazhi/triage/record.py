"""Letters out of the record, and what people decided of them learned as a version that can be taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path
from typing import Any

from fazhi.ledger import MatterView, now, read_many
from fazhi.people.masks import free_text
from fazhi.triage import choices, store
from fazhi.triage.lessons import PARTS, Lesson, Lessons, doubted, remember
from fazhi.triage.letter import Letter, read_letter
from fazhi.triage.reading import Understood, understand
from fazhi.triage.recall import answers, recalled
from fazhi.triage.route import Duty

KINDS = frozenset({"appeal", "hotline"})
"""Kinds of business whose letters are sorted."""
NOISE = 1.64
"""Standard errors by which decisions held out must be read worse than without the others to switch a part off."""
MOST = 5_000
"""Decisions remembered, the latest."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of teaching: the new version, decisions taken in, parts in which they are not used as they do harm,
    and accounts that others contradict."""

    version: int
    taken: int
    off: tuple[str, ...]
    doubted: tuple[str, ...]


def letter_of(view: MatterView) -> Letter:
    """The opening as last corrected, personal data masked; empty where it was erased."""
    openings = [line for line in view.entries if line.kind == view.page.opens_with and not line.strikes]
    said = (view.body(openings[-1].seq) if openings else None) or {}
    text = " ".join(part for part in (said.get("text", ""), said.get("place", "")) if part)
    return read_letter(free_text(text), free_text(said.get("title", "")), said.get("topic", ""))


def waiting(folder: Path) -> int:
    """Matters that were decided, or whose decision was taken back, since the version in use learned."""
    about = next((one for one in store.versions(folder) if one.version == store.current(folder)), None)
    return choices.changed(about.learned_to if about else 0)


def teach(folder: Path, duties: Sequence[Duty] = ()) -> Taught | None:
    """A new version that holds every standing decision; None where nothing changed since the last."""
    if not waiting(folder):
        return None
    pairs = _decided()
    lessons = remember([lesson for lesson, _ in pairs], [letter for _, letter in pairs])
    trained = store.load(folder)
    parts = judge(lessons, [(letter, understand(letter, trained, duties)) for _, letter in pairs], duties)
    lessons = replace(lessons, off=frozenset(part for part, one in parts.items() if not one["used"]))
    last, doubts = choices.last(), doubted(lessons)
    held = Counter(one.person for one in lessons.lessons)
    base = trained[1] if trained else store.About(0, "", "", 0, 0, (), 2.0)
    about = replace(
        base,
        made=now().isoformat(timespec="seconds"),
        parent=store.current(folder),
        model=base.model or base.version,
        learned_to=last,
        parts=parts,
        people={who: {"decisions": count, "doubted": list(doubts.get(who, ()))} for who, count in held.items()},
    )
    made = store.save_lessons(folder, lessons, about)
    return Taught(made.version, len(pairs), tuple(sorted(lessons.off)), tuple(doubts))


def _decided() -> list[tuple[Lesson, Letter]]:
    """Standing decisions with their letters; the unit is the one that the matter was last assigned to."""
    found = choices.decided()[-MOST:]
    views = read_many([one.matter for one in found], bodies=True)
    pairs = []
    for one in found:
        view = views.get(one.matter)
        letter = letter_of(view) if view else read_letter("")
        if view is None or letter.empty:
            continue
        said = {"topic": "/".join(one.topic), "urgency": one.urgency, "type": one.kind, "way": one.way}
        if unit := _unit_of(view):
            said["unit"] = unit
        pairs.append((Lesson(one.number, str(one.account or ""), said), letter))
    return pairs


def _unit_of(view: MatterView) -> str:
    given = [fact.fields.get("unit", "") for fact in view.horizon.facts if fact.kind in ("assigned", "transferred")]
    return given[-1] if given else ""


def judge(
    lessons: Lessons, read: Sequence[tuple[Letter, Understood]], duties: Sequence[Duty] = ()
) -> dict[str, Mapping[str, Any]]:
    """Each decision held out in turn: how often the others lead to it, beside reading without any. A part in which
    they lead away more often than chance would is switched off."""
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for place, (letter, plain) in enumerate(read):
        other = replace(lessons, lessons=_without(lessons, place))
        base, new = answers(plain), answers(recalled(plain, other, letter, duties))
        for part, right in lessons.lessons[place].answers.items():
            asked[part] += 1
            before[part] += base[part] == right
            after[part] += new[part] == right
            gained[part] += new[part] == right != base[part]
            lost[part] += base[part] == right != new[part]
    told: dict[str, Mapping[str, Any]] = {}
    for part in PARTS:
        worse = lost[part] - gained[part]
        used = worse <= 0 or worse < NOISE * sqrt(lost[part] + gained[part])
        told[part] = {"decisions": asked[part], "before": before[part], "after": after[part], "used": used}
    return told


def _without(lessons: Lessons, place: int) -> tuple[Lesson, ...]:
    """The decisions with one of them silent."""
    one = lessons.lessons[place]
    return (*lessons.lessons[:place], Lesson(one.number, one.person, {}), *lessons.lessons[place + 1 :])
