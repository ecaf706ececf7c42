"""Collecting on screen: asked at once, sent in, sent back, adopted; findings, secrecy review, official paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from district import District
from fazhi.ledger import today
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_once

AtDesk = Callable[..., Any]
WRITTEN = {
    "write-measures.1": "围绕群众来信推进法治政府建设，全部数字由业务记录汇总。",
    "write-shortcomings.1": "一是部分来信答复较晚，原因是人手不足。",
    "write-plan.1": "按季度公布工作进展。",
    "write-principals.1": "主要负责人定期听取汇报。",
    "write-others.1": "无。",
}


@pytest.fixture
def office(db: Any, district: District) -> District:
    district.clerk("编写", "区政府", "record", "lead", "approve", "publish")
    district.grant("编写", "区政府", secrecy=1)
    district.clerk("城管供稿", "城管局", "record")
    district.grant("城管供稿", "城管局", secrecy=1)
    for _ in range(6):
        district.receive("城管局", day=date(2025, 3, 3))
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    return district


def seen_on(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def post(client: Any, address: str, **values: Any) -> Any:
    seen = seen_on(client.get(address.rpartition("/")[0].rpartition("/")[0] + "/").content.decode())
    return client.post(address, {"seen": seen, "key": f"{address}{sorted(values.items())}", **values}, follow=True)


def test_a_part_is_asked_for_written_sent_back_and_adopted_into_the_report(office: District, at_desk: AtDesk) -> None:
    chief = at_desk("编写")
    report = chief.post("/office/reports/", {"year": "2025", "cutoff": "", "key": "b"})["Location"]
    due = (today() + timedelta(days=7)).isoformat()
    assert "请至少选一个单位" in post(chief, f"{report}collect/", due=due).content.decode()
    done = post(chief, f"{report}collect/", due=due, unit=[str(office.units["城管局"])]).content.decode()
    assert "已收 0 件，缺 1 件，逾期 0 件" in done
    part = "/office/reports/parts/" + done.partition("/office/reports/parts/")[2].partition('"')[0]

    writer = at_desk("城管供稿")
    page = writer.get(part).content.decode()
    assert "系统读数：6件" in page and "待报送" in page and "审定采用" not in page
    wrong = post(writer, f"{part}submit/", **{"text-disputes": "办理来信。", "figure-appeal_received": "六"})
    assert "请填数字" in wrong.content.decode() and "办理来信。" in wrong.content.decode()
    sent = post(writer, f"{part}submit/", **{"text-disputes": "办理来信。", "figure-appeal_received": "7"})
    assert "报送7件，系统读数6件" in sent.content.decode()

    assert "待审核" in chief.get(part).content.decode()
    back = post(chief, f"{part}back/", due=due, remark="请核对来信件数。").content.decode()
    assert "退回修改" in back
    assert "请核对来信件数。" in writer.get(part).content.decode()
    post(writer, f"{part}submit/", **{"text-disputes": "来信逐件登记办理。", "figure-appeal_received": "6"})
    assert "已采用" in post(chief, f"{part}adopt/").content.decode()
    page = chief.get(f"{report}?view=fresh").content.decode()
    assert "来信逐件登记办理。" in page


def test_a_draft_shows_its_findings_is_screened_and_printed(office: District, at_desk: AtDesk) -> None:
    chief = at_desk("编写")
    report = chief.post("/office/reports/", {"year": "2025", "cutoff": "", "key": "b"})["Location"]
    page = post(chief, f"{report}draft/", **WRITTEN).content.decode()
    assert "在下一年度安排中没有看到对应的措施" in page and "登记保密审查" in page
    finding = page.partition('name="finding" value="')[2].partition('"')[0]
    page = post(chief, f"{report}explain/", finding=finding, reason="上一年度没有编写报告。").content.decode()
    assert "上一年度没有编写报告。" in page
    drafted = page.partition('name="entry" value="')[2].partition('"')[0]
    page = post(chief, f"{report}screen/", entry=drafted, result="open").content.decode()
    assert "保密审查：可以公开" in page
    assert chief.get(f"{report}paper.pdf").content.startswith(b"%PDF")
    assert chief.get(f"{report}paper.docx").content.startswith(b"PK")
    assert chief.get(f"{report}paper.exe").status_code == 404


def test_who_is_asked_finds_the_form_and_no_act_goes_past_it(office: District, at_desk: AtDesk) -> None:
    chief, writer = at_desk("编写"), at_desk("城管供稿")
    report = chief.post("/office/reports/", {"year": "2025", "cutoff": "", "key": "b"})["Location"]
    due = (today() + timedelta(days=7)).isoformat()
    post(chief, f"{report}collect/", due=due, unit=[str(office.units["城管局"])])
    desk, listed = (writer.get(one).content.decode() for one in ("/office/", "/office/reports/"))
    part = "/office/reports/parts/" + listed.partition("/office/reports/parts/")[2].partition('"')[0]
    assert f'href="{part}"' in desk and "正在征集的供稿" in listed
    for client, address, kind in ((writer, part.replace("reports/parts", "matters"), "submitted"),
                                  (chief, report.replace("reports", "matters"), "signed")):  # fmt: skip
        page = client.get(address).content.decode()
        own = part if kind == "submitted" else report
        assert own in page and f'value="{kind}"' not in page
        told = client.post(
            f"{address}record/", {"kind": kind, "seen": seen_on(page), "key": kind, f"{kind}-entry": "1"}
        )
        assert told.status_code == 422 and "先核对、后记入" in told.content.decode()


def test_the_calendar_is_on_the_page_and_handing_up_waits_for_the_signature(office: District, at_desk: AtDesk) -> None:
    chief = at_desk("编写")
    report = chief.post("/office/reports/", {"year": "2025", "cutoff": "", "key": "b"})["Location"]
    page = chief.get(report).content.decode()
    assert "2月28日" in page or "2月29日" in page, "the last day before March, also in a leap year"
    assert "进度和期限" in page and "3月31日" in page and "登记报送" not in page
    assert "尚未签发，不能报送" in post(chief, f"{report}up/").content.decode()
