"""The follower that keeps one row a clock run, and one a request to another unit that awaits its reply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from fazhi.law import Clock, Fact
from fazhi.ledger.view import MatterView
from fazhi.reach.follow import NO_DUE, is_open
from fazhi.reach.involved import Involvement, involved

ASKED, AWAITED = "asked", "awaited"
TO_COUNTERSIGN, COUNTERSIGN_AWAITED, TO_DECIDE = "countersign", "countersign_awaited", "countersign_decide"
TO_APPROVE, APPROVAL_AWAITED = "approve", "approval_awaited"
FIGURES = "figures"
"""The duty of clocks that only measure for indicators: nobody has to act by them."""


class Worklist:
    """Rows of worklist_row, read from the horizon: they stay true while nothing is recorded."""

    name: ClassVar[str] = "worklist"
    table: ClassVar[str] = "worklist_row"
    key: ClassVar[tuple[str, ...]] = ("matter", "clock", "thread", "run")
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        found, still_open = involved(view), is_open(view)
        seen: Counter[tuple[str, str]] = Counter()
        for clock in view.horizon.clocks:
            if clock.rule.by == FIGURES:
                continue
            slot = (clock.rule.name, clock.thread)
            yield _row(view, found, clock, seen[slot], still_open)
            seen[slot] += 1
        if still_open:
            yield from _requests(view, found)
            yield from _countersigning(view, found)
            yield from _approving(view, found)


FOLLOWERS = (Worklist(),)


def _row(view: MatterView, found: Involvement, clock: Clock, run: int, still_open: bool) -> dict[str, Any]:
    recorded = clock.ended is not None and not clock.ended.deemed
    dropped = clock.state == "dropped" and clock.ended is None
    due = clock.due or NO_DUE
    return _common(view, found) | {
        "clock": clock.rule.name,
        "thread": clock.thread,
        "run": run,
        "unit": found.unit_for(clock.thread),
        "lane": lane_of(clock),
        "live": not recorded and not dropped and (still_open or clock.rule.outlives) and not _long_past(view, clock),
        "provisional": clock.provisional and not _stands(view, clock),
        "start": _asked_from(view, clock),
        "watch": min(due, clock.warned_by or due),
        "by_day": due,
        "due": clock.due,
        "late_after": NO_DUE if clock.rule.soft else max(due, clock.other_due or due),
        "other_due": clock.other_due,
        "minimum": clock.earliest,
        "ended_on": clock.ended_on if clock.ended is not None or dropped else None,
        "end_state": clock.state if clock.ended is not None or dropped else "",
        "duty": clock.rule.by,
    }


def _asked_from(view: MatterView, clock: Clock) -> date:
    """When something is to be done: from the start; while a line of a register stands, from its reminder on."""
    return max(clock.start, clock.reminded) if clock.reminded and _stands(view, clock) else clock.start


def _stands(view: MatterView, clock: Clock) -> bool:
    """Whether the run is the time for which a line of a register stands; its printed end no notice moves."""
    register = view.horizon.page.register
    return register is not None and clock.rule.deems in register.leaves


def _long_past(view: MatterView, clock: Clock) -> bool:
    """A duty without a term that the end of an imported matter began: what came of it is not in the table, and no
    one has it to do today. What has a term stays, for its end can be told."""
    if clock.rule.term is not None or not clock.rule.outlives or clock.started.kind not in view.page.closing:
        return False
    return any(line.seq == clock.started.entry and line.face == "import" for line in view.entries)


def lane_of(clock: Clock) -> str:
    """Whose turn a run is: ours, an option of ours, waiting for another, or nobody's while it is paused."""
    if clock.state == "paused":
        return "paused"
    return {"": "ours", "office": "ours", "option": "option"}.get(clock.rule.by, "waiting")


def _requests(view: MatterView, found: Involvement) -> Iterator[dict[str, Any]]:
    days = {line.seq: line.day for line in view.entries}
    for unit, entry in found.asked.items():
        yield _request(view, found, ASKED, unit, unit, days[entry])
        yield _request(view, found, AWAITED, unit, found.unit_for(""), days[entry])


def _countersigning(view: MatterView, found: Involvement) -> Iterator[dict[str, Any]]:
    """Each place whose turn it is, by the day asked for; whom the asker waits for; and objections that wait for a
    decision."""
    if found.round is None:
        return
    days = {line.seq: line.day for line in view.entries}
    for ask in found.round.turn:
        place, since = ask.post or ask.unit, days[ask.entry]
        yield _request(view, found, TO_COUNTERSIGN, place, ask.unit, since, ask.by)
        yield _request(view, found, COUNTERSIGN_AWAITED, place, found.round.unit, since, ask.by)
    if found.round.state == "objected":
        yield _request(view, found, TO_DECIDE, found.round.unit, found.round.unit, days[found.round.entry])


def approval_asked(facts: Iterable[Fact]) -> Fact | None:
    """The last act sent up for approval that nobody has approved or sent back."""
    asked: Fact | None = None
    for fact in facts:
        if fact.kind == "approval_asked":
            asked = fact
        elif fact.kind in ("approved", "rejected"):
            asked = None
    return asked


def _approving(view: MatterView, found: Involvement) -> Iterator[dict[str, Any]]:
    """What waits for approval: to do for the post asked, or for any that may approve; awaited by all others."""
    asked = approval_asked(view.horizon.facts)
    if asked is None:
        return
    unit, post = found.unit_for(asked.thread), asked.fields.get("post", "")
    yield _request(view, found, TO_APPROVE, post, unit, asked.day)
    yield _request(view, found, APPROVAL_AWAITED, post, unit, asked.day)


def _request(
    view: MatterView, found: Involvement, clock: str, asked: UUID | str, unit: UUID, day: date, due: date | None = None
) -> dict[str, Any]:
    open_end = {"due": due, "other_due": None, "minimum": None, "ended_on": None, "end_state": ""}
    lane, duty = ("waiting", "unit") if clock in (AWAITED, COUNTERSIGN_AWAITED, APPROVAL_AWAITED) else ("ours", "")
    return (
        _common(view, found)
        | open_end
        | {
            "clock": clock,
            "thread": str(asked),
            "run": 0,
            "unit": unit,
            "lane": lane,
            "live": True,
            "provisional": False,
            "start": day,
            "watch": due or NO_DUE,
            "by_day": due or NO_DUE,
            "late_after": due or NO_DUE,
            "duty": duty,
        }
    )


def _common(view: MatterView, found: Involvement) -> dict[str, Any]:
    return {"matter": view.id, "kind": view.procedure, "secrecy": found.secrecy}
