"""On their pages: the bell and the inbox, my wishes, and a warning that climbs until somebody takes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from district import District, lay
from fazhi import ledger
from fazhi.ledger import query
from fazhi.reminders import inbox, ladder
from fazhi.reminders.models import Message
from fazhi.reminders.queue import remind
from fazhi.reminders.wishes import wishes_of

AtDesk = Callable[..., Any]
INBOX = "/office/reminders/"
SETTINGS = "/office/reminders/settings/"


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.unit("信访局", "区政府")
    laid.clerk("信访局长", "信访局", "approve", "lead")
    laid.grant("信访局长", "区政府")
    laid.clerk("城管局长", "城管局", "approve")
    laid.grant("城管局长", "城管局")
    laid.clerk("系统员", "区政府", "administer")
    return laid


def test_the_bell_counts_and_a_matter_out_of_sight_is_not_named(at_desk: AtDesk, district: District) -> None:
    mine = district.receive("城管局", day=ledger.today()).matter
    other = district.receive("莲花街道", day=ledger.today()).matter
    for number, matter in enumerate((mine, other)):
        remind("due", [district.accounts["城管员"]], matter=matter, thing=str(number), due=ledger.today())
    client = at_desk("城管员")
    assert "data-unseen" in client.get("/office/").content.decode()
    page = client.get(INBOX).content.decode()
    assert str(mine) in page and str(other) not in page and "现在不在您的查看范围内" in page
    assert str(mine) not in at_desk("大队员").get(INBOX).content.decode()
    one = Message.objects.get(matter=mine)
    assert at_desk("大队员").post(INBOX, {"one": str(one.id)}).status_code == 302
    assert inbox.unseen(district.accounts["城管员"]) == 2, "nobody marks another's"
    client.post(INBOX, {"one": str(one.id)})
    assert inbox.unseen(district.accounts["城管员"]) == 1
    client.post(INBOX)
    assert "data-unseen" not in client.get(INBOX).content.decode()


def test_my_wishes_are_typed_as_people_type_and_the_districts_hold_for_the_rest(
    at_desk: AtDesk, district: District
) -> None:
    usual = {"quiet_from": "2200", "quiet_until": "7", "digest_at": "9:05", "kind-overdue": "yes"}
    assert at_desk("城管员").post("/office/reminders/district/", usual).status_code == 403
    assert at_desk("系统员").post("/office/reminders/district/", usual).status_code == 302
    typed = usual | {"quiet_from": "25:00", "phone": "138"}
    client = at_desk("城管员")
    refused = client.post(SETTINGS, typed).content.decode()
    assert "24小时制" in refused and 'value="138"' in refused
    refused = client.post(SETTINGS, typed | {"quiet_from": "1930"})
    assert refused.status_code == 422 and "11位手机号" in refused.content.decode()
    assert client.post(SETTINGS, typed | {"quiet_from": "1930", "phone": "138 0000 0001"}).status_code == 302
    one, other = district.accounts["城管员"], district.accounts["大队员"]
    said = wishes_of([one, other])
    assert said[one].phone == "13800000001" and said[one].hours.begins.hour == 19
    assert said[other].hours.begins.hour == 22 and said[other].kinds == {"overdue"} and not said[other].phone
    client.post(SETTINGS, {"verb": "usual"})
    assert wishes_of([one])[one] == said[other]


def warned(district: District) -> Any:
    members = [district.receive("城管局", day=ledger.today()).matter for _ in range(4)]
    identity, at = uuid4(), ledger.now() - timedelta(minutes=1)
    said = [identity, "丽湖花园", "", ledger.today(), 1, 4, 0.5, 0.001, 0.01, members, at]
    query.run(
        "default",
        "insert into hotspots_warning (id, place, subject, day, level, count, expected, chance, threshold, members,"
        " tell_at) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        said,
    )
    return identity


def test_a_warning_climbs_until_somebody_takes_it(at_desk: AtDesk, district: District) -> None:
    warning, start = warned(district), ledger.now()
    assert ladder.climb(start) == 1 and ladder.climb(start) == 0
    (first,) = ladder.steps(warning)
    assert set(first.accounts) == {district.accounts["城管员"], district.accounts["城管局长"]}
    assert ladder.climb(first.until - timedelta(minutes=1)) == 0
    assert ladder.climb(first.until) == 1
    _, second = ladder.steps(warning)
    assert set(second.accounts) == {district.accounts["城管局长"], district.accounts["信访局长"]}
    address = f"/office/hotspots/warnings/{warning}/"
    assert "确认收到" not in at_desk("区长").get(address).content.decode()
    assert at_desk("区长").post(f"{address}acknowledge/").status_code == 302
    assert not any(one.acknowledged for one in ladder.steps(warning)), "who was not told takes nothing"
    assert at_desk("大队员").post(f"{address}acknowledge/").status_code == 404
    chief = at_desk("信访局长")
    assert "确认收到，由我处理" in chief.get(address).content.decode()
    chief.post(f"{address}acknowledge/", {"remark": "已请城管局现场核查"})
    shown = at_desk("城管员").get(address).content.decode()
    assert "已请城管局现场核查" in shown and "确认收到，由我处理" not in shown
    at_desk("城管员").post(f"{address}acknowledge/", {"remark": "我也来"})
    assert [one.remark for one in ladder.steps(warning)] == ["", "已请城管局现场核查"]
    assert ladder.climb(second.until + timedelta(days=1)) == 0, "it climbs no further"


def test_a_warning_that_nobody_takes_ends_at_the_top(district: District) -> None:
    warning, at = warned(district), ledger.now()
    for _ in range(5):
        ladder.climb(at)
        at = ladder.steps(warning)[-1].until
    assert [one.step for one in ladder.steps(warning)] == [1, 2, 3]
    assert ladder.steps(warning)[-1].accounts == (district.accounts["区长"],)
