"""Letters out of the record, and the model taught by what people decided of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fazhi.ledger import MatterView, now, read_many
from fazhi.people.masks import free_text
from fazhi.triage import choices, store
from fazhi.triage.learn import learn
from fazhi.triage.letter import Letter, read_letter

KINDS = frozenset({"appeal", "hotline"})
"""Kinds of business whose letters are sorted."""


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of teaching: the new version, decisions taken in, topics that the model does not know."""

    version: int
    taken: int
    unknown: tuple[str, ...]


def letter_of(view: MatterView) -> Letter:
    """The opening as last corrected, personal data masked; empty where it was erased."""
    openings = [line for line in view.entries if line.kind == view.page.opens_with and not line.strikes]
    said = (view.body(openings[-1].seq) if openings else None) or {}
    text = " ".join(part for part in (said.get("text", ""), said.get("place", "")) if part)
    return read_letter(free_text(text), free_text(said.get("title", "")), said.get("topic", ""))


def waiting(folder: Path) -> int:
    """Decisions that the version in use has not learned from."""
    kept = store.load(folder)
    return len(choices.decided(kept[1].learned_to)) if kept else 0


def teach(folder: Path) -> Taught | None:
    """A new version that has learned from decisions since the last; None where nothing waits or no model is there."""
    kept = store.load(folder)
    if kept is None:
        return None
    model, about = kept
    found = choices.decided(about.learned_to)
    views = read_many([one.matter for one in found])
    pairs = [(letter_of(views[one.matter]), one.topic[0]) for one in found if one.matter in views]
    pairs = [(letter, name) for letter, name in pairs if not letter.empty]
    if not pairs:
        return None
    done = learn(model, pairs)
    made = store.save(
        folder,
        done.model,
        made=now(),
        source=about.source,
        corrections=about.corrections + done.taken,
        learned_to=max(one.number for one in found),
        parent=about.version,
    )
    return Taught(made.version, done.taken, done.unknown)
