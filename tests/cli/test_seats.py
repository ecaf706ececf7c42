"""Accounts, posts and grants from the command line: what works, what is refused, and what the refusal teaches."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from typing_in import PASSWORD, done, refused

from district import District, lay
from fazhi.ledger import today
from fazhi.people.posts import BadSeat, leave

TWICE = f"{PASSWORD}\n{PASSWORD}\n"


@pytest.fixture
def district(db: Any) -> District:
    """Units 城管局, 城管局一大队, 莲花街道 … with a post 城管员岗 in 城管局."""
    from django.core.cache import cache

    cache.clear()
    return lay()


@pytest.fixture
def zhang(district: District) -> str:
    done("account add Zhang --display 张三", TWICE)
    return "zhang"


def logs_in(name: str, password: str = PASSWORD) -> bool:
    return Client().post("/office/login/", {"username": name, "password": password}).status_code == 302


def desk_of(name: str) -> str:
    client = Client()
    client.post("/office/login/", {"username": name, "password": PASSWORD})
    return client.get("/office/", follow=True).content.decode()


def test_an_account_logs_in_with_the_password_typed_twice(zhang: str) -> None:
    assert logs_in("zhang") and not logs_in("zhang", "别的密码别的密码别的")
    assert PASSWORD not in done("account list --json")


def test_a_program_gives_the_password_on_its_standard_input(district: District) -> None:
    done("account add wang --display 王五 --password-stdin", f"{PASSWORD}\n")
    assert logs_in("wang")


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "至少10个字"),
        ("短密码", "至少10个字"),
        ("aaaaaaaaaaaa", "不同的字"),
        ("1029384756102", "只有数字"),
        ("li-password-li", "用户名"),
        ("李四的密码是什么呢谁知道", "姓名"),
        ("unbelievable", "常见"),
    ],
)
def test_a_weak_password_is_refused_with_the_rule(district: District, password: str, says: str) -> None:
    told = refused("account add li --display 李四", f"{password}\n{password}\n")
    assert says in told and "至少10个字，其中至少5个不同" in told
    assert "李四" not in done("account list")


def test_two_different_passwords_make_no_account(district: District) -> None:
    assert "两次" in refused("account add li --display 李四", f"{PASSWORD}\n{PASSWORD}了\n")
    assert "李四" not in done("account list")


@pytest.mark.parametrize("name", ["ZHANG", "'zhang san'", "a/b", "''"])
def test_user_names_that_are_taken_or_unusable(zhang: str, name: str) -> None:
    assert "用户名" in refused(f"account add {name} --display 另一人", TWICE)


def test_a_new_password_ends_the_sessions_and_the_lockout(zhang: str) -> None:
    client = Client()
    client.post("/office/login/", {"username": "zhang", "password": PASSWORD})
    for _ in range(5):
        logs_in("zhang", "错误的密码错误的密码")
    assert not logs_in("zhang")
    done("account password zhang", f"{PASSWORD}新\n{PASSWORD}新\n")
    assert logs_in("zhang", f"{PASSWORD}新")
    assert client.get("/office/")["Location"].startswith("/office/login/")


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(zhang: str) -> None:
    client = Client()
    client.post("/office/login/", {"username": "zhang", "password": PASSWORD})
    done("account close zhang")
    assert not logs_in("zhang")
    assert client.get("/office/")["Location"].startswith("/office/login/")
    assert "停用" in refused("post hold 城管局/城管员岗 zhang --since 2025-01-01")
    done("account close zhang --undo")
    assert logs_in("zhang")


def test_a_post_held_and_granted_shows_its_matters_on_the_desk(zhang: str, district: District) -> None:
    matter = str(district.receive("城管局", day=today()).matter)
    told = done("post add 城管局 受理岗 --powers 办理,publish --since 2020-01-01")
    assert "办理、公开" in told
    done("post hold 受理岗 张三 --since 2020-01-01")
    assert "受理岗" in desk_of("zhang") and matter not in desk_of("zhang")
    done("grant give 城管局/受理岗 --unit 城管局 --kinds 信访 --since 2020-01-01 --reason 分工")
    assert matter in desk_of("zhang")
    number = json.loads(done("grant list --json"))[-1]["number"]
    done(f"grant end {number}")
    assert matter not in desk_of("zhang")
    assert json.loads(done("grant list --all --json"))[-1]["until"] == today().isoformat()
    done("post leave 城管局/受理岗 zhang")
    assert "受理岗" not in desk_of("zhang")


def test_only_the_unit_itself_and_only_some_kinds(zhang: str, district: District) -> None:
    done("post add 区政府 督查岗 --powers supervise --since 2020-01-01")
    done("post hold 督查岗 zhang --since 2020-01-01")
    below = str(district.receive("城管局", day=today()).matter)
    done("grant give 督查岗 --unit 区政府 --only --look-only --since 2020-01-01 --reason 督查")
    search = Client()
    search.post("/office/login/", {"username": "zhang", "password": PASSWORD})
    assert below not in search.get("/office/matters/").content.decode()
    done("grant give 督查岗 --unit 区政府 --kinds reconsideration --look-only --since 2020-01-01 --reason 督查")
    assert below not in search.get("/office/matters/").content.decode()
    done("grant give 督查岗 --unit 区政府 --kinds reconsideration,信访 --look-only --since 2020-01-01 --reason 督查")
    assert below in search.get("/office/matters/").content.decode()
    assert search.get("/office/receive/").status_code == 403, "one who only looks receives nothing"


def test_a_deputy_has_the_rights_of_the_post_for_a_while(zhang: str, district: District) -> None:
    matter = str(district.receive("城管局", day=today()).matter)
    done("post add 司法局 法制岗 --powers record --since 2020-01-01")
    done("post hold 法制岗 zhang --since 2020-01-01")
    until = today() + timedelta(days=3)
    done(f"grant deputise 城管局/城管员岗 --to zhang --since 2020-01-01 --until {until} --reason 休假")
    assert matter in desk_of("zhang")
    assert "代理城管局/城管员岗" in done("grant list")
    told = refused(f"grant deputise 城管员岗 --to 司法局/法制岗 --since {until} --until {until} --reason 休假")
    assert "截止日期" in told


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("post add 城管 某岗 --powers record", "城管局一大队"),
        ("post add 无此局 某岗 --powers record", "fazhi unit list"),
        ("post add 城管局 某岗 --powers fly", "approve（机构负责人审批）"),
        ("post add 城管局 某岗 --powers ,", "至少写一种职权"),
        ("post add 城管局 城管员岗 --powers record", "已有"),
        ("post add 城管局 某岗 --powers record --since 2001-01-01", "2010-01-01"),
        ("post hold 城管局/城管员岗 z.hang --since 2025-01-01", "没有名为“z.hang”的账号"),
        ("post hold 城管局/城管员岗 nobody --since 2025-01-01", "fazhi account list"),
        ("post hold 城管局/城管员岗 zhang --since 2001-01-01", "2010-01-01"),
        ("post hold 城管局/城管员岗 zhang --since 2025-02-01 --until 2025-02-01", "离任日须晚于任职日"),
        ("post hold 城管局/大队员岗 zhang --since 2025-02-01", "城管局一大队/大队员岗"),
        ("post leave 城管局/城管员岗 zhang", "没有担任"),
        ("grant give 城管员岗 --unit 城管局 --kinds 报销 --since 2025-01-01 --reason 试", "appeal（信访）"),
        ("grant give 城管员岗 --unit 城管局 --since 2025-01-01 --until 2025-01-01 --reason 试", "截止日期"),
        ("grant give 城管员岗 --unit 城管局 --since 昨天 --reason 试", "昨天"),
        ("grant end 99999999", "fazhi grant list"),
    ],
)
def test_what_cannot_be_is_refused_and_teaches(zhang: str, line: str, says: str) -> None:
    before = [done(f"{family} list --json") for family in ("account", "post", "grant")]
    assert says in refused(line)
    assert [done(f"{family} list --json") for family in ("account", "post", "grant")] == before


def test_a_name_that_means_several_is_listed_with_ids(zhang: str) -> None:
    done("post add 司法局 城管员岗 --powers record --since 2020-01-01")
    told = refused("post hold 城管员岗 zhang --since 2025-01-01")
    assert "城管局/城管员岗" in told and "司法局/城管员岗" in told
    ids = {row["unit"]: row["id"] for row in json.loads(done("post list --json")) if row["title"] == "城管员岗"}
    assert ids["司法局"] in told
    assert "担任司法局/城管员岗" in done(f"post hold {ids['司法局']} zhang --since 2025-01-01")


def test_a_post_is_held_once_at_a_time(zhang: str, district: District) -> None:
    done("post hold 城管员岗 zhang --since 2025-01-01 --until 2025-03-01")
    assert "已担任" in refused("post hold 城管员岗 zhang --since 2025-02-01")
    assert "已担任" in refused("post hold 城管员岗 zhang --since 2024-12-01 --until 2025-02-01")
    done("post hold 城管员岗 zhang --since 2025-03-01")
    holders = next(row for row in json.loads(done("post list --json")) if row["title"] == "城管员岗")["holders"]
    assert [one["since"] for one in holders if one["username"] == "Zhang"] == ["2025-03-01"]


def test_leaving_again_changes_nothing(district: District) -> None:
    post, account = district.posts["城管员"], district.accounts["城管员"]
    assert leave(post, account, day=date(2025, 1, 1))
    assert not leave(post, account, day=date(2025, 2, 1))


def test_a_stroke_in_a_title_would_mislead(district: District) -> None:
    from fazhi.people import posts

    with pytest.raises(BadSeat, match="/"):
        posts.create(district.units["城管局"], "甲/乙", ["record"], since=today())
