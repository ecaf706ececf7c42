"""Figures in the office: trends, units compared, exports, views, alerts and closed years, each by right."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from district import District
from fazhi import ledger
from fazhi.dashboard import alerts
from fazhi.indicators.models import Counted
from fazhi.operations.perform import carry_out

AtDesk = Callable[..., Any]
YEAR = ledger.today().year
TITLE = "信访事项收到数"


@pytest.fixture
def counted(district: District) -> District:
    """Five appeals of this year and two of the last at 城管局, one of this year at 莲花街道."""
    text = "insert into ledger_cursor (follower, position) values ('indicators', 1000) on conflict do nothing"
    ledger.query.run("default", text)
    for name, day, many in (
        ("城管局", date(YEAR, 1, 5), 5), ("城管局", date(YEAR - 1, 1, 5), 2), ("莲花街道", date(YEAR, 1, 6), 1),
    ):  # fmt: skip
        for _ in range(many):
            for item, kind in (("fact", "received"), ("matter", "matter")):
                Counted.objects.create(
                    matter=uuid4(), ref=f"{item} {kind}", from_position=1, procedure="appeal", item=item, name=kind,
                    unit=district.units[name], handler=district.units[name], day=day,
                )  # fmt: skip
    return district


def read(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode()[:500])
    return str(answer.content.decode())


def table(client: Any, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_figure_shows_its_months_its_years_and_its_units(counted: District, at_desk: AtDesk) -> None:
    shown = read(at_desk("区长"), "/office/figures/appeal_received/")
    assert shown.count('<svg class="chart"') == 2 and "近12个月" in shown and "近5年" in shown
    assert f"<td>{YEAR - 1}</td>" in shown and "各单位比较" in shown and "莲花街道" in shown
    narrow = read(at_desk("街道员"), "/office/figures/appeal_received/")
    assert "各单位比较" not in narrow and f"unit={counted.units['城管局']}" not in narrow


def test_one_unit_is_chosen_by_name_and_none_that_may_not_be_seen(counted: District, at_desk: AtDesk) -> None:
    board = read(at_desk("区长"), "/office/figures/?unit=莲花街道")
    tile = board.split("/office/figures/appeal_received/")[1][:400]
    assert ">1<" in tile and str(counted.units["莲花街道"]) in tile
    assert "没有您能查看的单位" in read(at_desk("街道员"), "/office/figures/?unit=城管局")


def test_tables_go_along_under_the_same_rights_and_compute_nothing(counted: District, at_desk: AtDesk) -> None:
    rows = table(at_desk("区长"), "/office/figures/appeal_received/units/as/csv/")
    told = {row[0]: row for row in rows[1:]}
    assert told["城管局"][2] == "5" and told["城管局"][-2:] == ["2", "2"]
    below = table(at_desk("街道员"), "/office/figures/appeal_received/units/as/csv/")
    assert "城管局" not in {row[0] for row in below}
    whole = table(at_desk("区长"), f"/office/figures/as/csv/?year={YEAR}")
    assert {len(row) for row in whole} == {10} and whole[0][0] == "指标"
    assert [row[1] for row in whole if row[0] == TITLE] == ["6"]
    assert [row[1] for row in table(at_desk("街道员"), "/office/figures/as/csv/") if row[0] == TITLE] == ["1"]
    assert [row[1] for row in table(at_desk("区长"), "/office/figures/appeal_change/years/as/csv/")][-1] == "200"
    book = openpyxl.load_workbook(io.BytesIO(at_desk("区长").get("/office/figures/as/xlsx/").content))
    assert book.active.max_row > 40  # type: ignore[union-attr]
    assert at_desk("区长").get("/office/figures/as/pdf/").status_code == 404
    assert at_desk("区长").get("/office/figures/appeal_received/weeks/as/csv/").status_code == 404


def test_a_view_is_kept_shared_and_dropped(counted: District, at_desk: AtDesk) -> None:
    head, street = at_desk("区长"), at_desk("社区员")
    address = "/office/figures/appeal_received/?year=2025"
    said = {"name": "街道信访", "address": address, "unit": "莲花街道"}
    assert head.post("/office/views/", said)["Location"] == address
    assert address in read(street, "/office/figures/") and "删去" not in read(street, "/office/figures/")
    assert address not in read(at_desk("城管员"), "/office/figures/")
    for wrong in ({"address": "https://example.org/"}, {"unit": "没有的局"}, {"name": " "}):
        assert head.post("/office/views/", said | wrong).status_code == 422
    identity = read(head, "/office/figures/").split("/office/views/")[1].split("/")[0]
    assert street.post(f"/office/views/{identity}/drop/").status_code == 404
    assert head.post(f"/office/views/{identity}/drop/").status_code == 302
    assert address not in read(street, "/office/figures/")


def test_an_alert_is_set_and_why_it_was_raised_is_told_with_the_task(counted: District, at_desk: AtDesk) -> None:
    said = {"unit": "区政府", "rule": "above", "bound": "3", "owner": "信访局", "days": "30"}
    base = "/office/figures/appeal_received/"
    assert at_desk("城管员").post(f"{base}alert/", said).status_code == 403
    head = at_desk("区长")
    assert head.post(f"{base}alert/", said | {"bound": "很多"}).status_code == 422
    assert "还没有触发" in read(head, base) or head.post(f"{base}alert/", said).status_code == 302
    assert "还没有触发" in read(head, base)
    assert alerts.check_all() == 1
    for address in (base, "/office/figures/", "/office/figures/alerts/"):
        shown = read(head, address)
        assert "本年累计高于3件" in shown and "6件" in shown and "/office/registers/supervision_task/" in shown
    task = read(head, base).split("/office/registers/supervision_task/")[1].split("/")[0]
    assert "核查并整改" in read(head, f"/office/registers/supervision_task/{task}/")
    assert "本年累计高于" not in read(at_desk("街道员"), base)
    line = alerts.alerts_for(counted.actor("区长"), counted.scope("区长"))[0]
    assert at_desk("街道员").post(f"/office/figures/alerts/{line.id}/end/").status_code == 404
    assert head.post(f"/office/figures/alerts/{line.id}/end/").status_code == 302
    assert "本年累计高于" not in read(head, "/office/figures/alerts/")


def test_a_year_is_closed_in_the_office_and_corrections_stand_beside_it(counted: District, at_desk: AtDesk) -> None:
    head = at_desk("区长")
    said = {"unit": "城管局", "year": str(YEAR - 1), "key": "year"}
    assert head.post("/office/figures/years/", said | {"year": str(YEAR)}).status_code == 422
    work = head.post("/office/figures/years/", said)["Location"]
    assert work.startswith("/office/operations/") and "等待办理" in read(head, work)
    assert carry_out() == 1
    closed = str(re.search(r'href="(/office/figures/years/[^"]+)" id="operation-there"', read(head, work))[1])
    assert head.post("/office/figures/years/", said | {"key": "again"}).status_code == 422
    shown = read(head, closed)
    assert "年结以后没有变化" in shown and "每个数字都与定格时相同" in shown
    Counted.objects.create(
        matter=uuid4(), ref="fact received", from_position=1500, procedure="appeal", item="fact", name="received",
        unit=counted.units["城管局"], handler=counted.units["城管局"], day=date(YEAR - 1, 3, 1),
    )  # fmt: skip
    ledger.query.run("default", "update ledger_cursor set position = 2000 where follower = 'indicators'")
    later = read(head, closed)
    row = later.split("?figure=appeal_received")[1][:600]
    assert "2件" in row and "3件" in row and "每个数字都与定格时相同" in later
    assert "不在您的权限之内" in read(head, f"{closed}?figure=appeal_received")  # the matter is nobody's
    rows = {one[0]: one for one in table(head, f"{closed}as/csv/")}
    assert rows[TITLE][2:4] == ["2", "3"]
    found, none = (read(head, f"{closed}?show=all&q={words}") for words in (TITLE, "查无此事"))
    assert "?figure=appeal_received" in found and "没有这样的指标" in none and "?figure=" not in none
    sums = [
        re.findall(r"<td>(?:<a[^>]*>)?([^<]+)", read(head, f"{closed}?show=all&sort=title{way}"))
        for way in ("", "&down=yes")
    ]
    assert sums[0] != sums[1] and sums[0]
    assert "2" in read(head, "/office/figures/years/") and "没有这样的年结" in read(
        head, "/office/figures/years/?q=查无此事"
    )
    assert at_desk("街道员").get(closed).status_code == 404
    assert "办理年结" not in read(at_desk("城管员"), "/office/figures/years/")
    assert at_desk("城管员").post("/office/figures/years/", said).status_code == 422
    assert head.post(f"{closed}void/", {"reason": "有误", "seen": "1", "key": "v"}).status_code == 302
    assert "已作废" in read(head, "/office/figures/years/")
    assert head.get(f"/office/figures/years/{uuid4()}/").status_code == 404
