"""What a citizen may do: lodge without an account, then only with number and code."""

import pytest

from fazhi.desk import Refused, public
from fazhi.ledger import read
from fazhi.people import parties


@pytest.fixture
def lodged(district):
    lodger = public.Lodger("张三丰", phone="13800138000")
    return public.lodge(district.bureau, {"title": "路灯", "text": "路灯坏了"}, lodger=lodger, key="form-1")


def test_lodging_gives_number_and_code_and_keeps_the_person_out_of_the_line(lodged):
    view = read(lodged.matter)
    line = view.entries[0]
    assert line.fields["channel"] == "web" and line.face == "portal"
    assert "张三丰" not in str(line) and "张三丰" not in str(view.body(1))
    assert parties.masked(view.parties[0]).name.startswith("张×")


def test_sending_the_form_twice_lodges_once(district, lodged):
    again = public.lodge(district.bureau, {"title": "路灯", "text": "路灯坏了"}, key="form-1")
    assert (again.matter, again.repeated, again.code) == (lodged.matter, True, "")


def test_an_empty_message_is_refused(district):
    with pytest.raises(Refused, match="请写明"):
        public.lodge(district.bureau, {"text": "  "}, key="x")


def test_number_and_code_are_proven_for_every_act(lodged):
    holder = (lodged.query_number, lodged.code)
    public.add(holder, "补充：在东街路口", key="a")
    with pytest.raises(public.NotProven):
        public.add((lodged.query_number, "0000000000"), "冒充", key="b")
    with pytest.raises(Refused):
        public.rate(holder, 5, key="r")
    public.withdraw(holder, "已解决", key="w")
    assert [line.kind for line in read(lodged.matter).entries] == ["received", "numbered", "supplemented", "withdrawn"]
    assert read(lodged.matter).body(3) == {"text": "补充：在东街路口"}
