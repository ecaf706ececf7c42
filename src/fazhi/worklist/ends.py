"""Which days the term counts that ends on the day a list shows for a matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from fazhi.ledger import query
from fazhi.ledger.brief import read_briefs
from fazhi.worklist.tasks import rule_of

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
    rules = ((one, rule_of(briefs[one], clock)) for one, clock in runs if one in briefs)
    return frozenset(one for one, rule in rules if rule and rule.term and rule.term.unit == "working days")
