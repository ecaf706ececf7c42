"""Sending a text round: who is asked, who is missing, whose answer counts, and what a change of the text undoes."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from district import FOUNDED, District, lay
from fazhi import desk, ledger
from fazhi.desk import NoRight, Refused
from fazhi.desk.countersigning import (
    Place,
    call_off,
    change_text,
    decide_over,
    digest_of,
    send_round,
    sign,
    signing_of,
)
from fazhi.ledger.countersign import rounds_of
from fazhi.worklist.tasks import desk as tasks_of

WEEK = timedelta(days=7)
keys = (f"countersign/{n}" for n in itertools.count())


@pytest.fixture
def district(db) -> District:
    laid = lay()
    laid.clerk("司法员", "司法局", "record", "approve")
    laid.grant("司法员", "司法局")
    return laid


def actor(district: District, name: str):
    return district.actor(name, ledger.today())


def round_now(matter):
    return rounds_of(ledger.read(matter).horizon.facts)[-1]


def sent(district: District, *places: tuple[str, int], rule: str = "all", form: str = "sign"):
    """A matter of 司法局 whose text goes round to units in the order given."""
    matter = district.receive("司法局").matter
    asked = [Place(district.units[unit], order=order) for unit, order in places]
    head = ledger.read(matter).head
    send_round(
        actor(district, "司法员"), matter, asked, form=form, rule=rule, by=ledger.today() + WEEK,
        text="关于夜间施工管理的通知（送审稿）", seen=head, key=next(keys),
    )  # fmt: skip
    return matter


def answer(district: District, matter, name: str, said: str = "agree", remark: str = "", digest: str = ""):
    view = ledger.read(matter)
    mine = signing_of(actor(district, name), view)
    ask = mine[0].ask.entry if mine else 0
    digest = digest or digest_of(view, round_now(matter))
    return sign(actor(district, name), matter, ask, answer=said, remark=remark, digest=digest, key=next(keys))


def waits(district: District, name: str, bucket: str = "ours") -> list[str]:
    day = ledger.today()
    return [
        task.clock for task in tasks_of(district.scope(name, day), day, bucket).tasks if "countersign" in task.clock
    ]


def test_asked_at_once_each_sees_it_and_the_asker_sees_who_is_missing(district: District) -> None:
    matter = sent(district, ("城管局", 1), ("莲花街道", 1))
    for name in ("城管员", "街道员"):
        assert district.scope(name, ledger.today()).may_see(matter)
        assert waits(district, name) == ["countersign"]
    assert not district.scope("大队员", ledger.today()).may_see(matter)
    assert waits(district, "司法员", "waiting") == ["countersign_awaited"] * 2

    answer(district, matter, "城管员")
    assert waits(district, "城管员") == []
    assert not district.scope("城管员", ledger.today()).may_act(matter)
    assert [ask.unit for ask in round_now(matter).missing] == [district.units["莲花街道"]]
    answer(district, matter, "街道员", "changes", "第三条的时段宜写到二十二时。")
    assert round_now(matter).state == "done"
    assert waits(district, "司法员", "waiting") == []


def test_one_after_another_the_next_may_only_look_until_it_is_their_turn(district: District) -> None:
    matter = sent(district, ("莲花街道", 2), ("城管局", 1))
    assert waits(district, "街道员") == []
    assert district.scope("街道员", ledger.today()).may_see(matter)
    with pytest.raises(NoRight, match="还没有轮到"):
        answer(district, matter, "街道员")
    answer(district, matter, "城管员")
    assert waits(district, "街道员") == ["countersign"]
    answer(district, matter, "街道员")
    assert round_now(matter).state == "done"


def test_a_changed_text_undoes_the_signatures_and_asks_everyone_again(district: District) -> None:
    matter = sent(district, ("城管局", 1), ("莲花街道", 1))
    read_then = digest_of(ledger.read(matter), round_now(matter))
    answer(district, matter, "城管员")
    head = ledger.read(matter).head
    change_text(actor(district, "司法员"), matter, text="送审稿第二稿", seen=head, key=next(keys))
    assert len(round_now(matter).missing) == 2
    assert len(round_now(matter).void) == 1
    assert waits(district, "城管员") == ["countersign"]
    with pytest.raises(Refused, match="文稿在您打开以后改过"):
        answer(district, matter, "街道员", digest=read_then)
    answer(district, matter, "街道员")
    answer(district, matter, "城管员")
    assert round_now(matter).state == "done"


def test_an_objection_needs_its_reason_and_a_leader_who_decides_with_one(district: District) -> None:
    matter = sent(district, ("城管局", 1), rule="leader")
    with pytest.raises(Refused, match="请写明理由"):
        answer(district, matter, "城管员", "object")
    answer(district, matter, "城管员", "object", "没有执法依据。")
    assert round_now(matter).state == "objected"
    assert waits(district, "司法员") == ["countersign_decide"]
    head = ledger.read(matter).head
    with pytest.raises(Refused, match="裁定的理由"):
        decide_over(actor(district, "司法员"), matter, reason="", seen=head, key=next(keys))
    with pytest.raises(NoRight):
        decide_over(actor(district, "城管员"), matter, reason="不予采纳", seen=head, key=next(keys))
    decide_over(actor(district, "司法员"), matter, reason="依据见条例第二十条。", seen=head, key=next(keys))
    assert round_now(matter).state == "done"
    assert waits(district, "司法员") == []


def test_where_all_must_agree_nobody_decides_over_an_objection(district: District) -> None:
    matter = sent(district, ("城管局", 1))
    answer(district, matter, "城管员", "object", "没有执法依据。")
    head = ledger.read(matter).head
    with pytest.raises(Refused, match="须全部同意"):
        decide_over(actor(district, "司法员"), matter, reason="不予采纳", seen=head, key=next(keys))
    call_off(actor(district, "司法员"), matter, reason="另行研究。", seen=head, key=next(keys))
    assert round_now(matter).state == "ended"
    assert waits(district, "司法员") == []


def test_a_deputy_signs_as_deputy_for_the_post_and_nobody_else_does(district: District) -> None:
    from fazhi.reach import grants

    matter = sent(district, ("城管局", 1))
    with pytest.raises(NoRight):
        answer(district, matter, "社区员")
    with pytest.raises(NoRight):  # sees the whole district, and signs for no unit of it
        answer(district, matter, "区长")
    grants.deputise(
        for_post=district.posts["城管员"], post=district.posts["社区员"], since=FOUNDED,
        until=ledger.today() + WEEK, reason="休假",
    )  # fmt: skip
    answer(district, matter, "社区员")
    (said,) = round_now(matter).answers
    assert said.deputy_for == district.posts["城管员"]
    assert ledger.read(matter).entry(said.entry).unit == district.units["景田社区"]


def test_a_post_that_is_asked_answers_itself(district: District) -> None:
    district.clerk("城管局长", "城管局", "approve")
    district.grant("城管局长", "城管局")
    matter = district.receive("司法局").matter
    asked = [Place(district.units["城管局"], district.posts["城管局长"])]
    head = ledger.read(matter).head
    send = {"form": "sign", "rule": "all", "by": ledger.today() + WEEK, "text": "送审稿", "seen": head}
    send_round(actor(district, "司法员"), matter, asked, **send, key=next(keys))
    with pytest.raises(NoRight):
        answer(district, matter, "城管员")
    answer(district, matter, "城管局长")
    assert round_now(matter).state == "done"


def test_a_round_is_refused_that_nobody_could_answer(district: District) -> None:
    matter = sent(district, ("城管局", 1))
    head = ledger.read(matter).head
    send = {"form": "review", "rule": "all", "text": "", "seen": head}
    twice = [Place(district.units["城管局"])] * 2
    with pytest.raises(Refused) as refused:
        send_round(actor(district, "司法员"), matter, twice, by=ledger.today() - WEEK, key=next(keys), **send)
    told = "".join(one.message for one in refused.value.findings)
    for part in ("已有一次会审会签", "请了两次", "截止日已经过了", "请写明要会审会签的文稿"):
        assert part in told
    assert all(one.message_en for one in refused.value.findings)


def test_its_acts_are_recorded_by_its_verbs_alone(district: District) -> None:
    matter = sent(district, ("城管局", 1))
    head = ledger.read(matter).head
    fields = {"answer": "agree", "entry": "3", "digest": "sm3:0", "unit": str(district.units["城管局"])}
    with pytest.raises(Refused, match="会审会签"):
        desk.record(actor(district, "城管员"), matter, "countersigned", fields=fields, seen=head, key=next(keys))
