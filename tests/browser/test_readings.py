"""A report dropped on a page: marked, listed, answered; at two widths, in two languages, without complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from acting import check_access

pytestmark = pytest.mark.browser

TEXT = """示例区人民政府2023年法治政府建设年度报告
一、主要举措和成效
（一）健全行政执法工作体系。全面推行行政执法公示制度，规范执法行为，加强执法监督和案卷评查。
（二）化解矛盾纠纷。全年受理行政复议案件260件，已审结202件，审结率85%，协助接回约220余名人员。
二、存在的不足和原因
一是行政执法规范化水平有待提升，原因是培训不够。
三、下一年度主要安排
加强行政执法培训，提升规范化水平。
示例区人民政府
2024年1月10日
"""
PAPER = {"name": "报告.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[None]:
    from django.test import override_settings

    with override_settings(FAZHI_HOME=tmp_path):
        yield


@pytest.mark.parametrize("width", [390, 1440])
def test_anyone_drops_a_file_and_opens_the_arithmetic(visitor: Callable[..., Any], width: int) -> None:
    page = visitor(width=width, phone=width < 500)
    page.goto("/readings/")
    check_access(page)
    page.set_input_files("input[type=file]", PAPER)
    page.get_by_role("button", name="核对").click()
    page.wait_for_selector("#finding-1")
    check_access(page)
    page.locator("a.flaw-inconsistent").first.click()
    assert page.url.endswith("#finding-1")
    page.locator("#finding-1 summary").first.click()
    assert "77.69%" in page.inner_text("#finding-1")


def test_an_official_answers_a_finding_and_compares(at_desk: Callable[..., Any]) -> None:
    page = at_desk("信访员")
    earlier = PAPER | {"name": "上年.txt", "buffer": TEXT.replace("2023", "2022").replace("2024", "2023").encode()}
    for paper in (earlier, PAPER):
        page.goto("/office/reports/readings/")
        page.set_input_files("input[type=file]", paper)
        page.get_by_role("button", name="收入并核对").click()
        page.wait_for_selector("#finding-1")
    check_access(page)
    page.locator("#finding-1 summary").last.click()
    page.fill("#finding-1 textarea", "分母含上年结转")
    page.locator("#finding-1 button[value=answered]").click()
    page.wait_for_selector(".flaw-answer")
    assert "分母含上年结转" in page.inner_text("#finding-1")
    page.goto("/office/reports/readings/")
    check_access(page)
    for box in page.locator("input[name=id]").all():
        box.check()
    page.get_by_role("button", name="比较选中的报告").click()
    page.wait_for_selector(".chart svg")
    check_access(page)
