"""In the office: the like is shown within rights, joined and parted from the page, and everyone answered at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hot_texts import MIXER, SAME

from district import District
from fazhi import ledger

AtDesk = Callable[..., Any]


def _page(client: Any, matter: Any) -> str:
    return str(client.get(f"/office/matters/{matter}/").content.decode())


def _facts(page: str) -> str:
    """The course of the matter: what is said there is read by people."""
    return page.partition("经过")[2].partition("现在可以做")[0]


def _post(client: Any, matter: Any, **typed: str) -> Any:
    seen = str(ledger.read(matter).head)
    return client.post(f"/office/matters/{matter}/joined/", typed | {"seen": seen, "key": f"{seen}{typed}"[:60]})


def test_while_registering_only_what_may_be_seen_is_shown(at_desk: AtDesk, district: District) -> None:
    done = district.receive("信访局", MIXER, day=ledger.today())
    typed = {"text": SAME}
    assert str(done.matter) in at_desk("信访员").post("/office/matters/near/", typed).content.decode()
    assert str(done.matter) not in at_desk("城管员").post("/office/matters/near/", typed).content.decode()


def test_joined_from_the_page_and_parted_again(at_desk: AtDesk, district: District) -> None:
    lead, other = (
        district.receive("信访局", MIXER, day=ledger.today()).matter,
        district.receive("信访局", SAME, day=ledger.today()).matter,
    )
    client = at_desk("信访员")
    assert "并入这一件" in _page(client, other)
    _post(client, other, lead=str(lead))
    assert str(ledger.read(lead).number) in _page(client, other) and str(lead) not in _facts(_page(client, other))
    assert "撤销合并" in _page(client, other) and "合并到本件的诉求" in _page(client, lead)
    _post(client, other, part="yes")
    assert "合并到本件的诉求" not in _page(client, lead) and "并入这一件" in _page(client, other)


def test_one_answer_reaches_everyone_who_joined(at_desk: AtDesk, district: District) -> None:
    lead = district.receive("信访局", MIXER, day=ledger.today()).matter
    others = [district.receive("信访局", SAME, day=ledger.today()).matter for _ in range(2)]
    client = at_desk("信访员")
    for one in others:
        _post(client, one, lead=str(lead))
    where = f"/office/matters/{lead}/joined/answer/"
    assert client.get(where).status_code == 404, "not before the lead is answered"
    district.record(lead, "answered", "信访局", day=ledger.today(), outcome="supported")
    assert where in _page(client, lead)
    empty = client.post(where, {"matter": [str(one) for one in others], "text": "", "key": "k"})
    assert empty.status_code == 422
    done = client.post(where, {"matter": [str(one) for one in others], "text": "搅拌站已停工。", "key": "k"})
    assert "已在 2 件里记入答复" in done.content.decode()
    assert all(ledger.read(one).horizon.closed for one in others)
