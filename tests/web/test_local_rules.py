"""Local rules on their page: tried, proposed, adopted by another, and refused in words where they loosen."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from fazhi import ledger
from fazhi.ledger import adopted

DAY = ledger.today()
TEXT = """overlays = "hotline"

[clocks.handle]
term = "5 working days"
source = "《示例区12345热线工单办理规范》第四条"
status = "CONVENTION"
"""


@pytest.fixture
def house(district: Any) -> Iterator[Any]:
    district.clerk("系统员", "区政府", "administer")
    district.clerk("安全员", "区政府", "grant")
    yield district
    adopted._Shelf.folder, adopted._Shelf.stamp = None, ""
    adopted.look_again()


def said(page: bytes) -> str:
    """Everything on the page that a person reads, without its marks."""
    return unescape(re.sub(r"<[^>]*>", "", page.decode()))


def form(**more: str) -> dict[str, str]:
    day = (DAY - timedelta(days=3)).isoformat()
    return {"what": "procedures/hotline", "day": day, "text": TEXT, "key": "k", "step": "preview", **more}


def test_a_rule_is_tried_proposed_and_adopted_by_another(house, at_desk):
    writer, mayor = at_desk("系统员"), at_desk("安全员")
    tried = writer.post("/office/rules/", form())
    words = said(tried.content)
    assert tried.status_code == 200 and "5个工作日" in words and "已经登记的事项仍按登记时的规则办理" in words
    assert "还没有本地规则" in words, "trying writes nothing"
    sent = writer.post("/office/rules/", form(step="propose"))
    assert sent.status_code == 302
    address = sent["Location"]
    own = writer.get(address).content.decode()
    assert "提出人不能审定自己提出的规则" in own and "/adopt/" not in own
    assert writer.post(f"{address}adopt/", {"key": "x"}).status_code == 403
    shown = mayor.get(address).content.decode()
    assert f"{address}adopt/" in shown and "5个工作日" in said(shown.encode())
    seen = re.search(r'name="seen" value="(\d+)"', shown)[1]
    assert mayor.post(f"{address}adopt/", {"seen": seen, "key": "y"}).status_code == 302
    assert "适用中" in said(mayor.get("/office/rules/").content)
    assert ledger.rulebook().page("hotline", DAY).clocks["handle"].term is not None
    assert mayor.post(f"{address}repeal/", {"key": "z"}).status_code == 422, "a reason is asked for"
    assert mayor.post(f"{address}repeal/", {"key": "z", "reason": "上级已有规定"}).status_code == 302
    assert ledger.rulebook().page("hotline", DAY).clocks["handle"].term is None


def test_what_loosens_is_told_with_its_line_and_the_text_stays(house, at_desk):
    text = 'overlays = "appeal"\n[clocks.handle]\nterm = "90 days"\nsource = "x"\nstatus = "CONVENTION"\n'
    answer = at_desk("系统员").post("/office/rules/", form(what="procedures/appeal", text=text, step="propose"))
    words = said(answer.content)
    assert answer.status_code == 422 and "第3行" in words and "只能缩短" in words and "90 days" in words


def test_what_is_missing_is_asked_for_at_its_place(house, at_desk):
    answer = at_desk("系统员").post("/office/rules/", form(what="", day="无", text=""))
    words = said(answer.content)
    assert answer.status_code == 422 and "请选择改动哪一类业务" in words and "请粘贴本地规则的全文" in words
    assert "没认出" in words


def test_kinds_with_verbs_of_their_own_are_not_taken_in_at_the_counter(house, at_desk):
    client = at_desk("区长")
    assert "本地规则</a>" not in client.get("/office/receive/").content.decode().partition("<main")[2]
    assert client.get("/office/receive/?kind=local_page").status_code == 404
