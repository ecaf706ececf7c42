"""The follower that says of a matter what somebody is to be told: it came back, a letter is ready, a date moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar

from fazhi.law import Fact
from fazhi.ledger.day import lawful_day
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.view import MatterView
from fazhi.people.actors import LEADING
from fazhi.reach.involved import HANDS_OVER, involved

HOLDER = "applicant"
RETURNED, READY, MOVED = "returned", "ready", "moved"
APPROVAL, DECIDED = "approval", "decided"
JUDGING = frozenset({"approved", "rejected"})
LATE = timedelta(days=14)


class Calls:
    """Rows of reminders_call: the last return that nobody has answered, what was sent up and waits, or what came of it,
    the last letter to whoever lodged, and every date told in a letter that moved. Nothing of what they say."""

    name: ClassVar[str] = "reminders"
    table: ClassVar[str] = "reminders_call"
    key: ClassVar[tuple[str, ...]] = ("matter", "seq", "kind")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        facts = [fact for fact in view.horizon.facts if fact.entry and not fact.deemed]
        facts = [fact for fact in facts if (line := view.entry(fact.entry)) is not None and _is_news(line)]
        yield from _returned(view, facts)
        yield from _sent_up(view, facts)
        if view.parties:
            yield from _to_holder(view, facts)


FOLLOWERS = (Calls(),)


def _is_news(line: EntryLine) -> bool:
    """Whether it was recorded when it happened: what was brought in from elsewhere or entered late reminds nobody."""
    return line.face != "import" and lawful_day(line.recorded_at) - line.day <= LATE


def _returned(view: MatterView, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    """The last return to a unit until it is handed on."""
    sent_back: EntryLine | None = None
    for line in (view.entry(fact.entry) for fact in facts):
        if line is None:
            continue
        if line.kind in HANDS_OVER or line.kind == "returned":
            sent_back = line if line.kind == "returned" else None
    if sent_back is not None:
        yield _call(view, sent_back, RETURNED)


def _sent_up(view: MatterView, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    """What was sent up last: it waits for who may approve, or who asked is told what came of it; so too where a leader
    has done the act without a word to what was asked."""
    asked: EntryLine | None = None
    judged: EntryLine | None = None
    for line in (view.entry(fact.entry) for fact in facts):
        if line is None:
            continue
        if line.kind == "approval_asked":
            asked, judged = line, None
        elif asked and (line.kind in JUDGING or (judged is None and _is_led(view, line, asked))):
            judged = line
    if asked is not None and judged is None:
        yield _call(view, asked, APPROVAL)
    elif asked is not None and judged is not None and asked.account not in (None, judged.account):
        kind = RETURNED if judged.kind == "rejected" else DECIDED
        yield _call(view, judged, kind) | {"account": asked.account}


def _is_led(view: MatterView, line: EntryLine, asked: EntryLine) -> bool:
    """Whether an act is a leader's to do and another did it than who asked."""
    kind = view.page.kind(line.kind)
    return kind is not None and line.account != asked.account and ("负责人" in kind.by or kind.by in LEADING)


def _to_holder(view: MatterView, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    last: EntryLine | None = None
    for fact in facts:
        kind, line = view.page.facts.get(fact.kind), view.entry(fact.entry)
        if line is None:
            continue
        if fact.kind == "warned" and line.fields.get("was") and line.fields.get("letter"):
            yield _call(view, line, MOVED)
        elif kind is not None and kind.by != HOLDER and (kind.closes or kind.letters):
            last = line
    if last is not None:
        yield _call(view, last, READY)


def _call(view: MatterView, line: EntryLine, kind: str) -> dict[str, Any]:
    unit = involved(view).unit_for(line.thread)
    return {"matter": view.id, "seq": line.seq, "kind": kind, "unit": unit, "account": None, "at": line.recorded_at}
