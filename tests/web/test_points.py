"""Service points by distance: from a named place, in order, within a circle; the place of the reader stays hers."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from register_lines import enter

from district import District
from fazhi.registers.hours import read_hours
from fazhi.registers.near import At, metres, minutes_on_foot

DAY = date(2025, 3, 3)
PLACES = tuple(At(*at) for at in ((0, 0), (180, 0), (-179, 60), (114.05, 22.54), (114.06, 22.55), (0, 90), (10, -90)))


@pytest.fixture
def town(district: District) -> District:
    """A centre, with three points 0.4, 1.1 and 5 km to its east, one that says no place, and one that is not public."""
    enter(
        district,
        "place_centre",
        "司法局",
        DAY,
        name="莲花街道",
        kind="subdistrict",
        longitude="114.05",
        latitude="22.54",
    )
    enter(
        district,
        "place_centre",
        "司法局",
        DAY,
        name="莲花北社区",
        kind="community",
        longitude="114.2",
        latitude="22.54",
    )
    for name, kind, east in (
        ("远处服务中心", "legal", 0.0487),
        ("近处服务站", "legal", 0.0039),
        ("接访点", "complaint", 0.0107),
    ):
        more = {
            "longitude": f"{114.05 + east}",
            "latitude": "22.54",
            "hours": "工作日9时至18时",
            "phone": "0755-1234567",
        }
        enter(district, "service_point", "司法局", DAY, name=name, kind=kind, address="示例路1号", **more)
    enter(district, "service_point", "司法局", DAY, name="没有坐标的站", kind="legal", address="示例路2号")
    where = {"address": "示例路3号", "longitude": "114.0502", "latitude": "22.54"}
    enter(district, "mediation_body", "司法局", DAY, name="社区调解委员会", kind="village", **where)
    return district


def names(client: Any, asked: str) -> list[str]:
    page = client.get(f"/points/?{asked}").content.decode()
    return re.findall(r'<h3><a [^>]*lang="zh-Hans">([^<]+)</a>', page)


def test_from_a_chosen_place_the_nearest_comes_first(client: Any, town: District) -> None:
    assert names(client, "near=莲花街道") == ["社区调解委员会", "近处服务站", "接访点", "远处服务中心"]
    assert names(client, "near=莲花街道&kind=legal") == ["近处服务站", "远处服务中心"]
    page = client.get("/points/?near=莲花街道&kind=legal").content.decode()
    assert "直线约400米，步行约7分钟" in page
    assert "直线约5.0公里" in page
    assert "工作日9时至18时" in page and 'href="tel:0755-1234567"' in page


def test_a_circle_of_a_kilometre_is_straight_and_one_of_minutes_is_walked(client: Any, town: District) -> None:
    assert names(client, "near=莲花街道&within=1000") == ["社区调解委员会", "近处服务站"]
    assert names(client, "near=莲花街道&within=15min") == ["社区调解委员会", "近处服务站"]
    assert names(client, "near=莲花北社区&within=1000&kind=legal") == []
    told = client.get("/points/?kind=legal").content.decode()
    assert "各处离最近的这类站点有多远" in told and "莲花北社区" in told


def test_a_place_may_be_typed_in_part_and_what_is_not_one_is_said(client: Any, town: District) -> None:
    assert names(client, "near=莲花街") == names(client, "near=莲花街道")
    several = client.get("/points/?near=莲花").content.decode()
    assert "有几处叫这个名字" in several and "莲花北社区</a>" in several
    assert "没有找到“火星”" in client.get("/points/?near=火星").content.decode()


def test_the_browser_reckons_from_its_own_place_and_may_ask_for_it(client: Any, town: District) -> None:
    answer = client.get("/points/")
    assert answer["Permissions-Policy"] == "camera=(), microphone=(), geolocation=(self)"
    assert 'data-longitude="114.0539"' in answer.content.decode()
    assert client.get("/")["Permissions-Policy"].endswith("geolocation=()")


def test_a_point_open_on_working_days_is_said_to_be_shut_on_others(
    client: Any, town: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, shut in ((date(2026, 11, 20), False), (date(2026, 11, 22), True), (date(2026, 10, 1), True)):
        monkeypatch.setattr("fazhi.web.portal.points.today", lambda day=day: day)
        assert ("今天不开" in client.get("/points/").content.decode()) == shut


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("2026-11-20 08:59", "现在未开放，今天09:00开放"),
        ("2026-11-20 10:00", "今天开放，现在开着，到18:00"),
        ("2026-11-20 18:00", "今天已经关门，下次11月23日（星期一）"),
        ("2026-10-01 10:00", "今天不开，下次10月8日（星期四）"),
    ],
)
def test_a_point_says_whether_it_is_open_now(
    client: Any, town: District, monkeypatch: pytest.MonkeyPatch, clock: str, words: str
) -> None:
    at = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assert words in client.get("/points/").content.decode()


def test_the_page_of_a_point_tells_visitors_and_folds_the_register_away(client: Any, town: District) -> None:
    listed = client.get("/points/?q=近处服务站").content.decode()
    page = client.get(re.findall(r'<h3><a href="([^"]+)"', listed)[0]).content.decode()
    first, folded = page.split("名录里登记的全部内容")
    assert 'href="tel:0755-1234567"' in first and "从<span" in first and "直线约400米" in first
    assert "经度" not in first and "经度" in folded


def test_an_address_leads_to_its_subdistrict_or_its_road(client: Any, town: District) -> None:
    assert names(client, "near=示例区莲花街道幸福路12号") == names(client, "near=莲花街道")
    road = client.get("/points/?near=示例路99号").content.decode()
    assert "有几处叫这个名字" in road and "接访点</a>" in road


def test_hours_of_the_usual_forms_are_read_and_others_left_alone() -> None:
    lunch = read_hours("工作日9时至12时、14时至18时")
    assert lunch and lunch.working and lunch.spans == ((time(9), time(12)), (time(14), time(18)))
    week = read_hours("周一至周五 8:30-17:30")
    assert week and week.weekdays == {0, 1, 2, 3, 4} and week.spans == ((time(8, 30), time(17, 30)),)
    some = read_hours("周二、周四下午")
    assert some and some.weekdays == {1, 3} and some.spans == ()
    for other in ("", "预约开放", "工作日9时至25时", "工作日18时至9时", "工作日9时至18时（节假日除外）"):
        assert read_hours(other) is None


def test_without_points_the_page_says_what_to_do(client: Any, db: Any) -> None:
    assert "还没有公布带位置的站点" in client.get("/points/").content.decode()


def test_distance_is_a_distance() -> None:
    for one, other, third in product(PLACES, repeat=3):
        assert metres(one, one) == 0
        assert metres(one, other) == pytest.approx(metres(other, one), abs=1e-3)
        assert metres(one, third) <= metres(one, other) + metres(other, third) + 0.5


def test_a_known_distance() -> None:
    """Tiananmen to the Great Hall of Shenzhen's civic centre is some 1,940 km."""
    assert metres(At(116.3975, 39.9087), At(114.0579, 22.5431)) == pytest.approx(1_943_000, rel=0.005)
    assert minutes_on_foot(1000) == 16
