"""Registers in the office and on the portal: lists, lines, forms and tables, within rights and without."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from register_lines import enter

from district import District
from fazhi import ledger

BEGUN = date(2025, 1, 10)
Desk = Callable[..., Any]


def shops(district: District) -> list[Any]:
    return [
        enter(
            district, "prepaid_shop", "莲花街道", BEGUN, shop=f"商户{number}", grade=grade, balance=str(1000 * number)
        )
        for number, grade in enumerate(("red", "green", "yellow"))
    ]


def body(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_the_index_names_registers_by_group_with_the_lines_that_stand(district: District, at_desk: Desk) -> None:
    shops(district)
    page = body(at_desk("街道员").get("/office/registers/"))
    assert page.index("组织领导") < page.index("诉求与纠纷") < page.index("年度报告")
    assert 'href="/office/registers/prepaid_shop/">预付费商户排查</a>' in page
    assert "行政复议" not in page.split("</header>")[1].split("复议与应诉")[0]


def test_a_list_is_filtered_sorted_and_dated_by_its_address(district: District, at_desk: Desk) -> None:
    shops(district)
    client = at_desk("街道员")
    page = body(client.get("/office/registers/prepaid_shop/?order=balance&down=yes")).partition("<tbody>")[2]
    assert page.index("商户2") < page.index("商户1") < page.index("商户0")
    whole = body(client.get("/office/registers/prepaid_shop/?order=balance"))
    assert 'aria-sort="ascending"' in whole and "3 条" in whole
    red = body(client.get("/office/registers/prepaid_shop/?f-grade=red")).partition("<tbody>")[2]
    assert "商户0" in red and "商户1" not in red
    for written in ("2025-01-09", "2025年1月9日", "2025.1.9"):
        then = body(client.get("/office/registers/prepaid_shop/", {"on": written}))
        assert "没有符合的条目" in then and re.search("2025年1月9日<[^>]*>当天的名录", then), written
    assert "当天的名录" not in whole
    asked = body(client.get("/office/registers/prepaid_shop/", {"on": "去年冬天"}))
    assert "没认出“去年冬天”是哪一天" in asked and "没有符合的条目" not in asked
    assert "商户1" in body(client.get("/office/registers/prepaid_shop/?q=商户1"))
    assert client.get("/office/registers/prepaid_shop/?after=nonsense").status_code == 404


def test_lines_beyond_reach_are_not_there(district: District, at_desk: Desk) -> None:
    matter = shops(district)[0]
    other = at_desk("城管员")
    assert "商户" not in body(other.get("/office/registers/prepaid_shop/")).split('class="card card-flush"')[1]
    assert other.get(f"/office/registers/prepaid_shop/{matter}/").status_code == 404
    assert other.get(f"/office/registers/prepaid_shop/{matter}/change/").status_code == 404
    sheet = load_workbook(io.BytesIO(other.get("/office/registers/prepaid_shop/export.xlsx").content)).worksheets[0]
    assert sheet.max_row == 1


def test_a_line_shows_private_columns_to_those_who_keep_it_alone(district: District, at_desk: Desk) -> None:
    matter = enter(district, "mediator", "莲花街道", BEGUN, name="张三丰", phone="13812345678", day="2027-06-30")
    assert "13812345678" in body(at_desk("街道员").get(f"/office/registers/mediator/{matter}/"))
    look_only = district.clerk("督查员", "区政府", "supervise")
    assert look_only
    district.grant("督查员", "区政府", acts=False)
    shown = body(at_desk("督查员").get(f"/office/registers/mediator/{matter}/"))
    assert "张三丰" in shown and "13812345678" not in shown
    table = at_desk("督查员").get("/office/registers/mediator/export.csv").content.decode("utf-8-sig")
    assert "张三丰" in table and "13812345678" not in table
    assert "13812345678" in at_desk("街道员").get("/office/registers/mediator/export.csv").content.decode("utf-8-sig")


def test_a_line_is_entered_and_changed_through_forms(district: District, at_desk: Desk) -> None:
    client = at_desk("街道员")
    address = "/office/registers/duty_list/new/"
    assert "街道履职事项清单" in body(client.get(address))
    refused = client.post(address, {"class": "basic", "item": "", "on": "今天", "key": "a"})
    assert refused.status_code == 422 and "事项" in refused.content.decode()
    done = client.post(address, {"class": "basic", "item": "调解邻里纠纷", "on": "今天", "key": "a"})
    assert done.status_code == 302
    line = done["Location"]
    shown = body(client.get(line))
    assert "调解邻里纠纷" in shown and "基本履职" in shown
    form = body(client.get(f"{line}change/"))
    assert 'value="basic" checked' in form
    seen = ledger.read(UUID(line.split("/")[-2])).head
    sent = {"class": "recalled", "item": "调解邻里纠纷", "on": "今天", "seen": str(seen), "key": "b"}
    assert client.post(f"{line}change/", sent).status_code == 302
    assert "上级收回" in body(client.get(line))
    late = client.post(f"{line}change/", sent | {"key": "c"})
    assert late.status_code == 422


def test_a_table_is_checked_then_brought_in(district: District, at_desk: Desk) -> None:
    client = at_desk("街道员")
    book = load_workbook(io.BytesIO(client.get("/office/registers/delegated_power/template/").content))
    heading = [cell.value for cell in book.worksheets[0][1]]
    rows = [",".join(str(one) for one in heading)]
    said = {
        "职权编码*": "001",
        "职权名称*": "占道经营",
        "原实施部门*": "城管局",
        "依据*": "条例",
        "日期*": "2025-01-10",
    }
    rows.append(",".join(said.get(str(one), "") for one in heading))
    rows.append(",".join((said | {"职权编码*": ""}).get(str(one), "") for one in heading))

    def sent(button: str) -> Any:
        file = SimpleUploadedFile("表.csv", "\n".join(rows).encode("utf-8-sig"))
        return client.post("/office/registers/delegated_power/import/", {"table": file, button: "yes"})

    assert "可以导入 1 行，不能导入 1 行" in body(sent("check"))
    assert "没有“职权编码”" in body(sent("check"))
    assert "占道经营" not in body(client.get("/office/registers/delegated_power/"))
    assert "新登记 1 行" in body(sent("enter"))
    assert "此前已登记 1 行" in body(sent("enter"))
    assert "001" in body(client.get("/office/registers/delegated_power/"))


def test_anyone_reads_public_registers_and_no_other(district: District, client: Any) -> None:
    enter(
        district, "mediation_body", "莲花街道", BEGUN, name="莲花街道调委会", address="景田路1号", phone="0755-82345678"
    )
    shops(district)
    index = body(client.get("/registers/"))
    assert "调解组织" in index and "预付费商户" not in index
    listed = body(client.get("/registers/mediation_body/"))
    assert "莲花街道调委会" in listed and "景田路1号" in listed
    (line,) = re.findall(r'href="(/registers/mediation_body/[0-9a-f]{20}/)"', listed)
    shown = body(client.get(line))
    assert "0755-82345678" in shown and "历次变化" in shown
    assert "没有符合的条目" in body(client.get("/registers/mediation_body/?q=不存在的词"))
    assert "莲花街道调委会" in body(client.get("/registers/mediation_body/?q=莲花"))
    assert client.get("/registers/prepaid_shop/").status_code == 404
    assert client.get("/registers/mediation_body/00000000000000000000/").status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_register_opens_in_the_office(district: District, at_desk: Desk, language: str) -> None:
    client = at_desk("街道员")
    for name, pages in ledger.rulebook().procedures.items():
        if pages[-1].standing:
            page = body(client.get(f"/office/registers/{name}/", headers={"accept-language": language}))
            assert (pages[-1].title.en if language == "en" else pages[-1].title.zh) in page.replace("&#x27;", "'")
            assert client.get(f"/office/registers/{name}/new/").status_code == 200


def test_what_a_register_rests_on_is_shown_with_how_firmly(district: District, at_desk: Desk, client: Any) -> None:
    matter = enter(district, "duty_list", "莲花街道", BEGUN, item="调解邻里纠纷")
    office = at_desk("街道员")
    for page in (office.get("/office/registers/duty_list/"), office.get(f"/office/registers/duty_list/{matter}/")):
        assert "据转载" in body(page)
    assert "据转载" in body(client.get("/registers/duty_list/"))
    assert '<h1 class="matter-number" lang="zh-Hans">调解邻里纠纷</h1>' in body(page)
