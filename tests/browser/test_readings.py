"""A report dropped on a page: marked, listed, answered; at two widths, in two languages, without complaint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from acting import check_access
from report_paper import PAPER, TEXT

pytestmark = pytest.mark.browser


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
