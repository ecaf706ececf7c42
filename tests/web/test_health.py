"""How the platform fares: who may see it, and what it says of late jobs and shared roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reading import read

from district import District
from fazhi.jobs.loop import jobs
from fazhi.ledger import query
from fazhi.ledger.health import WATCHED

AtDesk = Callable[..., Any]
PATH = "/office/health/"


@pytest.fixture
def watcher(at_desk: AtDesk, district: District) -> Any:
    district.clerk("监督员", "司法局", "supervise")
    return at_desk("监督员")


def ran(name: str, ago: str, failed_ago: str | None = None) -> None:
    query.run(
        "default",
        "insert into ledger_job (name, succeeded_at, failed_at, failure) values (%s, now() - %s::interval, "
        "now() - %s::interval, %s)",
        [name, ago, failed_ago, "OSError" if failed_ago else ""],
    )


def test_only_administrators_and_posts_that_supervise_see_it(watcher: Any, at_desk: AtDesk, district: District) -> None:
    for power in ("administer", "grant", "audit"):
        district.clerk(power, "区政府", power)
    for client in (watcher, *(at_desk(power) for power in ("administer", "grant", "audit"))):
        assert client.get(PATH).status_code == 200
        assert PATH in client.get("/office/", follow=True).content.decode()
    other = at_desk("城管员")
    assert other.get(PATH).status_code == 403
    assert PATH not in other.get("/office/").content.decode()


def test_a_stranger_is_sent_to_log_in(client: Any, district: District) -> None:
    assert client.get(PATH)["Location"].startswith("/office/login/")


def test_every_job_is_watched(watcher: Any) -> None:
    assert {one.name for one in jobs()} == {one.name for one in WATCHED}
    shown = watcher.get(PATH).content.decode()
    assert shown.count("还没有运行过") == shown.count("需要查看") == len(WATCHED)
    assert "很久没有成功运行" in shown


def test_jobs_in_time_are_well_and_a_late_one_is_told_with_its_failure(watcher: Any) -> None:
    for one in WATCHED:
        ran(one.name, "1 second", "1 hour")
    fine = watcher.get(PATH).content.decode()
    assert "需要查看" not in fine and "很久没有成功运行" not in fine and "OSError" not in fine
    query.run(
        "default",
        "update ledger_job set succeeded_at = now() - interval '2 minutes', failed_at = now() where name = 'seal'",
    )
    late = watcher.get(PATH).content.decode()
    assert late.count("需要查看") == 1 and late.count("OSError") == 1 and "很久没有成功运行" in late


def test_shared_roles_are_told_and_separate_ones_are_not(watcher: Any, settings_of_roles: Callable[..., None]) -> None:
    settings_of_roles("one", "one", "one", "one")
    assert "不能阻止篡改" in watcher.get(PATH).content.decode()
    settings_of_roles("web", "owner", "public", "sealer")
    shown = watcher.get(PATH).content.decode()
    assert "不能阻止篡改" not in shown and "四个数据库角色各有各的权限" in shown


@pytest.fixture
def settings_of_roles(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Names the users of the four aliases, in the settings alone."""
    from django.conf import settings

    def name(*users: str) -> None:
        aliases = ("default", "owner", "public", "sealer")
        databases = {alias: {"USER": user} for alias, user in zip(aliases, users, strict=True)}
        monkeypatch.setattr(settings, "DATABASES", databases)

    return name


def test_in_english_no_chinese_word_of_the_interface_stays(watcher: Any) -> None:
    watcher.post("/language/", {"language": "en", "next": PATH})
    words = " ".join(read(watcher.get(PATH).content).words)
    assert "Sealing the record" in words
    assert not [sign for sign in words.replace("中文", "") if "\u4e00" <= sign <= "\u9fff"]
