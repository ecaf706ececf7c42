"""The dated trees of units as one process keeps them, read again whenever their stamp in the database is another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection

STAMP = "select stamp from people_tree"
KEPT_SUBTREES = 4096

_READ = """
select (select stamp from people_tree), u.id, u.organ_code, u.until, u.succeeded_by_id, p.parent_id, p.since, p.until
from people_unit u left join people_unit_place p on p.unit_id = u.id order by p.since
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stood from `since` until the day before `until`."""

    unit: UUID
    parent: UUID | None
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True, slots=True)
class Forest:
    """Every place there ever was. `merged` has, by unit, those it succeeds and since which day."""

    stamp: UUID | None
    places: Mapping[UUID, tuple[Place, ...]]
    children: Mapping[UUID, tuple[Place, ...]]
    merged: Mapping[UUID, tuple[tuple[UUID, date], ...]]
    codes: Mapping[UUID, str]
    known: dict[tuple[UUID, bool, date], frozenset[UUID]] = field(default_factory=dict, compare=False)

    def below(self, root: UUID, day: date, *, deep: bool = True) -> frozenset[UUID]:
        """The unit and, if `deep`, all below it on the day, with those merged into them earlier; else nothing."""
        slot = (root, deep, day)
        if slot not in self.known:
            if len(self.known) >= KEPT_SUBTREES:
                self.known.clear()
            self.known[slot] = self._walk(root, day, deep)
        return self.known[slot]

    def whole(self, unit: UUID, start: date, cutoff: date) -> tuple[UUID, ...]:
        """Whose matters a figure of the unit over these days holds: the unit with all below it on the last day, those
        merged into any of them by then, and those below it on the first day that had ceased to be. Old matters keep
        the unit that received them, so without the merged ones a year would lose what an old unit had left open."""
        gone = {
            one for one in self.below(unit, start) if not any(place.on(cutoff) for place in self.places.get(one, ()))
        }
        return tuple(sorted(self.below(unit, cutoff) | gone, key=str))

    def organ(self, unit: UUID) -> tuple[UUID, str]:
        """The nearest unit upwards that has an organ code, by where each stood last; the unit and "" if none has."""
        seen: set[UUID] = set()
        here: UUID | None = unit
        while here is not None and here not in seen:
            if code := self.codes.get(here):
                return here, code
            seen.add(here)
            stood = self.places.get(here)
            here = stood[-1].parent if stood else None
        return unit, ""

    def line_of(self, organ: UUID, day: date) -> tuple[UUID, tuple[UUID, ...]]:
        """The organ that carries on the numbers of this one on the day, under the same code, and all before it."""
        heirs = {gone: (heir, since) for heir, merged in self.merged.items() for gone, since in merged}
        here, seen = organ, {organ}
        while here in heirs:
            heir, since = heirs[here]
            if since > day or heir in seen or self.codes.get(heir) != self.codes.get(here):
                break
            here = heir
            seen.add(here)
        before, open_ends = [], [here]
        while open_ends:
            for gone, since in self.merged.get(open_ends.pop(), ()):
                if since <= day and gone not in before and self.codes.get(gone) == self.codes.get(here):
                    before.append(gone)
                    open_ends.append(gone)
        return here, tuple(before)

    def _walk(self, root: UUID, day: date, deep: bool) -> frozenset[UUID]:
        found: set[UUID] = set()
        open_ends = [root] if any(place.on(day) for place in self.places.get(root, ())) else []
        while open_ends:
            here = open_ends.pop()
            if here in found:
                continue
            found.add(here)
            if deep:
                open_ends += [place.unit for place in self.children.get(here, ()) if place.on(day)]
            open_ends += [unit for unit, since in self.merged.get(here, ()) if since <= day]
        return frozenset(found)


_kept: Forest | None = None


def forest(stamp: UUID | None = None) -> Forest:
    """The forest of this stamp, just read in the transaction at hand; without one it is read first."""
    global _kept
    if stamp is None:
        with connection.cursor() as cursor:
            cursor.execute(STAMP)
            stamp = cursor.fetchone()[0]
    kept = _kept
    if kept is None or kept.stamp != stamp:
        _kept = kept = _read()
    return kept


def _read() -> Forest:
    """Stamp and rows by one statement, so that they belong together."""
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        rows = cursor.fetchall()
    places: dict[UUID, list[Place]] = defaultdict(list)
    children: dict[UUID, list[Place]] = defaultdict(list)
    merged: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    codes: dict[UUID, str] = {}
    for _, unit, code, gone, heir, parent, since, until in rows:
        codes[unit] = code
        if heir is not None and gone is not None:
            merged[heir][unit] = gone
        if since is not None:
            place = Place(unit, parent, since, until)
            places[unit].append(place)
            if parent is not None:
                children[parent].append(place)
    return Forest(
        rows[0][0] if rows else None,
        {unit: tuple(there) for unit, there in places.items()},
        {unit: tuple(there) for unit, there in children.items()},
        {unit: tuple(there.items()) for unit, there in merged.items()},
        codes,
    )
