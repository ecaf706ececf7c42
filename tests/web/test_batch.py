"""One act on several matters: what it would change is shown, each is recorded whole, the others say why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reading import read

from district import District
from fazhi import ledger

AtDesk = Callable[..., Any]
ADDRESS = "/office/matters/together/"


def test_two_matters_are_assigned_together_after_a_look_and_a_strange_one_is_left_out(
    at_desk: AtDesk, district: District
) -> None:
    one, two = (district.receive("信访局", f"第{n}件", day=ledger.today()).matter for n in (1, 2))
    done = district.receive("城管局一大队").matter
    client = at_desk("城管员")
    assert "选中的一起办理" in at_desk("信访员").get("/office/matters/").content.decode()
    assert "没有选中事项" in client.post(ADDRESS, {"matter": [str(one)]}).content.decode()

    client = at_desk("信访员")
    typed = {"matter": [str(one), str(two), str(done)], "kind": "assigned", "step": "look", "on": "今天"}
    lacking = client.post(ADDRESS, typed).content.decode()
    assert "请选择单位" in lacking
    looked = client.post(ADDRESS, typed | {"unit": "城管局"}).content.decode()
    assert "第1件" in looked and "第2件" in looked
    assert ledger.read(one).head == ledger.read(two).head
    before = ledger.read(one).head

    sent = read(looked).inputs | typed | {"unit": "城管局", "step": "do", "key": "b"}
    district.record(two, "noted", "信访局", day=ledger.today())
    told = client.post(ADDRESS, sent).content.decode()
    assert [line.kind for line in ledger.read(one).entries][before:] == ["assigned"]
    assert "assigned" not in {line.kind for line in ledger.read(two).entries}
    assert "已有新的记录" in told
    client.post(ADDRESS, sent)
    assert ledger.read(one).head == before + 1
