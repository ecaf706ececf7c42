"""The sample districts that stand in for those of the reports: units without people, all named as samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.cli.figures.told import Report
from fazhi.people import units
from fazhi.people.actors import Actor

FOUNDED = date(1990, 1, 1)
CITY = "city"
"""The organ of figures that a report gives for comparison: no part of the district."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The units of one report: the district, its organs by key, and a unit outside of it."""

    district: UUID
    organs: Mapping[str, UUID]
    outside: UUID

    @property
    def scopes(self) -> dict[str, tuple[UUID, ...]]:
        """Which units a figure is read over, by the organ it is told of."""
        whole = (self.district, *(unit for key, unit in self.organs.items() if key != CITY))
        return {"": whole, **{key: (unit,) for key, unit in self.organs.items()}}

    @property
    def everything(self) -> tuple[UUID, ...]:
        """Every unit of the sample, the ones outside of the district too."""
        return (self.district, *self.organs.values(), self.outside)

    @property
    def seats(self) -> dict[frozenset[UUID], UUID]:
        """The unit in which what counts for a scope is entered."""
        first = {frozenset(scope): scope[0] for scope in self.scopes.values()}
        return first | {frozenset(self.scopes[""]): self.district}

    def as_json(self) -> dict[str, object]:
        organs = {key: str(unit) for key, unit in self.organs.items()}
        return {"district": str(self.district), "organs": organs, "outside": str(self.outside)}


def lay(report: Report) -> Laid:
    """Found the units of a report's sample district; to be called inside a transaction."""
    named = [("", report.district), *report.organs.items(), ("outside", report.outside)]
    found: dict[str, UUID] = {}
    for word, (key, name) in zip(_words(report), named, strict=False):
        within = found[""] if key not in ("", CITY, "outside") else None
        kind = "department" if within else "government"
        found[key] = units.found(name, parent=within, since=FOUNDED, kind=kind, organ_code=word)
    return Laid(found.pop(""), {key: found[key] for key in report.organs}, found["outside"])


def _words(report: Report) -> Iterator[str]:
    """Words for official numbers, one a unit: no two organs may share one."""
    yield from (f"{report.district[:3]}{numeral}" for numeral in "一二三四五六七八九十")


def actor(unit: UUID) -> Actor:
    """One who enters what a unit did."""
    return Actor(account=None, post=None, unit=unit, powers=frozenset(), face="import", name="示例数据")
