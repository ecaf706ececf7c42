"""Plans the records of a sample district: so many of each lawful course that every atom reaches its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal, get_args
from uuid import UUID

from fazhi.cli.figures.atoms import Atom, Tally, lies_within
from fazhi.cli.figures.records import Record, Weigher
from fazhi.cli.figures.ways import Explorer, Goal, Way
from fazhi.law import Procedure

PLACES_IN_WINDOW = (0.35, 0.6, 0.15, 0.8, 0.05, 0.97)
BEFORE_WINDOW = (20, 60, 120)
LINES = 4
"""Over how many lines a sum is spread for which nothing says how many there were."""
SINGLE = 60
"""So many records with numbers of their own are entered one by one; those beyond say nothing of the number."""
Effort = Literal["straight", "ended", "late"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)


@dataclass(slots=True)
class Plan:
    """Records that count, what each atom still lacks, and the ways known through each page."""

    weigher: Weigher
    targets: Mapping[Atom, Decimal]
    seats: Mapping[frozenset[UUID], UUID]
    """The unit that enters what counts for a scope."""
    today: date
    records: list[Record] = field(default_factory=list)
    lacking: dict[Atom, Decimal] = field(default_factory=dict)
    within: list[tuple[Atom, Atom]] = field(default_factory=list)
    ways: dict[tuple[object, ...], list[Way]] = field(default_factory=dict)
    weights: dict[tuple[object, ...], tuple[Record, Tally] | None] = field(default_factory=dict)

    def fill(self) -> None:
        """Records for every atom: stated numbers, then what is counted, the farthest and rarest first, then sums."""
        counting = [atom for atom in self.targets if not atom.adds]
        self.lacking = {atom: self.targets[atom] for atom in counting}
        self.within = [(a, b) for a in counting for b in counting if a is not b and lies_within(a, b)]
        for atom in self._adding("latest", "largest"):
            self._line(atom, 1)
        for atom in sorted(counting, key=lambda atom: (-self._depth(atom), self.lacking[atom])):
            while self.lacking[atom] > 0 and self._some(atom):
                pass
        for atom in self._adding("sum"):
            if self.targets[atom] and not any(atom in record.slots for record in self.records):
                self._line(atom, min(LINES, max(1, int(self.targets[atom]))))
        for atom in self._adding("latest", "largest", "sum"):
            self._say(atom)

    def _adding(self, *measures: str) -> list[Atom]:
        found = [atom for atom in self.targets if atom.adds and atom.want.measure in measures]
        return sorted(found, key=lambda atom: (atom.cutoff, -len(atom.want.selector.where)))

    def _line(self, atom: Atom, copies: int) -> None:
        """Lines that say the number of an atom, as far as they may be counted by the others."""
        latest = atom.want.measure != "sum"
        for _ in range(copies):
            found = next(self._fitting(atom, latest=latest), None)
            if found is None:
                return
            self._take(*found, 1)

    def _some(self, atom: Atom) -> bool:
        """As many records as one course allows, spread over days on which it counts the same."""
        first = next(self._fitting(atom), None)
        if first is None:
            return False
        record, weight = first
        many = self._many(weight)
        same = [first, *self._elsewhen(record, weight, atom)][:many]
        for at, (other, weighed) in enumerate(same):
            share = many // len(same) + (at < many % len(same))
            self._take(other, weighed, share)
        return True

    def _take(self, record: Record, weight: Tally, copies: int) -> None:
        """Add a record; where it says numbers, each copy may say its own."""
        for one, count in weight.counts.items():
            self.lacking[one] -= count * copies
        single = min(copies, SINGLE) if weight.slots else 0
        for _ in range(single):
            self.records.append(
                Record(record.page, record.unit, record.steps, counts=weight.counts, slots=weight.slots)
            )
        if copies > single:
            more = Record(record.page, record.unit, record.steps, copies=copies - single, counts=weight.counts)
            self.records.append(more)

    def _fitting(self, atom: Atom, *, latest: bool = False) -> Iterator[tuple[Record, Tally]]:
        """Records that count for the atom and for no other more than that one still lacks, those for most first."""
        unit = self.seats[atom.units]
        days = sorted(self.days(atom), reverse=True) if latest else self.days(atom)
        for effort in EFFORTS:
            for day in days:
                if page := self.weigher.page(atom.want.selector.procedure, day):
                    ways = self.leading(page, unit, atom, effort)
                    found = [weighed for way in ways if (weighed := self._weighed(page, unit, way, day))]
                    fitting = [one for one in found if self._fits(one[1], atom)]
                    yield from sorted(fitting, key=lambda one: (-len(one[1].counts), len(one[1].slots)))

    def _fits(self, weight: Tally, atom: Atom) -> bool:
        return (atom in weight.counts or atom in weight.slots) and self._many(weight) > 0

    def _many(self, weight: Tally) -> int:
        """How many such records there may be: none counts too much, and what lies within another keeps its room."""
        most = [self.lacking.get(one, Decimal(0)) // count for one, count in weight.counts.items()]
        for inner, outer in self.within:
            takes = weight.counts.get(outer, 0) - weight.counts.get(inner, 0)
            if takes > 0:
                most.append((self.lacking[outer] - self.lacking[inner]) // takes)
        return int(min(most, default=Decimal(1)))

    def _weighed(self, page: Procedure, unit: UUID, way: Way, day: date) -> tuple[Record, Tally] | None:
        """The record of a way begun on a day and what it counts; None for one that lies ahead."""
        key = (id(way), unit, day)
        if key not in self.weights:
            record = Record(page, unit, way.on(day))
            past = record.steps[-1].day <= self.today
            self.weights[key] = (record, self.weigher.weigh(record)) if past else None
        return self.weights[key]

    def _elsewhen(self, record: Record, weight: Tally, atom: Atom) -> list[tuple[Record, Tally]]:
        """The same course begun on other days of the window, where it counts the same."""
        found = []
        for away in (7, 15, -9, 23, -20, 41, 60, -33):
            moved = tuple(type(step)(step.kind, step.day + timedelta(days=away), step.fields) for step in record.steps)
            other = Record(record.page, record.unit, moved)
            if moved[-1].day <= self.today and self.weigher.page(record.page.name, moved[0].day) is record.page:
                weighed = self.weigher.weigh(other)
                if weighed.counts == weight.counts and weighed.slots == weight.slots:
                    found.append((other, weighed))
        return found

    def days(self, atom: Atom) -> list[date]:
        """Days on which a course may begin to count for an atom."""
        length = (atom.cutoff - atom.start).days
        within = [atom.start + timedelta(days=int(length * part)) for part in PLACES_IN_WINDOW]
        before = [atom.start - timedelta(days=days) for days in BEFORE_WINDOW]
        return before + within if atom.want.selector.open == "start" else within + before

    def goals(self, page: Procedure, atom: Atom) -> tuple[Goal, ...]:
        """What a course may reach to be counted: a fact, or both ends of a clock, and what tells the case."""
        asked = atom.want.selector
        said = (*asked.where, *asked.at_least, *asked.at_most)
        rules = [page.clocks[name] for name in asked.clocks if name in page.clocks]
        ends = [(start, stop) for rule in rules for start in (*rule.starts, *rule.before) for stop in rule.stops]
        reached = [(name,) for name in asked.facts if name in page.facts] + ends or [(name,) for name in page.opening]
        facts = page.facts.items()
        tells = {name for name, kind in facts if any(one in kind.fields or one in kind.sets for one in said)}
        more: list[Goal] = [()] if not said else [(name,) for name in page.facts if name in tells]
        mixed = [goal if set(goal) & tells else (*goal, *one) for goal in reached for one in more]
        return tuple(dict.fromkeys(mixed))

    def leading(self, page: Procedure, unit: UUID, atom: Atom, effort: Effort = "straight") -> list[Way]:
        """The ways through a page to what an atom counts, found once: straight, going on to an end of the matter, or
        with the last step taken late."""
        key = (page.digest or id(page), page.name, unit, atom, effort)
        if key not in self.ways:
            explorer = Explorer(page, self.weigher.atoms, unit, self.weigher.book.calendar, atom)
            goals = self.goals(page, atom)
            if effort == "ended":
                ends = sorted(page.closing & set(page.facts))
                goals = tuple((*goal, end) for goal in goals for end in ends if end not in goal)
            late = effort == "late"
            self.ways[key] = list(explorer.delayed(self.leading(page, unit, atom)) if late else explorer.ways(goals))
        return self.ways[key]

    def _depth(self, atom: Atom) -> int:
        """How many facts there must be at least before an atom is counted."""
        page = self.weigher.page(atom.want.selector.procedure, atom.cutoff)
        if page is None:
            return 0
        ways = self.leading(page, self.seats[atom.units], atom)
        goals = [set(goal) for goal in self.goals(page, atom)]
        long = [len(way.steps) for way in ways if any(goal <= {kind for _, kind, _ in way.steps} for goal in goals)]
        return min(long, default=0)

    def _say(self, atom: Atom) -> None:
        """Give the records that feed an atom the numbers that make its target."""
        places = [(record, place) for record in self.records for place in record.slots.get(atom, ())]
        free = [(record, place) for record, place in places if place not in record.numbers]
        if not free:
            return
        target = self.targets[atom]
        if atom.want.measure != "sum":
            for record, place in free:
                record.numbers[place] = f"{target:f}"
            return
        rest = target - sum(Decimal(record.numbers[place]) for record, place in places if place in record.numbers)
        for (record, place), amount in zip(free, split(rest, len(free)), strict=True):
            record.numbers[place] = f"{amount:f}"


def split(total: Decimal, parts: int) -> list[Decimal]:
    """A sum in nearly equal whole parts; what is left over goes to the first."""
    each = (total / parts).quantize(Decimal(1), ROUND_DOWN)
    return [total - each * (parts - 1), *[each] * (parts - 1)]
