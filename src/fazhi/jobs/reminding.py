"""What people are to be reminded of, gathered from the rooms: each thing once, however often this runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from fazhi.jobs.threats import tell_threats
from fazhi.law import Clock
from fazhi.ledger import MatterView, query, read_many, today
from fazhi.people.actors import LEADING, WORKING
from fazhi.reach import grants
from fazhi.reminders.follow import APPROVAL
from fazhi.reminders.ladder import climb
from fazhi.reminders.queue import remind
from fazhi.reminders.whom import Recipients
from fazhi.worklist.follow import TO_COUNTERSIGN

LATELY = timedelta(days=14)
"""What was recorded longer ago is no news: a room that was filled anew reminds nobody of the past."""
BATCH = 200
HOLDERS = ("ready", "moved")
URGENT_UNITS = frozenset({"hours"})

_SAID = (
    "not exists (select from reminders_message m"
    " where m.matter = {row}.matter and m.kind = {kind} and m.thing = {thing})"
)
_OVERDUE = f"""
select matter, clock, thread, by_day, unit from worklist_row w
where live and lane = 'ours' and late_after between %s and %s and by_day <= %s
  and {_SAID.format(row="w", kind="'overdue'", thing="w.clock || '#' || w.thread || '/' || w.by_day")}
order by matter
"""  # noqa: S608 - words of our own
_ROUNDS = f"""
select matter, clock, thread, start, unit from worklist_row w
where live and clock = %s and lane = 'ours' and start between %s and %s
  and {_SAID.format(row="w", kind="'approval'", thing="w.clock || '/' || w.thread || '/' || w.start")}
order by matter
"""  # noqa: S608 - words of our own
_CALLS = f"""
select matter, seq, kind, unit, account from reminders_call c
where at >= now() - %s::interval and {_SAID.format(row="c", kind="c.kind", thing="c.seq::text")}
order by at, matter, seq
"""  # noqa: S608 - words of our own
_ALERTS = f"""
select r.id, r.matter, a.post from dashboard_raised r join dashboard_alert a on a.id = r.alert_id
where r.day >= %s
  and {_SAID.format(row="r", kind="'alert'", thing="r.id::text")}
"""  # noqa: S608 - words of our own


def gather() -> int:
    """Queue what is new; how many reminders that were."""
    people = Recipients(today())
    told = _overdue(people) + _rounds(people) + _calls(people) + _deputies(people) + _alerts(people)
    return told + tell_threats(people) + climb()


def remind_of_term(view: MatterView, clock: Clock, unit: UUID, people: Recipients) -> int:
    """That a term is about to end, to those whose turn it is; that it has ended is told as overdue. A term of hours
    waits for no morning."""
    if clock.due is None or clock.due < people.day:
        return 0
    thing = f"{clock.name}#{clock.thread}/{clock.due}"
    whom, urgent = people.for_unit(view, unit), _is_short(clock)
    return remind("due", whom, matter=view.id, thing=thing, clock=clock.name, due=clock.due, urgent=urgent)


def _is_short(clock: Clock) -> bool:
    return clock.rule.term is not None and clock.rule.term.unit in URGENT_UNITS


def _overdue(people: Recipients) -> int:
    last = people.day - timedelta(days=1)
    rows = query.fetch("default", _OVERDUE, [people.day - LATELY, last, last])
    views = _views(row[0] for row in rows)
    told = 0
    for matter, clock, thread, due, unit in rows:
        if matter in views:
            thing = f"{clock}#{thread}/{due}"
            whom = people.for_unit(views[matter], unit, ("record", "approve"))
            told += remind("overdue", whom, matter=matter, thing=thing, clock=clock, due=due)
    return told


def _rounds(people: Recipients) -> int:
    rows = query.fetch("default", _ROUNDS, [TO_COUNTERSIGN, people.day - LATELY, people.day])
    views = _views(row[0] for row in rows)
    told = 0
    for matter, clock, thread, start, unit in rows:
        if matter not in views:
            continue
        place = UUID(thread) if thread else None
        whom = people.for_post(place) if place is not None else ()
        whom = whom or people.for_unit(views[matter], unit, WORKING)
        told += remind("approval", whom, matter=matter, thing=f"{clock}/{thread}/{start}")
    return told


def _calls(people: Recipients) -> int:
    rows = query.fetch("default", _CALLS, [LATELY])
    views = _views(row[0] for row in rows)
    told = 0
    for matter, seq, kind, unit, account in rows:
        if matter not in views:
            continue
        thing = str(seq)
        if kind in HOLDERS:
            told += remind(kind, parties=views[matter].parties[:1], matter=matter, thing=thing)
        else:
            whom = (account,) if account else _called(views[matter], seq, kind, unit, people)
            told += remind(kind, whom, matter=matter, thing=thing)
    return told


def _called(view: MatterView, seq: int, kind: str, unit: UUID, people: Recipients) -> tuple[UUID, ...]:
    """Who is called on: the post that was asked to approve, else whoever in the unit can do something about it."""
    if kind != APPROVAL:
        return people.for_unit(view, unit)
    line = view.entry(seq)
    post = line.fields.get("post", "") if line else ""
    return (people.for_post(UUID(post)) if post else ()) or people.for_unit(view, unit, LEADING)


def _deputies(people: Recipients) -> int:
    """That they stand in for another post, now or from a day to come, to those who were asked to."""
    given = [one for one in grants.given(ended_before=people.day) if one.deputy_for]
    told = 0
    for one in given:
        if one.since >= people.day - LATELY:
            whom = people.of_post(one.post) if one.post else (one.account,) if one.account else ()
            told += remind("deputy", whom, thing=str(one.number))
    return told


def _alerts(people: Recipients) -> int:
    rows = query.fetch("default", _ALERTS, [people.day - LATELY])
    return sum(
        remind("alert", people.for_post(post), matter=matter, thing=str(raised)) for raised, matter, post in rows
    )


def _views(matters: Iterable[UUID]) -> dict[UUID, MatterView]:
    ids = list(dict.fromkeys(matters))
    found: dict[UUID, MatterView] = {}
    for start in range(0, len(ids), BATCH):
        found.update(read_many(ids[start : start + BATCH]))
    return found
