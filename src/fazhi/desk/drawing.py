"""Random draws that anyone can check: the seed's digest is public before the pool, a number to come decides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fazhi.desk.act import Act, Received, Recorded, Refused, refusal
from fazhi.desk.opening import receive
from fazhi.desk.recording import record_all
from fazhi.ledger import MatterView, read
from fazhi.people.actors import Actor

PROCEDURE = "random_draw"
SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw as its record tells it. `told` is what was recorded as drawn, `again` what the rule gives."""

    told: tuple[str, ...]
    again: tuple[str, ...]
    seed_holds: bool
    pool_holds: bool

    @property
    def holds(self) -> bool:
        return self.seed_holds and self.pool_holds and self.told == self.again


def digest(text: str) -> str:
    """The SM3 digest of a text, with its algorithm."""
    return "sm3:" + hashlib.new("sm3", text.encode()).hexdigest()


def pool_digest(pool: Sequence[str]) -> str:
    return digest("\n".join(pool))


def lot(pool: Sequence[str], seed: str, beacon: str, wanted: int) -> tuple[str, ...]:
    """The first `wanted` of the pool by SM3 of seed, number and name: the order of the list is nothing to it."""
    return tuple(sorted(pool, key=lambda name: (digest("\x1f".join((seed, beacon, name))), name))[:wanted])


def commit(actor: Actor, subject: str, seed: str, beacon: str, *, key: str) -> Received:
    """Open a draw: the digest of the seed, and which public number that is not there yet will be used."""
    if len(seed.strip()) < SHORTEST:
        raise _refused("seed", f"种子至少{SHORTEST}个字符，太短的可以从摘要猜出来。", "the seed is too short")
    fields = {"subject": subject, "seed_digest": digest(seed.strip()), "beacon": beacon}
    return receive(actor, PROCEDURE, kind="committed", fields=fields, key=key)


def fix_pool(actor: Actor, matter: UUID, pool: Sequence[str], wanted: int, *, key: str) -> Recorded:
    """Fix who is drawn from and how many. Refused if a name stands twice or fewer are there than wanted."""
    names = [name.strip() for name in pool if name.strip()]
    if len(set(names)) != len(names):
        raise _refused("pool", "名单里有重名：请加编号区分，同名的抽中机会会相同而分不清。", "a name stands twice")
    if not 0 < wanted <= len(names):
        raise _refused(
            "wanted", f"名单有{len(names)}个，抽取数须在一到{len(names)}之间。", "more wanted than there are"
        )
    told = {"pool": "\n".join(names), "pool_digest": pool_digest(names)}
    told |= {"count": str(len(names)), "wanted": str(wanted)}
    return record_all(actor, matter, [Act("pool_fixed", fields=told)], seen=read(matter).head, key=key)


def hold(actor: Actor, matter: UUID, seed: str, beacon_value: str, *, key: str) -> Recorded:
    """Reveal the seed and record whom the lot fell on. Refused if it is not the seed whose digest was made public."""
    view = read(matter)
    if digest(seed.strip()) != _said(view, "seed_digest"):
        raise _refused("seed", "种子与先前公布的摘要不符：请用公布摘要时的那个种子。", "this is another seed")
    pool, wanted = _said(view, "pool").splitlines(), int(_said(view, "wanted") or 0)
    drawn = lot(pool, seed.strip(), beacon_value.strip(), wanted)
    said = {"seed": seed.strip(), "beacon_value": beacon_value.strip(), "result": "\n".join(drawn)}
    return record_all(actor, matter, [Act("drawn", fields=said)], seen=view.head, key=key)


def check(matter: UUID) -> Draw:
    """The draw once more from what stands in the record."""
    view = read(matter)
    pool, seed, beacon = _said(view, "pool").splitlines(), _said(view, "seed"), _said(view, "beacon_value")
    return Draw(
        told=tuple(_said(view, "result").splitlines()),
        again=lot(pool, seed, beacon, int(_said(view, "wanted") or 0)),
        seed_holds=bool(seed) and digest(seed) == _said(view, "seed_digest"),
        pool_holds=pool_digest(pool) == _said(view, "pool_digest"),
    )


def _said(view: MatterView, field: str) -> str:
    """The latest that the entries which stand say of a field."""
    said = ""
    for fact in view.horizon.facts:
        said = fact.fields.get(field) or (view.body(fact.entry) or {}).get(field, "") or said
    return said


def _refused(where: str, zh: str, en: str) -> Refused:
    return Refused((refusal("draw", zh, en, where),))
