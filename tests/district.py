"""A small district for tests: units, posts, people, rights, and matters received at its counters."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

FOUNDED = date(2010, 1, 1)
TODAY = date(2025, 3, 5)
_keys = itertools.count()


@dataclass
class District:
    """Ids by name. 城管局 and 城管局一大队 are siblings whose names begin alike."""

    units: dict[str, UUID] = field(default_factory=dict)
    posts: dict[str, UUID] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)

    def unit(self, name: str, parent: str | None = None, organ_code: str = "") -> UUID:
        from fazhi.people import units

        self.units[name] = units.found(
            name, parent=self.units[parent] if parent else None, since=FOUNDED, organ_code=organ_code
        )
        return self.units[name]

    def clerk(self, name: str, unit: str, *powers: str, since: date = FOUNDED) -> UUID:
        """An account in a post of the unit, without any grant."""
        from fazhi.people import posts

        self.posts[name] = posts.create(self.units[unit], f"{name}岗", powers or ("record",), since=since)
        self.accounts[name] = posts.open_account(name, name)
        posts.hold(self.posts[name], self.accounts[name], since=since)
        return self.posts[name]

    def grant(self, name: str, unit: str, **more: object) -> int:
        from fazhi.reach import grants

        given = {"since": FOUNDED} | more
        return grants.give(unit=self.units[unit], post=self.posts[name], **given)  # type: ignore[arg-type]

    def actor(self, name: str, day: date = TODAY):  # type: ignore[no-untyped-def]
        from fazhi.people.actors import actor_for

        return actor_for(self.accounts[name], self.posts[name], day)

    def scope(self, name: str, day: date = TODAY):  # type: ignore[no-untyped-def]
        from fazhi.reach.scope import scope_of

        return scope_of(self.actor(name, day), day)

    def receive(
        self,
        unit: str,
        text: str = "楼下烧烤店夜间噪音扰民，希望处理。",
        *,
        day: date = date(2025, 3, 3),
        procedure: str = "appeal",
        fields: Mapping[str, str] | None = None,
        parties: tuple[UUID, ...] = (),
    ):  # type: ignore[no-untyped-def]
        """A matter received by the unit, entered by the machine of the unit."""
        from fazhi import desk
        from fazhi.people.actors import machine

        return desk.receive(
            machine(self.units[unit]),
            procedure,
            day=day,
            fields={"channel": "web"} | dict(fields or {}),
            body={"text": text},
            parties=parties,
            key=f"district/{next(_keys)}",
        )

    def record(self, matter: UUID, kind: str, by: str, /, day: date = TODAY, **fields: str):  # type: ignore[no-untyped-def]
        from fazhi import desk, ledger
        from fazhi.people.actors import machine

        head = ledger.read(matter).head
        return desk.record(
            machine(self.units[by]), matter, kind, day=day, fields=fields, seen=head, key=f"district/{next(_keys)}"
        )


def lay() -> District:
    """区政府 over 司法局, 城管局, 城管局一大队 and 莲花街道 with a community below."""
    district = District()
    district.unit("区政府")
    district.unit("司法局", "区政府", organ_code="福司")
    district.unit("城管局", "区政府", organ_code="福城")
    district.unit("城管局一大队", "区政府", organ_code="福城一")
    district.unit("莲花街道", "区政府", organ_code="福莲")
    district.unit("景田社区", "莲花街道")
    for name, unit in (
        ("城管员", "城管局"),
        ("大队员", "城管局一大队"),
        ("街道员", "莲花街道"),
        ("社区员", "景田社区"),
    ):
        district.clerk(name, unit)
        district.grant(name, unit)
    district.clerk("区长", "区政府", "record", "lead", "reveal")
    district.grant("区长", "区政府", secrecy=2)
    district.clerk("新人", "城管局")
    return district
