"""Looks something up in a register at the moment a fact is recorded: the ordinary lines that stand on its day."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from fazhi.law import Procedure
from fazhi.ledger import query
from fazhi.rulebook.columns import slots_of

MOST = 2000
"""Lines looked through where no column says which are meant."""

_STANDING = """
select l.data from registers_line l
where l.kind = %s and l.secrecy = 0 and l.since <= %s and l.until > %s{where} order by l.since desc, l.matter limit %s
"""


def lines_saying(of: Procedure, day: date, wanted: Sequence[tuple[str, str]]) -> list[Mapping[str, str]]:
    """What the lines of the register say that stand on the day and say this in each column, the newest first."""
    where, given = "", []
    if wanted:
        column, value = wanted[0]
        where, given = f" and l.{slots_of(of)[column]} = %s", [value[:500]]
    rows = query.fetch_planned("default", _STANDING.format(where=where), [of.name, day, day, *given, MOST])
    lines = [json.loads(data) if isinstance(data, str) else data for (data,) in rows]
    return [line for line in lines if all(line.get(column, "") == value for column, value in wanted)]
