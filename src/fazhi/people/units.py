"""The dated tree of units: who stood under whom on a day. A merge or a move adds rows and changes no past day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from fazhi.people import pinyin
from fazhi.people.forest import forest
from fazhi.people.models import Post, Unit, UnitPlace

KEPT_TREES = 16
_kept: dict[date, tuple[UUID, Tree]] = {}


class BadTree(ValueError):
    """The move would cut the tree, close a circle or rewrite a past day."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as pages show it."""

    id: UUID
    name: str
    name_en: str
    kind: str
    organ_code: str
    sort_key: str
    initials: str
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree of one day."""

    day: date
    units: Mapping[UUID, UnitLine]
    children: Mapping[UUID | None, tuple[UUID, ...]]

    def subtree(self, unit: UUID) -> frozenset[UUID]:
        """The unit and all below it; empty if it did not exist on the day."""
        found: set[UUID] = set()
        open_ends = [unit] if unit in self.units else []
        while open_ends:
            here = open_ends.pop()
            if here not in found:
                found.add(here)
                open_ends.extend(self.children.get(here, ()))
        return frozenset(found)

    def path(self, unit: UUID) -> tuple[UUID, ...]:
        """From the root down to the unit."""
        steps: list[UUID] = []
        here: UUID | None = unit
        while here is not None and here in self.units and here not in steps:
            steps.append(here)
            here = self.units[here].parent
        return tuple(reversed(steps))


def on_day(day: date, row: str = "") -> Q:
    """Rows that hold on the day: from `since` until the day before `until`."""
    return Q(**{f"{row}since__lte": day}) & (Q(**{f"{row}until": None}) | Q(**{f"{row}until__gt": day}))


def tree_on(day: date) -> Tree:
    """Every unit of the day with its place, siblings by pinyin; read again once any unit or place has changed."""
    stamp = forest().stamp
    kept = _kept.get(day)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    tree = _read(day)
    if stamp is not None:
        while len(_kept) >= KEPT_TREES:
            _kept.pop(next(iter(_kept)), None)
        _kept[day] = (stamp, tree)
    return tree


def _read(day: date) -> Tree:
    rows = UnitPlace.objects.select_related("unit").filter(on_day(day))
    rows = rows.order_by("unit__sort_key", "unit__name", "since", "pk")
    units = {row.unit_id: _line(row.unit, row.parent_id) for row in rows}
    children: dict[UUID | None, list[UUID]] = {}
    for line in units.values():
        children.setdefault(line.parent, []).append(line.id)
    return Tree(day, units, {parent: tuple(below) for parent, below in children.items()})


def subtree(unit: UUID, day: date) -> frozenset[UUID]:
    """The unit and all below it on the day."""
    return tree_on(day).subtree(unit)


def subtrees(roots: Iterable[tuple[UUID, bool]], day: date) -> dict[tuple[UUID, bool], frozenset[UUID]]:
    """Units below each root (the root alone where the flag is off), with those merged into them earlier."""
    trees = forest()
    found = {(root, deep): trees.below(root, day, deep=deep) for root, deep in roots}
    return {root: units for root, units in found.items() if units}


def whole(unit: UUID, start: date, cutoff: date) -> tuple[UUID, ...]:
    """Whose matters a figure of the unit over these days holds (`Forest.whole`)."""
    return forest().whole(unit, start, cutoff)


def found(
    name: str, *, parent: UUID | None, since: date, kind: str = "department", id: UUID | None = None, **more: str
) -> UUID:
    """A new unit in its place. `more`: name_en, short, organ_code (机关代字)."""
    unit = Unit(id=id or uuid4(), name=name, kind=kind, since=since, **more)
    unit.sort_key, unit.initials = pinyin.sort_key(name), pinyin.initials(name)
    with transaction.atomic():
        unit.save(force_insert=True)
        UnitPlace(unit=unit, parent_id=parent, since=since).save(force_insert=True)
    return unit.pk


def move(unit: UUID, *, parent: UUID | None, day: date) -> None:
    """From the day on the unit stands under another parent: one row ends, one begins."""
    if parent is not None and parent in subtree(unit, day):
        raise BadTree("不能把单位移到自己的下级单位之下，请另选上级单位。")
    with transaction.atomic():
        _end_place(unit, day)
        UnitPlace(unit_id=unit, parent_id=parent, since=day).save(force_insert=True)


def merge(unit: UUID, *, into: UUID, day: date) -> None:
    """From the day on the unit is gone and another carries on; those below it move to the other. Past days stay."""
    below = tree_on(day)
    if into in below.subtree(unit):
        raise BadTree("不能并入自己或自己的下级单位，请另选承接单位。")
    with transaction.atomic():
        for child in below.children.get(unit, ()):
            move(child, parent=into, day=day)
        _end_place(unit, day)
        Unit.objects.filter(pk=unit).update(until=day, succeeded_by=into)
        Post.objects.filter(on_day(day), unit=unit).update(until=day)


def short_name(unit: UUID) -> str:
    """The short name, empty if it has none."""
    return str(Unit.objects.values_list("short", flat=True).get(pk=unit))


def names(units: Iterable[UUID]) -> dict[UUID, UnitLine]:
    """Units by id whether or not they still exist; `parent` is left out."""
    return {unit.pk: _line(unit, None) for unit in Unit.objects.filter(pk__in=list(units))}


def name_of(unit: UUID, day: date | None = None, language: str = "zh") -> str:
    """The name; units keep one name, a renamed unit is a new one that succeeds it. `day` marks one that is gone."""
    row = Unit.objects.get(pk=unit)
    name = row.name_en if language == "en" and row.name_en else row.name
    gone = day is not None and row.until is not None and row.until <= day
    return f"{name}（已撤销）" if gone and language == "zh" else name


def organ_code(unit: UUID) -> str:
    """The word of the organ in official numbers (机关代字): the unit's own, else that of the nearest one above."""
    return forest().organ(unit)[1]


def organ_of(unit: UUID) -> UUID:
    """The unit whose organ code numbers this unit's matters; the unit itself if none above has a code."""
    return forest().organ(unit)[0]


def _end_place(unit: UUID, day: date) -> None:
    place = UnitPlace.objects.select_for_update().filter(unit=unit, until=None).first()
    if place is None or place.since >= day:
        raise BadTree("调整日期须晚于该单位现有位置的起始日，且该单位未撤销，请核对日期。")
    UnitPlace.objects.filter(pk=place.pk).update(until=day)


def _line(unit: Unit, parent: UUID | None) -> UnitLine:
    return UnitLine(unit.pk, unit.name, unit.name_en, unit.kind, unit.organ_code, unit.sort_key, unit.initials, parent)
