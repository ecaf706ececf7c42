"""What may be recorded now and why not the rest, and what recording it would do to the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Literal

from fazhi.law.admit import Before, effects, objections
from fazhi.law.clock import Change, Clock, Possible, Reading
from fazhi.law.matter import Fact, Matter
from fazhi.law.moment import as_moment
from fazhi.law.order import standing
from fazhi.law.read import read_clocks
from fazhi.law.workdays import Workdays

Kind = Literal["starts", "stops", "drops", "pauses", "resumes", "moves", "vanishes"]


def possible(matter: Matter, now: datetime | date, calendar: Workdays) -> tuple[Possible, ...]:
    """Every fact of the page, then the acts common to all, with what stands against it now."""
    reading = read_clocks(matter, now, calendar)
    facts = tuple(standing(matter.facts))
    page, moment = reading.page, as_moment(now)
    found = []
    for kind in (*page.facts.values(), *(kind for name, kind in page.common.items() if name not in page.facts)):
        fact = Fact(kind.name, moment.date(), moment)
        against = list(objections(Before(reading, fact, facts), kind))
        if not any(finding.severity == "barred" for finding in against):
            against.extend(effects(page, replace(matter, facts=(*facts, fact)), kind, calendar))
        found.append(Possible(kind, tuple(against)))
    return tuple(found)


def preview(matter: Matter, fact: Fact, now: datetime | date, calendar: Workdays) -> tuple[Change, ...]:
    """Which clocks a fact would start, stop, drop, pause, resume or move."""
    before = _by_run(read_clocks(matter, now, calendar))
    after = _by_run(read_clocks(replace(matter, facts=(*matter.facts, fact)), now, calendar))
    changes = []
    for key in {**before, **after}:
        then, thereafter = before.get(key), after.get(key)
        kind = _kind(then, thereafter)
        if kind:
            known = thereafter or then
            assert known is not None
            changes.append(Change(kind, known.rule, known.thread, then, thereafter))
    return tuple(changes)


def _by_run(reading: Reading) -> dict[tuple[str, str, str, date], Clock]:
    return {(clock.name, clock.thread, clock.started.kind, clock.started.day): clock for clock in reading.clocks}


def _kind(before: Clock | None, after: Clock | None) -> Kind | None:
    """What has become of a run, in one word; None if nothing."""
    if after is None:
        return "vanishes"
    if before is None:
        return "starts"
    if after.ended and not before.ended:
        return "stops" if after.ended.kind in after.rule.stops else "drops"
    if (before.state == "paused") != (after.state == "paused"):
        return "resumes" if before.state == "paused" else "pauses"
    same = before.due == after.due and before.start == after.start and before.ended_on == after.ended_on
    return None if same and before.earliest == after.earliest else "moves"
