"""What was open, came in and was concluded in a stretch of days, by kind of business; what is open at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.ledger import query

_STANDING = """
with m as (
  select c.matter, c.procedure, min(c.day) as day, greatest(max(c.until), min(c.day)) as until
  from indicators_counted c
  where c.unit = any(%(units)s::uuid[]) and c.item = 'matter'
    and c.from_position <= %(position)s and %(position)s < c.to_position
  group by c.matter, c.procedure
)
"""
_SUMS = f"""{_STANDING}
select procedure, count(*) filter (where day < %(start)s and until >= %(start)s),
  count(*) filter (where day between %(start)s and %(cutoff)s),
  count(*) filter (where until between %(start)s and %(cutoff)s),
  count(*) filter (where day <= %(cutoff)s and until > %(cutoff)s)
from m group by procedure order by procedure
"""  # noqa: S608 -- put together from constants
_OPEN = f"{_STANDING} select procedure, matter, day from m where day < %(start)s and until >= %(start)s"  # noqa: S608
_KNOWN = """
select matter, bool_or(unit = any(%s::uuid[])) from indicators_counted
where matter = any(%s::uuid[]) and from_position <= %s group by matter
"""

Why = str
"""Why a matter is in one list and not in the other: ``late`` (recorded afterwards), ``moved`` (its unit came or went),
``corrected``."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a balance, both included, over units and as of a position; it may be longer than a year."""

    units: tuple[UUID, ...]
    start: date
    cutoff: date
    position: int


@dataclass(frozen=True, slots=True)
class Balance:
    """One kind of business. `opening + received - concluded == closing`, always."""

    procedure: str
    opening: int
    received: int
    concluded: int
    closing: int


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """A matter that is open at the end of a day, with the day on which it began."""

    procedure: str
    matter: UUID
    day: date


def balance(stretch: Stretch) -> tuple[Balance, ...]:
    """By kind of business, those without any matter left out."""
    asked = {**_asked(stretch), "cutoff": stretch.cutoff}
    return tuple(Balance(*row) for row in query.fetch("default", _SUMS, asked) if any(row[1:]))


def open_before(stretch: Stretch) -> tuple[OpenMatter, ...]:
    """What is open when the stretch begins, by kind, day and matter."""
    rows = query.fetch("default", f"{_OPEN} order by procedure, day, matter", _asked(stretch))
    return tuple(OpenMatter(*row) for row in rows)


def reasons(
    matters: Iterable[UUID], units: tuple[UUID, ...], position: int, *, gone: bool = False
) -> Mapping[UUID, Why]:
    """Why matters were not in the list of these units as of a position, or are `gone` from it as of a later one."""
    asked = list(matters)
    rows = query.fetch("default", _KNOWN, [list(units), asked, position]) if asked else []
    known: dict[UUID, bool] = dict(rows)
    unknown = "corrected" if gone else "late"
    return {one: unknown if one not in known else "corrected" if known[one] else "moved" for one in asked}


def _asked(stretch: Stretch) -> dict[str, object]:
    return {"units": list(stretch.units), "start": stretch.start, "position": stretch.position}
