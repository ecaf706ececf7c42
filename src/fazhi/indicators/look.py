"""Figures as of any day and any position, and the way from a figure down to its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from fazhi.indicators.compile import compile_wants, records_text, wants_of
from fazhi.indicators.evaluate import evaluate
from fazhi.indicators.values import END_OF_CHAIN, Part, Reading, Record, Records, Span
from fazhi.ledger import rulebook
from fazhi.ledger.heavy import as_of
from fazhi.reach.scope import Scope, condition
from fazhi.rulebook import Indicator

TOGETHER = 6
"""Statements of one transaction, before it is told how far the reading is."""
START = (date.min, UUID(int=0), "")
Told = Callable[[int, int], None]
"""Told how many of how many steps are done, between two transactions."""


def silent(_done: int, _total: int) -> None:
    """Nobody waits to hear how far it is."""


def read_all(
    pages: Sequence[Indicator], span: Span, using: str = "default", told: Told = silent
) -> tuple[Reading, ...]:
    """All pages over one span: one statement for each grain, kind of business and way of attributing it."""
    span = as_of_now(span, using)
    amounts = amounts_of(pages, span, using, told)
    return tuple(evaluate(page, span, amounts) for page in pages)


def amounts_of(
    pages: Sequence[Indicator], span: Span, using: str = "default", told: Told = silent
) -> Mapping[str, Decimal | None]:
    """What pages ask of the rows as of the span's position, by the key of each want."""
    asked = span.parameters()
    wants = [want for page in pages for half in wants_of(page) for want in half]
    if not span.units:
        return {want.key: None if want.grain == "latest" else Decimal(0) for want in wants}
    amounts: dict[str, Decimal | None] = {}
    statements = compile_wants(wants)
    for at in range(0, len(statements), TOGETHER):
        told(at, len(statements))
        with transaction.atomic(using), connections[using].cursor() as cursor:
            cursor.execute("set local max_parallel_workers_per_gather = 2")  # a year's figures read many rows
            for statement in statements[at : at + TOGETHER]:
                cursor.execute(statement.text, asked)
                row = cursor.fetchone() or ()
                found = (None if amount is None else Decimal(amount) for amount in row)
                amounts.update(zip(statement.wants, found, strict=True))
    return amounts


def read(page: Indicator, span: Span, using: str = "default") -> Reading:
    """One page over one span."""
    return read_all([page], span, using)[0]


def as_of_now(span: Span, using: str = "default") -> Span:
    """The span with its open position filled in, so that the same figure can be asked for again later."""
    if span.position != END_OF_CHAIN:
        return span
    return replace(span, position=as_of("indicators", using))


def choices_of(procedure: str, field: str) -> frozenset[str]:
    """The values that a choice of a kind of business may have, by any version of its page; none where it has none."""
    found: set[str] = set()
    for version in rulebook().procedures.get(procedure, ()):
        for kind in version.facts.values():
            declared = kind.fields.get(field)
            found.update(declared.choices if declared else ())
            found.update([kind.sets[field]] if field in kind.sets else [])
    return frozenset(found)


def records(
    page: Indicator,
    reading: Reading,
    scope: Scope,
    part: Part = "numerator",
    after: str = "",
    limit: int = 50,
    using: str = "default",
) -> Records:
    """The records behind one half of a figure, read with the span of the figure, as far as the scope reaches.

    The number of rows over all pages, hidden ones included, is the number of the figure.
    """
    if page.digest != reading.page_digest:
        raise ValueError(f"指标“{page.title}”的口径已经改变，请按原口径（{reading.page_digest}）查看明细。")
    wants = wants_of(page)[0 if part == "numerator" else 1]
    if not wants or not reading.span.units:
        return Records((), 0, "")
    day, matter, ref = _key(after)
    more: dict[str, Any] = {"after_day": day, "after_matter": matter, "after_ref": ref, "limit": limit}
    with connections[using].cursor() as cursor:
        cursor.execute(records_text(wants), {**reading.span.parameters(), **more})
        rows = [Record(matter=found[1], day=found[0], ref=found[2]) for found in cursor.fetchall()]
        open_to = _visible(cursor, scope, {row.matter for row in rows})
    shown = tuple(row for row in rows if row.matter in open_to)
    last = rows[-1] if len(rows) == limit else None
    return Records(shown, len(rows) - len(shown), f"{last.day}|{last.matter}|{last.ref}" if last else "")


def _visible(cursor: Any, scope: Scope, matters: set[UUID]) -> set[UUID]:
    """Of some matters those that the scope holds."""
    if not matters or not scope.boxes:
        return set()
    text, values = condition(scope.boxes)
    cursor.execute(
        f"select r.matter from reach_row r where r.matter = any(%s::uuid[]) and {text}", [list(matters), *values]
    )
    return {row[0] for row in cursor.fetchall()}


def _key(after: str) -> tuple[date, UUID, str]:
    if not after:
        return START
    day, matter, ref = after.split("|", 2)
    return date.fromisoformat(day), UUID(matter), ref
