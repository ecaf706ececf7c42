"""Reports by anyone on screen: read, marked, answered, compared; the portal keeps nothing of what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from district import District

TEXT = """示例区人民政府{year}年法治政府建设年度报告
一、主要举措和成效
（一）健全行政执法工作体系。全面推行行政执法公示制度，规范执法行为，加强执法监督和案卷评查。
（二）化解矛盾纠纷。全年受理行政复议案件{count}件，已审结202件，审结率85%。<script>alert(1)</script>
二、存在的不足和原因
一是行政执法规范化水平有待提升，原因是培训不够。
三、下一年度主要安排
加强行政执法培训，提升规范化水平。
示例区人民政府
{next}年1月10日
"""


def paper(year: int = 2023, count: int = 260) -> SimpleUploadedFile:
    text = TEXT.format(year=year, count=count, next=year + 1)
    return SimpleUploadedFile(f"报告{year}.txt", text.encode())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, db: Any) -> Iterator[Path]:
    from django.test import override_settings

    cache.clear()
    with override_settings(FAZHI_HOME=tmp_path):
        yield tmp_path


def files_in(home: Path) -> list[Path]:
    return [path for path in home.rglob("*") if path.is_file()]


def test_anyone_sees_what_does_not_add_up_and_nothing_is_kept(client: Any, district: District, home: Path) -> None:
    answer = client.post("/readings/", {"report": paper()})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "77.69%" in page and "自相矛盾" in page
    assert 'href="#finding-1"' in page and 'id="finding-1"' in page
    assert "no-store" in answer["Cache-Control"] and "default-src 'none'" in answer["Content-Security-Policy"]
    assert not files_in(home)


def test_pasted_text_is_read_as_well(client: Any, district: District) -> None:
    page = client.post("/readings/", {"text": TEXT.format(year=2023, count=260, next=2024)}).content.decode()
    assert "77.69%" in page


def test_what_the_report_says_never_runs(client: Any, district: District) -> None:
    assert "<script>alert" not in client.post("/readings/", {"report": paper()}).content.decode()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"PK\x03\x04broken", b"%PDF-1.7 broken"])
def test_what_cannot_be_read_is_said(client: Any, district: District, content: bytes) -> None:
    answer = client.post("/readings/", {"report": SimpleUploadedFile("坏文件", content)})
    assert answer.status_code == 422
    assert 'class="wrong"' in answer.content.decode()


def test_too_much_is_refused(client: Any, district: District) -> None:
    big = SimpleUploadedFile("大.txt", b"a" * 10_000_001)
    many = SimpleUploadedFile("表.txt", "，".join(f"受理案件{n}件" for n in range(4000)).encode())
    assert "10 MB" in client.post("/readings/", {"report": big}).content.decode()
    assert "三千个" in client.post("/readings/", {"report": many}).content.decode()


def test_too_often_is_refused(client: Any, district: District) -> None:
    codes = [client.post("/readings/", {"text": ""}).status_code for _ in range(31)]
    assert codes[0] == 422 and codes[-1] == 429


def test_the_library_is_for_officials(client: Any, district: District) -> None:
    for address in ("", "compare/", "0123456789abcdef/"):
        assert client.get(f"/office/reports/readings/{address}").status_code == 302


def test_an_official_keeps_a_report_and_answers_its_findings(at_desk: Any) -> None:
    client = at_desk("信访员")
    kept = client.post("/office/reports/readings/", {"report": paper()}, follow=True)
    address, page = kept.redirect_chain[-1][0], kept.content.decode()
    assert "77.69%" in page and "下载原件" in page
    name = page.split('name="finding" value="')[1].split('"')[0]
    client.post(f"{address}answer/", {"finding": name, "number": "1", "verdict": "answered", "text": "分母含上年结转"})
    assert "分母含上年结转" in client.get(address).content.decode()
    client.post(f"{address}answer/", {"finding": name, "number": "1", "verdict": "accepted"})
    assert "已采纳" in client.get(address).content.decode()
    original = client.get(f"{address}original/")
    assert original.content == TEXT.format(year=2023, count=260, next=2024).encode()
    assert original["Content-Disposition"].startswith("attachment")


def test_an_answer_without_words_is_none(at_desk: Any) -> None:
    client = at_desk("信访员")
    address = client.post("/office/reports/readings/", {"report": paper()}, follow=True).redirect_chain[-1][0]
    client.post(f"{address}answer/", {"finding": "abc", "number": "x", "verdict": "answered", "text": " "})
    assert "已说明" not in client.get(address).content.decode()


def test_two_years_stand_side_by_side_with_a_chart_and_a_workbook(at_desk: Any) -> None:
    client = at_desk("信访员")
    for one in (paper(2022, 200), paper(2023, 260)):
        client.post("/office/reports/readings/", {"report": one})
    listed = client.get("/office/reports/readings/").content.decode()
    found = [part.split('"')[0] for part in listed.split('name="id" value="')[1:]]
    assert len(found) == 2
    page = client.get("/office/reports/readings/compare/", {"id": found}).content.decode()
    assert "<svg" in page and "200件" in page and "260件" in page and "30.00%" in page
    sheet = client.get("/office/reports/readings/compare/", {"id": found, "as": "xlsx"})
    assert sheet.content.startswith(b"PK")


@pytest.mark.parametrize("identity", ["0123456789abcdef", "..", "%2e%2e", "0123"])
def test_what_is_not_kept_is_not_found(at_desk: Any, identity: str) -> None:
    assert at_desk("信访员").get(f"/office/reports/readings/{identity}/").status_code == 404
