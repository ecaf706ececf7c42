"""Lists of the office: kept as views, shared within a unit, taken along as tables under the same rights."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from register_lines import enter

from district import TODAY, District


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/office/", "bucket=later&unit=城管局"),
        ("/office/matters/", "state=open&unit=城管局"),
        ("/office/registers/campaign/", "q=整治"),
    ],
)
def test_a_view_of_any_list_is_kept_offered_there_and_dropped(
    at_desk: Any, district: District, path: str, query: str
) -> None:
    enter(district, "campaign", "城管局", TODAY)
    head, below, other = (at_desk(name) for name in ("区长", "社区员", "大队员"))
    page = head.get(f"{path}?{query}").content.decode()
    address = re.search(r'name="address" value="([^"]+)"', page)[1].replace("&amp;", "&")
    said = {"name": "我的看法", "address": address, "unit": "莲花街道"}
    assert head.post("/office/views/", said)["Location"] == address
    for client, offered in ((head, True), (below, True), (other, False)):
        assert ("我的看法" in client.get(path).content.decode()) is offered
    elsewhere = "/office/matters/" if path == "/office/" else "/office/"
    assert "我的看法" not in head.get(elsewhere).content.decode().replace("已保存", "")
    identity = re.search(r"/office/views/([0-9a-f-]{36})/drop/", head.get(path).content.decode())[1]
    assert other.post(f"/office/views/{identity}/drop/").status_code == 404
    assert head.post(f"/office/views/{identity}/drop/")["Location"] == path
    assert head.post("/office/views/", said | {"address": "/office/tokens/"}).status_code == 422


def test_the_desk_is_taken_along_as_it_is_narrowed(at_desk: Any, district: District) -> None:
    district.receive("城管局")
    client = at_desk("城管员")
    rows = list(csv.reader(io.StringIO(client.get("/office/tasks/as/csv/").content.decode("utf-8-sig"))))
    page = client.get("/office/").content.decode()
    assert len(rows) - 1 == page.count("<tr data-row>") > 0
    assert "烧烤店" in "".join(rows[1])
    assert client.get("/office/tasks/as/csv/?kind=appeal&bucket=waiting").content.decode("utf-8-sig").count("\n") == 1
    empty = list(csv.reader(io.StringIO(at_desk("大队员").get("/office/tasks/as/csv/").content.decode("utf-8-sig"))))
    assert len(empty) == 1
    assert client.get("/office/tasks/as/pdf/").status_code == 404


def test_the_desk_is_narrowed_to_a_unit_with_those_below_it(at_desk: Any, district: District) -> None:
    for unit in ("城管局", "信访局"):
        district.receive(unit)
    client = at_desk("区长")
    both, one = (client.get(f"/office/?{asked}").content.decode() for asked in ("", "unit=城管局"))
    assert both.count("<tr data-row>") > one.count("<tr data-row>") > 0
    assert "unit=%E5%9F%8E%E7%AE%A1%E5%B1%80" in one.partition('class="filters')[2].partition("</nav>")[0]
    table = client.get("/office/tasks/as/csv/?unit=城管局").content.decode("utf-8-sig")
    assert table.count("\n") - 1 == one.count("<tr data-row>") and "信访局" not in table
    assert "没有叫“乌有局”的单位" in client.get("/office/?unit=乌有局").content.decode()


def test_events_are_taken_along_as_the_board_lists_them(at_desk: Any, district: District) -> None:
    data = at_desk("区长").get("/office/hotspots/as/csv/").content.decode("utf-8-sig")
    assert data.splitlines()[0] == "名次,事件,件数,单位,最早,最近,走势"


def test_a_public_register_is_taken_along_as_its_list_is_narrowed(client: Any, district: District) -> None:
    for name in ("甲站", "乙站"):
        enter(district, "service_point", "司法局", TODAY, name=name, kind="legal", address="示例路")
    page = client.get("/registers/service_point/?f-name=甲").content.decode()
    href = re.search(r'href="([^"]+service_point\.csv[^"]*)"', page)[1].replace("&amp;", "&")
    told = client.get(href).content.decode("utf-8-sig")
    assert "甲站" in told and "乙站" not in told
    assert "乙站" in client.get("/data/registers/service_point.csv").content.decode("utf-8-sig")


def test_drafts_are_found_by_name_and_a_search_in_vain_says_what_to_do(client: Any, district: District) -> None:
    page = client.get("/drafts/?q=不存在的草案").content.decode()
    assert "没有找到" in page and "看全部" in page and "不存在的草案" in page
