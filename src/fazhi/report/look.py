"""Published reports as anyone may read them, and the figure behind each of their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from fazhi.report import models
from fazhi.report.keep import from_values
from fazhi.report.values import Figure, Report


@dataclass(frozen=True, slots=True)
class Listed:
    """A published report in a list; `digest` is that of the text that was signed."""

    id: str
    title: str
    unit: UUID
    year: int
    day: date
    digest: str
    seal: int
    withdrawn: date | None
    reason: str


def listed(units: Iterable[UUID] | None = None, using: str = "public") -> tuple[Listed, ...]:
    """Published reports, newest first, withdrawn ones with their reason."""
    rows = models.Published.objects.using(using).order_by("-year", "-day", "id")
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return tuple(_listed(row) for row in rows.defer("values"))


def published(identity: str, using: str = "public") -> tuple[Listed, Report | None] | None:
    """One published report by its public address; without its text once it was taken back."""
    row = models.Published.objects.using(using).filter(id=identity).first()
    if row is None:
        return None
    return _listed(row), from_values(row.values) if row.values else None


def of_year(unit: UUID, year: int, using: str = "public") -> tuple[Listed, Report | None] | None:
    """The report of a unit for a year that was published last."""
    rows = models.Published.objects.using(using).filter(unit=unit, year=year)
    row = rows.order_by(F("withdrawn").asc(nulls_first=True), "-day", "-entry").values_list("id", flat=True).first()
    return published(row, using) if row else None


def number(identity: str, name: str, using: str = "public") -> Figure | None:
    """The figure behind a number of a published report: definition, parts, source, as they were then."""
    found = published(identity, using)
    return found[1].figure(name) if found and found[1] else None


def _listed(row: models.Published) -> Listed:
    return Listed(row.id, row.title, row.unit, row.year, row.day, row.digest, row.seal, row.withdrawn, row.reason)
