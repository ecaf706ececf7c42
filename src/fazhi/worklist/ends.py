"""Which days the term counts that ends on the day a list shows for a matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger import query, rulebook
from fazhi.ledger.brief import read_briefs

_RUNS = """
select w.matter, w.clock, w.due from worklist_row w
where w.matter = any (%s::uuid[]) and w.live and w.lane = 'ours' and w.due is not null
"""


def counted_in_working_days(dues: Mapping[UUID, date]) -> frozenset[UUID]:
    """Of matters with the day on which their nearest term ends, those whose term counts working days."""
    if not dues:
        return frozenset()
    runs = [(one, clock) for one, clock, due in query.fetch("default", _RUNS, [list(dues)]) if dues[one] == due]
    briefs = read_briefs({one for one, _clock in runs})
    return frozenset(one for one, clock in runs if one in briefs and _works(briefs[one].page, clock))


def _works(page: Procedure, clock: str) -> bool:
    """By the page the matter was opened under, else by a later one that took over."""
    rules = (version.clocks.get(clock) for version in (page, *rulebook().later(page)))
    rule = next((one for one in rules if one is not None), None)
    return rule is not None and rule.term is not None and rule.term.unit == "working days"
