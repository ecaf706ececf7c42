"""Long work on what people bring: tables, large reports and files of other systems, each whole and once."""

from __future__ import annotations

import re
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from following import text_of

from fazhi import archive
from fazhi.ledger import query, today
from fazhi.operations import perform
from fazhi.operations.models import Operation as Row
from fazhi.reach import grants


def table_of_powers(count: int) -> bytes:
    heading = "职权编码*,职权名称*,原实施部门*,依据*,日期*"
    rows = [f"{number:03},第{number}项职权,城管局,条例,2025-01-10" for number in range(1, count)]
    return "\n".join([heading, *rows, ",没有编码,城管局,条例,2025-01-10"]).encode("utf-8-sig")


def bring(browser: Any, table: bytes, button: str) -> Any:
    sent = {"table": SimpleUploadedFile("表.csv", table), button: "yes"}
    return browser.post("/office/registers/delegated_power/import/", sent)


def entered() -> int:
    ((count,),) = query.fetch("default", "select count(*) from ledger_matter where procedure = 'delegated_power'")
    return int(count)


def test_a_long_table_is_checked_and_brought_in_behind_and_goes_on_where_it_was_cut_off(district, at_desk, monkeypatch):
    from fazhi.web.office import register_tables

    monkeypatch.setattr(register_tables, "MOST_AT_ONCE", 3)
    browser = at_desk("街道员")
    checked = UUID(bring(browser, table_of_powers(5), "check")["Location"].split("/")[-2])
    perform.carry_out()
    told = text_of(browser, checked)
    assert "可以导入4行，不能导入1行" in told and "没有“职权编码”" in told
    assert entered() == 0

    identity = UUID(bring(browser, table_of_powers(5), "enter")["Location"].split("/")[-2])
    brought = Row.objects.get(pk=identity).brought
    stop = Event()
    monkeypatch.setattr(perform, "EVERY", 0)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(perform.Progress, "told", _ends_after(2, perform.Progress.told, stop))
        perform.carry_out(stop)
    assert Row.objects.get(pk=identity).state == "waiting" and entered() == 3
    perform.carry_out()
    told = text_of(browser, identity)
    assert "新登记1行，此前已登记3行，按编号变更0行，未导入1行" in told
    assert entered() == 4
    with pytest.raises(archive.Gone):
        archive.open(brought)


def test_a_table_that_is_cancelled_keeps_the_rows_that_are_in_and_says_how_many(district, at_desk, monkeypatch):
    from fazhi.web.office import register_tables

    monkeypatch.setattr(register_tables, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(perform, "EVERY", 0)
    browser = at_desk("街道员")
    identity = UUID(bring(browser, table_of_powers(6), "enter")["Location"].split("/")[-2])
    told = perform.Progress.told

    def cancelled(progress: perform.Progress, done: int, total: int | None = None) -> None:
        if done == 2:
            browser.post(f"/office/operations/{identity}/cancel/")
        told(progress, done, total)

    monkeypatch.setattr(perform.Progress, "told", cancelled)
    perform.carry_out()
    shown = text_of(browser, identity)
    assert "已取消" in shown and "已经办了2行" in shown
    assert entered() == 2


def _ends_after(rows: int, told: Any, stop: Event) -> Any:
    """Tells as before, and the process is told to end when so many rows are done."""

    def telling(progress: Any, done: int, total: int | None = None) -> None:
        told(progress, done, total)
        if done == rows:
            stop.set()

    return telling


def test_a_post_that_lost_the_right_brings_in_nothing(district, at_desk, monkeypatch):
    from fazhi.web.office import register_tables

    monkeypatch.setattr(register_tables, "MOST_AT_ONCE", 3)
    browser = at_desk("街道员")
    identity = UUID(bring(browser, table_of_powers(5), "enter")["Location"].split("/")[-2])
    given = query.fetch("default", "select id from reach_grant where post = %s", [district.posts["街道员"]])
    grants.end(given[0][0], day=today())
    perform.carry_out()
    assert "没有为本单位登记" in text_of(browser, identity)
    assert entered() == 0


def test_a_large_report_is_read_behind_and_the_same_one_is_kept_once(district, at_desk, monkeypatch, tmp_path):
    from fazhi.report.shelf import Shelf
    from fazhi.web.office import readings

    monkeypatch.setattr(readings, "LARGE", 10)
    monkeypatch.setattr(readings, "shelf", lambda: Shelf(tmp_path))
    browser, text = at_desk("督查员"), "某区2024年法治政府建设年度报告\n全年受理行政复议申请12件，办结12件。"

    def left(said: str) -> str:
        sent = SimpleUploadedFile("报告.txt", said.encode())
        identity = UUID(browser.post("/office/reports/readings/", {"report": sent})["Location"].split("/")[-2])
        perform.carry_out()
        return text_of(browser, identity)

    told = left(text)
    there = re.search(r'href="(/office/reports/readings/[0-9a-f]{16}/)"', told)
    assert "已收入报告库" in told and there
    assert "全年受理行政复议申请" in browser.get(there[1]).content.decode()
    assert "以前收过" in left(text)
    assert "贴上报告的文字" in left(" " * 40)


def test_a_long_file_of_another_system_is_taken_behind(district, at_desk, monkeypatch):
    from partner_files import hotline, order

    from fazhi.exchange import links
    from fazhi.web.office import exchange

    monkeypatch.setattr(exchange, "MOST_AT_ONCE", 1)
    links.link(links.page_of("hotline"), district.units["城管局"])
    browser = at_desk("城管员")
    file = SimpleUploadedFile("12345工单_20260302_1.txt", hotline([order("26030201"), order("26030202")]))
    answer = browser.post("/office/exchange/hotline/", {"verb": "take", "take": file})
    identity = UUID(answer["Location"].split("/")[-2])
    perform.carry_out()
    told = text_of(browser, identity)
    assert "已收下：登记 2 行" in told
    there = re.search(r'href="(/office/exchange/hotline/files/[0-9a-f-]{36}/)"', told)
    assert there and browser.get(there[1]).status_code == 200
