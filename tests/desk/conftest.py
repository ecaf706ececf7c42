"""Fixtures of the desk: a small district with two units, and officials who hold posts in them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from fazhi.ledger import today
from fazhi.people import posts, units
from fazhi.people.actors import Actor, actor_for
from fazhi.reach import grants

LONG_AGO = date(2020, 1, 1)
EVERYTHING = ("record", "approve", "lead", "publish", "erase", "reveal")


@dataclass(frozen=True)
class District:
    """`hire(unit, *powers)` gives an official of a post with these powers over the unit's matters."""

    government: UUID
    bureau: UUID
    street: UUID

    def hire(self, unit: UUID, *powers: str) -> Actor:
        name = f"u{len(_names):04d}"
        _names.append(name)
        account = posts.open_account(name, f"经办{name}")
        post = posts.create(unit, f"经办{name}", powers or ("record",), since=LONG_AGO)
        posts.hold(post, account, since=LONG_AGO)
        grants.give(post=post, unit=unit, since=LONG_AGO, secrecy=2)
        return actor_for(account, post, today())


_names: list[str] = []


def found_district() -> District:
    government = units.found("示例区人民政府", parent=None, since=LONG_AGO, organ_code="示")
    bureau = units.found("示例区信访局", parent=government, since=LONG_AGO)
    street = units.found("东街街道办事处", parent=government, since=LONG_AGO)
    return District(government, bureau, street)


@pytest.fixture
def district(db: object) -> District:
    return found_district()


@pytest.fixture
def fresh_district(fresh_database: object) -> District:
    return found_district()
