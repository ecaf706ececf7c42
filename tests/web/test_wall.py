"""The wall: every term in its month and its state, only of units within reach, and nothing left out of the sums."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest

from district import District
from fazhi import ledger
from fazhi.people import posts
from fazhi.worklist.board import Cell, board, months_around
from fazhi.worklist.tasks import desk

AtDesk = Callable[..., Any]


def test_terms_stand_in_the_month_they_are_due_as_done_late_overdue_or_running(district: District) -> None:
    today = date(2025, 3, 31)
    for answered in (None, date(2025, 3, 10), date(2025, 3, 28)):
        matter = district.receive("城管局", day=date(2025, 3, 3)).matter
        if answered:
            district.record(matter, "accepted", "城管局", day=answered, nature="claim")
    found = board(district.scope("城管员", today), today)
    assert found.months[found.this] == date(2025, 3, 1)
    (row,) = found.rows
    assert row.name == "城管局"
    assert row.cells[found.this] == Cell(done=1, late=1, overdue=1)
    assert row.cells[found.this + 2].running == 2  # 两件自受理起六十日，都在五月
    assert sum(found.sums, Cell()) == row.whole
    assert board(district.scope("大队员", today), today).rows == ()


def test_months_run_over_the_end_of_a_year() -> None:
    assert months_around(date(2025, 1, 31))[0] == date(2024, 10, 1)
    assert months_around(date(2025, 12, 1))[-1] == date(2026, 2, 1)


def test_the_wall_shows_numbers_months_and_what_lapses_next_and_nothing_of_others(
    at_desk: AtDesk, district: District
) -> None:
    done = district.receive("城管局", day=ledger.today())
    page = at_desk("城管员").get("/wall/").content.decode()
    assert f"/office/matters/{done.matter}/" in page and "城管局" in page and "更早" not in page
    district.receive("城管局", day=date(2023, 5, 4))
    clerk, scope = at_desk("城管员"), district.scope("城管员", ledger.today())
    page = clerk.get("/wall/").content.decode()
    found, counts = board(scope, ledger.today()), desk(scope, ledger.today(), limit=1).counts
    assert "更早" in page and sum(row.whole.overdue for row in found.rows) == counts["overdue"].number > 0
    district.receive("城管局", day=months_around(ledger.today())[1])
    behind = re.findall(r'href="([^"]+)"><span class="unseen">逾期 </span>(\d+)', clerk.get("/wall/").content.decode())
    assert len(behind) > 1, "what is overdue from long ago and of a month shown stands in two cells"
    for href, number in behind:
        opened = clerk.get(unescape(href)).content.decode()
        assert opened.count("<tr data-row>") == int(number) and "不含下级" in opened
    other = at_desk("大队员").get("/wall/").content.decode()
    assert f"/office/matters/{done.matter}/" not in other and "没有按月到期的任务" in other


def long_ago(client: Any) -> None:
    session = client.session
    session["fazhi.seen"] = time.time() - 31 * 60
    session.save()


def test_a_screen_that_may_only_look_at_the_wall_sees_nothing_else_and_stays(
    at_desk: AtDesk, district: District
) -> None:
    done = district.receive("城管局", day=ledger.today())
    district.clerk("大屏", "区政府", "wall")
    district.grant("大屏", "区政府")
    screen = at_desk("大屏")
    page = screen.get("/wall/").content.decode()
    assert "城管局" in page and str(done.matter) not in page and "/office/?" not in page
    for other in ("/office/", f"/office/matters/{done.matter}/", "/office/matters/", "/office/security/"):
        assert screen.get(other)["Location"] == "/wall/", other
    long_ago(screen)
    assert screen.get("/wall/?unattended").status_code == 200
    with pytest.raises(posts.BadSeat, match="大屏账号"):
        posts.hold(district.posts["城管员"], district.accounts["大屏"], since=ledger.today())


def test_a_wall_that_refreshes_itself_keeps_no_other_session_alive(at_desk: AtDesk, district: District) -> None:
    clerk = at_desk("城管员")
    assert clerk.get("/wall/").status_code == 200
    seen = clerk.session["fazhi.seen"]
    session = clerk.session
    session["fazhi.seen"] = seen - 20 * 60
    session.save()
    assert clerk.get("/wall/?unattended").status_code == 200
    assert clerk.session["fazhi.seen"] == seen - 20 * 60, "nobody asked"
    long_ago(clerk)
    ended = clerk.get("/wall/?unattended", headers={"HX-Request": "true"})
    assert ended["HX-Redirect"].startswith("/office/login/"), "the page goes to the log-in as a whole"
