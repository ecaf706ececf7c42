"""The flow of the desk: whole or absent, within rights, refused with words that teach."""

from datetime import date, timedelta

import pytest

from fazhi.desk import Act, NoRight, Refused, correct, enter, publish, receive, record
from fazhi.ledger import Collision, query, read, today

WEB = {"channel": "web"}


def test_an_appeal_is_received_numbered_and_given_a_code(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", fields=WEB, body={"text": "路灯坏了"}, key="a")
    year = today().year
    assert done.number == f"示访〔{year}〕1号"
    assert done.query_number and done.code
    view = read(done.matter)
    assert [line.kind for line in view.entries] == ["received", "numbered"]
    assert (view.number, view.head, done.seq) == (done.number, 2, 2)


def test_the_same_key_receives_once(district):
    clerk = district.hire(district.bureau)
    one = receive(clerk, "appeal", fields=WEB, key="a")
    two = receive(clerk, "appeal", fields=WEB, key="a")
    assert (two.matter, two.repeated, two.code, two.query_number) == (one.matter, True, "", one.query_number)
    three = receive(clerk, "appeal", fields=WEB, key="b")
    assert three.number == f"示访〔{today().year}〕2号"


def test_a_missing_value_a_wrong_choice_and_an_unknown_field_are_told_together(district):
    clerk = district.hire(district.bureau)
    with pytest.raises(Refused) as told:
        receive(clerk, "appeal", fields={"contact": "maybe", "colour": "red"}, key="a")
    assert {finding.where for finding in told.value.findings} == {"channel", "contact", "colour"}
    assert query.fetch("default", "select count(*) from ledger_matter")[0][0] == 0


def test_what_cannot_have_happened_is_refused_and_nothing_is_written(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", fields=WEB, key="a")
    with pytest.raises(Refused):
        record(clerk, done.matter, "rated", fields={"satisfaction": "satisfied"}, seen=2, key="r")
    assert read(done.matter).head == 2


def test_an_official_of_another_unit_may_not_record_until_it_is_assigned(district):
    clerk, other = district.hire(district.bureau), district.hire(district.street)
    done = receive(clerk, "appeal", fields=WEB, key="a")
    with pytest.raises(NoRight, match="权限"):
        record(other, done.matter, "noted", seen=2, key="n")
    record(clerk, done.matter, "assigned", fields={"unit": str(district.street)}, seen=2, key="s")
    assert record(other, done.matter, "noted", body={"text": "已到现场"}, seen=3, key="n").seq == 4


def test_an_extension_needs_the_head_of_the_organ(district):
    clerk, head = district.hire(district.bureau), district.hire(district.bureau, "record", "lead")
    done = receive(clerk, "appeal", day=today() - timedelta(days=30), fields=WEB, key="a")
    record(clerk, done.matter, "accepted", day=today() - timedelta(days=20), seen=2, key="acc")
    kind = read(done.matter).page.kind("extended")
    assert "负责人" in kind.by
    with pytest.raises(NoRight, match="负责人"):
        record(clerk, done.matter, "extended", fields={"lasts": "30 days"}, seen=3, key="x")
    assert record(head, done.matter, "extended", fields={"lasts": "30 days"}, seen=3, key="x").seq == 4


def test_a_collision_reaches_the_clerk_with_what_was_recorded_since(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", fields=WEB, key="a")
    record(clerk, done.matter, "noted", seen=2, key="one")
    with pytest.raises(Collision) as told:
        record(clerk, done.matter, "noted", seen=2, key="two")
    assert [one.kind for one in told.value.since] == ["noted"]
    assert record(clerk, done.matter, "noted", seen=2, key="one").repeated


def test_a_correction_takes_the_place_of_what_it_corrects(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", day=date(2025, 3, 3), fields=WEB, key="a")
    correct(clerk, done.matter, 1, day=date(2025, 3, 4), seen=2, key="c")
    view = read(done.matter)
    facts = [fact for fact in view.horizon.facts if fact.kind == "received"]
    assert [fact.day for fact in facts] == [date(2025, 3, 4)]
    assert view.entries[0].day == date(2025, 3, 3), "what was recorded first stays"
    with pytest.raises(Refused, match="没有第9条"):
        correct(clerk, done.matter, 9, seen=3, key="d")


def test_a_matter_begun_before_this_system_keeps_its_days_and_number(district):
    clerk = district.hire(district.bureau)
    done = receive(clerk, "appeal", day=date(2023, 2, 1), fields=WEB, old_number="示信访〔2023〕77号", key="a")
    view = read(done.matter)
    assert (view.opened, view.number, view.head) == (date(2023, 2, 1), "示信访〔2023〕77号", 1)
    assert view.page.in_force <= date(2023, 2, 1)


def test_several_facts_are_entered_whole_or_not_at_all(district):
    clerk = district.hire(district.bureau)
    acts = [Act("received", date(2025, 3, 3), fields=WEB, body={"text": "问"}), Act("noted", date(2025, 3, 4))]
    done = enter(clerk, "appeal", acts, key="row-1")
    assert [line.kind for line in read(done.matter).entries] == ["received", "noted", "numbered"]
    with pytest.raises(Refused):
        enter(clerk, "appeal", [*acts, Act("rated", date(2025, 3, 5))], key="row-2")
    assert query.fetch("default", "select count(*) from ledger_matter")[0][0] == 1


def test_publishing_needs_its_power_and_can_follow_the_close(district):
    clerk, editor = district.hire(district.bureau), district.hire(district.bureau, "record", "publish")
    done = receive(clerk, "appeal", fields=WEB, key="a")
    record(clerk, done.matter, "withdrawn", seen=2, key="w")
    with pytest.raises(NoRight, match="公开"):
        publish(clerk, done.matter, 1, "正文", seen=3, key="p")
    assert publish(editor, done.matter, 1, "正文", title="标题", list="letters", seen=3, key="p").seq == 4
    line = read(done.matter).entries[-1]
    assert line.fields == {"entry": "1", "list": "letters"}


def test_an_unknown_kind_of_business_is_told_with_those_there_are(district):
    with pytest.raises(LookupError, match="appeal"):
        receive(district.hire(district.bureau), "nonsense", key="a")


def test_nobody_receives_for_a_unit_of_others(district):
    with pytest.raises(NoRight):
        receive(district.hire(district.street), "appeal", fields=WEB, unit=district.bureau, key="z")
