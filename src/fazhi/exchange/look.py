"""Files, rows and comparisons as a reader with rights to the unit of the link may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from fazhi.exchange.links import Linked, every_link
from fazhi.exchange.models import Comparison, Difference, Duplicate, File, Number, Row, Settlement
from fazhi.law import Term
from fazhi.ledger import lawful_day, rulebook, today
from fazhi.reach.scope import Scope

MOST = 100
EVERY = 5000
"""Files of one way that a list looks through: more than ten years of days."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file in a list: what came of its rows, and whether a receipt is overdue."""

    id: UUID
    partner: str
    way: str
    day: date
    serial: int
    name: str
    rows: int
    counts: Mapping[str, int]
    made_at: datetime
    answered_at: datetime | None
    erased: bool
    late: bool


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner with what waits for somebody: rows that wait or were refused, files without receipt, differences."""

    link: Linked
    last_in: FileLine | None
    last_out: FileLine | None
    waiting: int
    refused: int
    unanswered: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A difference with how it was settled last."""

    id: int
    number: str
    kind: str
    matter: UUID | None
    column: str
    theirs: str
    ours: str
    how: str
    reason: str
    settled_at: datetime | None
    account: UUID | None


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A comparison and how many of its differences are not settled."""

    id: UUID
    partner: str
    since: date
    until: date
    name: str
    theirs: int
    ours: int
    at: datetime
    differences: int
    unsettled: int


def links_within(scope: Scope) -> tuple[Linked, ...]:
    """The links whose unit the reader acts for, as to the kind of business the partner sends."""
    return tuple(one for one in every_link() if scope.may_act_for(one.unit, one.partner.procedure))


def partners_within(scope: Scope) -> tuple[PartnerLine, ...]:
    return tuple(partner_line(one) for one in links_within(scope))


def partner_line(one: Linked) -> PartnerLine:
    name = one.partner.name
    rows = Row.objects.filter(file__partner=name, file__way="in")
    differences = Difference.objects.filter(comparison__partner=name, settlements=None)
    return PartnerLine(
        one,
        next(iter(files(one, "in", 1)), None),
        next(iter(files(one, "out", 1)), None),
        rows.filter(state="waiting").count(),
        Row.objects.filter(file__partner=name, state="refused").count(),
        len(unanswered(one)),
        differences.count(),
    )


def files(one: Linked, way: str, most: int = MOST) -> tuple[FileLine, ...]:
    """The latest files of a partner, newest first."""
    found = File.objects.filter(partner=one.partner.name, way=way).order_by("-day", "-serial", "-made_at")[:most]
    return _lines(one, list(found))


def every_file(one: Linked, way: str) -> tuple[FileLine, ...]:
    """All files of a partner, newest first, their rows not counted yet."""
    found = File.objects.filter(partner=one.partner.name, way=way).order_by("-day", "-serial", "-made_at")[:EVERY]
    return _lines(one, list(found), {})


def counted(lines: Iterable[FileLine]) -> tuple[FileLine, ...]:
    """These files with what came of their rows."""
    found = tuple(lines)
    counts = _counts([line.id for line in found])
    return tuple(replace(line, counts=counts.get(line.id, {})) for line in found)


def unanswered(one: Linked) -> tuple[FileLine, ...]:
    """Files of ours whose receipt should have come by today."""
    found = File.objects.filter(partner=one.partner.name, way="out", answered_at=None).order_by("serial")[:MOST]
    return tuple(line for line in _lines(one, list(found)) if line.late)


def every_unanswered() -> tuple[tuple[Linked, FileLine], ...]:
    """The same for every partner, for the page that tells how the platform fares."""
    return tuple((one, line) for one in every_link() for line in unanswered(one))


def file(one: Linked, identity: UUID) -> tuple[FileLine, Mapping[str, Any], tuple[Row, ...]] | None:
    """A file with its receipt and the rows that are not simply done; None if this partner has no such file."""
    found = File.objects.filter(pk=identity, partner=one.partner.name).first()
    if found is None:
        return None
    rows = found.lines.exclude(state__in=("already", "older")).order_by("row")[: 10 * MOST]
    return _lines(one, [found])[0], found.answer or {}, tuple(rows)


def comparisons(one: Linked) -> tuple[ComparisonLine, ...]:
    rows = Comparison.objects.filter(partner=one.partner.name).annotate(
        count=Count("differences", distinct=True),
        open=Count("differences", filter=Q(differences__settlements=None), distinct=True),
    )
    return tuple(
        ComparisonLine(
            row.pk, row.partner, row.since, row.until, row.name, row.theirs, row.ours, row.at, row.count, row.open
        )
        for row in rows.order_by("-at", "-pk")[:MOST]
    )


def differences(comparison: UUID) -> tuple[DifferenceLine, ...]:
    """Every difference of a comparison, with its last settlement."""
    last: dict[int, Settlement] = {}
    for row in Settlement.objects.filter(difference__comparison=comparison).order_by("pk"):
        last[row.difference_id] = row
    found = Difference.objects.filter(comparison=comparison).order_by("kind", "number", "pk")
    return tuple(_difference(row, last.get(row.pk)) for row in found)


def _difference(row: Difference, last: Settlement | None) -> DifferenceLine:
    return DifferenceLine(
        row.pk, row.number, row.kind, row.matter or (last.matter if last else None), row.column, row.theirs, row.ours,
        last.how if last else "", last.reason if last else "", last.at if last else None,
        last.account if last else None,
    )  # fmt: skip


def matters_numbered(number: str) -> tuple[UUID, ...]:
    """The matters that bear a number in any other system, as a person types it."""
    return tuple(Number.objects.filter(number=number).order_by("pk").values_list("matter", flat=True)[:20])


def duplicates_of(matter: UUID) -> tuple[UUID, ...]:
    """The matters that were found to be this one, registered again."""
    return tuple(Duplicate.objects.filter(first=matter).order_by("matter").values_list("matter", flat=True))


def _counts(files: Sequence[UUID]) -> Mapping[UUID, dict[str, int]]:
    found = Row.objects.filter(file__in=files).values_list("file", "state").annotate(Count("pk"))
    counts: dict[UUID, dict[str, int]] = {}
    for file, state, count in found:
        counts.setdefault(file, {})[state] = count
    return counts


def _lines(
    one: Linked, found: Sequence[File], counts: Mapping[UUID, dict[str, int]] | None = None
) -> tuple[FileLine, ...]:
    counts = _counts([row.pk for row in found]) if counts is None else counts
    return tuple(
        FileLine(
            row.pk, row.partner, row.way, row.day, row.serial, row.name, row.rows, counts.get(row.pk, {}),
            row.made_at, row.answered_at, row.stored is None,
            row.way == "out" and row.answered_at is None and _due(row.made_at, one.partner.receipt_within) < today(),
        )
        for row in found
    )  # fmt: skip


def _due(made: datetime, within: Term) -> date:
    """The last day for a receipt; a term of ours, not of a statute."""
    day = lawful_day(made)
    calendar = rulebook().calendar
    if within.unit == "working days":
        return calendar.add(day, within.amount)
    return date.fromordinal(day.toordinal() + within.amount)
