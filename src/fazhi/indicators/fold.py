"""Folds the sealed entries of one matter into counted rows, each with the positions between which it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

from fazhi.indicators.values import END_OF_CHAIN, NEVER
from fazhi.law import Clock, Fact, Matter, Procedure, Reading, Workdays
from fazhi.law.judge import over_on
from fazhi.law.order import standing as facts_standing
from fazhi.ledger.horizon import Course, course_of, horizon_of
from fazhi.ledger.joined import lead_of, original_of
from fazhi.reach.involved import HANDS_OVER
from fazhi.rulebook.settlements import BEGUN, SETTLED, settling

Row = dict[str, Any]
Said = tuple[Any, ...]

NUMBERS = ("number", "money")
_NOBODY = UUID(int=0)


class Sealed(Protocol):
    """What is read of a matter: its facts, its sub-matters, and the sealed position of each entry by its number."""

    @property
    def id(self) -> UUID: ...
    @property
    def unit(self) -> UUID: ...
    @property
    def matter(self) -> Matter: ...
    @property
    def parent(self) -> UUID | None: ...
    @property
    def parent_thread(self) -> str: ...
    @property
    def positions(self) -> Mapping[int, int]: ...
    @property
    def children(self) -> Sequence[Sealed]: ...


def history(view: Sealed, calendar: Workdays) -> Iterator[Row]:
    """Rows of a matter over its whole life: what it counts as of each sealed position, joined over the positions.

    Entries without a position wait. What a sub-matter tells counts from the position of the sub-matter's entry. What
    matters of one course count differs by their names and positions alone, so it is folded once.
    """
    if view.children:
        yield from _folded(view, calendar)
        return
    places = sorted(view.positions.values())
    rank = {position: at for at, position in enumerate(places)}
    ranks = tuple((entry, rank[position]) for entry, position in view.positions.items())
    for row in _of_course(course_of(view.matter, calendar), view.unit, view.parent is None, ranks):
        until = row["to_position"]
        yield row | {
            "matter": view.id,
            "from_position": places[row["from_position"]],
            "to_position": until if until == END_OF_CHAIN else places[until],
        }


@dataclass(frozen=True, slots=True)
class _Model:
    """One that stands for all matters of its course; its positions are the order of its entries."""

    unit: UUID
    matter: Matter
    parent: UUID | None
    positions: Mapping[int, int]
    id: UUID = _NOBODY
    parent_thread: str = ""
    children: Sequence[Sealed] = ()


@lru_cache(maxsize=1024)
def _of_course(course: Course, unit: UUID, alone: bool, ranks: tuple[tuple[int, int], ...]) -> tuple[Row, ...]:
    """The rows of every matter of the course, with the places of positions for positions."""
    parent = None if alone else _NOBODY
    return tuple(_folded(_Model(unit, course.matter, parent, dict(ranks)), course.calendar))


def _folded(view: Sealed, calendar: Workdays) -> Iterator[Row]:
    """The rows of one matter, read anew after each entry that may change them."""
    standing: dict[Said, Row] = {}
    reading: Reading | None = None
    known = {position: entry for entry, position in view.positions.items()}
    added = {fact.entry: fact for fact in view.matter.facts}
    for position in sorted(_positions(view)):
        matter = _as_of(view, position)
        fact = added.get(known.get(position, 0))
        if reading is not None and fact is not None and _quiet(matter, fact):
            facts = sorted([*reading.facts, fact], key=lambda one: (one.day, one.deemed))
            reading = replace(reading, facts=tuple(facts))
        else:
            reading = horizon_of(matter, calendar)
        told = [*rows(view.id, view.unit, matter.page, reading), *_chain(view, matter, reading)]
        now = {_said(row): row for row in told}
        for key in [key for key in standing if key not in now]:
            yield standing.pop(key) | {"to_position": position}
        for key, row in now.items():
            if key not in standing:
                standing[key] = row | {"from_position": position, "to_position": END_OF_CHAIN}
    yield from standing.values()


def _chain(view: Sealed, matter: Matter, reading: Reading) -> Iterator[Row]:
    """What a dispute counts once, however often it was handed on: that it began, and the first day it was settled.

    Only the matter it began with says so, of itself and of all below it; one that was joined to another says nothing.
    """
    opened = next((fact.day for fact in reading.facts if fact.kind in matter.page.opening), None)
    if view.parent is not None or matter.page.name not in settling() or opened is None or lead_of(reading.facts):
        return
    handler = _handler(view.unit, reading.facts)
    shared = {"matter": view.id, "procedure": matter.page.name, "unit": view.unit, "handler": handler}
    yield _row("fact", "chain begun", BEGUN, opened) | shared
    settled = min(_settlements(matter), default=None)
    if settled is not None:
        yield _row("fact", "chain settled", SETTLED, settled) | {"days": (settled - opened).days} | shared


def _settlements(matter: Matter) -> Iterator[date]:
    acts = settling().get(matter.page.name, frozenset())
    yield from (fact.day for fact in facts_standing(matter.facts) if fact.kind in acts)
    for children in matter.children.values():
        for child in children:
            yield from _settlements(child)


def _said(row: Row) -> Said:
    """All that a row says, as a key: it stands as long as this stays the same."""
    plain = (row["day"], row["until"], row["verdict"], row["again"], row["days"], row["handler"])
    return (row["ref"], *plain, *row["fields"].items(), None, *row["numbers"].items())


def _quiet(matter: Matter, fact: Fact) -> bool:
    """Whether a fact can move no clock, close nothing and decide no case, so that the last reading still holds."""
    if fact.corrects is not None or fact.moment is not None:
        return False
    pages = (matter.page, *matter.later)
    return not any(fact.kind in page.roles or fact.kind in page.closing or _choices(page, fact) for page in pages)


def _positions(view: Sealed) -> set[int]:
    return set(view.positions.values()).union(*(_positions(child) for child in view.children))


def _as_of(view: Sealed, position: int) -> Matter:
    """The matter and its sub-matters with the entries sealed up to a position."""
    facts = tuple(fact for fact in view.matter.facts if view.positions.get(fact.entry, END_OF_CHAIN) <= position)
    family: dict[str, tuple[Matter, ...]] = {}
    for child in view.children:
        known = _as_of(child, position)
        if known.facts:
            family[child.parent_thread] = (*family.get(child.parent_thread, ()), known)
    return replace(view.matter, facts=facts, children=family)


def rows(identity: UUID, unit: UUID, page: Procedure, reading: Reading) -> Iterator[Row]:
    """What one reading of a matter, opened under `page`, counts; without positions. One that was registered twice is
    counted where it was registered first."""
    opened = next((fact.day for fact in reading.facts if fact.kind in page.opening), None)
    if opened is None or original_of(reading.facts):
        return
    handler = _handler(unit, reading.facts)
    shared = {"matter": identity, "procedure": page.name, "unit": unit, "handler": handler}
    said: list[tuple[date, dict[str, str]]] = [(date.min, {})]
    seen: set[str] = set()
    closed = NEVER
    for fact in sorted(reading.facts, key=lambda fact: stands_from(fact, reading)):
        day = stands_from(fact, reading)
        said.append((day, said[-1][1] | _choices(reading.page, fact)))
        again = fact.kind in seen
        seen.add(fact.kind)
        yield _fact_row(reading.page, fact, day, opened) | {"fields": said[-1][1], "again": again} | shared
        closed = min(closed, day) if fact.kind in reading.page.closing else closed
    for clock in reading.clocks:
        found = _clock_row(clock)
        if found is not None:
            yield found | {"fields": _said_by(said, found["day"])} | shared
    for row in _standing(reading, opened, closed, said):
        yield row | shared


def _standing(
    reading: Reading, opened: date, closed: date, said: Sequence[tuple[date, dict[str, str]]]
) -> Iterator[Row]:
    """The matter from its opening to its end; a line of a register in one stretch for each thing it said of itself,
    from the day it entered: one that was only proposed stands in no register.

    Stretches meet on the day of the change, so that one of them is picked at any end of a period.
    """
    if not reading.page.standing:
        yield _row("matter", "matter", "matter", opened) | {"until": closed, "fields": _said_by(said, opened)}
        return
    entering = reading.page.register.enters if reading.page.register else ()
    entered = [stands_from(fact, reading) for fact in reading.facts if fact.kind in entering]
    if not entered:
        return
    opened = min(entered)
    first = _row("matter", "matter", "matter", opened) | {"until": closed, "fields": _said_by(said, opened)}
    told: dict[str, str] = {}
    numbers: dict[date, dict[str, str]] = {}
    for fact in sorted(reading.facts, key=lambda fact: stands_from(fact, reading)):
        told = {**told, **_numbers(reading.page, fact)}
        numbers[max(stands_from(fact, reading), opened)] = told
    days = [day for day in numbers if opened <= day < closed] or [opened]
    row = first | {"numbers": numbers.get(days[0], {})}
    for day in days[1:]:
        later = {"fields": _said_by(said, day), "numbers": numbers[day]}
        if any(row[word] != later[word] for word in later):
            yield row | {"until": day}
            row = row | later | {"day": day, "ref": f"matter {day}"}
    yield row | {"until": closed}


def stands_from(fact: Fact, reading: Reading) -> date:
    """The day from which a fact counts: its own, or for one the law takes as done the day after the term was over.

    Counted on an earlier day it would be missing from every figure that was closed on the last day of the term.
    """
    if not fact.deemed:
        return fact.day
    runs = [clock for clock in reading.clocks if clock.rule.deems == fact.kind and clock.thread == fact.thread]
    for clock in runs:
        over = over_on(clock)
        if over is not None and fact.day in (over, clock.start):
            return _after(clock, over)
    return fact.day


def _after(clock: Clock, last: date) -> date:
    """The first day at whose end a run is over: that of the hour, else the day after its last."""
    if clock.due_moment is not None:
        return clock.due_moment.date()
    return max(last + timedelta(days=1), clock.started.day)


def _said_by(said: Sequence[tuple[date, dict[str, str]]], day: date) -> dict[str, str]:
    return next(choices for said_on, choices in reversed(said) if said_on <= day)


def _handler(unit: UUID, facts: Sequence[Fact]) -> UUID:
    for fact in reversed(facts):
        if fact.kind in HANDS_OVER and fact.fields.get("unit"):
            return UUID(fact.fields["unit"])
    return unit


def _choices(page: Procedure, fact: Fact) -> dict[str, str]:
    """The choices a fact says, and the values it sets by itself."""
    kind = page.kind(fact.kind)
    if kind is None:
        return {}
    chosen = {name for name, field in kind.fields.items() if field.kind == "choice"}
    return {**kind.sets, **{name: value for name, value in fact.fields.items() if name in chosen}}


def _row(item: str, ref: str, name: str, day: date) -> Row:
    return {
        "ref": ref,
        "item": item,
        "name": name,
        "day": day,
        "until": NEVER,
        "verdict": "",
        "deemed": False,
        "again": False,
        "days": None,
        "fields": {},
        "numbers": {},
    }


def _fact_row(page: Procedure, fact: Fact, day: date, opened: date) -> Row:
    told = "deemed" if fact.deemed else "fact"
    ref = f"{told} {fact.kind} {fact.thread} {fact.day} {fact.entry}"
    return _row("fact", ref, fact.kind, day) | {
        "deemed": fact.deemed,
        "days": (fact.day - opened).days,
        "numbers": _numbers(page, fact),
    }


def _numbers(page: Procedure, fact: Fact) -> dict[str, str]:
    """The numbers and sums of money that a fact says."""
    kind = page.kind(fact.kind)
    named = [name for name, field in kind.fields.items() if field.kind in NUMBERS] if kind else []
    return {name: amount for name in named if (amount := _amount(fact.fields.get(name, ""))) is not None}


def _amount(text: str) -> str | None:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    return f"{amount:f}" if amount.is_finite() else None


def _clock_row(clock: Clock) -> Row | None:
    """The row of a run whose verdict stands some day if nothing more is recorded; None for one that is never judged."""
    last = max((day for day in (clock.due, clock.other_due) if day is not None), default=None)
    stopped = clock.ended_on if clock.ended and clock.ended.kind in clock.rule.stops else None
    if clock.state in ("late", "lapsed") and last is not None:
        verdict, day = "late", _after(clock, last)
    elif stopped is not None and clock.state in ("met", "disputed", "early"):
        limited = last is not None or clock.earliest is not None
        verdict, day = ("early" if clock.state == "early" else "in_time" if limited else "measured"), stopped
    else:
        return None
    ref = f"clock {clock.rule.name} {clock.thread} {clock.started.entry} {clock.start}"
    days = clock.measured if stopped else None
    return _row("clock", ref, clock.rule.name, day) | {"verdict": verdict, "days": days, "until": stopped or NEVER}
