"""Fixtures of the record: one who acts, a page, and a matter to add to."""

from uuid import UUID, uuid4

import pytest

from fazhi.law import Procedure
from fazhi.ledger import rulebook
from fazhi.ledger.day import today
from fazhi.people.actors import Actor


@pytest.fixture
def clerk() -> Actor:
    return Actor(uuid4(), uuid4(), UUID(int=7), frozenset({"record", "lead", "approve", "publish", "erase"}), "office")


@pytest.fixture
def appeal() -> Procedure:
    return rulebook().page("appeal", today())
