"""A dispute handed on: nothing is typed again, the link is kept, and each procedure goes its own way."""

from __future__ import annotations

import pytest

from fazhi.desk import Act, Refused, receive, record
from fazhi.desk.handing import carried_words, hand_on, ways_on
from fazhi.ledger import read

TEXT = {"title": "装修公司不退款", "text": "预付两万元后停工，要求退款。", "place": "东湖路9号"}


@pytest.fixture
def lodged(district):
    from fazhi.people import parties

    clerk = district.hire(district.bureau)
    person = parties.register("citizen", "陈某某", "13800000000", "", "")
    done = receive(clerk, "appeal", fields={"channel": "visit"}, body=TEXT, parties=[person], key="a")
    return clerk, done.matter, person


def test_words_and_parties_go_along_and_the_link_stays(lodged):
    clerk, matter, person = lodged
    seen = read(matter).head
    done = hand_on(clerk, matter, "people_mediation", fields={"origin": "applied"}, note="双方同意", seen=seen, key="h")
    below = read(done.child)
    assert below.parent == matter and below.procedure == "people_mediation"
    assert dict(below.body(1)) == TEXT
    assert below.parties == (person,)
    assert not read(matter).horizon.closed, "the appeal goes on by itself"
    again = hand_on(clerk, matter, "people_mediation", fields={"origin": "applied"}, seen=seen, key="h")
    assert again.repeated and len(read(matter).children) == 1


def test_a_chain_runs_from_appeal_to_court_and_back_to_mediation(lodged):
    clerk, matter, _ = lodged
    steps = (
        ("legal_aid", {"basis": "applied"}),
        ("labor_arbitration", {}),
        ("civil_suit", {"about": "labour"}),
        ("administrative_mediation", {"origin": "sent", "competence": "own"}),
        ("judicial_confirmation", {"origin": "administrative"}),
    )
    at = matter
    for number, (into, fields) in enumerate(steps):
        done = hand_on(clerk, at, into, fields=fields, seen=read(at).head, key=f"k{number}")
        assert done.child is not None
        at = done.child
        assert read(at).body(1)["text"] == TEXT["text"]
    depth, one = 0, read(at)
    while one.parent is not None:
        depth, one = depth + 1, read(one.parent)
    assert (depth, one.id) == (len(steps), matter)


def test_what_was_corrected_goes_along_as_corrected_and_only_disputes_are_handed_on(lodged, district):
    clerk, matter, _ = lodged
    from fazhi.desk import correct

    better = TEXT | {"text": "预付三万元后停工。"}
    correct(clerk, matter, 1, fields={"channel": "visit"}, body=better, seen=read(matter).head, key="c")
    assert carried_words(read(matter))["text"] == "预付三万元后停工。"
    with pytest.raises(Refused, match="不能转入"):
        hand_on(clerk, matter, "penalty", seen=read(matter).head, key="p")
    assert "people_mediation" in ways_on(read(matter)) and "appeal" not in ways_on(read(matter))


def test_the_act_says_where_it_leads_and_may_not_lie(lodged):
    clerk, matter, _ = lodged
    from fazhi.desk import Child
    from fazhi.ledger import rulebook, today

    child = Child(rulebook().page("civil_suit", today()), Act("received"))
    with pytest.raises(Refused, match="不能引出"):
        record(clerk, matter, "handed_on", fields={"into": "legal_aid"}, seen=read(matter).head, key="l", child=child)
    assert not read(matter).children
