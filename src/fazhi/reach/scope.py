"""What one actor may see on one day: grants turned into unit ids, read anew for every request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from fazhi.ledger import query
from fazhi.ledger.pages import rulebook
from fazhi.ledger.view import MatterView
from fazhi.people import actors, units
from fazhi.people.actors import ADMINISTRATORS, Actor
from fazhi.people.forest import forest
from fazhi.reach.follow import Reach

TOP_SECRECY = 2
HOUSE_KINDS = frozenset({"local_page", "reorganisation"})
"""Matters of the house itself, in which nobody's affairs stand: all that the three administrators see."""
MAX_PROBES = 1500
NEVER_LENT = frozenset({*ADMINISTRATORS, "wall", "erase", "supervise"})
"""Powers that a deputy does not get: the administrators', and those that cannot be undone or watch over others."""

_RIGHTS = f"""
with mine as materialized (
    select * from reach_grant g where (g.post = %(post)s or g.account = %(account)s)
    and g.since <= %(day)s and (g.until is null or g.until > %(day)s) and {actors.HOLDS}
), given as (
    select unit, subtree, kinds, secrecy, acts, null::uuid as lent, null::uuid as of_unit,
           null::varchar[] as lent_powers, null::varchar[] as most_kinds, 0 as most, true as may
    from mine where unit is not null
  union all
    select g.unit, g.subtree, g.kinds, g.secrecy, g.acts, p.id, p.unit_id, p.powers, d.kinds, d.secrecy, d.acts
    from mine d join reach_grant g on g.post = d.deputy_for join people_post p on p.id = d.deputy_for
    where g.unit is not null and g.since <= %(day)s and (g.until is null or g.until > %(day)s)
    and p.since <= %(day)s and (p.until is null or p.until > %(day)s)
)
select t.stamp, given.* from people_tree t left join given on true
"""  # noqa: S608 - names of our own
_HOLDS = "select 1 from reach_row r where r.matter = %s and {within}{todo} limit 1"


@dataclass(frozen=True, slots=True)
class Box:
    """Matters of these units, of these kinds (None is all), up to this secrecy."""

    units: frozenset[UUID]
    kinds: frozenset[str] | None
    secrecy: int
    acts: bool


@dataclass(frozen=True, slots=True)
class Lent:
    """What one has as a deputy: the post stood in for, those of its powers that go along, and its boxes."""

    post: UUID
    unit: UUID
    powers: frozenset[str]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None leaves it open. Days are lawful opening days, both included."""

    units: frozenset[UUID] | None = None
    kinds: frozenset[str] | None = None
    open: bool | None = None
    todo: bool | None = None
    since: date | None = None
    until: date | None = None


NO_FILTER = Filters()


@dataclass(frozen=True, slots=True)
class Scope:
    """The boxes of one actor on one day. `all_kinds` are the pages there are, for probing. `lent` are those boxes that
    are a deputy's, by the post stood in for, and `own` the others; without any, all are one's own."""

    actor: Actor
    day: date
    boxes: tuple[Box, ...]
    all_kinds: tuple[str, ...]
    own: tuple[Box, ...] = ()
    lent: tuple[Lent, ...] = ()

    @property
    def units(self) -> frozenset[UUID]:
        """Every unit of which anything may be seen."""
        return frozenset().union(*(box.units for box in self.boxes))

    @property
    def acting_units(self) -> frozenset[UUID]:
        return frozenset().union(*(box.units for box in self.boxes if box.acts))

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of which anything may be seen, for filter chips and autocomplete."""
        named = [frozenset(self.all_kinds) if box.kinds is None else box.kinds for box in self.boxes]
        return frozenset().union(*named)

    def may_see(self, matter: UUID) -> bool:
        """Whether one box holds a row of the matter; no such matter and no right look alike."""
        return self._holds(matter, self.boxes, todo=False)

    def may_act(self, matter: UUID) -> bool:
        """Whether a unit that has the matter to do, or had it when it closed, lies in a box of one who acts."""
        return self._holds(matter, tuple(box for box in self.boxes if box.acts), todo=True)

    def may_act_on(self, view: MatterView) -> bool:
        """`may_act` for a matter just read, from the fold that the room's rows are kept equal to."""
        boxes = [box for box in self.boxes if box.acts]
        return bool(boxes) and any(row["todo"] and _within(row, boxes) for row in Reach().rows(view))

    def may_act_itself(self, view: MatterView) -> bool:
        """`may_act_on` in one's own right, not as a deputy."""
        boxes = [box for box in (self.own if self.lent else self.boxes) if box.acts]
        return bool(boxes) and any(row["todo"] and _within(row, boxes) for row in Reach().rows(view))

    def lent_on(self, view: MatterView) -> tuple[Lent, ...]:
        """The posts stood in for that may act on a matter just read."""
        rows = [row for row in Reach().rows(view) if row["todo"]] if self.lent else []
        return tuple(
            one for one in self.lent if any(_within(row, [box for box in one.boxes if box.acts]) for row in rows)
        )

    def powers_on(self, view: MatterView) -> frozenset[str]:
        """What may be done with a matter just read: one's own powers where one acts oneself, and those of the posts
        stood in for where these act."""
        if not self.lent:
            return self.actor.powers
        itself = any(_within(row, self.own) for row in Reach().rows(view))
        own = self.actor.powers if itself else frozenset()
        return own.union(*(one.powers for one in self.lent_on(view)))

    def may_act_for(self, unit: UUID, kind: str, secrecy: int = 0) -> bool:
        """Whether a new matter of this kind may be received for the unit."""
        return any(_opens(box, unit, kind, secrecy) for box in self.boxes)

    def lent_for(self, unit: UUID, kind: str, secrecy: int = 0) -> tuple[Lent, ...]:
        """The posts stood in for by which alone a new matter may be received; none where one may oneself."""
        if any(_opens(box, unit, kind, secrecy) for box in self.own):
            return ()
        return tuple(one for one in self.lent if any(_opens(box, unit, kind, secrecy) for box in one.boxes))

    def narrowed(self, filters: Filters) -> tuple[Box, ...]:
        """The boxes within the filter, empty ones left out: an empty answer means that no query is asked."""
        found: dict[tuple[frozenset[str] | None, int, bool], frozenset[UUID]] = {}
        for box in self.boxes:
            inside = box.units if filters.units is None else box.units & filters.units
            kinds = _both(box.kinds, filters.kinds)
            if inside and kinds != frozenset():
                slot = (kinds, box.secrecy, False)
                found[slot] = found.get(slot, frozenset()) | inside
        return _without_covered([Box(inside, *slot) for slot, inside in found.items()])

    def _holds(self, matter: UUID, boxes: Sequence[Box], *, todo: bool) -> bool:
        if not boxes:
            return False
        within, values = condition(boxes)
        statement = _HOLDS.format(within=within, todo=" and r.todo" if todo else "")
        return bool(query.fetch_planned("default", statement, [matter, *values]))


def scope_of(actor: Actor, day: date, *, all_kinds: Iterable[str] | None = None) -> Scope:
    """The rights of the actor on the day, straight from the grants: a change counts from the next request.

    An office actor whose account no longer holds the post has none; an administrator has the matters of the house
    alone, whatever was granted. The portal has none: citizens prove to hold a matter. Import and machine have those
    of their unit.
    """
    kinds = tuple(rulebook().procedures) if all_kinds is None else tuple(all_kinds)
    if actor.account is None or actor.post is None:
        if actor.face not in ("import", "machine"):
            return Scope(actor, day, (), kinds)
        below = units.subtrees([(actor.unit, True)], day).get((actor.unit, True))
        return Scope(actor, day, (Box(below, None, TOP_SECRECY, True),) if below else (), kinds)
    if actor.powers & set(ADMINISTRATORS):
        return Scope(actor, day, _house(actor, day), kinds)
    return _granted(actor, actor.account, actor.post, day, kinds)


def _opens(box: Box, unit: UUID, kind: str, secrecy: int) -> bool:
    return box.acts and unit in box.units and (box.kinds is None or kind in box.kinds) and secrecy <= box.secrecy


def _house(actor: Actor, day: date) -> tuple[Box, ...]:
    """What administrators see, while they hold their post."""
    assert actor.account is not None and actor.post is not None
    held = any(one.post == actor.post for one in actors.actors_of(actor.account, day))
    every = frozenset(units.tree_on(day).units)
    return (Box(every, HOUSE_KINDS, 0, "audit" not in actor.powers),) if held and every else ()


def condition(boxes: Sequence[Box], row: str = "r") -> tuple[str, list[object]]:
    """The one SQL shape of rights over a row with unit, kind and secrecy, in brackets, with its values."""
    if not boxes:
        return "(false)", []
    parts: list[str] = []
    values: list[object] = []
    for box in boxes:
        part = f"{row}.unit = any(%s::uuid[]) and {row}.secrecy <= %s"
        values += [_ids(box.units), box.secrecy]
        if box.kinds is not None:
            part += f" and {row}.kind = any(%s::text[])"
            values.append(sorted(box.kinds))
        parts.append(part)
    return "(" + " or ".join(f"({part})" if len(parts) > 1 else part for part in parts) + ")", values


@lru_cache(maxsize=64)
def _ids(units: frozenset[UUID]) -> str:
    return query.array(sorted(map(str, units)))


def cells_of(boxes: Sequence[Box], all_kinds: Sequence[str]) -> int:
    """How many probes the boxes would take."""
    return sum(len(box.units) * len(all_kinds if box.kinds is None else box.kinds) * (box.secrecy + 1) for box in boxes)


def probes(boxes: Sequence[Box], all_kinds: Sequence[str]) -> list[tuple[str, str, int]] | None:
    """Every (unit, kind, secrecy) of the boxes for one ordered probe each, or None if there are too many."""
    if cells_of(boxes, all_kinds) > MAX_PROBES:
        return None
    found: set[tuple[str, str, int]] = set()
    for box in boxes:
        units = [str(unit) for unit in box.units]
        for kind in all_kinds if box.kinds is None else box.kinds:
            found.update((unit, kind, level) for unit in units for level in range(box.secrecy + 1))
    return sorted(found)


def _granted(actor: Actor, account: UUID, post: UUID, day: date, kinds: tuple[str, ...]) -> Scope:
    """Grants of the post and of the person, and what those they stand in for are granted; one statement."""
    rows = query.fetch("default", _RIGHTS, {"account": account, "post": post, "day": day})
    trees = forest(rows[0][0])
    every, own, lent = _Gathered(), _Gathered(), dict[UUID, _Gathered]()
    seats: dict[UUID, tuple[UUID, frozenset[str]]] = {}
    for _, unit, deep, listed, secrecy, acts, stood_for, of_unit, lent_powers, most_kinds, most, may in rows:
        if unit is None:
            continue
        slot, below = (_listed(listed), secrecy, acts), trees.below(unit, day, deep=deep)
        if stood_for:
            slot = (_both(slot[0], _listed(most_kinds)), min(secrecy, most), acts and may)
            seats[stood_for] = (of_unit, frozenset(lent_powers) - NEVER_LENT)
        every.add(slot, below)
        (lent.setdefault(stood_for, _Gathered()) if stood_for else own).add(slot, below)
    given = tuple(Lent(one, *seats[one], found.boxes()) for one, found in lent.items())
    return Scope(actor, day, every.boxes(), kinds, own.boxes(), given)


class _Gathered:
    """Units by kinds, secrecy and whether one acts, brought together into as few boxes as there are of these."""

    def __init__(self) -> None:
        self._found: dict[tuple[frozenset[str] | None, int, bool], frozenset[UUID]] = {}

    def add(self, slot: tuple[frozenset[str] | None, int, bool], units: frozenset[UUID]) -> None:
        self._found[slot] = self._found.get(slot, frozenset()) | units

    def boxes(self) -> tuple[Box, ...]:
        return tuple(Box(inside, *slot) for slot, inside in self._found.items() if inside and slot[0] != frozenset())


def _within(row: Mapping[str, Any], boxes: Sequence[Box]) -> bool:
    return any(
        row["unit"] in box.units and row["secrecy"] <= box.secrecy and (box.kinds is None or row["kind"] in box.kinds)
        for box in boxes
    )


def _listed(kinds: Iterable[str] | None) -> frozenset[str] | None:
    return None if kinds is None else frozenset(kinds)


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _without_covered(boxes: Sequence[Box]) -> tuple[Box, ...]:
    def covers(one: Box, other: Box) -> bool:
        kinds = one.kinds is None or (other.kinds is not None and other.kinds <= one.kinds)
        return kinds and other.units <= one.units and other.secrecy <= one.secrecy

    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: -len(box.units)):
        if not any(covers(one, box) for one in kept):
            kept = [one for one in kept if not covers(box, one)] + [box]
    return tuple(kept)
