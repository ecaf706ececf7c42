"""What registers give to those who look: lines as they stand on a day, versions, sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

State = Literal["standing", "left", "ending", "all"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to and sorted by. `columns` are values of columns to find by; `year` is that in which a
    version began; `order` is a column to find by, "" for the newest first; `down` turns the order round."""

    day: date
    state: State = "standing"
    columns: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    order: str = ""
    down: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as one version of it says. `address` is the matter for the office and a public name for anyone; `until`
    is None while nothing ends it, else the first day on which this no longer holds; `leaves` if the line ends then."""

    address: str
    version: int
    unit: UUID
    entered: date
    since: date
    until: date | None
    leaves: bool
    data: Mapping[str, str]
    faults: tuple[str, ...] = ()
    matter: UUID | None = None

    def stands(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until > day)


@dataclass(frozen=True, slots=True)
class Listed:
    """Some lines; `after` asks for the next ones and is empty on the last page."""

    lines: tuple[Line, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a column adds up to for one value of another; `short` is how much is missing to the least wanted."""

    value: str
    lines: int
    amount: Decimal
    short: Decimal
