"""Refill and compare: every matter folded anew beside the room, then exchanged or held against it."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import django
from django.db import connections

from fazhi.ledger import query
from fazhi.ledger.follow import Follower, columns, fold, follower, plain
from fazhi.ledger.follow import followers as registered
from fazhi.ledger.seal import last_position
from fazhi.ledger.versions import mark, version
from fazhi.ledger.view import MatterView, preload, read_many

BATCH = 400
SHOWN = 100
FEW = 4_000  # matters that one process folds before another has started
MOST_WORKERS = 8
LARGE = 20_000  # rows

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Difference:
    """One row by which a room and its refill differ. `side` is `room` (too much there) or `refill` (missing there)."""

    room: str
    matter: UUID
    side: str
    row: str


class RefillRunning(RuntimeError):
    """Another process is at it; two would use the same shadow tables."""


def refill(
    followers: Sequence[Follower], using: str = "owner", step: Step | None = None, workers: int | None = None
) -> dict[str, int]:
    """Fold every matter into shadow tables, then exchange each room for its shadow; rows by room. Writers go on
    meanwhile and wait only for the exchange. `step` is told how many matters of how many are folded. `workers` are
    processes that fold side by side, as many as there are processors unless said."""
    if not query.fetch(using, "select pg_try_advisory_lock(hashtextextended('fazhi.refill', 0))")[0][0]:
        raise RefillRunning("台账正在重建（升级或者调整日历之后会自动重建），请等它完成后再试。")
    try:
        made = {one.name: version(one) for one in followers}
        settled = query.fetch(using, "select pg_snapshot_xmin(pg_current_snapshot())::text")[0][0]
        upto = last_position(using)
        _shadow(followers, using, temporary=False)
        _fill(followers, using, step, _workers(followers, using) if workers is None else workers)
        return {one.name: _exchange(one, made[one.name], settled, upto, using) for one in followers}
    finally:
        _drop(followers, using)
        query.fetch(using, "select pg_advisory_unlock(hashtextextended('fazhi.refill', 0))")


def compare(follower: Follower, using: str = "owner", limit: int = SHOWN) -> tuple[Difference, ...]:
    """The rows by which a room differs from its refill, in one snapshot; empty if it is right."""
    names = ", ".join(columns(follower.table, using))
    room, shadow = f"select {names} from {follower.table}", f"select {names} from {_name(follower)}"
    if follower.heavy:
        room += f" where matter not in ({_BEHIND})"
        shadow += f" where matter not in ({_BEHIND})"
    fresh = not connections[using].in_atomic_block
    with query.act(using):
        if fresh:
            query.run(using, "set transaction isolation level repeatable read")
        _shadow([follower], using, temporary=True)
        _fill([follower], using, None)
        found: list[Difference] = []
        for side, one, other in (("room", room, shadow), ("refill", shadow, room)):
            params = [follower.name] * 2 if follower.heavy else []
            statement = f"select matter, to_jsonb(d)::text from ({one} except all {other}) d limit {int(limit)}"
            found += [Difference(follower.name, m, side, row) for m, row in query.fetch(using, statement, params)]
        query.run(using, f"drop table {_name(follower)}")
    return tuple(found)


_BEHIND = """
select e.matter from ledger_entry e left join ledger_position p on p.entry = e.id
where p.position is null or p.position > coalesce((select position from ledger_cursor where follower = %s), 0)
"""


def all_matters(using: str, size: int = BATCH) -> Iterator[list[UUID]]:
    """Every matter by id, in batches."""
    after = UUID(int=0)
    while True:
        rows = query.fetch(using, "select id from ledger_matter where id > %s order by id limit %s", [after, size])
        if not rows:
            return
        yield [row[0] for row in rows]
        after = rows[-1][0]


def views(ids: Sequence[UUID], using: str) -> list[MatterView]:
    """Matters with bodies and positions at hand."""
    found = list(read_many(ids, using=using).values())
    preload(found, using)
    return found


def _name(follower: Follower) -> str:
    return f"{follower.table}_shadow"


def _shadow(followers: Sequence[Follower], using: str, *, temporary: bool) -> None:
    kind = "temporary" if temporary else "unlogged"
    for one in followers:
        query.run(using, f"drop table if exists {_name(one)}")
        kept = "including defaults including generated including identity"
        query.run(using, f"create {kind} table {_name(one)} (like {one.table} {kept})")


def _drop(followers: Sequence[Follower], using: str) -> None:
    for one in followers:
        query.run(using, f"drop table if exists {_name(one)}")


def _workers(followers: Sequence[Follower], using: str) -> int:
    """One within a transaction, whose shadow tables no other process sees, for few matters, or for rooms that another
    process would not know by name."""
    known = registered()
    if connections[using].in_atomic_block or any(one not in known for one in followers):
        return 1
    few = query.fetch(using, "select count(*) from (select from ledger_matter limit %s) as m", [FEW])[0][0] < FEW
    return 1 if few else min(len(os.sched_getaffinity(0)), MOST_WORKERS)


def _fill(followers: Sequence[Follower], using: str, step: Step | None, workers: int = 1) -> None:
    total = query.fetch(using, "select count(*) from ledger_matter")[0][0] if step else 0
    done = 0
    for count in _fill_together(followers, using, workers) if workers > 1 else _fill_alone(followers, using):
        done += count
        if step:
            step(done, total)


def _fill_alone(followers: Sequence[Follower], using: str) -> Iterator[int]:
    for ids in all_matters(using):
        _add(followers, views(ids, using), using)
        yield len(ids)


def _fill_together(followers: Sequence[Follower], using: str, workers: int) -> Iterator[int]:
    """Batches handed to processes with connections of their own, a few ahead of those that are done."""
    names = [one.name for one in followers]
    start = {alias: dict(connections[alias].settings_dict) for alias in (using, "default")}
    waiting: set[Future[int]] = set()
    with ProcessPoolExecutor(workers, get_context("spawn"), _begin_worker, (start,)) as pool:
        for ids in all_matters(using):
            waiting.add(pool.submit(_fill_batch, names, ids, using))
            if len(waiting) > 2 * workers:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        yield from (one.result() for one in wait(waiting).done)


def _begin_worker(addresses: Mapping[str, Mapping[str, Any]]) -> None:
    django.setup()
    for alias, address in addresses.items():
        connections[alias].settings_dict.update(address)
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)  # what a batch reads is gone as a whole, and hardly any of it in circles


def _fill_batch(names: Sequence[str], ids: Sequence[UUID], using: str) -> int:
    _add([follower(name) for name in names], views(ids, using), using)
    return len(ids)


def _add(followers: Sequence[Follower], found: Sequence[MatterView], using: str) -> None:
    for one in followers:
        rows: list[dict[str, Any]] = [row for view in found for row in fold(one, view, using)]
        listed = ", ".join(columns(one.table, using))
        statement = (
            f"insert into {_name(one)} ({listed})"
            f" select {listed} from jsonb_populate_recordset(null::{one.table}, %s::jsonb)"
        )
        query.run(using, statement, [json.dumps(rows, default=plain)])


def _exchange(one: Follower, made: str, settled: str, upto: int, using: str) -> int:
    """Under a lock: fold once more what was recorded since, then put the shadow's rows in the place of the room's. The
    table itself stays, with its rights and indexes, and whatever refers to it."""
    listed = ", ".join(columns(one.table, using))
    with query.act(using):
        query.run(using, f"lock table {one.table} in access exclusive mode")
        changed = [row[0] for row in query.fetch(using, _SINCE, [settled])]
        query.run(using, f"delete from {_name(one)} where matter = any (%s)", [changed])
        for start in range(0, len(changed), BATCH):
            _add([one], views(changed[start : start + BATCH], using), using)
        query.run(using, f"truncate {one.table}")
        if one.heavy:
            query.run(using, MOVE, [one.name, upto])
        mark(one, made, using)
        with _indexes_after(one, using):
            return query.run(using, f"insert into {one.table} ({listed}) select {listed} from {_name(one)}")


@contextmanager
def _indexes_after(one: Follower, using: str) -> Iterator[None]:
    """Build the indexes of a large room when its rows are there: in order, and not row by row."""
    large = query.fetch(using, f"select from {_name(one)} offset {LARGE} limit 1")
    indexes = query.fetch(using, _INDEXES, [one.table]) if large else []
    for name, _ in indexes:
        query.run(using, f"drop index {name}")
    yield
    if indexes:
        query.run(using, "set local maintenance_work_mem = '256MB'")
    for _, statement in indexes:
        query.run(using, statement)


_INDEXES = """
select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
where i.indrelid = %s::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
"""
MOVE = """
insert into ledger_cursor (follower, position) values (%s, %s)
on conflict (follower) do update set position = excluded.position, followed_at = now()
"""
_SINCE = """
with recursive touched as (
    select distinct m.id, m.parent from ledger_entry e join ledger_matter m on m.id = e.matter where e.tx >= %s::xid8
  union
    select m.id, m.parent from touched t join ledger_matter m on m.id = t.parent
)
select id from touched
"""
