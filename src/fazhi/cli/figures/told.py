"""What five published reports tell in figures, as values alone: one page of data a report."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any

SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure. `parts` are numerator and denominator where the report leaves them open, `why` what is known
    to stand against it, `until` the day by which it is read where the year has another of its name."""

    report: str
    seq: int
    id: str
    value: str
    unit: str
    qualifier: str
    organ: str
    start: date
    cutoff: date
    variant: str = ""
    parts: tuple[Decimal, ...] = ()
    why: str = ""

    @property
    def printed(self) -> Decimal | None:
        """The value as printed; None where it cannot be read any more."""
        return Decimal(self.value) if self.value else None

    @property
    def places(self) -> int:
        return len(self.value.partition(".")[2])

    @property
    def step(self) -> Decimal:
        """One of the last digit that is not a zero, in the printed unit: 100 for 500, 10 for 170, 0.01 for 1.88."""
        value = self.printed or Decimal(1)
        whole = value.normalize()
        return Decimal(1).scaleb(int(whole.as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a report, and the names of the sample district that stands in for the real one."""

    name: str
    year: int
    district: str
    outside: str
    organs: Mapping[str, str]
    figures: tuple[Figure, ...]


def scale(unit: str) -> Decimal:
    """How many of the plain unit one of this unit is: 10,000 for 万元."""
    return SCALES.get(unit[:1], Decimal(1))


def names() -> tuple[str, ...]:
    """The reports there are."""
    pages = (page.name for page in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in pages if name.endswith(".toml")))


def read(name: str) -> Report:
    """The report of that name."""
    page = tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    figures = tuple(_figure(name, page["year"], one) for one in page["figures"])
    return Report(name, page["year"], page["district"], page["outside"], page.get("organs", {}), figures)


def _figure(report: str, year: int, said: Mapping[str, Any]) -> Figure:
    start, cutoff = period(said.get("as_of", ""), year)
    if until := said.get("until"):
        cutoff = date.fromisoformat(until)
    return Figure(
        report,
        said["seq"],
        said["id"],
        said["value"],
        said.get("unit", ""),
        said.get("qualifier", "exact"),
        said.get("organ", ""),
        start,
        cutoff,
        said.get("variant", ""),
        tuple(Decimal(part) for part in said.get("parts", ())),
        said.get("why", ""),
    )


def period(said: str, year: int) -> tuple[date, date]:
    """The days over which a figure is read: to the end of what is said last, from its beginning or that of its year."""
    ends = [tuple(int(part) for part in found if part) for found in _DAY.findall(said)] or [(year,)]
    first, last = ends[0], ends[-1]
    month = last[1] if len(last) > 1 else 12
    cutoff = date(last[0], month, last[2] if len(last) > 2 else monthrange(last[0], month)[1])
    start = date(*first, *(1,) * (3 - len(first))) if first[0] == last[0] else date(last[0], 1, 1)
    return start, cutoff
