"""Figures as the public may read them: small numbers of persons kept back, with every number that would tell one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fazhi.indicators.cells import Amount, Cells, Choices, less, told_by
from fazhi.indicators.values import Reading, Span

SMALL = 5
"""Public numbers from one up to this (excluded) are kept back."""


def unknown(_procedure: str, _field: str) -> frozenset[str]:
    """Nothing is known of the values of a choice."""
    return frozenset()


@dataclass(frozen=True, slots=True)
class _Half:
    """A number above or below a line, by the cells that it adds up."""

    reading: int
    number: Decimal
    amount: Amount


def for_public(readings: Iterable[Reading], choices: Choices = unknown) -> tuple[Reading, ...]:
    """The readings with small numbers of persons kept back, and with them every number that would tell one.

    Only sensitive readings hold secrets: how an organ kept its periods is what a report is there to say. Of those a
    share is kept back when its numerator, its denominator or the rest between the two is small; so is every other
    reading, sensitive or not, that is built on a number kept back. What is left is kept back one by one, sensitive ones
    and small ones first, until no secret can be worked out from sums and differences of what is shown: over parts and
    their whole, rows and their total, months and their year. `choices` are the values a choice may have.
    """
    listed = tuple(readings)
    secret = {part for one in listed if one.sensitive for part in _secret_parts(one)}
    hidden = {at for at, one in enumerate(listed) if _tells(one, secret)}
    cells = Cells(listed, choices)
    secrets = list(_secret_amounts(listed, cells))
    while (more := _betrayer(listed, cells, secrets, hidden)) is not None:
        hidden.add(more)
    return tuple(_kept_back(one) if at in hidden else one for at, one in enumerate(listed))


def _betrayer(listed: Sequence[Reading], cells: Cells, secrets: Sequence[Amount], hidden: set[int]) -> int | None:
    """Of the readings that together tell a secret the one to be kept back next; None where nothing tells one."""
    shown = [half for half in _halves(listed, cells) if half.reading not in hidden]
    for secret in secrets:
        telling = {shown[place].reading for place in told_by(secret, [half.amount for half in shown])}
        if telling:
            return min(telling, key=lambda at: (not listed[at].sensitive, listed[at].numerator or 0, at))
    return None


def _halves(listed: Sequence[Reading], cells: Cells) -> Iterator[_Half]:
    for at, one in enumerate(listed):
        for wants, number in zip(one.halves, (one.numerator, one.denominator), strict=True):
            if wants and number is not None:
                yield _Half(at, number, cells.amount(wants, one.span))


def _secret_amounts(listed: Sequence[Reading], cells: Cells) -> Iterator[Amount]:
    """Small numbers of persons: those stated, and those between a whole that is stated and its part."""
    of_persons = [half for half in _halves(listed, cells) if listed[half.reading].sensitive]
    counts = [half for half in of_persons if listed[half.reading].kind not in ("sum", "rank", "duration")]
    for half in counts:
        if small(half.number):
            yield half.amount
    for whole in counts:
        for part in counts:
            left = less(whole.amount, part.amount) if small(whole.number - part.number) else None
            if left is not None:
                yield left


def small(amount: Decimal | None) -> bool:
    return amount is not None and 0 < amount < SMALL


Part = tuple[Span, frozenset[str]]


def _secret_parts(reading: Reading) -> Iterator[Part]:
    above, below = reading.numerator, reading.denominator
    counted = reading.kind not in ("sum", "rank", "duration")
    rest = None if above is None or below is None else below - above
    if counted and (small(above) or (reading.kind == "ratio" and small(rest))):
        yield reading.span, reading.numerator_of
    if small(below):
        yield reading.span, reading.denominator_of


def _tells(reading: Reading, secret: set[Part]) -> bool:
    halves = (reading.numerator_of, reading.denominator_of)
    return any(part and part <= known for span, part in secret if span == reading.span for known in halves)


def _kept_back(reading: Reading) -> Reading:
    told = reading.kind == "count" and small(reading.numerator)
    return replace(reading, value=None, numerator=None, denominator=None, suppressed=True, small=told)
