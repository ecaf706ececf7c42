"""Lawful ways through a page: courses of facts, found by trying what may be recorded next, that count for an atom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice, product
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from fazhi.cli.figures.atoms import NOBODY, Atom, Step, facts_of
from fazhi.law import FactKind, FieldKind, Finding, Matter, Procedure, Workdays, admit

NOW = datetime.combine(date(9000, 1, 1), time(12), ZoneInfo("Asia/Shanghai"))
"""Courses are tried as if nothing lay ahead; the desk refuses what does."""
WAITS = (0, 1, 6, 16, 31, 61, 91)
"""Days until the next step: the first that the law lets pass."""
DEEPEST, MOST, CHOICES = 9, 400, 12
FILLERS = {"text": "示例", "number": "0", "money": "0.00", "term": "30 days"}


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

    def __init__(self, page: Procedure, atoms: Sequence[Atom], unit: UUID, calendar: Workdays) -> None:
        self.page, self.calendar, self.unit = page, calendar, unit
        self.asked = [atom.want.selector for atom in atoms if atom.want.selector.procedure == page.name]

    @cached_property
    def told(self) -> Mapping[str, tuple[str, ...]]:
        """For each field that any atom asks about, the values that make a difference."""
        found: dict[str, dict[str, None]] = {}
        for asked in self.asked:
            for name, values in asked.where.items():
                found.setdefault(name, {}).update(dict.fromkeys(values))
            for name, bound in asked.at_least.items():
                found.setdefault(name, {}).update({f"{bound:f}": None, f"{bound - 1:f}": None})
            for name, bound in asked.at_most.items():
                found.setdefault(name, {}).update({f"{bound:f}": None, f"{bound + 1:f}": None})
        for kind in self.page.facts.values():
            for name, values in kind.when.items():
                if name in found:
                    found[name].update(dict.fromkeys(values))
        return {name: tuple(value for value in values if value) for name, values in found.items()}

    def ways(self, goals: Iterable[str]) -> Iterator[Way]:
        """Ways over the kinds of fact that lead to the goals, shortest first; every stop on the way is one too."""
        kinds = self.leading(goals)
        queue: deque[tuple[tuple[Step, ...], frozenset[object]]] = deque([((), frozenset())])
        seen: set[frozenset[object]] = set()
        first = max(self.page.in_force, date(2019, 3, 4))
        while queue and len(seen) < MOST:
            steps, been = queue.popleft()
            if len(steps) == DEEPEST:
                continue
            openings = [name for name in kinds if name in self.page.opening]
            for name in kinds if steps else openings:
                for step in self._next(steps, name, first):
                    state = been | {(step.kind, tuple(sorted(self._telling(step))))}
                    if state not in seen and state != been:
                        seen.add(state)
                        grown = (*steps, step)
                        queue.append((grown, state))
                        yield _way(grown)

    def leading(self, goals: Iterable[str]) -> list[str]:
        """The kinds of fact that must or may come before the goals, in the order of the page."""
        open_ones, found = list(goals), set(self.page.opening)
        while open_ones:
            name = open_ones.pop()
            kind = self.page.kind(name)
            if (name in found and name not in self.page.opening) or kind is None:
                continue
            found.add(name)
            before = [other for group in (*kind.after, *kind.needs) for other in group]
            before += [other.name for other in self.page.facts.values() if self._decides(other, kind)]
            open_ones += [other for other in before if other not in found]
        return [name for name in self.page.facts if name in found]

    def _decides(self, other: FactKind, kind: FactKind) -> bool:
        return any(name in other.fields or name in other.sets for name in kind.when)

    def _next(self, steps: tuple[Step, ...], name: str, first: date) -> Iterator[Step]:
        kind = self.page.facts[name]
        if any(step.kind == name for step in steps) or not self._may(kind, steps):
            return
        for fields in self._fields(kind):
            if step := self._soonest(steps, name, fields, first):
                yield step

    def _may(self, kind: FactKind, steps: tuple[Step, ...]) -> bool:
        """What can be seen without reading the law: it comes after, and not despite, what has been."""
        been = {step.kind for step in steps}
        return all(been & set(group) for group in kind.after) and not been & set(kind.unless)

    def _soonest(self, steps: tuple[Step, ...], name: str, fields: Mapping[str, str], first: date) -> Step | None:
        for wait in WAITS if steps else (0,):
            last = steps[-1].day if steps else first
            step = Step(name, last + timedelta(days=wait), fields)
            found = self.objections((*steps, step))
            if not any(one.severity in ("barred", "unlawful") for one in found):
                return step
        return None

    def objections(self, steps: tuple[Step, ...]) -> tuple[Finding, ...]:
        """What stands against the last step."""
        facts = facts_of(_plain(steps))
        return admit(Matter(self.page, facts[:-1]), facts[-1], now=NOW, calendar=self.calendar)

    def _fields(self, kind: FactKind) -> Iterator[dict[str, str]]:
        """Every way to say a fact that makes a difference, and what else it must say."""
        varied = [
            (name, self._values(field)) for name, field in kind.fields.items() if self._differs(name, field, kind)
        ]
        fixed = {
            name: value for name, field in kind.fields.items() if field.required and (value := self._filler(field))
        }
        for values in islice(product(*(values for _, values in varied)), CHOICES):
            said = fixed | dict(zip((name for name, _ in varied), values, strict=True))
            yield {name: value for name, value in said.items() if value}

    def _differs(self, name: str, field: FieldKind, kind: FactKind) -> bool:
        decides = any(name in other.when for other in self.page.facts.values())
        return field.kind in ("choice", "number", "money") and (
            name in self.told or (decides and name not in kind.sets)
        )

    def _values(self, field: FieldKind) -> list[str]:
        asked = [value for value in self.told.get(field.name, ()) if not field.choices or value in field.choices]
        needed = [
            value
            for kind in self.page.facts.values()
            for value in kind.when.get(field.name, ())
            if value in field.choices
        ]
        other = [value for value in field.choices if value not in asked and value not in needed][:1]
        unsaid = [] if field.required else [""]
        return list(dict.fromkeys((*asked, *needed, *other, *unsaid)))

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

    def _telling(self, step: Step) -> Iterator[tuple[str, str]]:
        kind = self.page.facts[step.kind]
        for name, value in step.fields.items():
            if self._differs(name, kind.fields[name], kind):
                yield name, value


def _plain(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(replace(step, fields=_dated(step.fields, step.day)) for step in steps)


def _way(steps: tuple[Step, ...]) -> Way:
    first = steps[0].day
    return Way(tuple(((step.day - first).days, step.kind, step.fields) for step in steps))
