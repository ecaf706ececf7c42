"""Which unit a report is of: the government for a district's report, whoever drafts it; else the drafting unit."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from fazhi.ledger import rulebook
from fazhi.people import units
from fazhi.people.units import Tree, UnitLine

GOVERNMENT = "government"
OFFICE = "office"
DISTRICT = "district"
STREETS = frozenset({"subdistrict", "town"})


def government_of(unit: UUID, tree: Tree) -> UUID:
    """The nearest government from the unit upwards; where none is marked as one, the root of the tree."""
    path = tree.path(unit)
    marked = [one for one in path if tree.units[one].kind == GOVERNMENT]
    return marked[-1] if marked else path[0] if path else unit


def reported_unit(outline: str, unit: UUID, day: date) -> UUID:
    """The unit that a report by this outline is of, drafted in `unit`."""
    page = rulebook().outlines.get(outline)
    if page is None or page.audience != DISTRICT:
        return unit
    return government_of(unit, units.tree_on(day))


def outlines_for(unit: UUID, day: date) -> tuple[str, ...]:
    """The outlines that a unit may draft by, the likeliest first.

    A government reports as one; an office right under it (依法治区办) drafts the government's report for it; any other
    unit reports its own work, by the outline of its level.
    """
    tree = units.tree_on(day)
    line = tree.units.get(unit)
    above = government_of(unit, tree)
    whole = unit == above or (line is not None and line.kind == OFFICE and line.parent == above)
    of_district, own = _by_level(_audience(line) if line else "")
    if unit == above:
        found = of_district
    else:
        found = of_district + own if whole else own
    return found or of_district + own


def _audience(line: UnitLine) -> str:
    """The level of outline that fits a unit by what kind it is, else by its name."""
    if line.kind in STREETS or line.name.endswith(("街道", "街道办事处", "镇人民政府", "乡人民政府")):
        return "subdistrict"
    return "bureau" if "司法局" in line.name else "department"


def _by_level(audience: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Outlines of a whole district, and the others with those of this level first."""
    outlines = rulebook().outlines
    whole = tuple(name for name, one in outlines.items() if one.audience == DISTRICT)
    own = [name for name in outlines if name not in whole]
    return whole, tuple(sorted(own, key=lambda name: outlines[name].audience != audience))
