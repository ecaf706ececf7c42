"""What is public as files: feeds in three forms, tables, registers; masked, searchable, and gone once withdrawn."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from register_lines import enter

from district import District
from fazhi import desk, ledger
from fazhi.people.actors import machine

TEXT = "来电13812345678反映的路灯已经修好。"


def publish(district: District, title: str, text: str = TEXT, list: str = "信访答复") -> Callable[[], None]:
    """Publishes; the answer takes it back."""
    matter = district.receive("城管局").matter
    office = machine(district.units["城管局"])
    done = desk.publish(
        office, matter, 1, text, title=title, list=list, seen=ledger.read(matter).head, key=f"p{matter}"
    )
    return lambda: void(desk.unpublish(office, matter, done.seq, "内容有误", seen=done.seq, key=f"w{matter}"))


def void(_: object) -> None:
    return None


def titles(client: Any, form: str, asked: str = "") -> list[str]:
    """The titles of a feed in any of its forms."""
    answer = client.get(f"/gazette/feed.{form}{asked}")
    assert answer.status_code == 200
    if form == "json":
        return [item["title"] for item in json.loads(answer.content)["items"]]
    root = ElementTree.fromstring(answer.content)
    space = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{space}entry") if form == "atom" else root.findall("channel/item")
    return [one.findtext(f"{space}title" if form == "atom" else "title") or "" for one in entries]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_feed_tells_the_newest_masked_and_by_list_and_word(client: Any, district: District, form: str) -> None:
    publish(district, "路灯维修情况")
    publish(district, "餐饮油烟处理情况", "已经责令整改。", "执法公示")
    assert sorted(titles(client, form)) == ["路灯维修情况", "餐饮油烟处理情况"]
    assert titles(client, form, "?list=执法公示") == ["餐饮油烟处理情况"]
    assert titles(client, form, "?q=路灯") == ["路灯维修情况"]
    assert "13812345678" not in client.get(f"/gazette/feed.{form}").content.decode()
    types = {"atom": "application/atom+xml", "rss": "application/rss+xml", "json": "application/feed+json"}
    assert client.get(f"/gazette/feed.{form}")["Content-Type"].startswith(types[form])


def test_a_feed_of_another_form_there_is_not(client: Any, db: Any) -> None:
    assert client.get("/gazette/feed.pdf").status_code == 404
    assert client.get("/gazette/table.pdf").status_code == 404


def test_what_was_withdrawn_keeps_its_reason_and_is_in_no_table_or_search(client: Any, district: District) -> None:
    take_back = publish(district, "路灯维修情况")
    assert "路灯已经修好" in client.get("/gazette/table.csv").content.decode()
    take_back()
    for path in ("/gazette/table.csv", "/gazette/?q=路灯", "/gazette/feed.json?q=路灯"):
        assert "路灯已经修好" not in client.get(path).content.decode(), path
        assert "路灯维修情况" not in client.get(path).content.decode().replace('value="路灯"', ""), path
    assert "已撤回" in client.get("/gazette/feed.json").content.decode()


def test_the_gazette_is_searched_by_every_word_and_pages_keep_them(client: Any, district: District) -> None:
    for number in range(32):
        publish(district, f"第{number}号路灯维修", "明月路路灯已经修好。")
    publish(district, "油烟处理", "已经责令整改。")
    page = client.get("/gazette/?q=路灯 明月").content.decode()
    assert "油烟处理" not in page and "号路灯维修" in page
    address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "q=" in address and "号路灯维修" in client.get(address).content.decode()
    assert "没有找到" in client.get("/gazette/?q=不存在的词").content.decode()
    assert "没有找到" in client.get("/gazette/?q=%25").content.decode()


def test_a_table_cannot_act_as_a_formula(client: Any, district: District) -> None:
    publish(district, "=cmd()", "@SUM(1)")
    rows = list(csv.reader(io.StringIO(client.get("/gazette/table.csv").content.decode("utf-8-sig"))))
    assert rows[0][2] == "标题" and rows[1][2] == "'=cmd()" and rows[1][5] == "'@SUM(1)"


def test_a_list_of_a_year_is_a_file_of_its_own_with_the_same_masks(client: Any, district: District) -> None:
    publish(district, "罚款决定", list="行政处罚决定")
    withdraw = publish(district, "撤下的决定", list="行政处罚决定")
    publish(district, "路灯答复")
    withdraw()
    year = ledger.today().year
    asked = f"?list=行政处罚决定&year={year}"
    answer = client.get(f"/gazette/table.json{asked}")
    (item,) = answer.json()["items"]
    assert item["title"] == "罚款决定" and "13812345678" not in item["text"] and item["day"].startswith(str(year))
    assert f"-{year}-" in unquote(answer["Content-Disposition"]) and "行政处罚决定" in unquote(
        client.get(f"/gazette/table.xlsx{asked}")["Content-Disposition"]
    )
    assert client.get(f"/gazette/table.json?list=行政处罚决定&year={year - 1}").json()["items"] == []
    page = client.get("/gazette/", {"list": "行政处罚决定", "year": year}).content.decode()
    assert "罚款决定" in page and "路灯答复" not in page and f"{year}年" in page
    assert f"year={year}" in client.get("/data/").content.decode()


def test_public_registers_are_files_and_private_ones_are_none(client: Any, district: District) -> None:
    day = date(2025, 1, 10)
    enter(district, "service_point", "莲花街道", day, name="莲花服务站", kind="legal", address="莲花路1号")
    page = client.get("/data/").content.decode()
    assert "/data/registers/service_point.csv" in page and "openapi.json" in page
    told = client.get("/data/registers/service_point.json").json()
    (line,) = told["lines"]
    assert line["data"]["name"] == "莲花服务站" and line["unit"] == "莲花街道"
    assert client.get(line["address"].partition("testserver")[2]).status_code == 200
    rows = list(csv.reader(io.StringIO(client.get("/data/registers/service_point.csv").content.decode("utf-8-sig"))))
    assert "莲花服务站" in rows[1] and len(rows) == 2
    for wrong in ("prepaid_shop.csv", "nothing.csv", "service_point.pdf"):
        assert client.get(f"/data/registers/{wrong}").status_code == 404
