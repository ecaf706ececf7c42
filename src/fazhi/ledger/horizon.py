"""Readings to the end of all terms, each course read once: clocks turn on what happened, not on whose matter it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from fazhi.law import HORIZON, Fact, Matter, Procedure, Reading, Workdays, read_clocks

NUMBERED = "numbered"
KNOWN = 2048
"""Courses kept in mind, some kilobytes each."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a reading depends on. `said` has every fact, but for the text of the official number, which decides nothing;
    it holds pages and calendar by identity, so these are kept as long as the course is."""

    said: tuple[object, ...]
    matter: Matter = field(compare=False)
    calendar: Workdays = field(compare=False)


def horizon_of(matter: Matter, calendar: Workdays) -> Reading:
    """Every run that the facts imply if nothing further happens. Nobody may change it: equal courses share it."""
    if matter.children:
        return read_clocks(matter, HORIZON, calendar)
    course, named = _course(matter, calendar)
    reading = _read(course)
    return _with(reading, named) if named else reading


def course_of(matter: Matter, calendar: Workdays) -> Course:
    """What a matter without sub-matters has in common with others of the same facts on the same days."""
    return _course(matter, calendar)[0]


def _course(matter: Matter, calendar: Workdays) -> tuple[Course, dict[int, Fact]]:
    """The course, and the facts that give numbers by their entries."""
    pages = (matter.page, *matter.later)
    named = {fact.entry: fact for fact in matter.facts if _names_only(fact, pages)}
    said = (*map(id, (calendar, *pages)), *(_told(fact, fact.entry in named) for fact in matter.facts))
    return Course(said, matter, calendar), named


@lru_cache(maxsize=KNOWN)
def _read(course: Course) -> Reading:
    return read_clocks(course.matter, HORIZON, course.calendar)


def _names_only(fact: Fact, pages: Iterable[Procedure]) -> bool:
    """Whether a fact gives the official number and does nothing else."""
    return fact.kind == NUMBERED and not any(NUMBERED in page.roles or NUMBERED in page.closing for page in pages)


def _told(fact: Fact, named: bool) -> tuple[object, ...]:
    fields = tuple((name, text) for name, text in fact.fields.items() if not (named and name == "number"))
    rest = (fact.thread, fact.entry, fact.corrects, fact.strikes, fact.deemed)
    return (fact.kind, fact.day, fact.moment, fields, *rest)


def _with(reading: Reading, named: Mapping[int, Fact]) -> Reading:
    """The reading with these numbers in place of those of the matter that was read first."""
    facts = tuple(named.get(fact.entry, fact) if fact.kind == NUMBERED else fact for fact in reading.facts)
    return replace(reading, facts=facts)
