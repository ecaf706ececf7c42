"""A major decision from its draft to the final text: five steps, comments by clause with answers, differences shown."""

from __future__ import annotations

from typing import Any

import pytest
from acting import record
from journey import check_page, find
from playwright.sync_api import expect
from town import Town

pytestmark = pytest.mark.browser
NAME = "示例区夜间停车办法"
DRAFT = "第一条 为了方便居民停车，制定本办法。\n第二条 机关停车场每晚七时开放。\n第三条 本办法自公布之日起施行。"
FINAL = DRAFT.replace("七时", "六时")
COMMENT = "七时太晚，接孩子回来没有地方停，建议六时开放。"


def register(page: Any) -> None:
    """The decision as the office begins it."""
    page.goto("/office/receive/?kind=major_decision")
    page.locator("[name=title]").fill(NAME)
    page.locator("textarea[name=text]").fill("拟制定夜间停车办法。")
    for name, value in (("openness", "open"), ("technical", "no"), ("risk", "no"), ("operators", "no")):
        page.locator(f"[name={name}][value={value}]").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.get_by_role("link", name="打开事项").click()
    page.wait_for_url("**/matters/*/**")


def publish(page: Any, of: str, title: str, text: str) -> None:
    entry = page.locator("#f-published-entry option", has_text=of).last.get_attribute("value")
    record(page, "公开", fill={"title": title, "text": text}, choose=(f"entry={entry}",))


def test_a_decision_from_draft_to_final(here: Town) -> None:
    mayor = here.official("mayor")
    register(mayor)
    matter = mayor.url.split("?")[0]
    record(mayor, "拟订决策草案")
    record(mayor, "公布草案", choose=("urgency=urgent",))
    publish(mayor, "公布草案", f"{NAME}（征求意见稿）", DRAFT)

    citizen = here.visitor(width=390)
    citizen.goto("/drafts/")
    citizen.get_by_role("link", name=NAME).first.click()
    citizen.get_by_text("对第二条提意见").click()
    form = citizen.locator("#clause-2 form")
    form.get_by_label("您的意见和理由").fill(COMMENT)
    form.get_by_label("我同意").check()
    check_page(citizen)
    form.get_by_role("button", name="提交意见").click()
    expect(citizen.locator("h1")).to_contain_text("已收到您的意见")
    number = citizen.locator("#query-number").inner_text()

    mayor.goto("/office/")
    find(mayor, number)
    record(mayor, "研究意见，说明采纳情况", choose=("adoption=adopted",))
    publish(mayor, "研究意见", COMMENT, "意见合理，改为六时开放。")
    mayor.goto(matter)
    for act in ("归纳意见", "送请合法性审查"):
        record(mayor, act)
    record(mayor, "提出合法性审查意见", choose=("outcome=legal",))
    for act in ("提交决策机关讨论", "集体讨论", "出台前向同级党委请示报告", "行政首长决定通过", "公布决策"):
        record(mayor, act)
    publish(mayor, "公布决策", NAME, FINAL)

    citizen.goto("/drafts/")
    citizen.get_by_role("link", name=NAME, exact=True).first.click()
    shown = citizen.locator("main")
    shown.locator("del").wait_for()
    assert shown.locator(".draft-steps .reached").count() >= 3
    expect(shown).to_contain_text("意见合理，改为六时开放。")
    expect(shown).to_contain_text("采纳")
    assert (shown.locator("del").inner_text(), shown.locator("ins").inner_text()) == ("七", "六")
    check_page(citizen)
