"""The follower that says of a matter what somebody is to be told: it came back, a letter is ready, a date moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from fazhi.law import Fact
from fazhi.ledger.day import lawful_day
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.view import MatterView
from fazhi.reach.involved import HANDS_OVER, involved

HOLDER = "applicant"
RETURNED, READY, MOVED = "returned", "ready", "moved"
LATE = timedelta(days=14)


class Calls:
    """Rows of reminders_call: the last return or refusal that nobody has answered, the last letter to whoever lodged,
    and every date told in a letter that moved. Nothing of what they say."""

    name: ClassVar[str] = "reminders"
    table: ClassVar[str] = "reminders_call"
    key: ClassVar[tuple[str, ...]] = ("matter", "seq", "kind")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        facts = [fact for fact in view.horizon.facts if fact.entry and not fact.deemed]
        facts = [fact for fact in facts if (line := view.entry(fact.entry)) is not None and _is_news(line)]
        yield from _returned(view, facts)
        if view.parties:
            yield from _to_holder(view, facts)


FOLLOWERS = (Calls(),)


def _is_news(line: EntryLine) -> bool:
    """Whether it was recorded when it happened: what was brought in from elsewhere or entered late reminds nobody."""
    return line.face != "import" and lawful_day(line.recorded_at) - line.day <= LATE


def _returned(view: MatterView, facts: Iterable[Fact]) -> Iterator[dict[str, Any]]:
    """The last return to a unit until it is handed on, and the last refusal to who asked until they ask again."""
    sent_back: EntryLine | None = None
    refused: EntryLine | None = None
    asker: UUID | None = None
    for line in (view.entry(fact.entry) for fact in facts):
        if line is None:
            continue
        if line.kind in HANDS_OVER or line.kind == "returned":
            sent_back = line if line.kind == "returned" else None
        elif line.kind == "approval_asked":
            refused, asker = None, line.account
        elif line.kind in ("approved", "rejected"):
            refused = line if line.kind == "rejected" else None
    if sent_back is not None:
        yield _call(view, sent_back, RETURNED)
    if refused is not None and asker is not None:
        yield _call(view, refused, RETURNED) | {"account": asker}


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
