"""Folds a matter into what its holder may be told: steps, terms and which entry is the reply; no personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fazhi.law import Clock, Fact
from fazhi.ledger.view import MatterView

HOLDER = "applicant"
OFFICE = ("", "office")


class Following:
    """The fold of one matter into its tracking row.

    Acts common to all kinds (assigning, asking, notes) are the office's own affair and are not told.
    """

    name = "tracking"
    table = "tracking_matter"
    key = ("matter",)
    heavy = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        reading = view.horizon
        told = [fact for fact in (*reading.facts, *reading.deemed) if fact.kind in reading.page.facts]
        told.sort(key=lambda fact: (fact.day, fact.deemed, fact.entry))
        yield {
            "matter": view.id,
            "procedure": view.procedure,
            "title": view.page.title.zh,
            "title_en": view.page.title.en,
            "number": view.number or "",
            "unit": view.unit,
            "opened": view.opened,
            "closed": reading.closed,
            "steps": [_step(view, fact) for fact in told],
            "clocks": [_clock(view, clock) for clock in reading.clocks if clock.state != "dropped"],
            "reply": _reply(view, told),
            "head": view.head,
        }


def _step(view: MatterView, fact: Fact) -> dict[str, Any]:
    kind = view.horizon.page.facts[fact.kind]
    return {
        "kind": fact.kind,
        "zh": kind.title.zh,
        "en": kind.title.en,
        "day": fact.day.isoformat(),
        "deemed": fact.deemed,
        "letter": kind.letters[0] if kind.letters else "",
        "closes": kind.closes,
    }


def _clock(view: MatterView, clock: Clock) -> dict[str, Any]:
    rule = clock.rule
    source = rule.source or view.page.source
    facts = view.horizon.page.facts
    last = max((day for day in (clock.due, clock.other_due) if day is not None), default=None)
    return {
        "rule": rule.name,
        "thread": clock.thread,
        "zh": rule.title.zh,
        "en": rule.title.en,
        "start": clock.start.isoformat(),
        "due": clock.due.isoformat() if clock.due else "",
        "last": last.isoformat() if last else "",
        "ended": clock.ended_on.isoformat() if clock.ended_on else "",
        "paused": clock.state == "paused",
        "measures": rule.term is None and rule.at_least is None,
        "yours": rule.by == HOLDER,
        "office": rule.by in OFFICE,
        "acts": [[facts[name].title.zh, facts[name].title.en] for name in rule.stops if name in facts],
        "provisional": clock.provisional,
        "source": str(source) if source else "",
        "status": source.weakest if source else "",
    }


def _reply(view: MatterView, told: Iterable[Fact]) -> int | None:
    """The last thing told to the holder in a letter of its own; an act of the holder is never the reply."""
    for fact in reversed(list(told)):
        kind = view.horizon.page.facts[fact.kind]
        line = view.entry(fact.entry) if fact.entry and not fact.deemed else None
        if line is not None and kind.by != HOLDER and (kind.closes or kind.letters) and line.commitment:
            return fact.entry
    return None


FOLLOWERS = (Following(),)
