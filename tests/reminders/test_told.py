"""Who is reminded of what, once; and that nothing personal leaves the house with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.jobs.reminding import gather
from fazhi.jobs.warn import warn
from fazhi.people import parties
from fazhi.people.actors import Actor, machine
from fazhi.reach import grants
from fazhi.reminders import inbox
from fazhi.reminders.models import Message
from fazhi.reminders.queue import remind

TODAY = ledger.today()


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def told(district: District, name: str) -> list[str]:
    return sorted(one.kind for one in inbox.told(district.accounts[name]))


def test_who_can_act_is_told_that_a_term_is_about_to_end_and_nobody_else(district: District) -> None:
    district.receive("城管局", day=TODAY - timedelta(days=14))
    assert warn() == 1 and warn() == 0
    assert told(district, "城管员") == ["due"]
    for other in ("大队员", "街道员", "区长", "新人"):
        assert told(district, other) == []


def test_where_a_unit_has_nobody_the_unit_above_is_told(district: District) -> None:
    district.receive("司法局", day=TODAY - timedelta(days=14))
    warn()
    assert told(district, "区长") == ["due"]


def test_what_is_overdue_is_told_once(district: District) -> None:
    district.receive("城管局", day=TODAY - timedelta(days=20))
    assert gather() == 1 and gather() == 0
    assert told(district, "城管员") == ["overdue"]


def test_what_comes_back_is_told_until_it_is_handed_on_again(district: District) -> None:
    matter = district.receive("城管局", day=TODAY).matter
    for kind, by, more in (("assigned", "城管局", "莲花街道"), ("returned", "莲花街道", "")):
        district.record(matter, kind, by, day=TODAY, **({"unit": str(district.units[more])} if more else {}))
    assert gather() == 1 and gather() == 0
    assert told(district, "城管员") == ["returned"]
    district.record(matter, "assigned", "城管局", day=TODAY, unit=str(district.units["景田社区"]))
    assert ledger.query.fetch("default", "select 1 from reminders_call where matter = %s", [matter]) == []


def test_what_waits_for_approval_is_told_to_the_post_that_was_asked(district: District) -> None:
    district.clerk("局长", "城管局", "approve", "record")
    district.grant("局长", "城管局")
    matter = district.receive("城管局", day=TODAY).matter
    district.record(matter, "approval_asked", "城管局", day=TODAY, post=str(district.posts["局长"]))
    gather()
    assert told(district, "局长") == ["approval"] and told(district, "城管员") == []
    district.clerk("局长二", "城管局", "approve", "record")
    district.grant("局长二", "城管局")

    def by(name: str, kind: str, **fields: str) -> None:
        head = ledger.read(matter).head
        desk.record(
            district.actor(name), matter, kind, fields=fields, body={"text": "略"}, seen=head, key=f"{kind}{head}"
        )
        gather()

    by("城管员", "approval_asked", post=str(district.posts["局长二"]))
    assert told(district, "局长二") == ["approval"], "asked again on the same day, told again"
    by("局长二", "rejected")
    by("城管员", "approval_asked")
    assert told(district, "局长") == ["approval"] * 2 and told(district, "城管员") == ["returned"]
    by("局长", "approved")
    assert told(district, "城管员") == ["decided", "returned"], "who asked is told what came of it"
    assert gather() == 0


def test_who_stands_in_for_another_is_told_once_from_when_on(district: District) -> None:
    week = timedelta(days=7)
    stands = {"for_post": district.posts["区长"], "post": district.posts["街道员"], "reason": "休假"}
    grants.deputise(since=TODAY + timedelta(days=1), until=TODAY + week, **stands)
    assert gather() == 1 and gather() == 0
    assert told(district, "街道员") == ["deputy"] and told(district, "区长") == []


def test_who_lodged_is_told_that_a_letter_is_ready_and_not_what_it_says(district: District) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = district.receive("城管局", day=TODAY, parties=(party,)).matter
    gather()
    assert not Message.objects.filter(party=party).exists()
    by = machine(district.units["城管局"])
    body = {"text": "欧阳小明：已责令整改。"}
    head = ledger.read(matter).head
    desk.record(by, matter, "answered", day=TODAY, fields={"outcome": "explained"}, body=body, seen=head, key="a")
    gather()
    (row,) = Message.objects.filter(party=party)
    assert row.kind == "ready" and gather() == 0
    kept = str(ledger.query.fetch("default", "select * from reminders_message m join reminders_call using (matter)"))
    assert "欧阳" not in kept and "138" not in kept and "整改" not in kept


def test_what_is_brought_in_from_elsewhere_or_entered_late_reminds_nobody(district: District) -> None:
    for face, day in (("import", TODAY), ("machine", TODAY - timedelta(days=40))):
        party = parties.register("citizen", "欧阳小明", "13812345678")
        by = Actor(None, None, district.units["城管局"], frozenset(), face)  # type: ignore[arg-type]
        matter = district.receive("城管局", day=day, parties=(party,)).matter
        head = ledger.read(matter).head
        desk.record(by, matter, "answered", day=day, fields={"outcome": "explained"}, seen=head, key=face)
    gather()
    assert not Message.objects.exclude(party=None).exists()


def test_a_threat_to_life_is_told_at_once_and_thanks_are_not(district: District) -> None:
    done = district.receive("城管局", "三楼有人要跳楼，快来人！", day=TODAY)
    district.receive("城管局", "上次反映的煤气泄漏已经修好了，感谢。", day=TODAY)
    assert gather() == 1 and gather() == 0
    (row,) = Message.objects.filter(kind="urgent")
    assert row.urgent and row.matter == done.matter and row.account == district.accounts["城管员"]


def test_the_same_thing_is_told_once_to_each(district: District) -> None:
    people = [district.accounts["城管员"], district.accounts["区长"], district.accounts["城管员"]]
    assert remind("alert", people, thing="1") == 2
    assert remind("alert", people, thing="1") == 0
    assert remind("alert", people, thing="2") == 2
    mine = inbox.told(district.accounts["城管员"])
    assert len(mine) == 2 and inbox.unseen(district.accounts["城管员"]) == 2
    assert inbox.mark(district.accounts["城管员"], [mine[0].id]) == 1
    assert inbox.mark(district.accounts["城管员"]) == 1 and inbox.unseen(district.accounts["区长"]) == 2
