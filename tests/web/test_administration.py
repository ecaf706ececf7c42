"""Administration: accounts, posts, rights and deputies, none of it for oneself, all of it in a log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from district import District
from fazhi import ledger
from fazhi.people import actors, deeds, parties, roll
from fazhi.reach import grants
from fazhi.reach.scope import scope_of

AtDesk = Callable[..., Any]
PEOPLE = "/office/people/"


@pytest.fixture
def house(district: District) -> District:
    district.clerk("管理员", "区政府", "grant")
    district.clerk("监督员", "区政府", "supervise")
    return district


def scope_today(district: District, name: str) -> Any:
    day = ledger.today()
    return scope_of(actors.actor_for(district.accounts[name], district.posts[name], day), day)


def test_only_the_post_that_grants_opens_the_page(at_desk: AtDesk, house: District) -> None:
    for name in ("信访员", "监督员", "区长"):
        assert at_desk(name).get(PEOPLE).status_code == 403
        assert at_desk(name).post(PEOPLE, {"verb": "open_account"}).status_code == 403
    page = at_desk("管理员").get(PEOPLE).content.decode()
    assert "信访局/信访员岗" in page and "查看当事人信息" in page


def test_someone_new_is_given_a_post_and_a_range_and_both_are_logged(at_desk: AtDesk, house: District) -> None:
    client = at_desk("管理员")
    weak = client.post(
        PEOPLE, {"verb": "open_account", "username": "new", "display": "新来的", "password": "12345678901"}
    )
    assert weak.status_code == 422 and "密码太简单" in weak.content.decode()
    opened = {"verb": "open_account", "username": "new", "display": "新来的", "password": "一个很长的口令-7391"}
    assert client.post(PEOPLE, opened).status_code == 302
    account = next(one.id for one in roll.accounts() if one.username == "new")
    made = {"verb": "create_post", "unit": "城管局", "title": "督办岗", "power-record": "yes"}
    assert client.post(PEOPLE, made).status_code == 302
    seat = next(one for one in roll.posts_on(ledger.today()) if one.title == "督办岗")
    assert seat.powers == ("record",)
    assert client.post(PEOPLE, {"verb": "hold", "account": str(account), "post": str(seat.id)}).status_code == 302
    given = {"verb": "give", "post": str(seat.id), "unit": "城管局", "secrecy": "0", "reason": "分工"}
    assert client.post(PEOPLE, given).status_code == 302
    matter = house.receive("城管局").matter
    day = ledger.today()
    assert scope_of(actors.actor_for(account, seat.id, day), day).may_see(matter)
    assert [line.verb for line in deeds.lately()] == ["give", "hold", "create_post", "open_account"]
    assert "7391" not in str(deeds.lately())
    log = at_desk("监督员").get("/office/looks/?sort=deeds").content.decode()
    assert "管理员" in log and "城管局/督办岗" in log


def test_nobody_widens_his_own_rights(at_desk: AtDesk, house: District) -> None:
    client, own = at_desk("管理员"), str(house.posts["管理员"])
    given = {"verb": "give", "post": own, "unit": "区政府", "secrecy": "2", "reason": "方便"}
    hold = {"verb": "hold", "account": str(house.accounts["管理员"]), "post": str(house.posts["区长"])}
    off = {"verb": "switch", "account": str(house.accounts["管理员"])}
    for typed in (given, hold, off):
        refused = client.post(PEOPLE, typed)
        assert refused.status_code == 422 and "另一位管理员" in refused.content.decode()
    assert deeds.lately() == ()
    assert not scope_today(house, "管理员").boxes


def test_a_switched_off_account_is_out_at_once(at_desk: AtDesk, house: District) -> None:
    clerk = at_desk("信访员")
    assert clerk.get("/office/").status_code == 200
    at_desk("管理员").post(PEOPLE, {"verb": "switch", "account": str(house.accounts["信访员"])})
    assert clerk.get("/office/")["Location"].startswith("/office/login/")


def test_a_deputy_stands_in_for_the_days_said_and_can_be_recalled(at_desk: AtDesk, house: District) -> None:
    matter = house.receive("城管局", day=ledger.today()).matter
    client = at_desk("城管员")
    last = ledger.today() + timedelta(days=4)
    typed = {"post": str(house.posts["街道员"]), "since": "今天", "until": last.isoformat(), "reason": "休假"}
    assert client.post("/office/leave/", typed | {"until": "昨天"}).status_code == 422
    assert client.post("/office/leave/", typed).status_code == 302
    assert scope_today(house, "街道员").may_see(matter)
    (line,) = [one for one in grants.given() if one.deputy_for == house.posts["城管员"]]
    assert line.until == last + timedelta(days=1)
    assert at_desk("大队员").post("/office/leave/", {"number": str(line.number)}).status_code == 200
    assert scope_today(house, "街道员").may_see(matter)
    client.post("/office/leave/", {"number": str(line.number)})
    assert not scope_today(house, "街道员").may_see(matter)


def test_who_looked_at_whom_is_told_to_supervisors_without_what_they_may_not_see(
    at_desk: AtDesk, house: District
) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = house.receive("信访局", parties=(party,)).matter
    at_desk("信访员").post(f"/office/matters/{matter}/reveal/", {"party": str(party), "purpose": "回访欧阳小明"})
    assert at_desk("城管员").get("/office/looks/").status_code == 403
    told = at_desk("监督员").get("/office/looks/").content.decode()
    assert "信访员" in told and "不在您查看范围内的事项" in told and "欧阳" not in told
    house.clerk("督查", "区政府", "supervise")
    house.grant("督查", "区政府", secrecy=1)
    within = at_desk("督查").get("/office/looks/").content.decode()
    assert "回访" in within and f"/office/matters/{matter}/" in within
