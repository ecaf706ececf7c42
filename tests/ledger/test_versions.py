"""Rooms that another version of the program or of the calendar filled are known and fill themselves anew."""

from datetime import date
from pathlib import Path

import pytest

from fazhi.jobs import renew
from fazhi.ledger import Draft, adopted, followers, open_matter, query, versions
from fazhi.ledger.refill import RefillRunning, compare, refill

DAY = date(2025, 3, 3)


@pytest.fixture
def matter(fresh_database, clerk, appeal):
    draft = Draft("received", DAY, fields={"channel": "web"}, body={"text": "路灯坏了"})
    return open_matter(appeal, draft, clerk, key="m").matter


def room(name):
    return next(one for one in followers() if one.name == name)


def test_a_new_database_has_nothing_to_renew(fresh_database):
    assert versions.outdated() == ()


def test_rooms_of_an_older_program_are_refilled_by_the_jobs_while_sealing_goes_on(matter):
    query.run("owner", "update ledger_room set version = 'older' where follower in ('reach', 'worklist')")
    query.run("owner", "update reach_row set role = 'named', todo = false")
    assert {one.name for one in versions.outdated()} == {"reach", "worklist"}
    assert renew.renew() == 2
    renew.wait()
    assert versions.outdated() == () and renew.renew() == 0
    assert compare(room("reach")) == ()


def test_a_database_from_before_there_were_versions_is_refilled_once(matter):
    query.run("owner", "delete from ledger_room")
    assert len(versions.outdated()) == len(followers())
    renew.renew()
    renew.wait()
    assert versions.outdated() == ()


def test_a_fold_is_another_once_anything_it_reaches_is(matter, monkeypatch):
    before = {one.name: versions.version(one) for one in followers()}
    text = versions._text

    def changed(module):
        return text(module) + ("\nX = 1\n" if module == "fazhi.reach.involved" else "")

    monkeypatch.setattr(versions, "_text", changed)
    versions._source.cache_clear()
    try:
        told = {one.name for one in followers() if versions.version(one) != before[one.name]}
    finally:
        versions._source.cache_clear()
    assert {"reach", "worklist", "search"} <= told


def test_a_calendar_that_changes_makes_rooms_with_days_outdated(matter, tmp_path, settings_overlay):
    page = tmp_path / "calendars" / "2033.toml"
    page.parent.mkdir()
    page.write_text('year = 2033\nsource = "放假通知"\n[rest]\n"元旦" = ["2033-01-03"]\n[worked]\n', "utf-8")
    settings_overlay(tmp_path)
    assert room("worklist") in versions.outdated()


@pytest.fixture
def settings_overlay(monkeypatch):
    from django.conf import settings

    def lay(folder: Path) -> None:
        monkeypatch.setattr(settings, "FAZHI_OVERLAYS", (folder,))
        adopted.look_again()

    return lay


def test_two_refills_at_once_are_refused_with_a_reason(matter):
    query.fetch("sealer", "select pg_advisory_lock(hashtextextended('fazhi.refill', 0))")
    try:
        with pytest.raises(RefillRunning, match="正在重建"):
            refill([room("reach")])
    finally:
        query.fetch("sealer", "select pg_advisory_unlock(hashtextextended('fazhi.refill', 0))")
    assert refill([room("reach")])["reach"] == 1
