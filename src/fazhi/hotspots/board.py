"""The board of events and warnings as a reader's rights allow: counts of what may be seen, and nothing of the rest."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from fazhi.ledger import query
from fazhi.reach.ask import visible
from fazhi.reach.scope import Scope

LEAST = 2
"""Matters of an event that a reader must see for it to be an event to them."""
WEEKS = 26
WINDOW = timedelta(days=14)

_EVENTS = "select id, rank, severity, members from hotspots_event order by rank"
_WARNINGS = """
select id, place, subject, day, level, count, expected, chance, threshold, members, tell_at
from hotspots_warning where day >= %s order by day desc, level desc, place, subject
"""
_DAYS = "select matter, day, unit from hotspots_voice where matter = any (%s)"
_KEPT = "select told::text, at from hotspots_kept where name = %s"


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event as one reader sees it: the matters they may see, their units, since when, and whether it grows."""

    id: UUID
    rank: int
    severity: float
    members: tuple[UUID, ...]
    hidden: int
    first: date
    last: date
    recent: int
    before: int
    units: Mapping[UUID, int]
    weeks: tuple[int, ...]

    @property
    def growth(self) -> str:
        if not self.recent:
            return "silent"
        return "up" if self.recent > self.before else "down" if self.recent < self.before else "even"


@dataclass(frozen=True, slots=True)
class WarningLine:
    """A warning as one reader sees it; `days` has the counts of the last weeks among what they may see."""

    id: UUID
    place: str
    subject: str
    day: date
    level: int
    count: int
    expected: float
    chance: float
    threshold: float
    members: tuple[UUID, ...]
    hidden: int
    tell_at: datetime
    days: tuple[int, ...]


def events(scope: Scope, unit: Collection[UUID] = ()) -> tuple[EventLine, ...]:
    """The hottest first; `unit` leaves those with a matter of one of these units."""
    rows = query.fetch_planned("default", _EVENTS)
    seen = visible(scope, {one for row in rows for one in row[3]})
    said = _said(seen)
    lines = (_event(row, seen, said, scope.day) for row in rows)
    return tuple(one for one in lines if one is not None and (not unit or any(of in unit for of in one.units)))


def event(scope: Scope, identity: UUID) -> EventLine | None:
    """One event; None where there is none that the reader may see."""
    return next((one for one in events(scope) if one.id == identity), None)


def warnings(scope: Scope, since: date) -> tuple[WarningLine, ...]:
    """Warnings of which the reader may see most matters: fewer would not bear out what is said of them."""
    rows = query.fetch_planned("default", _WARNINGS, [since])
    seen = visible(scope, {one for row in rows for one in row[9]})
    said = _said(seen)
    return tuple(_warning(row, seen, said) for row in rows if 2 * len(seen.intersection(row[9])) > len(row[9]))


def warning(scope: Scope, identity: UUID) -> WarningLine | None:
    """One warning, under the same rule."""
    return next((one for one in warnings(scope, date.min) if one.id == identity), None)


def kept(name: str) -> tuple[Mapping[str, Any], datetime] | None:
    """What was worked out last over all messages: numbers without anybody's words."""
    rows = query.fetch("default", _KEPT, [name])
    return (json.loads(rows[0][0]), rows[0][1]) if rows else None


def _said(matters: Collection[UUID]) -> dict[UUID, tuple[date, UUID]]:
    return {row[0]: (row[1], row[2]) for row in query.fetch_planned("default", _DAYS, [list(matters)])}


def _event(
    row: Sequence[Any], seen: Collection[UUID], said: Mapping[UUID, tuple[date, UUID]], today: date
) -> EventLine | None:
    identity, place, severity, members = row
    mine = tuple(one for one in members if one in seen and one in said)
    if len(mine) < LEAST:
        return None
    days = sorted(said[one][0] for one in mine)
    weeks = [0] * WEEKS
    for day in days:
        back = (today - day).days // 7
        if 0 <= back < WEEKS:
            weeks[WEEKS - 1 - back] += 1
    return EventLine(
        id=identity,
        rank=place,
        severity=severity,
        members=mine,
        hidden=len(members) - len(mine),
        first=days[0],
        last=days[-1],
        recent=sum(today - WINDOW < day for day in days),
        before=sum(today - 2 * WINDOW < day <= today - WINDOW for day in days),
        units=Counter(said[one][1] for one in mine),
        weeks=tuple(weeks),
    )


def _warning(row: Sequence[Any], seen: Collection[UUID], said: Mapping[UUID, tuple[date, UUID]]) -> WarningLine:
    members = row[9]
    mine = tuple(one for one in members if one in seen and one in said)
    days = [0] * 28
    for one in mine:
        back = (row[3] - said[one][0]).days
        if 0 <= back < len(days):
            days[len(days) - 1 - back] += 1
    values: list[Any] = [*row[:9], mine, len(members) - len(mine), row[10], tuple(days)]
    return WarningLine(*values)
