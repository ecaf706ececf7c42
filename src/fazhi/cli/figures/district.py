"""The sample districts that stand in for those of the reports: units without people, all named as samples."""

from __future__ import annotations

from collections.abc import Mapping
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
    def seats(self) -> dict[frozenset[UUID], UUID]:
        """The unit in which what counts for a scope is entered."""
        first = {frozenset(scope): scope[0] for scope in self.scopes.values()}
        return first | {frozenset(self.scopes[""]): self.district}

    def as_json(self) -> dict[str, object]:
        organs = {key: str(unit) for key, unit in self.organs.items()}
        return {"district": str(self.district), "organs": organs, "outside": str(self.outside)}


def lay(report: Report) -> Laid:
    """Found the units of a report's sample district; to be called inside a transaction."""
    district = units.found(report.district, parent=None, since=FOUNDED, kind="government", organ_code="示例")
    organs = {
        key: units.found(name, parent=None if key == CITY else district, since=FOUNDED, kind="department")
        for key, name in report.organs.items()
    }
    return Laid(district, organs, units.found(report.outside, parent=None, since=FOUNDED, kind="government"))


def actor(unit: UUID) -> Actor:
    """One who enters what a unit did."""
    return Actor(account=None, post=None, unit=unit, powers=frozenset(), face="import", name="示例数据")
