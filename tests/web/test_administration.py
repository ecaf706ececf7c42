"""Administration: accounts, posts, rights and deputies, none of it for oneself, all of it in a log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection

from district import District
from fazhi import desk, ledger
from fazhi.jobs.reminding import gather
from fazhi.people import actors, deeds, nominations, parties, posts, roll
from fazhi.reach import grants
from fazhi.reach.scope import scope_of

AtDesk = Callable[..., Any]
PEOPLE = "/office/people/"
WEEK = timedelta(days=7)


@pytest.fixture
def house(district: District) -> District:
    district.clerk("系统员", "区政府", "administer")
    district.clerk("安全员", "区政府", "grant")
    district.clerk("审计员", "区政府", "audit")
    district.clerk("监督员", "区政府", "supervise")
    return district


def scope_today(district: District, name: str) -> Any:
    day = ledger.today()
    return scope_of(actors.actor_for(district.accounts[name], district.posts[name], day), day)


def said(answer: Any) -> str:
    return unescape(re.sub(r"<[^>]*>", "", answer.content.decode()))


def test_only_the_two_who_manage_open_the_page_and_each_has_acts_of_its_own(at_desk: AtDesk, house: District) -> None:
    for name in ("信访员", "监督员", "区长", "审计员"):
        assert at_desk(name).get(PEOPLE).status_code == 403
        assert at_desk(name).post(PEOPLE, {"verb": "open_account"}).status_code == 403
    system, security = at_desk("系统员"), at_desk("安全员")
    assert "信访局/信访员岗" in said(system.get(PEOPLE)) and "查看当事人信息" in said(security.get(PEOPLE))
    for client, verb in ((system, "powers"), (system, "give"), (system, "password"), (system, "confirm"),
                         (security, "open_account"), (security, "hold"), (security, "create_post")):  # fmt: skip
        refused = client.post(PEOPLE, {"verb": verb})
        assert refused.status_code == 403 and "三员分立" in said(refused), verb
    assert deeds.lately() == ()


def test_it_takes_two_to_put_someone_into_powers_and_the_third_reads_how(at_desk: AtDesk, house: District) -> None:
    system, security = at_desk("系统员"), at_desk("安全员")
    assert system.post(PEOPLE, {"verb": "open_account", "username": "new", "display": "新来的"}).status_code == 302
    account = next(one.id for one in roll.accounts() if one.username == "new")
    assert system.post(PEOPLE, {"verb": "create_post", "unit": "城管局", "title": "督办岗"}).status_code == 302
    seat = next(one for one in roll.posts_on(ledger.today()) if one.title == "督办岗")
    assert seat.powers == () and "未设密码" in said(system.get(PEOPLE))
    weak = {"verb": "password", "account": str(account), "password": "12345678901"}
    refused = security.post(PEOPLE, weak)
    assert refused.status_code == 422 and "密码太简单" in said(refused)
    assert security.post(PEOPLE, weak | {"password": "一个很长的口令-7391"}).status_code == 302
    post = {"post": str(seat.id)}
    assert security.post(PEOPLE, {"verb": "powers", "power-record": "yes", **post}).status_code == 302
    held = security.get(PEOPLE, {"verb": "powers", **post}).content.decode()
    assert re.findall(r'name="power-(\w+)"[^>]* checked', held) == ["record"], "what the post has now is ticked"
    assert 'name="power-' not in security.get(PEOPLE).content.decode(), "no empty boxes that would take it away"
    assert system.post(PEOPLE, {"verb": "hold", "account": str(account), **post}).status_code == 302
    assert not actors.actors_of(account, ledger.today()), "it waits for the second administrator"
    (asked,) = nominations.waiting()
    assert "下一步：由安全管理员确认" in (told := said(system.get(PEOPLE))) and "待安全管理员确认" in told
    assert security.post(PEOPLE, {"verb": "confirm", "number": str(asked.number)}).status_code == 302
    given = {"verb": "give", **post, "unit": "城管局", "secrecy": "0", "reason": "分工"}
    assert security.post(PEOPLE, given).status_code == 302
    matter = house.receive("城管局").matter
    day = ledger.today()
    assert scope_of(actors.actor_for(account, seat.id, day), day).may_see(matter)
    done = ["give", "confirm", "hold", "powers", "password", "create_post", "open_account"]
    assert [line.verb for line in deeds.lately()] == done
    assert "7391" not in str(deeds.lately())
    log = said(at_desk("审计员").get("/office/audit/?q=督办岗"))
    assert "城管局/督办岗" in log and "无职权" in log and "办理" in log and "初始" not in log
    assert "7 条前后相连" in said(at_desk("审计员").get("/office/audit/"))
    table = at_desk("审计员").get("/office/audit/as/csv/?verb=powers").content.decode("utf-8-sig")
    assert len(table.splitlines()) == 2 and "sm3:" in table


def test_nobody_is_two_of_the_three_nor_one_of_them_and_something_else(at_desk: AtDesk, house: District) -> None:
    day = ledger.today()
    for powers in (["administer", "grant"], ["audit", "record"], ["wall", "record"]):
        with pytest.raises(posts.BadSeat, match="兼有其他职权"):
            posts.create(house.units["区政府"], "合一岗", powers, since=day)
    for person, post, why in (
        ("系统员", "安全员", "系统管理员和安全管理员不能由同一人担任"),
        ("审计员", "城管员", "不能同时担任业务岗位"),
        ("城管员", "审计员", "不能同时担任业务岗位"),
    ):
        with pytest.raises(posts.BadSeat, match=why):
            posts.hold(house.posts[post], house.accounts[person], since=day)
    with pytest.raises(posts.BadSeat, match="不能同时担任业务岗位"):
        other = posts.create(house.units["区政府"], "空岗", (), since=day)
        posts.hold(other, house.accounts["城管员"], since=day)
        posts.change_powers(other, ["audit"], day=day)
    with pytest.raises(grants.BadGrant, match="不能由他人代理"):
        grants.deputise(for_post=house.posts["安全员"], post=house.posts["城管员"], since=day, until=day + WEEK)
    for to in ({"post": house.posts["系统员"]}, {"account": house.accounts["系统员"]}):
        with pytest.raises(grants.BadGrant, match="不能授予查看"):
            grants.give(unit=house.units["区政府"], since=day, **to)
        with pytest.raises(grants.BadGrant, match="不能授予查看"):
            grants.deputise(for_post=house.posts["城管员"], since=day, until=day + WEEK, **to)


def test_nobody_widens_his_own_rights(at_desk: AtDesk, house: District) -> None:
    own, me = str(house.posts["安全员"]), str(house.accounts["安全员"])
    security, system = at_desk("安全员"), at_desk("系统员")
    given = {"verb": "give", "post": own, "unit": "区政府", "secrecy": "2", "reason": "方便"}
    powers = {"verb": "powers", "post": own, "power-record": "yes"}
    for client, typed in ((security, given), (security, powers),
                          (system, {"verb": "switch", "account": str(house.accounts["系统员"])})):  # fmt: skip
        refused = client.post(PEOPLE, typed)
        assert refused.status_code == 422 and "另一位管理员" in said(refused)
    assert security.post(PEOPLE, {"verb": "password", "account": me, "password": "青山绿水-2027"}).status_code == 422
    assert deeds.lately() == ()


def test_a_log_that_was_changed_or_cut_is_found_out(house: District, db: Any) -> None:
    for number in range(3):
        deeds.note(house.actor("系统员", ledger.today()), "switch", f"第{number}人", before="启用", after="停用")
    whole, last = deeds.verify(), deeds.lately()[0]
    assert (whole.rows, whole.broken) == (3, None) and whole.last == last.digest
    middle = deeds.lately()[1].number
    with db("fazhi_owner"), connection.cursor() as cursor:
        cursor.execute("alter table people_deed disable trigger user")
        cursor.execute("update people_deed set after = '启用' where id = %s", [middle])
        assert deeds.verify().broken == middle
        cursor.execute("update people_deed set after = '停用' where id = %s", [middle])
        cursor.execute("delete from people_deed where id = %s", [last.number])
        cursor.execute("alter table people_deed enable trigger user")
    assert deeds.verify().broken is None, "a cut tail is not seen without what was kept"
    assert deeds.verify((last.number, last.digest)).broken == last.number


def test_a_switched_off_account_is_out_at_once(at_desk: AtDesk, house: District) -> None:
    clerk = at_desk("信访员")
    assert clerk.get("/office/").status_code == 200
    at_desk("系统员").post(PEOPLE, {"verb": "switch", "account": str(house.accounts["信访员"])})
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


def test_a_deputy_has_the_powers_of_the_post_for_its_days_and_the_record_says_so(
    at_desk: AtDesk, house: District
) -> None:
    day = ledger.today()
    house.clerk("科长", "城管局", "approve", "lead", "publish", "erase")
    house.grant("科长", "城管局", secrecy=1)
    house.clerk("副科长", "城管局", "record")
    matter = house.receive("城管局", day=day).matter
    page, act = f"/office/matters/{matter}/", f"/office/matters/{matter}/record/"
    head, deputy = at_desk("科长"), at_desk("街道员")
    typed = {"post": str(house.posts["街道员"]), "since": "今天", "until": day.isoformat(), "reason": "休假"}
    offered = said(head.get("/office/leave/"))
    assert (
        "行使您岗位的职权：机构负责人审批、机关负责人审批、公开" in offered and "不随代理转交：清除个人信息" in offered
    )
    told = said(head.post("/office/leave/", typed, follow=True))
    assert "街道员岗（街道员）" in told and "（含当天）" in told
    note = said(deputy.get("/office/"))
    assert "您正代理“城管局/科长岗（科长）”" in note and "机构负责人审批" in note

    house.grant("副科长", "城管局")
    seen = ledger.read(matter).head
    at_desk("副科长").post(act, {"kind": "approval_asked", "text": "请批准延长", "seen": seen, "key": "a1"})
    assert f'href="{page}' in deputy.get("/office/?bucket=approve").content.decode()
    assert 'value="approved"' in deputy.get(page).content.decode() and "noted" not in deputy.get(page).content.decode()
    deputy.post(act, {"kind": "approved", "text": "同意", "seen": seen + 1, "key": "a2"})
    line = ledger.read(matter).entries[-1]
    assert (line.kind, line.post, line.account) == ("approved", house.posts["科长"], house.accounts["街道员"])
    assert line.fields["deputy"] == str(house.posts["街道员"]) and line.unit == house.units["城管局"]
    assert "代 科长岗 · 城管局（代理人：街道员岗）" in said(deputy.get(page))
    house.clerk("窗口员", "城管局", "record")
    house.grant("窗口员", "城管局")
    grants.deputise(
        for_post=house.posts["窗口员"], post=house.posts["街道员"], since=day, until=day + timedelta(days=1)
    )
    opened = desk.receive(
        house.actor("街道员", day),
        "appeal",
        day=day,
        fields={"channel": "web"},
        body={"text": "路灯不亮"},
        unit=house.units["城管局"],
        key="d1",
    ).matter
    first = ledger.read(opened).entries[0]
    assert (first.post, first.fields["deputy"]) == (house.posts["窗口员"], str(house.posts["街道员"]))
    assert "代 窗口员岗 · 城管局（代理人：街道员岗）" in said(deputy.get(f"/office/matters/{opened}/"))
    assert gather() == 3 and "代理“科长岗”" in said(deputy.get("/office/reminders/"))
    assert not scope_of(house.actor("街道员", day), day + timedelta(days=1)).lent


def test_nobody_approves_what_he_sent_up_himself_even_as_a_deputy(at_desk: AtDesk, house: District) -> None:
    day = ledger.today()
    house.clerk("科长", "城管局", "approve", "lead")
    house.grant("科长", "城管局")
    grants.deputise(
        for_post=house.posts["科长"], post=house.posts["城管员"], since=day, until=day + WEEK, reason="休假"
    )
    matter = house.receive("城管局", day=day).matter
    house.record(matter, "accepted", "城管局", day=day, nature="claim")
    act, seen = f"/office/matters/{matter}/record/", ledger.read(matter).head
    clerk = at_desk("城管员")
    clerk.post(act, {"kind": "approval_asked", "text": "请批准", "seen": seen, "key": "b1"})
    line = ledger.read(matter).entries[-1]
    assert line.post == house.posts["城管员"] and "deputy" not in line.fields
    refused = clerk.post(act, {"kind": "approved", "text": "同意", "seen": seen + 1, "key": "b2"})
    assert refused.status_code == 409 and "不能是同一人" in said(refused)
    typed = {"kind": "extended", "on": "今天", "lasts": "30日", "text": "案情复杂", "seen": seen + 1, "key": "b4"}
    refused = clerk.post(act, typed)
    assert refused.status_code == 409 and "这一件由您经办" in said(refused), "nor does he do at once what he asked for"
    assert ledger.read(matter).head == seen + 1
    at_desk("科长").post(act, {"kind": "approved", "text": "同意", "seen": seen + 1, "key": "b3"})
    assert ledger.read(matter).entries[-1].kind == "approved"


def test_who_looked_at_whom_is_told_to_supervisors_without_what_they_may_not_see(
    at_desk: AtDesk, house: District
) -> None:
    party = parties.register("citizen", "欧阳小明", "13812345678")
    matter = house.receive("信访局", parties=(party,)).matter
    at_desk("信访员").post(f"/office/matters/{matter}/reveal/", {"party": str(party), "purpose": "回访欧阳小明"})
    assert at_desk("城管员").get("/office/looks/").status_code == 403
    audited = said(at_desk("审计员").get("/office/looks/"))
    assert "信访员" in audited and "回访" in audited and "欧阳小明" not in audited and str(matter) not in audited
    told = at_desk("监督员").get("/office/looks/").content.decode()
    assert "信访员" in told and "不在您查看范围内的事项" in told and "欧阳" not in told
    house.clerk("督查", "区政府", "supervise")
    house.grant("督查", "区政府", secrecy=1)
    within = at_desk("督查").get("/office/looks/").content.decode()
    assert "回访" in within and f"/office/matters/{matter}/" in within
