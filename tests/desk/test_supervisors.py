"""Supervisors from outside: a post that sees one kind of business of one unit, may comment on it, and nothing more."""

import itertools
from datetime import date
from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.desk.act import NoRight
from fazhi.people.actors import machine

DAY = date(2025, 3, 5)
_keys = itertools.count()


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.unit("检察院")
    laid.clerk("检察员", "检察院", "supervise")
    laid.grant("检察员", "司法局", kinds={"community_corrections"})
    return laid


def opened(district: District, procedure: str, **fields: str) -> Any:
    actor = machine(district.units["司法局"])
    return desk.receive(actor, procedure, day=DAY, fields=fields, key=f"supervise/{next(_keys)}").matter


def says(district: District, matter: Any, kind: str, **fields: str) -> Any:
    head, key = ledger.read(matter).head, f"supervise/{next(_keys)}"
    return desk.record(district.actor("检察员"), matter, kind, day=DAY, fields=fields, seen=head, key=key)


def test_a_procurator_sees_the_files_of_corrections_and_comments_on_them(district: District) -> None:
    matter = opened(district, "community_corrections")
    assert district.scope("检察员").may_see(matter)
    says(district, matter, "supervised", opinion="correction")
    clock = next(one for one in ledger.read(matter).horizon.clocks if one.name == "answer_supervision")
    assert clock.ended is None, "the office owes an answer"


def test_a_procurator_does_nothing_else_and_sees_nothing_else(district: District) -> None:
    matter = opened(district, "community_corrections")
    for kind in ("noted", "papers_received"):
        with pytest.raises(NoRight):
            says(district, matter, kind)
    other = opened(district, "legal_aid", basis="applied")
    assert not district.scope("检察员").may_see(other)
    with pytest.raises(NoRight):
        says(district, other, "supplemented")
