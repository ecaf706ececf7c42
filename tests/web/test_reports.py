"""Reports at the desk: of the government whoever drafts, told apart by level, and finished once they are public."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from district import District
from fazhi.indicators.models import Counted
from fazhi.ledger import query, read
from fazhi.ledger.heavy import as_of, follow_sealed
from fazhi.ledger.seal import seal_once
from fazhi.operations.perform import Progress, carry_out
from fazhi.report import counting
from fazhi.report.gather import compose_report
from fazhi.report.publish import draft, publish
from reporting import sign_off

AtDesk = Callable[..., Any]
WRITTEN = {
    "plan.1": "明年逐月公布办理情况。",
    "shortcomings.1": "部分事项答复较晚。",
    "principals.1": "定期听取汇报。",
    "others.1": "无。",
}

WRITTEN_AS_TYPED = {f"write-{place}": text for place, text in WRITTEN.items()}


@pytest.fixture
def office(db: Any, district: District) -> District:
    """An office of the rule of law, with rights over itself alone."""
    from fazhi.people import units

    district.units["依法治区办"] = units.found(
        "依法治区办", parent=district.units["区政府"], since=date(2010, 1, 1), kind="office"
    )
    district.clerk("办公室", "依法治区办", "record", "lead", "publish")
    district.grant("办公室", "依法治区办", secrecy=1)
    for _ in range(6):
        district.receive("城管局", day=date(2025, 3, 3))
    district.receive("城管局", day=date(2024, 3, 3))
    with db("fazhi_sealer"):
        seal_once("sealer")
    follow_sealed()
    return district


def begin(client: Any, year: int = 2025) -> str:
    response = client.post("/office/reports/", {"year": str(year), "cutoff": "", "key": f"begin-{year}"})
    assert response.status_code == 302
    return str(response["Location"])


def test_the_office_drafts_for_the_district_and_counts_the_district(office: District, at_desk: AtDesk) -> None:
    client = at_desk("办公室")
    assert "区政府（由依法治区办起草）" in client.get("/office/reports/").content.decode()
    page = client.get(begin(client)).content.decode()
    assert "区政府2025年法治政府建设年度报告（本级政府）" in page
    assert "依法治区办2025年法治政府建设年度报告（司法行政部门）" in page
    assert page.count('data-reading="appeal_received">6</a>') == 1 and "点数字看由来" in page


def test_a_bureau_reports_its_own_work_only(office: District, at_desk: AtDesk) -> None:
    office.grant("城管员", "城管局", secrecy=1)
    client = at_desk("城管员")
    page = client.get(begin(client) + "?outline=district").content.decode()
    assert "城管局2025年法治政府建设年度报告" in page and "（本级政府）" not in page


def test_a_report_of_noughts_is_not_kept(office: District, at_desk: AtDesk) -> None:
    client = at_desk("办公室")
    address = begin(client, 2019)
    assert "全部数字都是0" in client.get(address).content.decode()
    kept = client.post(f"{address}draft/", {"seen": "1", "key": "d", "write-plan.1": "明年全面推行。"})
    assert kept.status_code == 422 and "明年全面推行。" in kept.content.decode()


def test_what_is_written_for_it_is_kept_and_offered_back_to_its_writer_alone(office: District, at_desk: AtDesk) -> None:
    client = at_desk("办公室")
    address = begin(client)
    page = client.get(address).content.decode()
    form = re.search(r'name="draft_form" value="([^"]+)"', page)[1]
    begun = {"draft_form": form, "draft_back": address, "outline": "district", "write-plan.1": "逐月公布，还没写完"}
    assert client.post("/office/drafts/keep/", begun)["Location"] == address
    page = client.get(address).content.decode()
    assert "写的还没有提交" in page and "还没写完" not in page
    assert "还没写完" in client.get(re.search(r'href="([^"]+)">接着写', page)[1]).content.decode()
    assert client.post(f"{address}draft/", WRITTEN_AS_TYPED | {"seen": "1", "key": "d"}).status_code == 302
    assert "写的还没有提交" not in client.get(address).content.decode()


def test_of_a_large_district_the_figures_are_counted_behind_and_stand_until_counted_anew(
    office: District, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MANY", 0)
    shares: list[tuple[int, int | None]] = []
    tells = Progress.told

    def told(progress: Progress, done: int, total: int | None = None) -> None:
        shares.append((done, total))
        tells(progress, done, total)

    monkeypatch.setattr(Progress, "told", told)
    client = at_desk("办公室")
    address = begin(client)

    def count(key: str) -> str:
        assert client.post(f"{address}count/", {"key": key})["Location"].startswith("/office/operations/")
        assert carry_out() == 1
        return str(client.get(address).content.decode())

    page = client.get(address).content.decode()
    assert "数字还没有计" in page and "开始计数" in page and "data-reading" not in page
    refused = client.post(f"{address}draft/", WRITTEN_AS_TYPED | {"seen": "1", "key": "d"})
    assert refused.status_code == 422
    assert "请先计数" in refused.content.decode() and WRITTEN["plan.1"] in refused.content.decode()
    page = count("first")
    assert page.count('data-reading="appeal_received">6</a>') == 1 and "数字计到" in page and "此后又有" not in page
    assert len(shares) > 1 and shares == sorted(shares) and shares[0][0] == 0 < shares[-1][0] < (shares[-1][1] or 0)
    _one_more(office)
    page = client.get(address).content.decode()
    assert page.count('data-reading="appeal_received">6</a>') == 1 and "此后又有 2 条记录" in page
    assert count("second").count('data-reading="appeal_received">7</a>') == 1
    assert client.post(f"{address}draft/", WRITTEN_AS_TYPED | {"seen": "1", "key": "d"}).status_code == 302
    assert at_desk("街道员").post(f"{address}count/", {"key": "x"}).status_code == 404


def _one_more(office: District) -> None:
    """One appeal of that year, two records later."""
    position, unit = as_of("indicators") + 2, office.units["城管局"]
    Counted.objects.create(
        matter=uuid4(), ref="fact received", from_position=position, procedure="appeal", item="fact", name="received",
        unit=unit, handler=unit, day=date(2025, 3, 4),
    )  # fmt: skip
    query.run("default", "update ledger_cursor set position = %s where follower = 'indicators'", [position])


def test_a_public_report_bears_its_title_and_is_drafted_no_further(office: District, at_desk: AtDesk) -> None:
    from uuid import UUID

    from django.test import Client

    office.clerk("主任", "依法治区办", "record", "lead", "publish")
    office.grant("主任", "依法治区办", secrecy=1)
    client = at_desk("办公室")
    address = begin(client)
    matter = UUID(address.rstrip("/").rpartition("/")[2])
    drafter, head = office.actor("办公室"), office.actor("主任")
    report = compose_report("district", office.units["依法治区办"], 2025, written=WRITTEN | {"plan.1": "测试"})
    drafted = draft(drafter, matter, report, seen=read(matter).head, key="d")
    before = client.get(address).content.decode()
    assert "写得很少" in before and "保存成稿" in before
    signed = sign_off(drafter, head, matter, report, drafted.seq)
    publish(head, matter, seen=signed.seq, key="p")
    after = client.get(address).content.decode()
    assert "保存成稿" not in after.replace("保存成稿后", "") and "签发第" not in after
    home = Client().get("/").content.decode()
    assert "区政府2025年法治政府建设年度报告" in home and "形成报告稿" not in home


def test_a_change_stands_beside_both_years(office: District, at_desk: AtDesk) -> None:
    board = at_desk("信访员").get("/office/figures/?year=2025").content.decode()
    assert "本期6" in board and "上年同期1" in board and "6 ÷ 1" not in board
