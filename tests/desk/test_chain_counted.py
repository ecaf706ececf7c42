"""A dispute that goes through several procedures counts once, and no more once its settlement is struck out."""

from __future__ import annotations

import pytest

from fazhi.desk import correct, receive, record
from fazhi.desk.handing import hand_on
from fazhi.ledger import query, read
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_once
from fazhi.rulebook.settlements import settling


def _figures(db) -> dict[str, object]:
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    rows = query.fetch(
        "default",
        "select procedure, name, count(*) from indicators_counted where name like 'dispute_%%'"
        " and to_position > (select max(position) from ledger_position) group by 1, 2",
    )
    return {f"{procedure}.{name}": count for procedure, name, count in rows}


@pytest.fixture
def handed(district):
    clerk = district.hire(district.bureau)
    first = receive(clerk, "appeal", fields={"channel": "visit"}, body={"text": "工资拖欠"}, key="a").matter
    done = hand_on(clerk, first, "people_mediation", fields={"origin": "applied"}, seen=read(first).head, key="b")
    return clerk, first, done.child


def _act(clerk, at, kind, **fields):
    return record(clerk, at, kind, fields=fields, seen=read(at).head, key=f"{at}/{kind}")


def test_begun_once_and_settled_once_along_the_chain(handed, db):
    clerk, first, below = handed
    for kind, fields in (("accepted", {}), ("agreed", {"form": "written"}), ("effective", {})):
        _act(clerk, below, kind, **fields)
    _act(clerk, first, "settled")
    asked = hand_on(clerk, below, "judicial_confirmation", seen=read(below).head, key="c")
    assert asked.child
    assert _figures(db) == {"appeal.dispute_begun": 1, "appeal.dispute_settled": 1}


def test_a_settlement_that_is_struck_out_is_counted_no_more(handed, db):
    clerk, _, below = handed
    for kind, fields in (("accepted", {}), ("agreed", {"form": "oral"}), ("effective", {})):
        _act(clerk, below, kind, **fields)
    last = read(below).head
    number = next(line.seq for line in read(below).entries if line.kind == "effective")
    correct(clerk, below, number, strikes=True, seen=last, key="s")
    assert "appeal.dispute_settled" not in _figures(db)


def test_every_settlement_named_is_an_act_of_its_page(rulebook):
    for kind, acts in settling().items():
        versions = rulebook.procedures[kind]
        assert all(any(act in page.facts for page in versions) for act in acts), kind


def test_matters_joined_to_one_count_with_it_and_again_by_themselves_once_parted(db, district):
    clerk = district.hire(district.bureau)
    said = {"fields": {"channel": "visit"}, "body": {"text": "搅拌站噪音"}}
    lead, second, third = (receive(clerk, "appeal", **said, key=f"v{number}").matter for number in range(3))
    for one in (second, third):
        _act(clerk, one, "merged_into", matter=str(lead))
    _act(clerk, third, "parted")
    assert _figures(db) == {"appeal.dispute_begun": 2}
