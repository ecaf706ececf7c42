"""A comparison of reports as values: the same figures side by side, and where they are not the same, why."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fazhi.report.check.exact import plain
from fazhi.report.claims import Claim, Json, ReadReport


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one report; `number` is None where it lost a digit."""

    claim: Claim
    number: Fraction | None

    @property
    def text(self) -> str:
        return self.claim.text


@dataclass(frozen=True, slots=True)
class Line:
    """One definition over all reports. `apart`: why the cells are not of one definition, in words; empty if they are.

    `changes` are shares of change between neighbouring reports of one unit, None where there is none to tell.
    """

    title: str
    indicator: str
    measure: str
    cells: tuple[Cell | None, ...]
    apart: tuple[str, ...]
    changes: tuple[Fraction | None, ...]

    @property
    def comparable(self) -> bool:
        return not self.apart

    def as_json(self) -> Json:
        return {
            "title": self.title,
            "indicator": self.indicator or None,
            "measure": self.measure,
            "comparable": self.comparable,
            "apart": list(self.apart),
            "cells": [_cell(one) for one in self.cells],
            "changes": [None if one is None else float(one) for one in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far each report covers one of the systems: heading, text or none."""

    key: str
    title: str
    title_en: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """A figure that an earlier report of a unit had and the later has no more; both as places in the comparison."""

    earlier: int
    later: int
    claim: Claim


@dataclass(frozen=True, slots=True)
class Repeated:
    """A shortcoming that comes back in a later report of the same unit."""

    earlier: int
    later: int
    text: str
    again: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A change year on year in the later report that last year's report does not bear out."""

    earlier: int
    later: int
    message: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports in order of unit and year, and what side by side shows."""

    reports: tuple[ReadReport, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]
    coverage: tuple[Coverage, ...]
    gone: tuple[Gone, ...]
    repeated: tuple[Repeated, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def alike(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.comparable)

    @property
    def apart(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.comparable)

    def as_json(self) -> Json:
        named = zip(self.names, self.reports, strict=True)
        return {
            "reports": [
                {"name": name, "unit": one.unit or None, "year": one.year, "source": one.source} for name, one in named
            ],
            "lines": [line.as_json() for line in self.lines],
            "coverage": [{"system": one.key, "title": one.title, "how": list(one.how)} for one in self.coverage],
            "vanished": [
                {
                    "earlier": one.earlier,
                    "later": one.later,
                    "text": one.claim.text,
                    "subject": one.claim.subject,
                    "indicator": one.claim.indicator or None,
                }
                for one in self.gone
            ],
            "repeated": [
                {"earlier": one.earlier, "later": one.later, "text": one.text, "again": one.again}
                for one in self.repeated
            ],
            "disagreements": [
                {"earlier": one.earlier, "later": one.later, "message": one.message, "message_en": one.message_en}
                for one in self.disagreements
            ],
        }


def _cell(cell: Cell | None) -> Json | None:
    if cell is None:
        return None
    return {
        "text": cell.text,
        "value": None if cell.number is None else plain(cell.number),
        "subject": cell.claim.subject,
        "period": cell.claim.period,
        "qualifier": cell.claim.qualifier,
        "section": cell.claim.section,
    }
