"""Random matters as they might happen: lawful or not, recorded late, corrected, at positions shared by all matters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from fazhi.law import Fact, FactKind, Matter, Procedure, Workdays, possible
from fazhi.rulebook import Rulebook


@dataclass
class History:
    """A matter and the position of each of its entries."""

    id: UUID
    unit: UUID
    matter: Matter
    positions: dict[int, int] = field(default_factory=dict)
    parent: UUID | None = None
    parent_thread: str = ""
    children: tuple[History, ...] = ()

    def at(self, position: int) -> Matter:
        known = {entry for entry, at in self.positions.items() if at <= position}
        return replace(self.matter, facts=tuple(fact for fact in self.matter.facts if fact.entry in known))


def histories(seed: int, book: Rulebook, units: list[UUID], many: int = 30) -> list[History]:
    """Matters of every kind of page, begun over two years around a New Year, with at most nine entries each."""
    chance = Random(seed)
    pages = [page for name in ("appeal", "reconsideration") for page in book.procedures[name]]
    made = [_begin(chance, chance.choice(pages), chance.choice(units), at) for at in range(many)]
    position = 0
    living = list(made)
    while living:
        history = chance.choice(living)
        position += 1
        entry = len(history.positions) + 1
        if entry > 1 and not _grow(chance, history, entry, book.calendar):
            living.remove(history)
            position -= 1
            continue
        history.positions[entry] = position
        if chance.random() < 0.12 or entry == 9:
            living.remove(history)
    return made


def _begin(chance: Random, page: Procedure, unit: UUID, at: int) -> History:
    day = date(2024, 1, 2) + timedelta(days=chance.randrange(700))
    kind = page.facts[page.opens_with]
    opening = Fact(kind.name, day, fields=_fields(chance, kind), entry=1)
    return History(UUID(int=chance.getrandbits(128)), unit, Matter(page, (opening,)))


def _grow(chance: Random, history: History, entry: int, calendar: Workdays) -> bool:
    matter, last = history.matter, history.matter.facts[-1]
    if chance.random() < 0.15 and last.entry > 1:
        moved = last.day + timedelta(days=chance.randrange(-5, 20))
        fact = replace(last, day=moved, entry=entry, corrects=last.entry, strikes=chance.random() < 0.3)
    else:
        day = last.day + timedelta(days=chance.choice([0, 1, 3, 10, 30, 70]))
        open_to = [one.kind for one in possible(matter, day, calendar) if not one.barred]
        named = [kind for kind in open_to if kind.name in matter.page.facts or kind.name in ("noted", "assigned")]
        if not named:
            return False
        kind = chance.choice(named)
        fact = Fact(kind.name, day, fields=_fields(chance, kind), entry=entry)
    history.matter = replace(matter, facts=(*matter.facts, fact))
    return True


def _fields(chance: Random, kind: FactKind) -> dict[str, str]:
    said = {}
    for name, known in kind.fields.items():
        if known.kind == "choice" and (known.required or chance.random() < 0.7):
            said[name] = chance.choice(known.choices)
        elif known.kind in ("number", "money"):
            said[name] = str(chance.randrange(1, 6))
    return said
