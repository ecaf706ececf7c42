"""Lawful ways through a page: courses of facts, found by trying what may be recorded next, that count for an atom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, product
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fazhi.cli.figures.atoms import NOBODY, Atom, Step, facts_of
from fazhi.law import FactKind, FieldKind, Finding, Matter, Procedure, Workdays, admit
from fazhi.rulebook import Selector

NOW = datetime.combine(date(9000, 1, 1), time(12), ZoneInfo("Asia/Shanghai"))
"""Courses are tried as if nothing lay ahead; the desk refuses what does."""
WAITS = (0, 1, 6, 16, 31, 61, 91)
"""Days until the next step: the first that the law lets pass."""
MOST, CHAINS, CHOICES, SOME = 300, 8, 24, 4
FIRST = date(2019, 3, 4)
DELAY = 45
FILLERS = {"text": "示例", "number": "0", "money": "0.00", "term": "30 days"}


Goal = tuple[str, ...]
"""Kinds of fact to be reached together."""


@dataclass(frozen=True, slots=True)
class Way:
    """A course by the days between its steps, so that it can begin on any day."""

    steps: tuple[tuple[int, str, Mapping[str, str]], ...]

    def on(self, first: date) -> tuple[Step, ...]:
        """The course begun on a day."""
        return tuple(
            Step(kind, day := first + timedelta(days=after), _dated(fields, day)) for after, kind, fields in self.steps
        )


def _dated(fields: Mapping[str, str], day: date) -> dict[str, str]:
    """Days to come are said as so many days ahead until the day is known."""
    return {
        name: (day + timedelta(days=int(value[1:]))).isoformat() if value[:1] == "+" else value
        for name, value in fields.items()
    }


class Explorer:
    """Tries ways through one page, on which the atoms of a report ask for values that must vary."""

    def __init__(
        self, page: Procedure, atoms: Sequence[Atom], unit: UUID, calendar: Workdays, focus: Atom | None = None
    ) -> None:
        self.page, self.calendar, self.unit = page, calendar, unit
        self.asked = [atom.want.selector for atom in atoms if atom.want.selector.procedure == page.name]
        self.focus = values_of([focus.want.selector] if focus else [])

    @cached_property
    def told(self) -> Mapping[str, tuple[str, ...]]:
        """For each field that any atom asks about, the values that make a difference."""
        return values_of(self.asked)

    def ways(self, goals: Iterable[Goal]) -> Iterator[Way]:
        """Ways to each goal over the kinds of fact that lead there; every stop on the way is one too."""
        seen: set[frozenset[object]] = set()
        for goal in goals:
            for chain in islice(self.chains(frozenset(goal)), CHAINS):
                kinds = [name for name in self.page.facts if name in chain]
                ways = list(self._along(kinds, seen, straight=True))
                yield from ways
                if not any(len(way.steps) == len(kinds) for way in ways):
                    yield from self._along(kinds, seen)

    def _along(self, kinds: Sequence[str], seen: set[frozenset[object]], *, straight: bool = False) -> Iterator[Way]:
        """Every lawful order of these kinds of fact, or straight on the first that the page tells, with every value
        that makes a difference; the end is sought before other ways are tried."""
        open_ends: list[tuple[tuple[Step, ...], frozenset[object]]] = [((), frozenset())]
        been = set[frozenset[object]]()
        while open_ends and len(been) < MOST:
            steps, state = open_ends.pop()
            onward = []
            for name in kinds if steps else [name for name in kinds if name in self.page.opening]:
                onward += [(step, state | {self._telling(step, kinds)}) for step in self._next(steps, name, kinds)]
                if straight and onward:
                    break
            for step, grown in onward[::-1]:
                if grown not in been:
                    been.add(grown)
                    open_ends.append(((*steps, step), grown))
                    if grown not in seen:
                        seen.add(grown)
                        yield _way((*steps, step))

    def delayed(self, ways: Iterable[Way]) -> Iterator[Way]:
        """The same ways with their last step taken long after the one before, where the law lets it pass."""
        for way in ways:
            *earlier, (after, kind, fields) = way.steps
            slow = Way((*earlier, (after + DELAY, kind, fields)))
            if earlier and not any(one.severity == "barred" for one in self.objections(slow.on(self.first))):
                yield slow

    @property
    def first(self) -> date:
        """A day on which ways are tried."""
        return max(self.page.in_force, FIRST)

    def chains(self, kinds: frozenset[str]) -> Iterator[frozenset[str]]:
        """Sets of kinds in which each finds what it comes after, what it needs and what decides its case."""
        if not kinds & self.page.opening:
            for opening in sorted(self.page.opening):
                yield from self.chains(kinds | {opening})
            return
        for name in sorted(kinds):
            for group in self._wanted(name):
                if not kinds & set(group):
                    for other in group:
                        yield from self.chains(kinds | {other})
                    return
        yield kinds

    def _wanted(self, name: str) -> Iterator[tuple[str, ...]]:
        """Groups of kinds, one of each of which must be there for this one."""
        kind = self.page.facts[name]
        for group in (*kind.after, *kind.needs):
            if known := tuple(other for other in group if other in self.page.facts):
                yield known
        for field in kind.when:
            if field not in kind.fields and field not in kind.sets:
                says = [one for one in self.page.facts.values() if field in one.fields or field in one.sets]
                if deciding := tuple(one.name for one in says):
                    yield deciding

    def _next(self, steps: tuple[Step, ...], name: str, kinds: Sequence[str]) -> Iterator[Step]:
        kind = self.page.facts[name]
        if any(step.kind == name for step in steps) or not self._may(kind, steps):
            return
        for fields in self._fields(kind, kinds):
            if step := self._soonest(steps, name, fields):
                yield step

    def _may(self, kind: FactKind, steps: tuple[Step, ...]) -> bool:
        """What can be seen without reading the law: it comes after, and not despite, what has been."""
        been = {step.kind for step in steps}
        return all(been & set(group) for group in kind.after) and not been & set(kind.unless)

    def _soonest(self, steps: tuple[Step, ...], name: str, fields: Mapping[str, str]) -> Step | None:
        for wait in WAITS if steps else (0,):
            last = steps[-1].day if steps else self.first
            step = Step(name, last + timedelta(days=wait), fields)
            found = self.objections((*steps, step))
            if not any(one.severity in ("barred", "unlawful") for one in found):
                return step
        return None

    def objections(self, steps: tuple[Step, ...]) -> tuple[Finding, ...]:
        """What stands against the last step."""
        facts = facts_of(_plain(steps))
        return admit(Matter(self.page, facts[:-1]), facts[-1], now=NOW, calendar=self.calendar)

    def _fields(self, kind: FactKind, kinds: Sequence[str]) -> Iterator[dict[str, str]]:
        """Every way to say a fact that makes a difference on the way, and what else it must say: first as is sought."""
        differing = [field for field in kind.fields.values() if self._differs(field, kind, kinds)]
        differing.sort(key=lambda field: field.name not in self.focus)
        varied = {field.name: self._values(field, kinds) for field in differing}
        fixed = {
            name: value
            for name, field in kind.fields.items()
            if field.required and name not in varied and (value := self._filler(field))
        }
        for values in islice(product(*varied.values()), CHOICES):
            yield fixed | {name: value for name, value in zip(varied, values, strict=True) if value}

    def _differs(self, field: FieldKind, kind: FactKind, kinds: Sequence[str]) -> bool:
        """Whether it matters what is said: a figure asks for it, or a fact of the way is for some cases only."""
        decides = any(field.name in self.page.facts[name].when for name in kinds) and field.name not in kind.sets
        return field.kind in ("choice", "number", "money") and (field.name in self.told or decides)

    def _values(self, field: FieldKind, kinds: Sequence[str]) -> list[str]:
        """Values to be tried: those sought, one that nobody asks for, those that others ask for or cases need."""
        needed = [value for name in kinds for value in self.page.facts[name].when.get(field.name, ())]
        sought, asked = self.focus.get(field.name, ()), self.told.get(field.name, ())
        other = [value for value in field.choices if value not in asked and value not in needed][:1]
        unsaid = [] if field.required else [""]
        known = [
            value for value in (*sought, *other, *needed, *asked[:SOME]) if value in field.choices or not field.choices
        ]
        return list(dict.fromkeys((*known, *unsaid)))

    def _filler(self, field: FieldKind) -> str:
        if field.choices:
            return field.choices[0]
        if field.kind == "day":
            return "+1500"
        if field.kind == "unit":
            return str(self.unit)
        if field.kind == "moment":
            return "2020-01-01T10:00:00+08:00"
        return FILLERS.get(field.kind) or str(uuid5(NOBODY, field.name))

    def _telling(self, step: Step, kinds: Sequence[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
        kind = self.page.facts[step.kind]
        said = sorted(step.fields.items())
        return step.kind, tuple(one for one in said if self._differs(kind.fields[one[0]], kind, kinds))


def values_of(asked: Iterable[Selector]) -> dict[str, tuple[str, ...]]:
    """By field the values that selectors ask for; for bounds of numbers one within and one beyond."""
    found: dict[str, dict[str, None]] = {}
    for one in asked:
        for name, values in one.where.items():
            found.setdefault(name, {}).update(dict.fromkeys(value for value in values if value))
        for name, bound in one.at_least.items():
            found.setdefault(name, {}).update({f"{bound:f}": None, f"{bound - 1:f}": None})
        for name, bound in one.at_most.items():
            found.setdefault(name, {}).update({f"{bound:f}": None, f"{bound + 1:f}": None})
    return {name: tuple(values) for name, values in found.items()}


def _plain(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(replace(step, fields=_dated(step.fields, step.day)) for step in steps)


def _way(steps: tuple[Step, ...]) -> Way:
    first = steps[0].day
    return Way(tuple(((step.day - first).days, step.kind, step.fields) for step in steps))
