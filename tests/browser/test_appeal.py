"""One appeal from the portal to a number in the report, and back from the number to the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from acting import check_access, open_matter, record
from playwright.sync_api import expect

from district import District

pytestmark = pytest.mark.browser
TEXT = "小区门口的路灯坏了三盏，晚上老人出行看不清路，已经半个月没有人来修。"


def lodge(page: Any) -> tuple[str, str]:
    page.goto("/")
    check_access(page)
    page.get_by_role("link", name="反映问题").last.click()
    check_access(page)
    page.get_by_label("发生了什么事").fill(TEXT)
    page.get_by_label("在哪里").fill("明月路12号")
    page.get_by_label("您的姓名或单位").fill("王小明")
    page.locator("[name=phone]").fill("13812345678")
    page.get_by_label("我同意").check()
    page.get_by_role("button", name="提交").click()
    number = page.locator("#query-number").inner_text()
    check_access(page)
    return number, page.locator("#query-code").inner_text()


def follow(page: Any, number: str, code: str) -> None:
    page.goto("/follow/")
    check_access(page)
    page.get_by_label("查询编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    page.get_by_role("heading", name="经过").wait_for()


def settle() -> None:
    """What the background jobs do: seal what was recorded and count it."""
    from fazhi.ledger.heavy import follow_sealed
    from fazhi.ledger.seal import seal_once

    seal_once("sealer")
    follow_sealed()


def test_from_the_portal_to_the_report_and_back(
    visitor: Callable[..., Any], at_desk: Callable[..., Any], district: District
) -> None:
    from fazhi.ledger import today
    from fazhi.people import holders

    for _ in range(6):
        district.receive("信访局", day=today())
    citizen = visitor(width=390, phone=True)
    number, code = lodge(citizen)
    matter = holders.matter_of(number)
    assert matter is not None
    follow(citizen, number, code)
    citizen.get_by_text("为什么是这一天").first.click()
    expect(citizen.locator(".ribbon-days .mark-due")).to_be_visible()
    check_access(citizen)

    office = at_desk("信访员")
    work(office, at_desk("城管员"), number)
    follow(citizen, number, code)
    expect(citizen.locator("main")).to_contain_text("三盏路灯已于今日修好。")
    citizen.get_by_label("很满意", exact=True).check()
    citizen.get_by_role("button", name="提交评价").click()
    citizen.get_by_text("评价已经记下").wait_for()
    check_access(citizen)

    publish(office, matter)
    citizen.goto("/gazette/")
    check_access(citizen)
    citizen.get_by_role("link", name="明月路路灯维修").click()
    citizen.wait_for_url("**/gazette/*/**")
    expect(citizen.locator("main")).not_to_contain_text("13812345678")
    check_access(citizen)

    settle()
    report_numbers(at_desk, citizen, str(matter))


def work(office: Any, handler: Any, number: str) -> None:
    """The office accepts and assigns, the handler answers."""
    check_access(office)
    office.get_by_label("搜事项、文号、人名").fill(number)
    office.keyboard.press("Enter")
    office.wait_for_url(lambda address: "/matters/?q=" in address)
    office.locator("a[data-open]").first.click()
    check_access(office)
    expect(office.locator("main")).to_contain_text("王××")
    record(office, "受理并书面告知", fill={"text": "已受理，七日内现场查看。"}, choose=("nature=claim",))
    record(office, "分派承办单位", fill={"unit": "城管局"})
    handler.reload()
    handler.get_by_role("link", name="办结").first.click()
    record(handler, "答复", fill={"text": "三盏路灯已于今日修好。"}, choose=("outcome=supported",))


def publish(office: Any, matter: UUID) -> None:
    """The answer delivered and made public, with a telephone number that must not be."""
    open_matter(office, matter)
    record(office, "信访人收到书面答复")
    answered = office.locator("#f-published-entry option", has_text="答复").first.get_attribute("value")
    text = {"title": "明月路路灯维修", "text": "三盏路灯已经修好，联系人13812345678。"}
    record(office, "公开", fill=text, choose=(f"entry={answered}",))


def report_numbers(at_desk: Callable[..., Any], citizen: Any, matter: str) -> None:
    """The number on the board, in the report, on the public page, and down to the record."""
    from fazhi.ledger import today

    secretary = at_desk("秘书")
    secretary.goto("/office/figures/")
    check_access(secretary)
    secretary.get_by_role("link", name="信访事项收到数").click()
    expect(secretary.locator(f'a[href="/office/matters/{matter}/"]')).to_have_count(1)
    check_access(secretary)

    secretary.goto("/office/reports/")
    check_access(secretary)
    secretary.get_by_label("报告年度").fill(str(today().year))
    secretary.get_by_role("button", name="启动编写").click()
    secretary.get_by_role("button", name="保存成稿").wait_for()
    for area in secretary.locator("aside textarea").all():
        area.fill("本年度依法履职，按要求推进。")
    secretary.get_by_role("button", name="保存成稿").click()
    secretary.get_by_text("待签发").first.wait_for()
    check_access(secretary)
    address = secretary.url

    mayor = at_desk("区长")
    mayor.goto(address)
    mayor.get_by_role("button", name="登记保密审查").click()
    explain = mayor.get_by_role("button", name="说明", exact=True)
    while explain.count():
        form = explain.first.locator("xpath=ancestor::form")
        form.locator("input[type=text], textarea").first.fill("示例文字从简。")
        explain.first.click()
        mayor.wait_for_load_state()
    mayor.get_by_role("button", name="签发").click()
    mayor.get_by_text("已签发").first.wait_for()
    secretary.goto(address)
    secretary.get_by_role("button", name="公开已签发的报告").click()
    secretary.get_by_text("已公开").first.wait_for()

    citizen.goto("/reports/")
    check_access(citizen)
    citizen.get_by_role("link", name="法治政府建设年度报告").click()
    check_access(citizen)
    shown = citizen.locator('a[data-reading="appeal_received"]').first
    expect(shown).to_have_text("7")
    shown.click()
    expect(citizen.locator(".tile-value")).to_contain_text("7")
    check_access(citizen)

    secretary.locator('a[data-reading="appeal_received"]').first.click()
    secretary.locator(f'a[href="/office/matters/{matter}/"]').click()
    expect(secretary.locator("h1")).to_contain_text("路灯")


def test_an_appeal_can_be_lodged_by_keyboard_alone(visitor: Callable[..., Any], district: District) -> None:
    page = visitor()
    page.goto("/lodge/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")

    def reach(name: str) -> None:
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == name:
                outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                assert outline == "solid"
                return
        raise AssertionError(f"{name} cannot be reached")

    reach("text")
    page.keyboard.type(TEXT)
    reach("place")
    page.keyboard.type("明月路12号")
    reach("consent")
    page.keyboard.press("Space")
    while not page.evaluate("document.activeElement.matches('.button-big')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#query-code")).not_to_be_empty()


def test_every_page_is_sound_in_the_dark_in_large_type_and_without_scripts(
    chromium: Any, visitor: Callable[..., Any], address: str, district: District
) -> None:
    page = visitor(width=390, theme="dark", phone=True)
    page.goto("/")
    page.get_by_role("button", name="大字", exact=True).click()
    for path in ("/", "/lodge/", "/follow/", "/gazette/", "/reports/", "/accessibility/", "/privacy/", "/help/"):
        page.goto(path)
        check_access(page)
    context = chromium.new_context(base_url=address, java_script_enabled=False, locale="zh-CN")
    plain = context.new_page()
    plain.goto("/lodge/")
    plain.locator("[name=text]").fill(TEXT)
    plain.locator("[name=consent]").check()
    plain.get_by_role("button", name="提交").click()
    expect(plain.locator("#query-code")).to_be_visible()
    plain.get_by_role("button", name="深色").click()
    context.close()
