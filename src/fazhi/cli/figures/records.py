"""Records to be laid: courses of facts with the numbers they say, how often each is entered, and what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from fazhi.cli.figures.atoms import Atom, Step, Tally, facts_of, tally
from fazhi.law import Fact, Procedure
from fazhi.rulebook import Rulebook

COUNTED = "counted"


@dataclass(slots=True)
class Record:
    """A matter entered `copies` times. `amends` are correcting acts: the entry amended, and the fact put in its place
    or None where it is struck out. `use` is ``counted`` or the way in which it must not count."""

    page: Procedure
    unit: UUID
    steps: tuple[Step, ...]
    use: str = COUNTED
    copies: int = 1
    amends: tuple[tuple[int, Step | None], ...] = ()
    counts: Mapping[Atom, int] = field(default_factory=dict)
    slots: Mapping[Atom, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    numbers: dict[tuple[int, str], str] = field(default_factory=dict)

    def facts(self) -> tuple[Fact, ...]:
        """The facts as the record would hold them, corrections included."""
        said = [*facts_of(self.steps)]
        for entry, step in self.amends:
            wrong = self.steps[entry - 1]
            now = step or wrong
            entered = Fact(now.kind, now.day, fields=now.fields if step else {}, entry=len(said) + 1, corrects=entry)
            said.append(entered if step else Fact(now.kind, now.day, entry=len(said) + 1, corrects=entry, strikes=True))
        return tuple(said)

    def said(self, at: int) -> dict[str, str]:
        """What step `at` says, with the numbers given to it."""
        return {**self.steps[at].fields, **{name: text for (step, name), text in self.numbers.items() if step == at}}

    def feeds(self, atom: Atom) -> bool:
        return atom in self.counts or atom in self.slots


@dataclass(frozen=True, slots=True)
class Entry:
    """One matter to be entered; `amends` are acts that correct an entry, with None for what stands struck out."""

    key: str
    procedure: str
    unit: UUID
    acts: tuple[tuple[str, date, dict[str, str]], ...]
    amends: tuple[tuple[int, str, date, dict[str, str] | None], ...] = ()


class Weigher:
    """Tells what a record would count for the atoms of a report."""

    def __init__(self, atoms: tuple[Atom, ...], book: Rulebook) -> None:
        self.atoms, self.book = atoms, book
        self.by_procedure: dict[str, tuple[Atom, ...]] = {}
        for atom in atoms:
            name = atom.want.selector.procedure
            self.by_procedure[name] = (*self.by_procedure.get(name, ()), atom)

    def weigh(self, record: Record) -> Tally:
        """What the record counts."""
        atoms = self.by_procedure.get(record.page.name, ())
        later = self.book.later(record.page)
        return tally(record.page, later, record.unit, record.facts(), atoms, self.book.calendar)

    def page(self, name: str, day: date) -> Procedure | None:
        """The page in force on a day, if there was one."""
        try:
            return self.book.page(name, day)
        except LookupError:
            return None
