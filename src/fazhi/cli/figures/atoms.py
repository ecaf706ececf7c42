"""Atoms: the numbers that stand behind figures, each what one selector picks in one window among some units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fazhi.indicators.compile import VERDICTS, Want
from fazhi.indicators.fold import rows
from fazhi.law import HORIZON, Fact, Matter, Procedure, Workdays, read_clocks
from fazhi.rulebook import Selector

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True, eq=False)
class Atom:
    """A want with the days of its window and the units it is asked of."""

    want: Want
    units: frozenset[UUID]
    start: date
    cutoff: date

    @property
    def key(self) -> tuple[str, frozenset[UUID], date, date]:
        return (self.want.key, self.units, self.start, self.cutoff)

    @property
    def adds(self) -> bool:
        """Whether it is made of numbers that records say, and not of how many records there are."""
        return self.want.measure in ("sum", "latest", "largest")


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of a course."""

    kind: str
    day: date
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """What one record counts: how often for each counting atom, and for each adding atom the values that feed it."""

    counts: Mapping[Atom, int]
    slots: Mapping[Atom, tuple[tuple[int, str], ...]]

    @property
    def empty(self) -> bool:
        return not self.counts and not self.slots


def lies_within(one: Atom, other: Atom) -> bool:
    """Whether all that one atom counts is counted by the other too, as their selectors tell."""
    a, b = one.want.selector, other.want.selector
    kinds = a.procedure == b.procedure and bool(a.facts) == bool(b.facts) and bool(a.clocks) == bool(b.clocks)
    named = {*a.facts, *a.clocks} <= {*b.facts, *b.clocks} and a.open == b.open and one.want.whose == other.want.whose
    windows = one.start == other.start and one.cutoff == other.cutoff
    inside = other.start <= one.start and one.cutoff <= other.cutoff
    said = all(name in a.where and {*a.where[name]} <= {*values} for name, values in b.where.items())
    bounds = (b.at_least.items() <= a.at_least.items()) and (b.at_most.items() <= a.at_most.items())
    more = (a.deemed <= b.deemed) and (a.matters or not b.matters)
    window = windows if a.open else inside
    return bool(kinds and named and window and one.units <= other.units and said and bounds and more) and (
        _verdicts(a) <= _verdicts(b) if b.verdict else True
    )


def _verdicts(asked: Selector) -> set[str]:
    return {known for word in asked.verdict for known in VERDICTS[word]} or {"any"}


def facts_of(steps: Iterable[Step]) -> tuple[Fact, ...]:
    return tuple(Fact(one.kind, one.day, fields=one.fields, entry=at) for at, one in enumerate(steps, 1))


def tally(
    page: Procedure, later: tuple[Procedure, ...], unit: UUID, facts: tuple[Fact, ...], atoms: Iterable[Atom],
    calendar: Workdays,
) -> Tally:  # fmt: skip
    """What a record with these facts counts for the atoms, by the fold from which figures are read."""
    reading = read_clocks(Matter(page, facts, later=later), HORIZON, calendar)
    counted = list(rows(NOBODY, unit, page, reading))
    counts: dict[Atom, int] = {}
    slots: dict[Atom, tuple[tuple[int, str], ...]] = {}
    for atom in atoms:
        if atom.want.selector.procedure != page.name:
            continue
        found = [row for row in counted if picks(atom, row)]
        if not found:
            continue
        if atom.adds:
            slots[atom] = tuple(_slots(atom, found, facts, page))
        else:
            counts[atom] = len(found)
    return Tally(counts, slots)


def _slots(
    atom: Atom, found: Iterable[dict[str, Any]], facts: tuple[Fact, ...], page: Procedure
) -> Iterator[tuple[int, str]]:
    """The places in a record where the number is said: which step, which field."""
    field = atom.want.selector.field
    for row in found:
        if row["item"] == "fact":
            yield int(row["ref"].rsplit(" ", 1)[-1]) - 1, field
        else:
            said = [at for at, fact in enumerate(facts) if (kind := page.kind(fact.kind)) and field in kind.fields]
            yield from ((at, field) for at in said[-1:])


def picks(atom: Atom, row: Mapping[str, Any]) -> bool:
    """Whether a counted row is picked, in the words of the selector."""
    want, asked = atom.want, atom.want.selector
    if row["handler" if want.whose == "handling" else "unit"] not in atom.units:
        return False
    if asked.open:
        edge = atom.start if asked.open == "start" else atom.cutoff
        begun = row["day"] < edge if asked.open == "start" else row["day"] <= edge
        ends = row["until"] >= edge if asked.open == "start" else row["until"] > edge
        if row["item"] != "matter" or not (begun and ends):
            return False
    else:
        if row["item"] != ("fact" if asked.facts else "clock") or row["name"] not in asked.facts + asked.clocks:
            return False
        if not atom.start <= row[want.column] <= atom.cutoff:
            return False
        if asked.facts and asked.matters and not asked.field and row["again"]:
            return False
    return _says(atom, row)


def _says(atom: Atom, row: Mapping[str, Any]) -> bool:
    asked = atom.want.selector
    if asked.verdict and row["verdict"] not in {known for word in asked.verdict for known in VERDICTS[word]}:
        return False
    if row["deemed"] and not asked.deemed:
        return False
    if any(row["fields"].get(name, "") not in values for name, values in asked.where.items()):
        return False
    low = all(name in row["numbers"] and float(row["numbers"][name]) >= bound for name, bound in asked.at_least.items())
    high = all(name in row["numbers"] and float(row["numbers"][name]) <= bound for name, bound in asked.at_most.items())
    return low and high
