"""Events and warnings of the record worked out anew: read matter by matter, kept without any words of theirs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from fazhi.hotspots.backtest import BackTest, back_test
from fazhi.hotspots.follow import spoken
from fazhi.hotspots.join import join_all
from fazhi.hotspots.rank import rank
from fazhi.hotspots.series import SHANGHAI, Heard, read_all
from fazhi.hotspots.subjects import Topics, unsorted
from fazhi.hotspots.voices import Voice
from fazhi.hotspots.warning import Warning, strict_enough, watch
from fazhi.ledger import lawful_day, now, query, read_many
from fazhi.ledger.view import MatterView

BACK = timedelta(days=366)
LATELY = timedelta(days=28)
"""Warnings are worked out for these last days; those already given stay as they were given."""
BATCH = 500
MOST = 100
LEAST = 3
ENOUGH = timedelta(weeks=16)
SPACE = UUID("6c1f6a52-6a0e-4b0e-9d0c-6d2b1c7a9f11")

_LATE = "select matter from hotspots_voice where day >= %s and cardinality(marks) > 0 order by day, matter"
_EVENT = "insert into hotspots_event (id, rank, score, severity, members) values (%s, %s, %s, %s, %s)"
_WARNING = """
insert into hotspots_warning (id, place, subject, day, level, count, expected, chance, threshold, members, tell_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) on conflict (place, subject, day, level) do nothing
"""
_KEPT = """
insert into hotspots_kept (name, told, at) values (%s, %s::jsonb, now())
on conflict (name) do update set told = excluded.told, at = excluded.at
"""


def refresh(topics: Topics = unsorted) -> int:
    """Work out events and warnings of the last year; how many warnings are new."""
    today = lawful_day(now())
    voices = list(voices_of_record(today - BACK))
    _keep_events(voices)
    messages = read_all(voices, topics)
    new = sum(_keep(one) for one in _warnings(messages, today))
    if messages and today - messages[0].day >= ENOUGH:
        query.run("default", _KEPT, ["backtest", json.dumps(_told(back_test(messages)), default=str)])
    return new


def voices_of_record(since: date) -> Iterator[Voice]:
    """Every matter that speaks up, as a message; who spoke is known by the party, never by name."""
    matters = [row[0] for row in query.fetch("default", _LATE, [since])]
    for start in range(0, len(matters), BATCH):
        views = read_many(matters[start : start + BATCH], bodies=True)
        yield from (_voice(views[one]) for one in matters[start : start + BATCH] if one in views)


def _voice(view: MatterView) -> Voice:
    title, text = spoken(view)
    person = str(view.parties[0]) if view.parties else ""
    moment = view.entries[0].moment or datetime.combine(view.opened, time(12), SHANGHAI)
    return Voice(str(view.id), person, moment, title, text)


def _keep_events(voices: Sequence[Voice]) -> None:
    events = rank(join_all(voices), voices, most=MOST, least=LEAST) if voices else []
    with query.act("default"):
        query.run("default", "delete from hotspots_event")
        for one in events:
            members = [UUID(member) for member in one.members]
            values = [uuid5(SPACE, one.members[0]), one.rank, one.heat.score, one.heat.severity, members]
            query.run("default", _EVENT, values)
        query.run("default", _KEPT, ["events", json.dumps({"voices": len(voices), "events": len(events)})])


def _warnings(messages: Sequence[Heard], today: date) -> Iterator[Warning]:
    """Of the last days, as strict as the months before them ask for."""
    since = today - LATELY
    learned = [one for one in messages if one.day < since]
    if not learned or since - learned[0].day < ENOUGH / 2:
        return
    middle = learned[len(learned) // 2].day
    yield from watch(messages, since, today, strictness=strict_enough(learned, middle, since))


def _keep(one: Warning) -> int:
    identity = uuid5(SPACE, f"{one.key.place}/{one.key.subject}/{one.day}/{one.level}")
    said = [one.key.place, one.key.subject, one.day, one.level, one.count, one.expected, one.chance, one.threshold]
    return query.run("default", _WARNING, [identity, *said, [UUID(member) for member in one.members], one.tell_at])


def _told(result: BackTest) -> dict[str, object]:
    return asdict(result) | {"recall": round(result.recall, 3), "precision": round(result.precision, 3)}
