"""Sub-matters: opened by the act that leads to them, in the same transaction, and read with their parent."""

import pytest

from fazhi.desk import Act, Child, Refused, receive, record
from fazhi.ledger import query, read, rulebook, today

WEB = {"channel": "web"}


@pytest.fixture
def routed(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", fields=WEB, key="a")
    kind = read(done.matter).page.kind("routed_to_law")
    route = {name: field.choices[0] for name, field in kind.fields.items() if field.choices}
    page = rulebook().page("reconsideration", today())
    return clerk, done.matter, route, Child(page, Act("received", fields={"channel": "visit"}))


def test_an_act_opens_the_sub_matter_it_leads_to(routed):
    clerk, matter, route, child = routed
    done = record(clerk, matter, "routed_to_law", fields=route, seen=2, key="r", child=child)
    below = read(done.child)
    assert (below.parent, below.procedure, below.head) == (matter, "reconsideration", 1)
    assert [one.id for one in read(matter).children] == [done.child]
    assert record(clerk, matter, "routed_to_law", fields=route, seen=2, key="r", child=child).repeated
    assert query.fetch("default", "select count(*) from ledger_matter")[0][0] == 2


def test_an_act_that_leads_nowhere_opens_nothing(routed):
    clerk, matter, _, child = routed
    with pytest.raises(Refused, match="不能引出"):
        record(clerk, matter, "noted", seen=2, key="n", child=child)
    assert read(matter).head == 2


def test_what_is_wrong_with_the_sub_matter_stops_the_act(routed):
    clerk, matter, route, child = routed
    bad = Child(child.procedure, Act("received"))
    with pytest.raises(Refused):
        record(clerk, matter, "routed_to_law", fields=route, seen=2, key="r", child=bad)
    assert read(matter).head == 2 and not read(matter).children
