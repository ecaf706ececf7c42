"""Proof that an entry was sealed: its way up to the root of a seal, checked without the rest of the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fazhi.ledger import digest, query
from fazhi.ledger.receipt import signed
from fazhi.ledger.seal import seal_digest

_SEALED = """
select e.seq, p.position, s.n, s.first, s.last, s.root, s.prev, s.closed_at, s.digest, s.signature
from ledger_entry e join ledger_position p on p.entry = e.id join ledger_seal s on s.n = p.seal
where e.matter = %s order by e.seq
"""
_LEAVES = "select position, digest from ledger_position where seal = %s order by position"


@dataclass(frozen=True, slots=True)
class Proof:
    """One entry in its seal. `path` has, from the leaf up, the side of each neighbour (`l` or `r`) and its hash."""

    position: int
    seal: int
    first: int
    last: int
    root: str
    prev: str
    closed_at: str
    digest: str
    signature: str
    path: tuple[str, ...]

    def fault(self, line_digest: str, public: str) -> str:
        """What does not hold, in a word; nothing if the line of this digest stands in this seal of this key."""
        if _climb(digest.leaf(self.position, line_digest), self.path) != self.root:
            return "根"
        moment = datetime.fromisoformat(self.closed_at)
        if seal_digest(self.seal, self.first, self.last, self.root, self.prev, moment) != self.digest:
            return "封存的摘要"
        return "" if signed(public, self.digest, self.signature) else "封存的签名"

    def as_values(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> Proof:
        return cls(**{**values, "path": tuple(values["path"])})


def proofs(matter: UUID, using: str = "default") -> dict[int, Proof]:
    """A proof for each sealed entry of the matter, by seq."""
    leaves: dict[int, list[tuple[int, str]]] = {}
    found: dict[int, Proof] = {}
    for seq, position, n, first, last, root, prev, closed_at, own, signature in query.fetch(using, _SEALED, [matter]):
        if n not in leaves:
            leaves[n] = [(at, line) for at, line in query.fetch(using, _LEAVES, [n])]
        hashes = [digest.leaf(at, line) for at, line in leaves[n]]
        path = _path(hashes, position - first)
        found[seq] = Proof(position, n, first, last, root, prev, closed_at.isoformat(), own, signature, path)
    return found


def _path(level: Sequence[bytes], place: int) -> tuple[str, ...]:
    """The neighbours on the way up; where one is carried up alone there is none."""
    steps: list[str] = []
    while len(level) > 1:
        neighbour = place ^ 1
        if neighbour < len(level):
            steps.append(("r" if neighbour > place else "l") + level[neighbour].hex())
        pairs = [_join(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level, place = [*pairs, *level[len(pairs) * 2 :]], place // 2
    return tuple(steps)


def _climb(here: bytes, path: Sequence[str]) -> str:
    for step in path:
        other = bytes.fromhex(step[1:])
        here = _join(here, other) if step[:1] == "r" else _join(other, here)
    return f"{digest.ALGORITHM}:{here.hex()}"


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.new(digest.ALGORITHM, b"\1" + left + right).digest()
