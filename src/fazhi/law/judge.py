"""Judging a run: its days, its state at a moment, and what the law takes as done when it is over."""

from __future__ import annotations

from datetime import date, datetime

from fazhi.law import messages
from fazhi.law.clock import HORIZON, Clock, Note, State
from fazhi.law.count import Count, Ends, ends
from fazhi.law.matter import Fact
from fazhi.law.moment import as_moment
from fazhi.law.procedure import Procedure
from fazhi.law.reach import Reach
from fazhi.law.run import Run
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays


def judge(run: Run, page: Procedure, calendar: Workdays, now: datetime) -> tuple[Clock, list[Note]]:
    """The clock of a run as it stands at a moment, and what was wrong with what moved it."""
    rule, until = run.rule, run.ended or now.date()
    start = run.started.day if rule.before else run.start
    clock = Clock(rule, run.thread, run.started, start, page=page)
    clock.ended, clock.ended_on = run.ended, run.ended.day if run.ended else None
    notes: list[Note] = []
    paused = False
    if rule.at_least:
        minimum = Reach(run, rule.at_least, page, calendar, minimum=True)
        _fill_minimum(clock, minimum, until)
        paused = minimum.paused and run.ended is None
    if run.term:
        reach = Reach(run, run.term, page, calendar)
        _fill(clock, reach, until)
        notes, paused = reach.notes, reach.paused and run.ended is None
    _measure(clock, now.date())
    clock.state = _ended_state(clock, run.judged) if run.ended else _open_state(clock, paused, now)
    if rule.soft and clock.due and _is_over(clock, now):
        notes.append(Note(messages.soft_passed(page, rule, clock.due), run.ended))
    if rule.soft and run.judged and _before_full(clock):
        notes.append(Note(messages.soft_early(page, rule, clock.earliest), run.ended))
    return clock, notes


def over_on(clock: Clock) -> date | None:
    """The last day of a run that lapsed or ended late, else of one whose full minimum the law takes as enough."""
    if clock.state in ("lapsed", "late"):
        return _limit(clock)
    deems_when_full = clock.rule.deems and clock.due is None and clock.earliest
    return clock.earliest if deems_when_full and clock.state in ("ripe", "met", "dropped") else None


def deemed(clock: Clock, now: datetime) -> Fact | None:
    """What the law takes as done because this run is over; it exists only from the day after."""
    rule, over = clock.rule, over_on(clock)
    if not rule.deems or over is None:
        return None
    if clock.due_moment is None and over >= now.date():
        return None
    if clock.due is None and clock.ended_on and clock.ended_on <= over:
        return None
    if rule.deems_on == "start":
        return Fact(rule.deems, clock.start, thread=clock.thread, deemed=True)
    return Fact(rule.deems, over, clock.due_moment, thread=clock.thread, deemed=True)


def _fill(clock: Clock, reach: Reach, until: Fact | date) -> None:
    clock.events = reach.events()
    if reach.paused and until == HORIZON:
        return
    count = reach.count(until)
    own = ends(count, reach.calendar)
    clock.count, clock.due, clock.due_moment, clock.strict = count, own.due, own.moment, own.strict
    clock.provisional |= own.provisional
    warned = own.strict if _warns_strictly(clock, reach.page, count) else own.due
    for reading in reach.run.terms[1:]:
        other = Reach(reach.run, reading, reach.page, reach.calendar).ends(until)
        clock.other_due, warned = other.due, min(warned, other.strict)
        clock.provisional |= other.provisional
    clock.warned_by = warned
    clock.reminded = _before(own, clock.rule.warns, reach.calendar)


def _fill_minimum(clock: Clock, minimum: Reach, until: Fact | date) -> None:
    clock.events = minimum.events()
    if minimum.paused and until == HORIZON:
        return
    count = minimum.count(until)
    full = ends(count, minimum.calendar)
    clock.count, clock.earliest, clock.provisional = count, full.last, full.provisional


def _warns_strictly(clock: Clock, page: Procedure, count: Count) -> bool:
    return count.backward or count.yearly or page.rolls_for(clock.rule) == "analogy"


def _before(own: Ends, warns: Term | None, calendar: Workdays) -> date | None:
    if warns is None:
        return None
    return ends(Count(own.due, (warns,), backward=True), calendar).last


def _measure(clock: Clock, today: date) -> None:
    until = clock.ended_on or (today if today != HORIZON else None)
    clock.measured = (until - clock.start).days if until else None


def _limit(clock: Clock) -> date | None:
    """The day after which a run is late by every reading."""
    return max(clock.due, clock.other_due) if clock.due and clock.other_due else clock.due


def _ended_state(clock: Clock, judged: bool) -> State:
    day, limit = clock.ended_on, _limit(clock)
    if day is None:
        return clock.state
    late = limit is not None and not clock.rule.soft and _is_late(clock, limit)
    if not judged:
        return "lapsed" if late else "dropped"
    if _before_full(clock) and not clock.rule.soft:
        return "early"
    if late:
        return "late"
    return "disputed" if _in_dispute(clock, day) else "met"


def _open_state(clock: Clock, paused: bool, now: datetime) -> State:
    today = now.date()
    if paused:
        return "paused"
    if _is_over(clock, now) and not clock.rule.soft:
        return "lapsed"
    if _in_dispute(clock, today):
        return "disputed"
    return "ripe" if clock.earliest and today >= clock.earliest else "running"


def _before_full(clock: Clock) -> bool:
    """Whether the run was ended before its minimum was full."""
    return clock.ended_on is not None and clock.earliest is not None and clock.ended_on < clock.earliest


def _is_late(clock: Clock, limit: date) -> bool:
    ended = clock.ended
    if clock.due_moment and ended and ended.moment:
        return as_moment(ended.moment) > clock.due_moment
    return clock.ended_on is not None and clock.ended_on > limit


def _is_over(clock: Clock, now: datetime) -> bool:
    """Whether the last reading of the term has passed, with the run still open or ended too late."""
    limit = _limit(clock)
    if limit is None:
        return False
    if clock.ended:
        return _is_late(clock, limit)
    return now > clock.due_moment if clock.due_moment else now.date() > limit


def _in_dispute(clock: Clock, day: date) -> bool:
    """Whether a day lies between two readings of the same words."""
    return bool(clock.due and clock.other_due and not clock.rule.soft and day > min(clock.due, clock.other_due))
