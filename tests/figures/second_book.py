"""Plain facts of a report, read for a period: what the second counter counts from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

Value = Decimal | None
"""What a figure comes to; None where there is nothing to count it from (无数据)."""
Where = str | tuple[str, ...]
"""What a field must say: one word, or one of several; the empty word where it is left unsaid."""

HUNDRED = Decimal(100)
GONE = ("removed", "expired")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that holds, with the fields its matter was opened with."""

    matter: str
    procedure: str
    kind: str
    day: date
    fields: Mapping[str, str]
    opening: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """The facts of some units by page, read for a period."""

    facts: Mapping[str, Sequence[Fact]]
    start: date
    cutoff: date
    year_before: tuple[date, date]

    def before(self) -> Book:
        """The same facts read for the same days of the year before."""
        return Book(self.facts, *self.year_before, self.year_before)

    def of(self, page: str) -> Sequence[Fact]:
        """All facts of a page, of any day."""
        return self.facts.get(page, ())

    def found(self, page: str, kind: str, /, **where: Where) -> list[Fact]:
        """Facts of the period. A field left unsaid is the empty text; one the fact lacks is read where it opened."""
        of_kind = (one for one in self.of(page) if one.kind == kind and self.start <= one.day <= self.cutoff)
        return [one for one in of_kind if _fits(one, where)]

    def matters(self, page: str, kind: str | tuple[str, ...], /, **where: Where) -> Decimal:
        """In how many matters any of these happened in the period."""
        kinds = (kind,) if isinstance(kind, str) else kind
        return Decimal(len({one.matter for name in kinds for one in self.found(page, name, **where)}))

    def total(self, page: str, kind: str, field: str, /, **where: Where) -> Decimal:
        return total_of(self.found(page, kind, **where), field)

    def last(self, page: str, kind: str, field: str, /, **where: Where) -> Value:
        """The number said last in the period."""
        return last_of(self.found(page, kind, **where), field)

    def standing(self, page: str, /, **where: Where) -> list[Fact]:
        """Lines of a register that stand at the end of the period, as changed up to then."""
        until = [one for one in self.of(page) if one.day <= self.cutoff]
        gone = {one.matter for one in until if one.kind in GONE}
        lines = {one.matter: one for one in until if one.kind == "entered" and one.matter not in gone}
        for one in until:
            if one.kind == "changed" and (line := lines.get(one.matter)):
                fields = {**line.fields, **one.fields}
                lines[one.matter] = replace(line, fields=fields, opening=fields)
        return [one for one in lines.values() if _fits(one, where)]

    def stock(self, page: str, /, **where: Where) -> Decimal:
        return Decimal(len(self.standing(page, **where)))

    def pending(self, page: str, ends: tuple[str, ...], /, **where: Where) -> Decimal:
        """How many received before the period had not ended before it."""
        before = [one for one in self.of(page) if one.day < self.start]
        ended = {one.matter for one in before if one.kind in ends}
        came = {one.matter for one in before if one.kind == "received" and _fits(one, where)}
        return Decimal(len(came - ended))

    def stated(self, page: str, field: str, /, **where: Where) -> Value:
        """The number of the line entered last, of those that stand."""
        return last_of(self.standing(page, **where), field)


def _fits(fact: Fact, where: Mapping[str, Where]) -> bool:
    for field, wanted in where.items():
        said = fact.fields.get(field, fact.opening.get(field, ""))
        if said not in ((wanted,) if isinstance(wanted, str) else wanted):
            return False
    return True


def total_of(facts: Iterable[Fact], field: str) -> Decimal:
    return sum((Decimal(one.fields.get(field) or 0) for one in facts), Decimal(0))


def last_of(facts: Iterable[Fact], field: str) -> Value:
    said = sorted((one for one in facts if one.fields.get(field)), key=lambda one: one.day)
    return Decimal(said[-1].fields[field]) if said else None


def largest_of(facts: Iterable[Fact], field: str) -> Value:
    return max((Decimal(one.fields[field]) for one in facts if one.fields.get(field)), default=None)


def share(part: Decimal, whole: Decimal, rounding: str = ROUND_HALF_UP) -> Value:
    """Percent with two places; nothing where there is no whole."""
    return (HUNDRED * part / whole).quantize(Decimal("0.01"), rounding) if whole else None


def number(reading: str) -> Value:
    """The number in a text such as 4976000.00元 or 下降3.00%, or nothing in one without digits (无数据)."""
    digits = "".join(sign for sign in reading if sign.isdigit() or sign in ".-")
    if not any(sign.isdigit() for sign in digits):
        return None
    return -Decimal(digits) if reading.startswith(("下降", "减少")) else Decimal(digits)


def opened(facts: Mapping[str, Sequence[Fact]], figure: Mapping[str, Any]) -> Book:
    """The book of a figure, for its days."""
    names = ("start", "cutoff", "before_start", "before_cutoff")
    start, cutoff, before_start, before_cutoff = (date.fromisoformat(figure[name]) for name in names)
    return Book(facts, start, cutoff, (before_start, before_cutoff))


def by_page(facts: Mapping[str, Sequence[Fact]], units: Iterable[str]) -> dict[str, list[Fact]]:
    """The facts of these units, by the page of their matter."""
    pages: dict[str, list[Fact]] = {}
    for one in (one for unit in units for one in facts.get(unit, ())):
        pages.setdefault(one.procedure, []).append(one)
    return pages


def read(path: Path) -> dict[str, list[Fact]]:
    """The facts that hold, by the unit that received their matter."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    first: dict[str, str] = {}
    opening: dict[str, dict[str, str]] = {}
    for line in lines:
        if line["kind"] == first.setdefault(line["matter"], line["kind"]) and line["stands"]:
            opening[line["matter"]] = line["fields"]
    known: dict[str, list[Fact]] = {}
    for line in (line for line in lines if line["stands"]):
        day = date.fromisoformat(line["day"]) + timedelta(days=line["deemed"] and not _at_once(line))
        asked = opening.get(line["matter"], {})
        fact = Fact(line["matter"], line["procedure"], line["kind"], day, line["fields"], asked)
        known.setdefault(line["unit"], []).append(fact)
    return known


def _at_once(fact: Mapping[str, Any]) -> bool:
    """Whether a fact that no entry says holds from its own day, not from the day after the term: silence on an
    application received before the law of 2024 was acceptance from the day of receipt (行政复议法（1999）第十七条)."""
    return (fact["procedure"], fact["kind"]) == ("reconsideration", "accepted") and fact["day"] < "2024-01-01"
