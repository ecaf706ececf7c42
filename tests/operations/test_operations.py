"""Long work: asked for once, done meanwhile, told how far it is, had by its asker alone and while the rights last."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from following import offered, text_of

from fazhi import archive, desk
from fazhi.ledger import query, read, today
from fazhi.operations import keep, perform
from fazhi.operations.models import Operation as Row
from fazhi.operations.values import Absent, CannotDo, Outcome
from fazhi.people import deeds, parties, posts
from fazhi.reach import grants

DAY = timedelta(days=1)


def matters(district: Any, count: int = 5) -> list[UUID]:
    return [district.receive("城管局", f"第{number}盏路灯不亮").matter for number in range(count)]


def ask_in_browser(browser: Any, query: str = "") -> UUID:
    page = browser.get(f"/office/matters/as/csv/{query}")
    assert "在后台导出全部" in page.content.decode()
    form = {name: value.replace("&amp;", "&") for name, value in offered(page.content.decode()).items()}
    answer = browser.post("/office/operations/new/", form)
    assert answer.status_code == 302
    again = browser.post("/office/operations/new/", form)
    assert again["Location"] == answer["Location"], "a form sent twice asks for one work"
    return UUID(answer["Location"].split("/")[-2])


def test_a_short_list_comes_at_once_and_a_long_one_is_left_to_the_background(district, at_desk, short):
    browser = at_desk("督查员")
    matters(district, short)
    assert browser.get("/office/matters/as/csv/")["Content-Type"].startswith("text/csv")
    matters(district, 2)
    first = browser.get("/office/matters/as/csv/?first=yes").content.decode("utf-8-sig").splitlines()
    assert len(first) == 1 + short + 1 and "分几次导出" in first[-1]

    identity = ask_in_browser(browser, "?kind=appeal")
    waiting = text_of(browser, identity)
    assert "等待办理" in waiting and "hx-get" in waiting and '<meta http-equiv="refresh"' in waiting
    assert "后台任务1件在办" in waiting
    assert "后台程序现在没有运行" in waiting, "nobody has sealed anything: there is no jobs process"
    assert perform.carry_out() == 1 and perform.carry_out() == 0
    assert "后台任务1件有结果" in browser.get("/office/").content.decode()
    done = text_of(browser, identity)
    assert "已办好" in done and "共5行" in done and "hx-get" not in done
    assert "有结果" not in browser.get("/office/").content.decode()
    file = browser.get(f"/office/operations/{identity}/file/")
    rows = file.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 6 and "路灯" in rows[1]
    assert "attachment" in file["Content-Disposition"] and "sandbox" in file["Content-Security-Policy"]
    listed = browser.get("/office/operations/?q=CSV").content.decode()
    assert str(identity) in listed
    assert str(identity) not in browser.get("/office/operations/?q=PDF").content.decode()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("督查员", "tasks/as/csv/?bucket=ours"),
        ("督查员", "registers/mediator/export.csv"),
        ("审计", "audit/as/csv/"),
        ("审计", "looks/as/csv/"),
    ],
)
def test_every_long_list_is_the_same_in_the_background_as_at_once(district, at_desk, monkeypatch, who, address):
    from register_lines import enter

    from fazhi.web.office import exporting

    district.clerk("审计", "区政府", "audit")
    party, actor = parties.register("citizen", "张三"), district.actor("督查员", today())
    for number in range(3):
        district.receive("城管局", f"第{number}盏路灯不亮")
        enter(district, "mediator", "莲花街道", today() - DAY)
        deeds.note(actor, "switch", f"第{number}个账号")
        parties.reveal(party, actor, "核实")
    browser = at_desk(who)
    at_once = browser.get(f"/office/{address}").content
    monkeypatch.setattr(exporting, "MOST", 1)
    form = offered(browser.get(f"/office/{address}").content.decode())
    form["query"] = form["query"].replace("&amp;", "&")
    identity = UUID(browser.post("/office/operations/new/", form)["Location"].split("/")[-2])
    perform.carry_out()
    assert browser.get(f"/office/operations/{identity}/file/").content == at_once
    assert len(at_once.splitlines()) >= 4


def test_another_person_finds_neither_the_work_nor_its_file(district, at_desk, short):
    matters(district)
    owner, other = at_desk("督查员"), at_desk("区长")
    identity = ask_in_browser(owner)
    perform.carry_out()
    for tail in ("", "file/"):
        assert other.get(f"/office/operations/{identity}/{tail}").status_code == 404
    assert other.post(f"/office/operations/{identity}/cancel/").status_code == 404
    assert str(identity) not in other.get("/office/operations/").content.decode()
    stranger = other.post("/office/operations/new/", {"export": "audit", "form": "csv", "query": "", "of": ""})
    assert stranger.status_code == 404, "the audit log is taken along by auditors"


def _narrower(district: Any) -> None:
    given = query.fetch("default", "select id from reach_grant where post = %s", [district.posts["督查员"]])
    grants.end(given[0][0], day=today())


def _moved(district: Any) -> None:
    posts.leave(district.posts["督查员"], district.accounts["督查员"], day=today())


@pytest.mark.parametrize("lose", [_narrower, _moved])
def test_rights_lost_since_it_was_made_close_the_file_and_erase_it(district, at_desk, short, lose):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    perform.carry_out()
    file = Row.objects.get(pk=identity).file
    district.clerk("闲职", "区政府")
    posts.hold(district.posts["闲职"], district.accounts["督查员"], since=today())
    lose(district)
    session = browser.session
    session["fazhi.post"] = str(district.posts["闲职"] if lose is _moved else district.posts["督查员"])
    session.save()
    refused = browser.get(f"/office/operations/{identity}/file/")
    assert refused.status_code == 403 and "已经删除" in refused.content.decode()
    with pytest.raises(archive.Gone):
        archive.open(file)
    assert browser.get(f"/office/operations/{identity}/file/").status_code == 404
    assert "没有办成" in text_of(browser, identity)


def test_rights_lost_before_it_is_made_leave_nothing_of_it(district, at_desk, short):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    _narrower(district)
    perform.carry_out()
    rows = browser.get(f"/office/operations/{identity}/file/").content.decode("utf-8-sig").splitlines()
    assert len(rows) == 1, "the heading alone"


def test_a_matter_that_becomes_secret_closes_the_file(district, at_desk, short):
    district.clerk("科员", "城管局")
    district.grant("科员", "城管局")
    found = matters(district)
    browser = at_desk("科员")
    identity = ask_in_browser(browser)
    perform.carry_out()
    query.run("default", "update reach_row set secrecy = 2 where matter = %s", [found[2]])
    assert browser.get(f"/office/operations/{identity}/file/").status_code == 403


def test_an_erasure_takes_the_files_with_it_in_which_the_matter_stands(district, at_desk, short):
    party = parties.register("citizen", "张三丰", phone="13900001111")
    done = district.receive("城管局", "张三丰家门口的路灯", parties=(party,))
    district.clerk("清除员", "城管局", "record", "erase")
    district.grant("清除员", "城管局")
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    apart = ask_in_browser(browser, "?q=盏路灯")
    perform.carry_out()
    perform.carry_out()
    desk.erase(district.actor("清除员", today()), party=party, key="e")
    assert read(done.matter).body(1) is None
    assert "个人信息被依法清除" in text_of(browser, identity)
    assert browser.get(f"/office/operations/{apart}/file/").status_code == 200


def test_one_that_waits_is_cancelled_at_once_and_one_that_runs_at_its_next_step(district, at_desk, short, monkeypatch):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    browser.post(f"/office/operations/{identity}/cancel/")
    assert "已取消" in text_of(browser, identity) and perform.carry_out() == 0

    running = ask_in_browser(browser)
    monkeypatch.setattr(perform, "EVERY", 0)
    monkeypatch.setitem(perform._named, "export_matters", perform.Performer(_cancels(browser, running)))
    assert perform.carry_out() == 1
    assert "已取消" in text_of(browser, running)
    assert Row.objects.get(pk=running).file is None


def _cancels(browser: Any, identity: UUID) -> Any:
    def work(_actor: Any, _given: Any, progress: Any) -> Outcome:
        progress.told(3000, 12000)
        shown = text_of(browser, identity)
        assert "已完成 3,000 / 12,000" in shown and 'value="25"' in shown and "还要不到一分钟" in shown
        part = browser.get(f"/office/operations/{identity}/?said=0", headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part and 'hx-swap-oob="innerHTML">正在办理 已完成 3,000' in part
        same = browser.get(f"/office/operations/{identity}/?said=1", headers={"HX-Request": "true"}).content.decode()
        assert "hx-swap-oob" not in same, "who listens is told every quarter, not every two seconds"
        browser.post(f"/office/operations/{identity}/cancel/")
        assert "正在取消" in text_of(browser, identity)
        progress.told(3001, 12000)
        raise AssertionError("it went on")

    return work


def test_what_goes_wrong_is_told_without_a_word_of_what_was_worked_on(district, at_desk, short, monkeypatch, caplog):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    perform.performer("export_matters")

    def falls(*_: Any) -> Outcome:
        raise ValueError("张三丰 13900001111")

    monkeypatch.setitem(perform._named, "export_matters", perform.Performer(falls))
    perform.carry_out()
    told = text_of(browser, identity)
    assert "没有办成" in told and "ValueError" in told
    assert "13900001111" not in told + caplog.text


def test_a_work_cut_off_is_taken_up_again_and_told_as_failed_at_the_third_time(district, at_desk, short):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    cut_off = Row.objects.filter(pk=identity)
    for tries in (1, 2, 3):
        cut_off.update(state="running", tries=tries)
        if tries < 3:
            assert perform.carry_out() == 1
            assert cut_off.get().state == "done"
    perform.carry_out()
    assert "3次中断" in text_of(browser, identity)


def test_a_process_that_is_told_to_end_puts_its_work_back(district, at_desk, short):
    matters(district)
    identity = ask_in_browser(at_desk("督查员"))
    stop = Event()
    stop.set()
    perform.carry_out(stop)
    row = Row.objects.get(pk=identity)
    assert (row.state, row.tries, row.file) == ("waiting", 0, None)


def test_files_are_given_up_after_three_days_and_the_rest_after_a_month(district, at_desk, short):
    matters(district)
    browser = at_desk("督查员")
    identity = ask_in_browser(browser)
    perform.carry_out()
    row = Row.objects.get(pk=identity)
    assert row.expires is not None and row.ended is not None
    assert row.expires - row.ended == timedelta(days=3)
    Row.objects.filter(pk=identity).update(expires=timezone.now())
    assert "到期" in browser.get(f"/office/operations/{identity}/file/").content.decode()
    assert keep.forget_old() == 1
    with pytest.raises(archive.Gone):
        archive.open(row.file)
    assert "已经到期删除" in text_of(browser, identity)
    Row.objects.filter(pk=identity).update(ended=timezone.now() - timedelta(days=31))
    assert keep.forget_old() == 1 and not Row.objects.filter(pk=identity).exists()


def test_nobody_keeps_the_background_for_themselves(district):
    actor = district.actor("督查员", today())
    for number in range(keep.MOST):
        keep.ask(actor, "export_matters", "导出", {}, key=str(number))
    with pytest.raises(CannotDo, match="10件"):
        keep.ask(actor, "export_matters", "导出", {}, key="one more")


def test_what_is_asked_lies_sealed_in_the_database(district):
    actor = district.actor("督查员", today())
    identity = keep.ask(actor, "export_matters", "导出张三丰", {"query": "q=张三丰"}, key="k")
    ((kept,),) = query.fetch("default", "select row_to_json(o)::text from operations_operation o", [])
    assert "张三丰" not in kept and "张三丰".encode().hex() not in kept
    assert keep.find(actor.account, identity).given["query"] == "q=张三丰"
    with pytest.raises(Absent):
        keep.find(uuid4(), identity)
