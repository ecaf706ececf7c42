"""From the QR code on a wall to a receipt, with a network and without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import expect

from district import District
from fazhi import desk, ledger
from fazhi.ledger import query
from fazhi.people import holders
from fazhi.people.actors import machine

pytestmark = pytest.mark.browser
TEXT = "商户关门，预付卡不能退。"


def written() -> list[tuple[str, str]]:
    """Text and place of every appeal there is."""
    bodies = [ledger.read(row[0]).body(1) or {} for row in query.fetch("default", "select id from ledger_matter")]
    return [(body.get("text", ""), body.get("place", "")) for body in bodies if body.get("text") == TEXT]


def fill_in(page: Any) -> None:
    page.get_by_label("发生了什么事").fill(TEXT)
    page.get_by_label("我同意按上面的说明").check()
    page.get_by_role("button", name="提交", exact=True).click()


def wait_until_kept(page: Any, path: str) -> None:
    """Until the worker has the form of this place, the plain one and a script at hand; twenty seconds at most."""
    wanted = "path => caches.open('fazhi-lodge-1').then(shelf => Promise.all(['/lodge/', path, document.scripts[0].src]"
    wanted += ".map(one => shelf.match(one)))).then(found => found.every(Boolean))"
    for _ in range(100):
        if page.evaluate(wanted, path):
            return
        page.wait_for_timeout(200)
    raise AssertionError("the form was not kept")


def placard_of(district: District, office: Any) -> str:
    """The address on the placard of a service point, as it hangs on the wall."""
    said = {"name": "莲花服务站", "kind": "legal", "address": "景田路1号"}
    unit = district.units["信访局"]
    line = desk.receive(machine(unit), "service_point", kind="entered", fields=said, key="point")
    office.goto(f"/office/registers/service_point/{line.matter}/")
    office.get_by_role("link", name="张贴用二维码").click()
    expect(office.locator(".placard .qr svg")).to_be_visible()
    return urlsplit(office.get_by_role("link", name="打开这个表单看看").get_attribute("href")).path


def test_the_code_on_the_wall_leads_to_a_form_that_knows_the_place(
    visitor: Callable[..., Any], at_desk: Callable[..., Any], district: District
) -> None:
    path = placard_of(district, at_desk("信访员"))
    citizen = visitor(width=390, phone=True)
    citizen.goto(path)
    expect(citizen.get_by_label("在哪里")).to_have_value("莲花服务站（景田路1号）")
    fill_in(citizen)
    number = citizen.locator("#query-number").inner_text()
    matter = holders.matter_of(number)
    assert isinstance(matter, UUID) and written() == [(TEXT, "莲花服务站（景田路1号）")]


def test_without_a_network_it_is_kept_and_sent_later(
    visitor: Callable[..., Any], at_desk: Callable[..., Any], district: District
) -> None:
    path = placard_of(district, at_desk("信访员"))
    citizen = visitor(width=390, phone=True)
    citizen.goto(path)
    citizen.wait_for_function("() => navigator.serviceWorker.controller !== null")
    wait_until_kept(citizen, path)
    citizen.context.set_offline(True)
    citizen.goto(path)
    expect(citizen.get_by_label("在哪里")).to_have_value("莲花服务站（景田路1号）")
    fill_in(citizen)
    citizen.get_by_text("没有网络：已存在这台设备上").wait_for()
    assert written() == []
    citizen.context.set_offline(False)
    citizen.wait_for_url("**/lodge/done/")
    expect(citizen.locator("#query-number")).to_be_visible()
    assert written() == [(TEXT, "莲花服务站（景田路1号）")]
    citizen.goto("/lodge/")
    left = "new Promise(d => { const o = indexedDB.open('fazhi-lodge', 1); o.onsuccess = () => { const c ="
    left += " o.result.transaction('kept').objectStore('kept').count(); c.onsuccess = () => d(c.result); }; })"
    assert citizen.evaluate(left) == 0
