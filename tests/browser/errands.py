"""Pages to which no link leads: what stands after a form was sent, where one may not go, where nothing is found."""

from __future__ import annotations

import time
from base64 import b32decode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from eyes import Eyes
from report_paper import PAPER

LETTER = "听涛苑的自来水又发黄了，请派人来看看水质。"
RULE = """overlays = "appeal"

[clocks.notify]
term = "10 days"
source = "《示例区来信来访办理规程》"
status = "CONVENTION"
"""
OPENED = "one => { for (let at = one; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true }"
"""Unfolds everything that something lies in."""


def wrong_ways(eyes: Eyes) -> None:
    """What is not there, what broke, a form that lay too long, a day that is none, a post that may not."""
    page = eyes.visitor()
    for path in ("/nowhere/", "/breaks/", "/library/示例区住宅小区停车管理规定/?on=x"):
        page.goto(path)
        eyes.look(page, path)
    page.goto("/lodge/")
    page.locator("[name=text]").fill(LETTER)
    page.locator("[name=consent]").check()
    page.context.clear_cookies(name="fazhi_csrf")
    sent(page, "main form .button-main", last=True)
    eyes.look(page, "a form without its token")
    office = eyes.official("chen")
    for path in ("/office/units/", "/office/matters/00000000-0000-0000-0000-000000000000/"):
        office.goto(path)
        eyes.look(office, path)


def nothing_found(eyes: Eyes) -> None:
    """Lists in which nothing is, and a log-in that has ended."""
    page = eyes.visitor()
    for path in ("/gazette/", "/rules/", "/library/", "/registers/service_point/", "/drafts/", "/points/"):
        page.goto(f"{path}?q=没有这样的事")
        eyes.look(page, f"{path} with nothing")
    office = eyes.official("luo")
    for path in ("matters/?q=没有这样的事", "?bucket=approve", "reminders/", "hotspots/", "exchange/", "people/same/"):
        office.goto(f"/office/{path}")
        eyes.look(office, f"{path} with nothing")
    office.context.clear_cookies(name="fazhi_session")
    office.goto("/office/matters/")
    eyes.look(office, "after the session ended")


def lodging(eyes: Eyes) -> None:
    """From what others wrote of the same, through what is missing, to the receipt and the matter followed."""
    page = eyes.visitor(width=390)
    page.goto("/lodge/")
    page.locator("main form .button-main").last.evaluate("one => one.form.noValidate = true")
    sent(page, "main form .button-main", last=True)
    eyes.look(page, "a letter without words")
    page.locator("[name=text]").fill(LETTER)
    page.locator("[name=place]").fill("听涛苑")
    page.locator("[name=place]").press("Tab")
    page.locator("#near > *").first.wait_for()
    eyes.look(page, "the like of a letter")
    page.locator("[name=consent]").check()
    sent(page, "main form .button-main", last=True)
    number, code = (page.locator(f"#query-{one}").inner_text() for one in ("number", "code"))
    eyes.look(page, "a receipt")
    sent(page, "main form[method=post] button", last=True)
    page.goto("/lodge/done/")
    eyes.look(page, "a receipt that is gone")
    page.goto(f"/follow/?number={number}")
    page.locator("[name=code]").fill("0000000000")
    sent(page, "main form button")
    eyes.look(page, "a wrong code")
    page.locator("[name=code]").fill(code)
    sent(page, "main form button")
    page.locator(".course").first.wait_for()
    eyes.look(page, "one's own matter")
    eyes.print(page, "one's own matter")


def at_the_wall(eyes: Eyes) -> None:
    """A placard on paper, and the form to which its code leads."""
    keeper = eyes.official("chen")
    keeper.goto("/office/registers/service_point/")
    keeper.locator("a[data-open]").first.click()
    keeper.locator("a[href$='/placard/']").first.click()
    keeper.locator(".qr svg").wait_for()
    eyes.print(keeper, "a placard")
    page = eyes.visitor(width=390)
    page.goto(keeper.locator("main a[href*='/lodge/']").first.get_attribute("href"))
    eyes.look(page, "a form that knows its place")


def asking(eyes: Eyes) -> None:
    """Answers with their articles, a question without an answer, and one that a post may not make a matter of."""
    page = eyes.visitor()
    for question in ("小区消防通道可以停车吗", "明天会下雨吗"):
        page.goto("/ask/")
        page.locator("textarea[name=question]").fill(question)
        sent(page, "main form .button-main")
        eyes.look(page, question)
        if page.locator(".quote-from a").count():
            page.goto(page.locator(".quote-from a").first.get_attribute("href"))
            eyes.look(page, "an article")
    office = eyes.official("he")
    office.goto("/office/ask/")
    office.locator("textarea[name=question]").fill("小区消防通道可以停车吗")
    sent(office, "main form .button-main")
    eyes.look(office, "an answer in the office")
    office.locator("#handed-text").fill("请转办。")
    sent(office, "form:has(#handed-text) button")
    eyes.look(office, "a question handed on")


def reading(eyes: Eyes) -> None:
    """A report given to be checked, at the portal; two of the office beside each other."""
    page = eyes.visitor()
    page.goto("/readings/")
    sent(page, "main form .button-main")
    eyes.look(page, "no report given")
    page.set_input_files("input[type=file]", PAPER)
    sent(page, "main form .button-main")
    page.locator("#finding-1").wait_for()
    eyes.look(page, "a report read")
    office = eyes.official("chen")
    office.goto("/office/reports/readings/")
    for box in office.locator("input[name=id]").all():
        box.check()
    sent(office, "form[action*=compar] button")
    eyes.look(office, "two reports beside each other")
    eyes.print(office, "two reports beside each other")


def taking_in(eyes: Eyes) -> None:
    """A letter registered: the like of it, how it would be sorted, its receipt; a day understood while it is typed."""
    page = eyes.official("xu")
    page.goto("/office/receive/")
    page.locator("#f-text").fill(LETTER)
    page.locator("#f-place").fill("听涛苑")
    page.locator("#f-place").press("Tab")
    for fragment in ("#near > *", "#sorted > *"):
        page.locator(fragment).first.wait_for()
    page.locator("[name=channel]").select_option("visit")
    page.locator("[data-day]").first.evaluate(OPENED)
    page.locator("[data-day]").first.fill("昨天")
    page.locator("[data-day]").first.press("Tab")
    page.wait_for_load_state("networkidle")
    eyes.look(page, "a letter being registered")
    sent(page, "main form[method=post] .button-main", last=True)
    eyes.look(page, "a letter registered")


def acting(eyes: Eyes) -> None:
    """An act looked at first, one that lacks something, one that comes too late, and several at once."""
    page = eyes.official("he")
    page.goto("/office/?kind=reconsideration")
    page.locator("a[data-open]").first.click()
    act = page.locator("details.act", has=page.locator("[name=unit]")).first
    act.evaluate(OPENED)
    act.locator("[name=unit]").press_sequentially("信访")
    page.locator(".near button").first.wait_for()
    eyes.look(page, "units offered")
    act.locator("[name=unit]").fill("没有这个单位")
    act.locator("[name=preview]").click()
    page.locator(".changes .wrong").first.wait_for()
    eyes.look(page, "an act looked at first")
    act.locator(".button-main").click()
    page.wait_for_load_state()
    eyes.look(page, "an act refused")
    small = page.locator("form:has(#f-elsewhere-number)")
    small.evaluate("one => { one.noValidate = true }")
    small.evaluate(OPENED)
    sent(page, "form:has(#f-elsewhere-number) button")
    eyes.look(page, "a small form asked again")
    page.goto("/office/?kind=reconsideration&bucket=overdue")
    page.locator("a[data-open]").first.click()
    late = page.locator("details.act", has=page.locator("[name=preview]")).first
    late.evaluate(OPENED)
    late.locator("[name=preview]").click()
    page.wait_for_load_state("networkidle")
    eyes.look(page, "an act that comes too late")
    page.goto("/office/matters/?kind=reconsideration")
    for box in page.locator("[name=matter]").all()[:2]:
        box.check()
    sent(page, "form[action$='/together/'] .pages button")
    eyes.look(page, "several at once")
    page.locator("[name=kind][value=noted]").check()
    sent(page, "[name=step][value=look], main form button")
    eyes.look(page, "several at once, looked at")


def handed_on(eyes: Eyes) -> None:
    """A dispute with the procedures that it went into; a letter about to go into another of the same."""
    page = eyes.official("song")
    page.goto("/office/matters/?q=青枫里楼上漏水")
    page.locator("a[data-open]").first.click()
    page.locator(".chain").wait_for()
    eyes.look(page, "a dispute handed on")
    eyes.print(page, "a dispute handed on")
    page.goto("/office/matters/?q=请检测听涛苑的水质")
    page.locator("a[data-open]").first.click()
    sent(page, "form:has([name=lead]) button")
    eyes.look(page, "which letter goes into which")


def letters(eyes: Eyes) -> None:
    """A letter that lacks something, and one that was made and kept, on screen and on paper."""
    page = eyes.official("he")
    page.goto("/office/matters/?kind=reconsideration&state=open")
    seen: set[str] = set()
    for matter in page.eval_on_selector_all("a[data-open]", "all => all.map(one => one.href)")[:4]:
        page.goto(matter)
        for action in page.eval_on_selector_all("#letters form", "all => all.map(one => one.getAttribute('action'))"):
            page.goto(matter)
            button = f"#letters form[action='{action}'] button"
            page.locator(button).first.evaluate(OPENED)
            sent(page, button)
            what = "a letter that lacks something" if page.locator(".gaps").count() else "a letter made"
            if what not in seen:
                seen.add(what)
                eyes.look(page, what)
                eyes.print(page, what)
            if len(seen) == 2:
                return
    raise AssertionError(f"only {seen} among the letters")


def proposing(eyes: Eyes) -> None:
    """A local rule tried, one with a fault, one proposed that a second person may take."""
    page = eyes.official("admin")
    page.goto("/office/rules/")
    page.locator("[name=what]").select_option("procedures/appeal")
    page.locator("[name=day]").fill("2030-01-01")
    for text, said in ((RULE.replace("10 days", "90 days"), "a rule that loosens"), (RULE, "a rule tried")):
        page.locator("textarea[name=text]").fill(text)
        page.locator("[name=step][value=preview]").click()
        page.wait_for_load_state()
        eyes.look(page, said)
    page.locator("[name=step][value=propose]").click()
    page.wait_for_url(lambda address: not address.endswith("/rules/"))
    eyes.look(page, "a rule proposed")
    second = eyes.official("security")
    second.goto(page.url)
    eyes.look(second, "a rule to be taken")
    second.locator("[name=reason]").first.fill("示例，不采用。")
    sent(second, "form[action*=decline] button, button[formaction*=decline]")
    eyes.look(second, "a rule declined")


def logging_in(eyes: Eyes) -> None:
    """A second step set up, asked for, missed, and taken away again; an account that rests after wrong passwords."""
    page = eyes.official("feng")
    page.goto("/office/security/")
    sent(page, "[value=offer] ~ button, form:has([value=offer]) button")
    words = page.locator("#secret").inner_text()
    eyes.look(page, "a secret to take over")
    secret = b32decode(words.replace(" ", "") + "=" * (-len(words.replace(" ", "")) % 8))
    page.locator("[name=code]").fill(_code(secret))
    sent(page, "form:has([value=confirm]) button")
    spare = page.locator("main li code").first.inner_text()
    eyes.look(page, "spare codes")
    outside = eyes.visitor()
    outside.goto("/office/login/")
    for password in ("不是密码", eyes.town.password):
        outside.locator("[name=username]").fill("feng")
        outside.locator("[name=password]").fill(password)
        sent(outside)
        eyes.look(outside, f"after {'the' if password == eyes.town.password else 'a wrong'} password")
    for code in ("000000", spare):
        outside.locator("[name=code]").fill(code)
        sent(outside)
        eyes.look(outside, f"after {'a spare' if code == spare else 'a wrong'} code")
    page.goto("/office/security/")
    page.locator("form:has([value=remove]) [name=password]").fill(eyes.town.password)
    sent(page, "form:has([value=remove]) button")
    eyes.look(page, "the second step taken away")
    stranger = eyes.visitor()
    stranger.goto("/office/login/")
    for _ in range(6):
        stranger.locator("[name=username]").fill("niemand")
        stranger.locator("[name=password]").fill("不是密码")
        sent(stranger)
    eyes.look(stranger, "an account that rests")


def _code(secret: bytes) -> str:
    return TOTP(secret, 6, SHA1(), 30).generate(int(time.time())).decode()


def papers(eyes: Eyes) -> None:
    """What is printed: the report, the wall, the sheet of a round, a desk, a decision."""
    page = eyes.official("chen")
    for path in ("/office/", "/wall/", "/office/reports/", "/office/hotspots/"):
        page.goto(path)
        eyes.print(page, path)
    visitor = eyes.visitor()
    for path in ("/reports/", "/drafts/", "/guides/reconsideration/", "/registers/service_point/"):
        visitor.goto(path)
        if path in ("/reports/", "/drafts/"):
            visitor.locator("main a[href*='/report'], main a[href*='/drafts/']").first.click()
        eyes.print(visitor, path)


def too_many(eyes: Eyes) -> None:
    """More reports given to be checked in an hour than anybody may. The last errand: afterwards nobody may."""
    page = eyes.visitor()
    page.goto("/readings/")
    for _ in range(32):
        sent(page, "main form .button-main")
        if not page.locator("main form").count():
            break
    eyes.look(page, "too many reports")


def long_work(eyes: Eyes) -> None:
    """A table that is too long to wait for: left to the background, followed there, and listed with what came of it."""
    page = eyes.official("chen")
    heading = "职权编码*,职权名称*,原实施部门*,依据*,日期*"
    rows = [f"{number},第{number}项职权,城管局,条例,2025-01-10" for number in range(101)] + [",没有编码,城管局,条例,"]
    page.goto("/office/operations/")
    eyes.look(page, "no background tasks")
    page.goto("/office/registers/delegated_power/import/")
    table = "\n".join([heading, *rows]).encode("utf-8-sig")
    page.locator("[name=table]").set_input_files({"name": "职权.csv", "mimeType": "text/csv", "buffer": table})
    sent(page, "[name=check]")
    eyes.look(page, "a task on its way")
    page.locator("#operation table").wait_for(timeout=60_000)
    eyes.look(page, "a task that is done")
    page.goto("/office/operations/")
    eyes.look(page, "background tasks")
    page.goto("/office/operations/?q=没有这样的事")
    eyes.look(page, "no such task")


def sent(page: Any, button: str = "", *, last: bool = False) -> None:
    """Press a button, or Enter where the focus is, and wait for the page that comes."""
    with page.expect_navigation():
        if button:
            found = page.locator(button)
            (found.last if last else found.first).click()
        else:
            page.keyboard.press("Enter")


Errand = Callable[[Eyes], None]
ERRANDS: tuple[Errand, ...] = (
    wrong_ways,
    nothing_found,
    lodging,
    at_the_wall,
    asking,
    reading,
    taking_in,
    acting,
    handed_on,
    letters,
    proposing,
    logging_in,
    papers,
    long_work,
    too_many,
)
