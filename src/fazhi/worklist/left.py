"""What is left to do of matters that are decided: the delivery of the decision, or the first term that runs on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from fazhi.law import Procedure, Title, undelivered
from fazhi.ledger import query
from fazhi.ledger.brief import courses_of

_RUNS_ON = """
select w.matter, w.clock from worklist_row w
where w.matter = any (%s::uuid[]) and w.live and w.lane = 'ours' and w.due is not null
  and w.start <= %s and (w.ended_on is null or w.ended_on > %s)
order by w.matter, w.due, w.clock
"""


def left_after(closed: Collection[UUID], today: date) -> dict[UUID, Title]:
    """By matter what is still to be done; matters of which nothing is left are not in it."""
    if not closed:
        return {}
    courses = courses_of(closed)
    runs: dict[UUID, str] = {}
    for matter, clock in query.fetch("default", _RUNS_ON, [list(closed), today, today]):
        runs.setdefault(matter, clock)
    found: dict[UUID, Title] = {}
    for matter, (page, kinds) in courses.items():
        title = undelivered(page, kinds) or _title(page, runs.get(matter, ""))
        if title is not None:
            found[matter] = title
    return found


def _title(page: Procedure, clock: str) -> Title | None:
    rule = page.clocks.get(clock)
    return rule.title if rule else None
