"""Changes of units on their page: only for those who may, looked at first, then done, and the work handed over."""

import re
from html import unescape
from typing import Any

from fazhi import ledger
from fazhi.people import units

DAY = ledger.today()


def said(page: bytes) -> str:
    """Everything on the page that a person reads, without its marks."""
    return unescape(re.sub(r"<[^>]*>", "", page.decode()))


def names() -> set[str]:
    return {line.name for line in units.tree_on(ledger.today()).units.values()}


def form(**more: str) -> dict[str, str]:
    return {
        "change": "merged",
        "day": "今天",
        "unit": "城管局",
        "other": "司法局",
        "key": "k",
        "step": "preview",
        **more,
    }


def test_a_merger_is_looked_at_decided_and_its_work_handed_over(district: Any, at_desk: Any):
    district.clerk("编制员", "区政府", "administer")
    matter = district.receive("城管局", day=DAY).matter
    client = at_desk("编制员")
    looked = client.post("/office/units/", form())
    assert looked.status_code == 200 and "信访1件" in said(looked.content) and "城管员岗" in said(looked.content)
    assert "承接单位：司法局" in said(looked.content) and "单位：城管局" in said(looked.content)
    assert "城管局" in names(), "looking changes nothing"
    asked = {one: client.get(f"/office/units/?change={one}").content.decode() for one in ("created", "moved")}
    assert 'name="name"' in asked["created"] and 'name="unit"' not in asked["created"]
    assert 'name="unit"' in asked["moved"] and 'name="name"' not in asked["moved"] and 'value="今天"' in asked["moved"]
    assert client.post("/office/units/", form(step="decide")).status_code == 302
    assert "城管局" not in names()
    page = client.get("/office/units/").content
    assert "城管局 → 司法局" in said(page) and "1件" in said(page)
    address = re.search(r'action="(/office/units/[0-9a-f-]+/hand-over/)"', page.decode())[1]
    assert client.post(address, {"key": "h"}).status_code == 302
    assert ledger.read(matter).entries[-1].kind == "transferred"
    assert "待移交的在办事项" not in said(client.get("/office/units/").content)


def test_others_are_refused_and_faults_are_told_at_their_place(district: Any, at_desk: Any):
    assert at_desk("城管员").get("/office/units/").status_code == 403
    district.clerk("编制员", "区政府", "administer")
    answer = at_desk("编制员").post("/office/units/", form(change="", unit="没有的局", day="无"))
    words = said(answer.content)
    assert answer.status_code == 422 and "请选择怎样调整" in words and "没有叫“没有的局”的单位" in words
    assert "没认出" in words
    refused = at_desk("编制员").post("/office/units/", form(change="moved", unit="莲花街道", other="景田社区"))
    assert refused.status_code == 422 and "下级单位之下" in said(refused.content)
