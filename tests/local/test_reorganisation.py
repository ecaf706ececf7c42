"""Units that begin, are renamed, move, merge and end, as entries; open work moves, the past keeps its units."""

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

import district as laid
from fazhi import desk, ledger
from fazhi.desk import NoRight, Refused, reorganising
from fazhi.desk.reorganising import Plan
from fazhi.ledger import query
from fazhi.people import units
from fazhi.reach.scope import scope_of

DAY = ledger.today()
LATER = DAY + timedelta(days=30)
PAGE_OF = "reorganisation"


def key() -> str:
    return uuid.uuid4().hex


@pytest.fixture
def house(fresh_database: object) -> Any:
    district = laid.lay()
    district.clerk("编制员", "区政府", "administer")
    return district


def decide(house: Any, change: str, unit: str = "", **more: Any) -> tuple[uuid.UUID, uuid.UUID]:
    plan = Plan(change, more.pop("day", DAY), house.units.get(unit), **more)  # type: ignore[arg-type]
    done, after = reorganising.carry_out(house.actor("编制员", DAY), plan, key=key())
    return done.matter, after


def names(day: date = DAY) -> set[str]:
    return {line.name for line in units.tree_on(day).units.values()}


def test_a_unit_begins_on_its_day_and_the_record_says_so(house):
    matter, new = decide(
        house, "created", name="数据局", under=house.units["区政府"], day=LATER, ground="编办〔2026〕9号"
    )
    assert "数据局" not in names() and "数据局" in names(LATER)
    view = ledger.read(matter)
    assert view.entries[0].fields["unit"] == str(new) and view.body(1)["text"] == "编办〔2026〕9号"
    assert view.entries[0].account == house.accounts["编制员"]


def test_nobody_without_that_power_reorganises_and_nothing_is_half_done(house):
    plan = Plan("merged", DAY, house.units["城管局"], into=house.units["司法局"])
    with pytest.raises(NoRight):
        reorganising.carry_out(house.actor("区长", DAY), plan, key=key())
    assert "城管局" in names()
    with pytest.raises(Refused, match="只能在它自己的页面"):
        desk.receive(house.actor("编制员", DAY), PAGE_OF, fields={}, key=key())


def test_a_merger_is_foreseen_then_open_work_moves_and_closed_work_stays(house):
    mine = [house.receive("城管局", day=DAY).matter for _ in range(3)]
    closed = house.receive("城管局", day=DAY).matter
    house.record(closed, "withdrawn", "城管局", DAY)
    asked = house.receive("司法局", day=DAY).matter
    house.record(asked, "asked", "司法局", DAY, unit=str(house.units["城管局"]))
    number = ledger.read(closed).number
    plan = Plan("merged", DAY, house.units["城管局"], into=house.units["城管局一大队"])
    foreseen = reorganising.foresee(plan)
    assert foreseen.work["appeal"] == 3 and [post.title for post in foreseen.seats.posts] == ["城管员岗", "新人岗"]
    matter, after = decide(house, "merged", "城管局", into=house.units["城管局一大队"])
    done = reorganising.hand_over(house.actor("编制员", DAY), matter, key=key())
    assert not done.left and done.count == 3
    for one in mine:
        last = ledger.read(one).entries[-1]
        assert last.kind == "transferred" and last.fields["unit"] == str(after)
    assert ledger.read(asked).entries[-1].kind == "asked", "nobody was asked anew"
    assert house.scope("大队员", DAY).may_see(asked), "the successor sees what the old unit was asked"
    untouched = ledger.read(closed)
    assert untouched.number == number and untouched.unit == house.units["城管局"]
    assert "completed" in {line.kind for line in ledger.read(matter).entries}
    assert not query.fetch("default", reorganising._OPEN, [house.units["城管局"], PAGE_OF])


def test_handing_over_again_adds_nothing(house):
    one = house.receive("城管局", day=DAY).matter
    matter, _ = decide(house, "merged", "城管局", into=house.units["司法局"])
    reorganising._hand_one(one, house.units["城管局"], house.units["司法局"], f"{matter}/{one}")  # cut off here
    head = ledger.read(one).head
    reorganising.hand_over(house.actor("编制员", DAY), matter, key=key())
    assert ledger.read(one).head == head


def test_nothing_is_handed_over_before_the_day(house):
    matter, _ = decide(house, "merged", "城管局", into=house.units["司法局"], day=LATER)
    with pytest.raises(Refused, match="还没有到"):
        reorganising.hand_over(house.actor("编制员", DAY), matter, key=key())


def test_a_renamed_unit_goes_on_with_its_people_rights_numbers_and_work(house):
    before = house.receive("司法局", day=DAY)
    matter, after = decide(house, "renamed", "司法局", name="法治局")
    assert names() >= {"法治局"} and "司法局" not in names() and "司法局" in names(DAY - timedelta(days=1))
    fresh = desk.receive(
        laid_machine(after), "appeal", day=DAY, fields={"channel": "web"}, body={"text": "路灯不亮"}, key=key()
    )
    last = int(before.number.rstrip("号").rpartition("〕")[2])
    assert fresh.number == before.number.replace(f"〕{last}号", f"〕{last + 1}号")
    house.units["法治局"] = after
    reorganising.hand_over(house.actor("编制员", DAY), matter, key=key())
    assert ledger.read(before.matter).entries[-1].fields["unit"] == str(after)


def test_the_holders_of_a_renamed_unit_see_and_act_as_before(house):
    old = house.receive("城管局", day=DAY).matter
    _, after = decide(house, "renamed", "城管局", name="城市管理局")
    from fazhi.people.actors import actors_of

    (actor,) = actors_of(house.accounts["城管员"], DAY)
    assert actor.unit == after
    scope = scope_of(actor, DAY)
    assert scope.may_see(old) and scope.may_act_for(after, "appeal")


def test_a_moved_unit_keeps_its_work_and_a_circle_is_refused(house):
    with pytest.raises(Refused, match="下级单位之下"):
        decide(house, "moved", "莲花街道", under=house.units["景田社区"])
    decide(house, "moved", "景田社区", under=house.units["城管局"])
    assert house.units["景田社区"] in units.subtree(house.units["城管局"], DAY)
    assert house.units["景田社区"] not in units.subtree(house.units["城管局"], DAY - timedelta(days=1))


def test_an_abolished_unit_leaves_its_work_to_another_and_its_posts_end(house):
    with pytest.raises(Refused, match="由哪个单位承接"):
        decide(house, "abolished", "城管局一大队")
    decide(house, "abolished", "城管局一大队", into=house.units["城管局"])
    from fazhi.people.actors import actors_of

    assert not actors_of(house.accounts["大队员"], DAY)
    assert "城管局一大队" not in names()


def laid_machine(unit: uuid.UUID) -> Any:
    from fazhi.people.actors import machine

    return machine(unit)
