"""A letter with one click, what it lacks asked for, the paper on screen, the guides; two widths, two languages."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2
import pytest
from acting import check_access
from playwright.sync_api import expect

from district import District

pytestmark = pytest.mark.browser
NAME = "赵小满"


def received(district: District) -> UUID:
    """An appeal that was accepted, about one person."""
    from fazhi import desk, ledger
    from fazhi.ledger import today
    from fazhi.people import parties

    person = parties.register("citizen", NAME, "13800138000")
    actor = district.actor("信访员", today())
    body = {"title": "楼道灯不亮", "text": "三单元楼道灯坏了两周，请修。"}
    done = desk.receive(
        actor, "appeal", day=today(), fields={"channel": "web"}, body=body, parties=(person,), key="letters"
    )
    head = ledger.read(done.matter).head
    desk.record(actor, done.matter, "accepted", fields={}, seen=head, key="accepted")
    desk.record(actor, done.matter, "answered", fields={"outcome": "supported"}, seen=head + 1, key="answered")
    return done.matter


def in_language(page: Any, code: str) -> None:
    if code == "en":
        page.context.add_cookies([{"name": "fazhi_language", "value": "en", "url": page.url}])


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_a_letter_is_made_read_and_taken_along(
    at_desk: Callable[..., Any], district: District, tmp_path: Path, width: int, code: str
) -> None:
    matter = received(district)
    page = at_desk("信访员", width=width, theme="light" if code == "zh" else "dark")
    page.goto(f"/office/matters/{matter}/")
    in_language(page, code)
    page.goto(f"/office/matters/{matter}/")
    assert page.locator("html").get_attribute("lang") == ("en" if code == "en" else "zh-Hans")
    check_access(page)
    page.screenshot(path=tmp_path / "matter.png", full_page=True)
    card = page.locator("#letters")
    card.locator("li", has=page.locator("form[action*='%E5%8F%97%E7%90%86']")).locator("button").first.click()
    page.wait_for_url("**/letters/*/")
    expect(page.locator(".paper")).to_contain_text(NAME)
    check_access(page)
    page.screenshot(path=tmp_path / "kept.png", full_page=True)
    with page.expect_download() as taken:
        page.get_by_role("link", name="DOCX").click()
    assert taken.value.suggested_filename == "受理告知书.docx"

    page.goto(f"/office/matters/{matter}/")
    opinion = page.locator("#letters li", has=page.locator("form[action*='%E5%A4%84%E7%90%86%E6%84%8F%E8%A7%81']"))
    opinion.locator("button").first.click()
    page.locator(".gaps li").first.wait_for()
    expect(page.locator(".paper")).to_contain_text("【待补：")
    check_access(page)
    page.screenshot(path=tmp_path / "gaps.png", full_page=True)
    page.locator("textarea").first.fill("路灯由街道办修复。")
    page.locator("form .button-main").first.click()
    page.wait_for_url("**/letters/*/")
    expect(page.locator(".paper")).to_contain_text("路灯由街道办修复。")
    check_printed(page)

    page.goto(f"/office/matters/{matter}/whole/")
    check_access(page)
    page.locator("[name=purpose]").fill("归档")
    with page.expect_download() as bound:
        page.locator("form .button-main").click()
    pdf = pypdfium2.PdfDocument(Path(bound.value.path()).read_bytes())
    assert len(pdf) >= 6


def check_printed(page: Any) -> None:
    """On paper stands the letter alone."""
    page.emulate_media(media="print")
    shown = page.pdf(format="A4")
    page.emulate_media(media="screen")
    text = "".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(io.BytesIO(shown)))
    assert "路灯由街道办修复" in text.replace("\r\n", "")
    assert "DOCX" not in text


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1440])
def test_the_guides_are_read(visitor: Callable[..., Any], tmp_path: Path, width: int, code: str) -> None:
    page = visitor(width=width, theme="dark" if code == "zh" else "light")
    page.goto("/guides/")
    in_language(page, code)
    page.goto("/guides/")
    assert page.locator("html").get_attribute("lang") == ("en" if code == "en" else "zh-Hans")
    check_access(page)
    page.screenshot(path=tmp_path / "guides.png")
    page.locator("a[href='/guides/reconsideration/']").click()
    page.locator("details:has(svg.states) > summary").click()
    page.locator("svg.states").wait_for()
    check_access(page)
    page.screenshot(path=tmp_path / "guide.png")
    box = page.locator("svg.states").bounding_box()
    assert box is not None
    assert box["width"] >= 300
    page.goto("/guides/power_item/")
    check_access(page)
