"""The sealer: gives settled entries dense positions and closes chained, signed seals. One at a time, by a lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fazhi.ledger import digest, keys, query
from fazhi.ledger.chain import line_digest
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.view import LINE_COLUMNS, line_of

MOST = 20_000
LOCK = "fazhi.seal"

_STATE = """
select pg_snapshot_xmin(pg_current_snapshot())::text, transaction_timestamp(),
       (select system_identifier::text from pg_control_system()),
       e.cluster, s.n, s.last, s.digest, (case when s.n > e.after then s.horizon else e.horizon end)::text
from (select 1) as one
left join (select * from ledger_seal order by n desc limit 1) s on true
left join (select * from ledger_epoch order by id desc limit 1) e on true
"""
_WAITING = f"""
select {LINE_COLUMNS}, coalesce(p.digest, m.digest), e.tx::text
from ledger_entry e join ledger_matter m on m.id = e.matter
left join ledger_entry p on p.matter = e.matter and p.seq = e.seq - 1
where not exists (select from ledger_position where entry = e.id) and {{settled}} limit {MOST}
"""  # noqa: S608 - columns and numbers of our own
_SETTLED = "e.tx >= %s::xid8 and e.tx < %s::xid8 order by e.tx, e.id"
_FOUND = "true order by e.id"  # after a restore into another cluster stored transaction ids say nothing
_SEAL = """
insert into ledger_seal (n, first, last, root, prev, closed_at, digest, signature, signer, horizon)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::xid8)
"""
_POSITIONS = """
insert into ledger_position (position, entry, seal, digest)
select * from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[])
"""


@dataclass(frozen=True, slots=True)
class Seal:
    """One closed seal over positions `first` to `last`."""

    n: int
    first: int
    last: int
    root: str
    prev: str
    closed_at: datetime
    digest: str
    signature: str
    signer: str


@dataclass(frozen=True, slots=True)
class _State:
    settled: str
    now: datetime
    cluster: str
    epoch: str | None
    n: int
    last: int
    digest: str
    horizon: str


def seal_digest(n: int, first: int, last: int, root: str, prev: str, closed_at: datetime) -> str:
    """What the signature of a seal covers."""
    named = {"n": n, "first": first, "last": last, "root": root, "prev": prev, "closed_at": closed_at}
    return digest.sm3(digest.canonical(named))


def seal_once(using: str = "sealer") -> Seal | None:
    """Close one seal over what is settled; None if nothing waits or another sealer is at work."""
    with query.act(using):
        if not query.fetch(using, "select pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])[0][0]:
            return None
        state = _state(using)
        restored = state.epoch != state.cluster
        rows = _waiting(state, using, restored=restored)
        whole = len(rows) < MOST
        horizon = state.settled if whole else (state.horizon if restored else rows[-1][-1])
        seal = _close(state, sorted(rows), horizon, using) if rows else None
        if restored and whole:
            values = [state.cluster, seal.n if seal else state.n, state.settled]
            query.run(using, "insert into ledger_epoch (cluster, after, horizon) values (%s, %s, %s::xid8)", values)
        return seal


def seal_all(using: str = "sealer") -> int:
    """Close seals until nothing settled waits; how many entries were sealed."""
    count = 0
    while (seal := seal_once(using)) is not None:
        count += seal.last - seal.first + 1
    return count


def last_position(using: str = "default") -> int:
    """The highest sealed position, 0 if nothing was sealed."""
    return int(query.fetch(using, "select coalesce(max(position), 0) from ledger_position")[0][0])


def _state(using: str) -> _State:
    settled, now, cluster, epoch, n, last, sealed, horizon = query.fetch(using, _STATE)[0]
    return _State(settled, now, cluster, epoch, n or 0, last or 0, sealed or "", horizon or "0")


def _waiting(state: _State, using: str, *, restored: bool) -> Sequence[tuple[Any, ...]]:
    if restored:
        return query.fetch(using, _WAITING.format(settled=_FOUND))
    return query.fetch(using, _WAITING.format(settled=_SETTLED), [state.horizon, state.settled])


def _close(state: _State, rows: Sequence[tuple[Any, ...]], horizon: str, using: str) -> Seal:
    lines = [(line_of(row[:-2]), row[-2]) for row in rows]
    first, last = state.last + 1, state.last + len(lines)
    positions = range(first, last + 1)
    leaves = [digest.leaf(at, line.digest) for at, (line, _) in zip(positions, lines, strict=True)]
    root, n = digest.merkle(leaves), state.n + 1
    own = seal_digest(n, first, last, root, state.digest, state.now)
    key = keys.signer()
    signer = keys.fingerprint(keys.public_hex(key.public_key()))
    seal = Seal(n, first, last, root, state.digest, state.now, own, key.sign(own.encode()).hex(), signer)
    values = [seal.n, first, last, root, seal.prev, seal.closed_at, own, seal.signature, signer, horizon]
    query.run(using, _SEAL, values)
    entries, digests = [line.id for line, _ in lines], [line.digest for line, _ in lines]
    query.run(using, _POSITIONS, [list(positions), entries, [n] * len(lines), digests])
    _report(lines, n, using)
    return seal


def _report(lines: Sequence[tuple[EntryLine, str]], n: int, using: str) -> None:
    """A line that does not hold is told, and positioned all the same: hiding it would hide what happened."""
    for line, before in lines:
        what = "changed" if line_digest(line) != line.digest else "chain" if line.prev != before else ""
        if what:
            query.run(using, "insert into ledger_fault (entry, seal, what) values (%s, %s, %s)", [line.id, n, what])
