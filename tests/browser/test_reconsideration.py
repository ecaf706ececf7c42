"""One reconsideration with correction, suspension, extension and decision: every due day as it stands on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from acting import check_access, due_of, opened, record
from playwright.sync_api import expect

from district import District

pytestmark = pytest.mark.browser


def receive(page: Any) -> None:
    page.goto("/office/receive/?kind=reconsideration")
    check_access(page)
    page.get_by_label("复议请求、事实和理由").fill("不服行政处罚决定，请求撤销。")
    page.locator("[name=on]").fill("2025-03-03")
    if page.locator("select[name=channel]").count():
        page.locator("select[name=channel]").select_option("visit")
    else:
        page.locator("[name=channel][value=visit]").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name="打开事项").click()


def test_the_dates_on_screen_are_those_of_the_law(at_desk: Callable[..., Any], district: District) -> None:
    page = at_desk("复议员")
    receive(page)
    assert "2025年3月10日" in due_of(page, "受理审查")

    record(page, "一次性通知补正", fill={"on": "2025-03-05", "text": "请补交处罚决定书。"})
    assert due_of(page, "受理审查") == "中止，暂不计期"
    record(page, "收到补正材料", fill={"on": "2025-03-12"})
    assert "2025年3月19日" in due_of(page, "受理审查")
    record(page, "受理", fill={"on": "2025-03-14"}, choose=("procedure=ordinary",))
    assert "2025年3月14日（限 2025年3月19日）" in due_of(page, "受理审查")
    assert "2025年5月13日" in due_of(page, "作出决定")

    record(page, "向被申请人发送副本", fill={"on": "2025-03-18"})
    record(page, "听取当事人意见", fill={"on": "2025-03-25"}, choose=("way=phone",))
    record(page, "中止", fill={"on": "2025-04-01"}, choose=("ground=mediation",))
    assert due_of(page, "作出决定") == "中止，暂不计期"
    record(page, "恢复审理", fill={"on": "2025-04-21"})
    assert "2025年6月3日" in due_of(page, "作出决定")  # 5月13日 + 20日 = 6月2日，端午，顺延

    act = opened(page, "批准延长")
    act.locator("[name=on]").fill("2025-05-20")
    act.locator("[name=lasts]").fill("30天")
    act.get_by_role("button", name="先看影响").click()
    page.get_by_text("由 2025年6月3日 改为 2025年7月2日").wait_for()
    record(page, "批准延长", fill={"on": "2025-05-20", "lasts": "30天"})
    assert "2025年7月2日" in due_of(page, "作出决定")

    page.get_by_text("为什么是这一天").first.click()
    decide = page.locator(".clock", has=page.locator(".clock-title", has_text="作出决定")).first
    if not decide.locator(".ribbon").is_visible():
        decide.locator("summary").click()
    expect(decide.locator(".ribbon-days .mark-paused")).to_have_count(20)
    assert decide.locator(".mark-event").count() >= 2
    check_access(page)

    act = opened(page, "作出行政复议决定")
    expect(act.locator("[name=redo]").first).to_be_hidden()
    act.locator("select[name=outcome]").select_option("revoked")
    expect(act.locator("[name=redo]").first).to_be_visible()
    act.locator("select[name=outcome]").select_option("upheld")
    expect(act.locator("[name=redo]").first).to_be_hidden()
    record(page, "作出行政复议决定", fill={"on": "2025-06-20", "text": "撤销该处罚决定。"}, choose=("outcome=revoked",))
    assert "2025年6月20日（限 2025年7月2日）" in due_of(page, "作出决定")
    expect(page.locator("main")).to_contain_text("已决定、待送达")
    check_access(page)
