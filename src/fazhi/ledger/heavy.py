"""Heavy followers: rooms kept from sealed positions by the jobs process, each with a cursor that tells "as of"."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from fazhi.ledger import query
from fazhi.ledger.follow import Follower, apply_one, fold, followers
from fazhi.ledger.refill import MOVE, views
from fazhi.ledger.seal import last_position

MOST = 5_000
TOGETHER = 200
"""Matters whose rows are put in one statement."""

_TOUCHED = """
with recursive touched as (
    select distinct m.id, m.parent from ledger_position p join ledger_entry e on e.id = p.entry
    join ledger_matter m on m.id = e.matter where p.position > %s and p.position <= %s
  union
    select m.id, m.parent from touched t join ledger_matter m on m.id = t.parent
)
select id from touched
"""


def as_of(name: str, using: str = "default") -> int:
    """The position up to which a heavy room has followed."""
    rows = query.fetch(using, "select position from ledger_cursor where follower = %s", [name])
    return int(rows[0][0]) if rows else 0


def follow_sealed(using: str = "default") -> int:
    """Bring every heavy room up to the last sealed position; how many matters were folded."""
    return sum(_catch_up(one, using) for one in followers() if one.heavy)


def _batched(ids: list[UUID], many: int) -> Iterator[list[UUID]]:
    return (ids[at : at + many] for at in range(0, len(ids), many))


def _catch_up(one: Follower, using: str) -> int:
    count, last = 0, last_position(using)
    while (done := as_of(one.name, using)) < last:
        upto = min(last, done + MOST)
        with query.act(using):
            lock = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"
            query.fetch(using, lock, [f"fazhi.follow.{one.name}"])
            touched = [row[0] for row in query.fetch(using, _TOUCHED, [done, upto])]
            for ids in _batched(touched, TOGETHER):
                rows = [row for view in views(ids, using) for row in fold(one, view, using)]
                apply_one(one, rows, ids, using)
            query.run(using, MOVE, [one.name, upto])
        count += len(touched)
    return count
