"""The set of rows behind a figure: its digest, and in which rows it differs as of two positions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from fazhi.indicators.compile import Want, records_text, wants_of
from fazhi.indicators.look import Told, silent
from fazhi.indicators.values import END_OF_CHAIN, Span
from fazhi.ledger import query
from fazhi.rulebook import Indicator

_DIGEST = """
select count(*), 'sha256:' || encode(sha256(convert_to(coalesce(string_agg(
  day || ' ' || matter || ' ' || ref || ' ' || from_position, E'\\n'
  order by day, matter, ref collate "C", from_position), ''), 'UTF8')), 'hex')
from ({rows}) as picked
"""
_DIFFERENCE = """
with was as ({was}), would_be as ({would_be})
select 'gone' as how, gone.* from (select * from was except all select * from would_be) gone
union all
select 'came' as how, came.* from (select * from would_be except all select * from was) came
order by 3, 1 desc, 2 limit %(most)s
"""
_TOUCHED = """
select distinct procedure from indicators_counted where (unit = any(%s::uuid[]) or handler = any(%s::uuid[]))
  and ((from_position > %s and from_position <= %s) or (to_position > %s and to_position <= %s))
"""
_POSITION = re.compile(r"(?<!%)%\(position\)s")
_FIRST = {"after_day": date.min, "after_matter": UUID(int=0), "after_ref": "", "limit": END_OF_CHAIN}


@dataclass(frozen=True, slots=True)
class SetOfRows:
    """How many rows, and a digest of which they are and since when they stood as they stand."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Shift:
    """A row that was counted and would not be now, or the other way round; one that changed is both."""

    how: Literal["gone", "came"]
    day: date
    matter: UUID


def sets_of(pages: Sequence[Indicator], span: Span, told: Told = silent) -> list[tuple[SetOfRows, SetOfRows]]:
    """The rows above and below the line of each page, with the span as it stands: units, days and position."""
    known: dict[tuple[str, ...], SetOfRows] = {}

    def one(wants: Sequence[Want]) -> SetOfRows:
        asked = tuple(want.key for want in wants)
        if asked not in known:
            known[asked] = _set_of(wants, span)
        return known[asked]

    found = []
    for place, (above, below) in enumerate(map(wants_of, pages)):
        told(place, len(pages))
        found.append((one(above), one(below)))
    return found


def touched(span: Span, position: int) -> frozenset[str]:
    """Kinds of business of which any row of these units was written between the span's position and a later one."""
    units, since = list(span.units), span.position
    return frozenset(
        row[0] for row in query.fetch("default", _TOUCHED, [units, units, since, position, since, position])
    )


def shifts(page: Indicator, span: Span, position: int, most: int = 200) -> tuple[Shift, ...]:
    """Rows that the figure counts as of the span's position and not as of another, or the other way round."""
    wants = [want for half in wants_of(page) for want in half]
    if not wants or not span.units:
        return ()
    was = records_text(wants)
    text = _DIFFERENCE.format(was=was, would_be=_POSITION.sub("%(another)s", was))
    asked: dict[str, Any] = {**span.parameters(), **_FIRST, "another": position, "most": most}
    rows = query.fetch("default", text, asked)
    return tuple(Shift(how, day, matter) for how, day, matter, *_ in rows)


def _set_of(wants: Sequence[Want], span: Span) -> SetOfRows:
    if not wants or not span.units:
        return SetOfRows(0, "")
    asked = {**span.parameters(), **_FIRST}
    rows, digest = query.fetch("default", _DIGEST.format(rows=records_text(wants)), asked)[0]
    return SetOfRows(int(rows), digest)
