"""Lists, filters, capped counts and the desk as six people see them, beside the plain query most would write first."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

import psycopg

from benchmarks.generate import RARE, TODAY, District
from benchmarks.measure import Row, p95, times
from fazhi.people.actors import actor_for
from fazhi.reach import ask
from fazhi.reach.scope import Filters, Scope, scope_of
from fazhi.search import look as search
from fazhi.worklist import look as worklist

GOAL = 50.0
WHY = "the read named walks or counts more rows than its indexes let it skip, or reads every matter it shows"

# Rights asked of every matter while the list is walked: what a first design does, and what grows with the register.
NAIVE = """
with recursive below(unit) as (
    select g.unit from reach_grant g where g.post = %s
    union select p.unit_id from people_unit_place p join below on p.parent_id = below.unit
)
select r.matter, max(r.day) as day from reach_row r
where exists (
    select from reach_grant g where g.post = %s and r.secrecy <= g.secrecy
    and (g.kinds is null or r.kind = any(g.kinds))
    and (r.unit = g.unit or (g.subtree and r.unit in (select unit from below)))
)
group by r.matter order by day desc, r.matter desc limit 50
"""


def measure(address: str, district: District, matters: int, rounds: int) -> Row:
    """The worst profile and the worst of its reads."""
    worst: dict[str, float] = {}
    naive = 0.0
    with psycopg.connect(address) as connection:
        for name, (account, post) in district.profiles.items():
            actor = actor_for(account, post, TODAY)
            scope = scope_of(actor, TODAY)
            for read, act in reads(scope, district).items():
                worst[f"{name}: {read}"] = p95(times(act, rounds)) * 1000
            naive = max(naive, p95(times(partial(_plain, connection, post), 3, warm=1)) * 1000)
    slowest = max(worst, key=lambda one: worst[one])
    measured = f"p95 {worst[slowest]:.1f} ms ({slowest}), {len(worst)} reads"
    beside = f"rights joined in the query: worst p95 {naive:.0f} ms ({naive / worst[slowest]:.0f} ×)"
    promise = f"any list, filter, capped count or search, worst of six profiles, {matters:,} matters"
    return Row(promise, "p95 ≤ 50 ms in the database", measured, beside, worst[slowest] <= GOAL, WHY)


def reads(scope: Scope, district: District) -> dict[str, Callable[[int], object]]:
    """What a person asks for in a day, by name."""
    chance = random.Random(11)
    one_unit = frozenset([district.leaves[0]])
    return {
        "newest": lambda _: ask.select(scope),
        "by due day": lambda _: ask.select(scope, order="due"),
        "one kind": lambda _: ask.select(scope, Filters(kinds=frozenset({"reconsideration"}))),
        "a rare kind": lambda _: ask.select(scope, Filters(kinds=frozenset({RARE[1]}))),
        "one unit": lambda _: ask.select(scope, Filters(units=one_unit)),
        "count": lambda _: ask.count(scope),
        "count open": lambda _: ask.count(scope, Filters(open=True)),
        "the desk": lambda _: worklist.desk(scope, TODAY),
        "search, a common word": lambda _: search.search(scope, scope.actor, "噪音"),
        "search, a rare word": lambda _: search.search(scope, scope.actor, f"w{chance.randint(1000, 9999)}"),
        "search, two words": lambda _: search.search(scope, scope.actor, "噪音 停车"),
    }


def _plain(connection: psycopg.Connection[tuple[object, ...]], post: object, _: int) -> None:
    connection.execute(NAIVE, (post, post)).fetchall()
