"""What both doors need to take something in: kept files, names of units, the receiving unit, refusals to show."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.cache import cache

from fazhi import archive
from fazhi.archive import BadFile
from fazhi.desk.act import Received, Recorded, Refused
from fazhi.desk.receiver import NoReceiver, receiving_unit
from fazhi.law import Term, Workdays
from fazhi.ledger import Collision, rulebook
from fazhi.people import units
from fazhi.people.actors import Actor, citizen
from fazhi.people.holders import TooManyTries, grouped_number, plain_number
from fazhi.people.parties import BadParty
from fazhi.web.faces.words import in_english, today

__all__ = [
    "BadFile",
    "BadParty",
    "Collision",
    "NoReceiver",
    "Received",
    "Recorded",
    "Refused",
    "TooManyTries",
    "calendar",
    "keep_files",
    "printed_number",
    "receiving_unit",
    "site_name",
    "term_of",
    "unit_name",
]


def calendar() -> Workdays:
    return rulebook().calendar


def unit_name(unit: UUID) -> str:
    """The unit in the reader's language."""
    return units.name_of(unit, language="en" if in_english() else "zh")


def line_name(unit: units.UnitLine) -> str:
    """The same of a unit that has been read."""
    return (unit.name_en if in_english() else "") or unit.name


def site_name() -> str:
    """Whose platform this is: FAZHI_NAME, else the unit at the root of the tree; remembered for a minute."""
    if settings.FAZHI_NAME:
        return str(settings.FAZHI_NAME)
    language = "en" if in_english() else "zh"
    name: str | None = cache.get(f"site-name:{language}")
    if name is None:
        root = next(iter(units.tree_on(today()).children.get(None, ())), None)
        name = units.name_of(root, language=language) if root else ""
        cache.set(f"site-name:{language}", name, 60)
    return name


def term_of(procedure: str, names: Iterable[str], day: date) -> Term | None:
    """The term of the first of these clocks that the kind of business has on that day."""
    clocks = rulebook().page(procedure, day).clocks
    return next((clocks[name].term for name in names if name in clocks and clocks[name].term), None)


def printed_number(typed: str) -> str:
    """A query number as it is printed, however it was typed."""
    return grouped_number(plain_number(typed))


def keep_files(files: Iterable[Any], actor: Actor | UUID) -> list[UUID]:
    """Files kept in the archive before the act that names them; a citizen's are kept for the receiving unit."""
    keeper = citizen(actor) if isinstance(actor, UUID) else actor
    return [archive.put_bytes(file.read(), file.name or "", keeper) for file in files]
