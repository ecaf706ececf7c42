"""In the office: the like is shown within rights, joined and parted from the page, and everyone answered at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hot_texts import MIXER, SAME

from district import District
from fazhi import desk, ledger
from fazhi.people import holders
from fazhi.people.actors import machine

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
    numbers = {one: ledger.read(one).number or holders.number_of(one) for one in (lead, other)}
    assert f'把本件并入 <span lang="zh-Hans">{numbers[lead]}' in _page(client, other)
    asked = _post(client, other, lead=str(lead)).content.decode()
    assert f"把本件（{numbers[other]}）并入 {numbers[lead]}" in asked and "撤销合并" not in _page(client, other)
    _post(client, other, lead=str(lead), sure="yes")
    assert f'<a href="/office/matters/{lead}/">{numbers[lead]}</a>' in _facts(_page(client, other))
    assert f"{numbers[other]} 并入本件" in _facts(_page(client, lead))
    assert "撤销合并" in _page(client, other) and "合并到本件的诉求" in _page(client, lead)
    _post(client, other, part="yes")
    assert "合并到本件的诉求" not in _page(client, lead) and "把本件并入" in _page(client, other)


def test_one_answer_reaches_everyone_who_joined(at_desk: AtDesk, district: District) -> None:
    lead = district.receive("信访局", MIXER, day=ledger.today()).matter
    others = [district.receive("信访局", SAME, day=ledger.today()).matter for _ in range(2)]
    client = at_desk("信访员")
    sent = {"matter": [str(one) for one in (*others, lead)], "kind": "merged_into", "lead": str(lead), "key": "m"}
    looked = client.post("/office/matters/together/", sent | {"step": "look"}).content.decode()
    assert "记入 2 件" in looked and f"并入 {ledger.read(lead).number or holders.number_of(lead)}。" in looked
    heads = {f"seen-{one}": ledger.read(one).head for one in others}
    client.post("/office/matters/together/", sent | heads | {"step": "do"})
    assert all(ledger.read(one).entries[-1].kind == "merged_into" for one in others)
    odd = client.post("/office/matters/together/", {"matter": [str(lead), str(district.receive("信访局").matter)]})
    assert odd.status_code == 200 and 'value="merged_into"' in odd.content.decode()
    where = f"/office/matters/{lead}/joined/answer/"
    assert client.get(where).status_code == 404, "not before the lead is answered"
    text = {"text": "已责令停工，电话13800138000。"}
    clerk, head = machine(district.units["信访局"]), ledger.read(lead).head
    desk.record(clerk, lead, "answered", fields={"outcome": "supported"}, body=text, seen=head, key="answered")
    assert where in _page(client, lead)
    offered = client.get(where).content.decode()
    assert "已责令停工" in offered and "13800138000" not in offered
    empty = client.post(where, {"matter": [str(one) for one in others], "text": "", "key": "k"})
    assert empty.status_code == 422
    done = client.post(where, {"matter": [str(one) for one in others], "text": "搅拌站已停工。", "key": "k"})
    told = done.content.decode()
    assert "已在 2 件里记入答复" in told and "群众在查进度页可见" in told and "已告知" not in told
    assert all(ledger.read(one).horizon.closed for one in others)
