"""Normative documents on a day: which were in force, what became of each and what changed; as feeds and tables."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from register_lines import enter

from district import District
from fazhi import desk, ledger
from fazhi.people.actors import machine
from fazhi.registers.follow import public_line

BEGUN = date(2024, 1, 10)
NAMED = {"number": "示府规〔2024〕1号", "name": "商铺门前秩序办法", "issuer": "示例区人民政府", "level": "district"}


def act(district: District, line: UUID, kind: str, day: date, /, **said: str) -> None:
    actor, head = machine(district.units["司法局"]), ledger.read(line).head
    desk.record(actor, line, kind, day=day, fields=said, seen=head, key=f"{kind}/{line}/{head}")


@pytest.fixture
def changed(district: District) -> UUID:
    """A document changed in 2024, kept by a clean-up in 2025, and still valid; beside one that expired in 2024."""
    line = enter(district, "document_in_force", "司法局", BEGUN, **NAMED, day="2030-12-31", text="第一条 保持整洁。")
    act(district, line, "changed", date(2024, 7, 1), text="第一条 保持门前整洁。")
    old = {"number": "示府规〔2020〕9号", "name": "旧办法", "issuer": "示例区城市管理局", "level": "department"}
    enter(district, "document_in_force", "司法局", BEGUN, **old, day="2024-12-31")
    said = {"campaign": "涉企清理", "number": NAMED["number"], "decision": "kept", "reason": "内部的理由"}
    enter(district, "document_cleanup", "司法局", date(2025, 2, 1), **said)
    return line


def body(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_on_each_day_those_in_force_are_listed(client: Any, changed: UUID) -> None:
    now = body(client, "/rules/")
    assert "商铺门前秩序办法" in now and "旧办法" not in now
    then = body(client, "/rules/?on=2024-06-30")
    assert "商铺门前秩序办法" in then and "旧办法" in then and "现已失效" in then and "有效期届满" in then
    assert "旧办法" not in body(client, "/rules/?on=2025-01-01")
    of_one = body(client, "/rules/?on=2024-06-30&issuer=示例区城市管理局")
    assert "旧办法" in of_one and "商铺门前秩序办法" not in of_one
    assert "没有找到" in body(client, "/rules/?on=2024-06-30&q=不存在的文件")
    assert "没认出" in body(client, "/rules/?on=某一天")


def test_one_document_tells_its_history_and_what_each_change_changed(client: Any, changed: UUID) -> None:
    address = f"/rules/{public_line(changed)}/"
    page = body(client, address)
    for told in ("列入现行有效文件", "修改", "正文有修改", "清理：继续有效", "涉企清理", "<ins>门前</ins>"):
        assert told in page, told
    assert "内部的理由" not in page
    then = body(client, f"{address}?on=2024-03-01").partition("正文</h2>")[2].partition("</section>")[0]
    assert "保持整洁" in then and "门前" not in then


def test_abolished_is_told_apart_from_expired(client: Any, district: District, changed: UUID) -> None:
    act(district, changed, "removed", date(2025, 3, 1))
    page = body(client, f"/rules/{public_line(changed)}/")
    assert "废止或者移出" in page and "不在有效期内" in page
    assert "商铺门前秩序办法" not in body(client, "/rules/")


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_feeds_tell_the_last_of_each_newest_first(client: Any, changed: UUID, form: str) -> None:
    told = body(client, f"/rules/feed.{form}")
    assert told.index("有效期届满：旧办法") < told.index("修改：商铺门前秩序办法")
    if form == "json":
        assert [one["date_published"][:10] for one in json.loads(told)["items"]] == ["2025-01-01", "2024-07-01"]


def test_the_table_is_what_the_page_lists(client: Any, changed: UUID) -> None:
    data = client.get("/rules/table.csv?on=2024-06-30").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data)))
    assert [row[1] for row in rows[1:]] == ["旧办法", "商铺门前秩序办法"]
    assert client.get("/rules/table.pdf").status_code == 404


def test_an_empty_list_says_what_will_be_there(client: Any, db: Any) -> None:
    assert "还没有公布现行有效的文件" in body(client, "/rules/")
    assert client.get("/rules/nothing/").status_code == 404
