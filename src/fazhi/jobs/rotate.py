"""Rotating the master key: a new one seals from now on, what lies under older ones is put under it step by step."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from fazhi.archive.file import key_owner
from fazhi.cluster.passwords import make_private, write_private
from fazhi.ledger import query
from fazhi.ledger.cipher import reseal_body
from fazhi.people import sealing
from fazhi.people.masters import BODY, LEAST, MARKS, body_keys, folder, id_of, master

BATCH = 500
NEXT = f"{BODY}.key.next"
RETIRED = "retired"
CURSOR = "keys.rotate"
Step = Callable[[int, int], None]

_BODIES = "select entry, matter, seq, salt, sealed from ledger_body where entry > %s order by entry limit %s"
_PUT = "update ledger_body set sealed = %s where entry = %s and sealed = %s"
_DONE = """
insert into ledger_cursor (follower, position) values (%s, %s)
on conflict (follower) do update set position = excluded.position, followed_at = now()
"""
_HELD = {
    "people_party": ("select id, key from people_party where key is not null and id > %s order by id limit %s"),
    "archive_file": ("select id, key from archive_file where key is not null and id > %s order by id limit %s"),
}
_PUT_KEY = {
    "people_party": "update people_party set key = %s where id = %s and key = %s",
    "archive_file": "update archive_file set key = %s where id = %s and key = %s",
}
_SETTLED = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint"


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many bodies and data keys came under the new key, and the names of the keys that are retired."""

    bodies: int
    keys: int
    key: str
    retired: tuple[str, ...]


def in_progress() -> bool:
    """Whether something may still lie under an older key."""
    return len(body_keys()) > 1 or (folder() / NEXT).exists()


def rotate(step: Step | None = None, using: str = "owner") -> Rotated:
    """Begin a rotation, or go on with one that was cut off, to its end. The platform may run meanwhile.

    Older keys go into `retired/` once nothing is under them: keep them as long as backups of their time. Marks, by
    which equal names and numbers are found, stay under the first key, `mark.key`.
    """
    if not in_progress() or (folder() / NEXT).exists():
        _switch()
        query.run(using, "delete from ledger_cursor where follower = %s", [CURSOR])
    _wait_for_writers(using)
    bodies = _bodies(using, step, resumed=True)
    _wait_for_writers(using)
    bodies += _bodies(using, None, resumed=False)  # those that were written under the old key meanwhile
    held = sum(_keys(table, using) for table in _HELD)
    own = id_of(master(BODY))
    retired = _retire()
    query.run(using, "delete from ledger_cursor where follower = %s", [CURSOR])
    return Rotated(bodies, held, own, retired)


def recall(name: str) -> bool:
    """Bring a retired key back for a backup of its time; whether it was there. Afterwards rotate once more."""
    if any(id_of(key) == name for key in body_keys()):
        return True
    kept = folder() / RETIRED / f"{BODY}-{name}.key"
    if not kept.exists():
        return False
    write_private(folder() / kept.name, kept.read_bytes())
    return True


def _switch() -> None:
    """Every step leaves the folder such that all texts can be read; cut off anywhere, the next call goes on."""
    coming = folder() / NEXT
    if not coming.exists():
        write_private(coming, secrets.token_bytes(LEAST))
    own = master(BODY)
    if not (folder() / f"{MARKS}.key").exists():
        write_private(folder() / f"{MARKS}.key", own)
    write_private(folder() / f"{BODY}-{id_of(own)}.key", own)
    coming.rename(folder() / f"{BODY}.key")


def _wait_for_writers(using: str) -> None:
    """Until every transaction has ended that may have read the old key; none lasts longer than a minute."""
    begun = query.fetch(using, _SETTLED)[0][1]
    while query.fetch(using, _SETTLED)[0][0] < begun:
        query.fetch(using, "select pg_sleep(0.05)")


def _bodies(using: str, step: Step | None, *, resumed: bool) -> int:
    rows = query.fetch(using, "select position from ledger_cursor where follower = %s", [CURSOR]) if resumed else []
    after = int(rows[0][0]) if rows else 0
    count = 0
    total = query.fetch(using, "select count(*) from ledger_body")[0][0] if step else 0
    seen = 0
    while found := query.fetch(using, _BODIES, [after, BATCH]):
        with query.act(using):
            for entry, matter, seq, salt, sealed in found:
                fresh = reseal_body(matter, seq, bytes(salt), bytes(sealed))
                if fresh is not None:  # a body that was erased meanwhile stays erased
                    count += query.run(using, _PUT, [fresh, entry, sealed])
            after = found[-1][0]
            if resumed:
                query.run(using, _DONE, [CURSOR, after])
        seen += len(found)
        if step:
            step(seen, total)
    return count


def _keys(table: str, using: str) -> int:
    after, count = UUID(int=0), 0
    while found := query.fetch(using, _HELD[table], [after, BATCH]):
        with query.act(using):
            for one, key in found:
                owner = key_owner(one) if table == "archive_file" else one.bytes
                fresh = sealing.rewrap(bytes(key), owner)
                if fresh is not None:
                    count += query.run(using, _PUT_KEY[table], [fresh, one, key])
        after = found[-1][0]
    return count


def _retire() -> tuple[str, ...]:
    place: Path = folder() / RETIRED
    make_private(place)
    gone = []
    for path in sorted(folder().glob(f"{BODY}-*.key")):
        path.rename(place / path.name)
        gone.append(path.stem.removeprefix(f"{BODY}-"))
    return tuple(gone)
