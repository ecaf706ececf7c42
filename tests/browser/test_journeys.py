"""What people come for, from the first page to the end: each journey by the person who makes it, on one running sample.

Every page passed is held to WCAG 2.2 AA, to a window of 320 px and to 200 % zoom on the way."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from acting import opened, record
from journey import check_page, find
from playwright.sync_api import expect
from town import Town, number_in

pytestmark = pytest.mark.browser
TEXT = "便民服务点门口的台阶松了，昨天有老人绊倒，请派人来修。"


def lodge(page: Any) -> tuple[str, str]:
    """Number and code of what is written into the form that stands open."""
    page.get_by_label("发生了什么事").fill(TEXT)
    page.get_by_label("您的姓名或单位").fill("柳小满")
    page.locator("[name=phone]").fill("13700001234")
    page.get_by_label("我同意按上面的说明").check()
    page.get_by_role("button", name="提交", exact=True).click()
    return page.locator("#query-number").inner_text(), page.locator("#query-code").inner_text()


def follow(page: Any, number: str, code: str) -> None:
    page.goto(f"/follow/?number={number}")
    page.locator("[name=code]").fill(code)
    page.locator("main form button").first.click()
    page.locator(".course").first.wait_for()


def test_a_citizen_by_phone_from_the_code_on_the_wall_to_the_rating_and_the_clerks_day(here: Town) -> None:
    keeper = here.official("chen")
    keeper.goto("/office/registers/service_point/")
    keeper.locator("a[data-open]").first.click()
    keeper.get_by_role("link", name="张贴用二维码").click()
    check_page(keeper)
    form = urlsplit(keeper.get_by_role("link", name="打开这个表单看看").get_attribute("href") or "").path
    citizen = here.visitor(width=390)
    citizen.goto(form)
    assert citizen.get_by_label("在哪里").input_value(), "the form knows the place"
    check_page(citizen)
    number, code = lodge(citizen)
    check_page(citizen)

    clerk = here.official("xu")
    find(clerk, number)
    check_page(clerk)
    record(clerk, "受理并书面告知", fill={"text": "已受理，今天派人查看。"}, choose=("nature=claim",))
    record(clerk, "分派承办单位", fill={"unit": "示例区城市管理局"})
    handler = here.official("peng")
    find(handler, number)
    record(handler, "答复", fill={"text": "台阶已经加固，护栏已经装上。"}, choose=("outcome=supported",))
    clerk.reload()
    letter = clerk.locator("#letters li", has_text="处理意见").first
    letter.get_by_role("button", name="制作").click()
    clerk.wait_for_url("**/letter*/**")
    expect(clerk.locator(".paper")).to_contain_text("台阶已经加固")
    check_page(clerk)

    follow(citizen, number, code)
    expect(citizen.locator("main")).to_contain_text("台阶已经加固")
    citizen.get_by_label("很满意", exact=True).check()
    citizen.get_by_role("button", name="提交评价").click()
    citizen.get_by_text("评价已经记下").wait_for()
    check_page(citizen)


def test_a_leader_sends_an_extension_back_with_a_remark_then_approves_it_and_publishes(here: Town) -> None:
    clerk, leader = here.official("he"), here.official("su")
    clerk.get_by_role("link", name="作出决定").nth(2).click()
    clerk.wait_for_url("**/matters/*/**")
    address = clerk.url.split("?")[0]
    record(clerk, "认定案情重大、疑难、复杂")
    wanted = "wanted=批准延长并书面告知当事人"
    record(clerk, "送审", fill={"text": "请批准延长。"}, choose=(wanted, "post=示例区司法局行政复议科/复议科科长"))
    leader.reload()
    leader.get_by_role("link", name="待我审批").click()
    leader.wait_for_load_state()
    leader.get_by_role("link", name="审批", exact=True).click()
    check_page(leader)
    record(leader, "不同意", fill={"text": "请写明延长多久。"})
    clerk.goto(address)
    expect(clerk.locator("main")).to_contain_text("请写明延长多久。")
    record(clerk, "送审", fill={"text": "请批准延长三十日。"}, choose=(wanted,))
    leader.goto("/office/?bucket=approve")
    leader.get_by_role("link", name="审批", exact=True).click()
    record(leader, "批准", fill={"text": "同意。"})
    leader.get_by_text("期限没有变").wait_for()
    expect(leader.locator(".acts > li").first).to_contain_text("批准延长")
    record(leader, "批准延长", fill={"lasts": "30天"})
    assert "审批" not in leader.locator("main .tag-open").all_inner_texts()
    record(leader, "作出行政复议决定", fill={"text": "维持。"}, choose=("outcome=upheld",))
    decided = leader.locator("#f-published-entry option", has_text="作出行政复议决定").first.get_attribute("value")
    text = {"title": "一件行政复议决定", "text": "维持原行政行为，申请人柳小满。"}
    record(leader, "公开", fill=text, choose=(f"entry={decided}",))
    citizen = here.visitor()
    citizen.goto("/gazette/?q=一件行政复议决定")
    citizen.get_by_role("link", name="一件行政复议决定").first.click()
    check_page(citizen)


def test_an_administrator_adds_a_unit_and_a_rule_that_another_adopts(here: Town) -> None:
    admin, security = here.official("admin"), here.official("security")
    admin.goto("/office/units/")
    admin.get_by_role("link", name="设立新单位").click()
    admin.get_by_label("上级单位").fill("区人民政府")
    admin.get_by_label("新单位的名称").fill("示例区数据监管中心")
    admin.get_by_role("button", name="看会发生什么").click()
    admin.get_by_role("button", name="确认调整").click()
    admin.get_by_text("机构调整已记录").wait_for()
    expect(admin.get_by_role("table", name="今天的单位")).to_contain_text("示例区数据监管中心")
    check_page(admin)

    admin.goto("/office/rules/")
    admin.locator("[name=what]").select_option("procedures/hotline")
    admin.locator("[name=day]").fill("今天")
    rule = 'overlays = "hotline"\n\n[clocks.handle]\nterm = "5 working days"\nsource = "《示例区工单办理规范》第四条"\n'
    admin.locator("textarea[name=text]").fill(rule + 'status = "CONVENTION"\n')
    admin.get_by_role("button", name="检查，看会改变什么").click()
    admin.get_by_text("5个工作日").first.wait_for()
    check_page(admin)
    admin.get_by_role("button", name="提出，交另一人审定").click()
    admin.get_by_text("提出人不能审定自己提出的规则").wait_for()
    security.goto(urlsplit(admin.url).path)
    security.get_by_role("button", name="审定，开始适用").click()
    security.get_by_text("已审定").wait_for()
    check_page(security)
    admin.goto("/office/rules/")
    expect(admin.locator("main")).to_contain_text("适用中")


def test_the_first_page_of_the_portal_weighs_less_than_a_hundred_kilobytes(here: Town) -> None:
    page = here.visitor(width=390)
    came: list[Any] = []
    page.on("response", lambda answer: came.append(answer))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    weights = {answer.url: len(answer.body()) for answer in came}
    assert len(weights) > 3 and sum(weights.values()) < 100_000, weights


def test_somebody_who_reads_english(here: Town) -> None:
    page = here.visitor(width=390, language="en")
    page.goto("/")
    check_page(page, english=True)
    page.locator("main a[href='/lodge/']").click()
    check_page(page, english=True)
    page.locator("[name=text]").fill("The street lamp at the east gate has been out for a week.")
    page.locator("[name=consent]").check()
    page.locator("main form .button-main").last.click()
    number, code = page.locator("#query-number").inner_text(), page.locator("#query-code").inner_text()
    check_page(page, english=True)
    follow(page, number, code)
    check_page(page, english=True)
    page.goto("/drafts/")
    page.locator("main a").first.click()
    check_page(page, english=True)
    clerk = here.official("xu", language="en")
    find(clerk, number)
    expect(clerk.locator("main")).to_contain_text("street lamp")
    check_page(clerk, english=True)


FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const lit = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) ||
    (one.nextElementSibling && getComputedStyle(one.nextElementSibling).outlineStyle !== 'none');
  return {tag: one.tagName, name: one.name || '', words: one.innerText || '',
          lit: Boolean(lit) || one === document.body,
          seen: box.bottom > 0 && box.top < innerHeight, place: one.getBoundingClientRect().top + scrollY};
}"""


def tab_to(page: Any, wanted: str, most: int = 60) -> dict[str, Any]:
    """Press Tab until something with these words or this name has the focus; all on the way must be seen and lit."""
    for _ in range(most):
        page.keyboard.press("Tab")
        now: dict[str, Any] = page.evaluate(FOCUSED)
        assert now["lit"] and now["seen"], now
        if wanted == now["name"] or wanted in now["words"]:
            return now
    raise AssertionError(f"“{wanted}” cannot be come to by Tab")


def test_without_a_mouse_from_the_log_in_to_a_recorded_act(here: Town) -> None:
    page = here.visitor()
    page.goto("/office/")
    tab_to(page, "username")
    page.keyboard.type("peng")
    tab_to(page, "password")
    page.keyboard.type(here.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login/" not in address)
    first = tab_to(page, "", most=1)
    assert first["tag"] == "A" and "跳到" in first["words"], "the first thing is a way past the bar"
    page.keyboard.press("Enter")
    assert tab_to(page, "", most=1)["place"] > page.locator("header.bar").bounding_box()["height"]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/**")
    page.keyboard.press("m")
    page.locator("#act-noted").wait_for()
    tab_to(page, "记录工作情况")
    page.keyboard.press("Enter")
    tab_to(page, "text")
    page.keyboard.type("已到现场查看。")
    tab_to(page, "记入：记录工作情况")
    page.keyboard.press("Enter")
    page.get_by_text("已记入“记录工作情况”").wait_for()


def test_without_scripts_one_lodges_follows_logs_in_acts_and_searches(here: Town) -> None:
    citizen = here.visitor(java_script_enabled=False)
    citizen.goto("/lodge/")
    number, code = lodge(citizen)
    follow(citizen, number, code)
    assert TEXT in (citizen.locator("main").text_content() or "")
    clerk = here.official("xu", java_script_enabled=False)
    find(clerk, number_in(citizen.locator("main").inner_text()))
    act = opened(clerk, "记录工作情况")
    act.locator("[name=text]").fill("已电话联系。")
    act.get_by_role("button", name="记入").click()
    clerk.get_by_text("已记入“记录工作情况”").wait_for()
    clerk.goto("/office/matters/?q=台阶松了")
    assert number in clerk.locator("main").inner_text() or clerk.locator("a[data-open]").count()
