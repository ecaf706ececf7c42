"""Rooms: in step with the entry, refused together with it, and equal to their refill."""

from datetime import date

import pytest

from fazhi.ledger import Draft, FollowerFailed, append, followers, open_matter, query, read, register_followers
from fazhi.ledger.heavy import as_of, follow_sealed
from fazhi.ledger.refill import compare, refill
from fazhi.ledger.seal import last_position, seal_all

DAY = date(2025, 3, 3)


class Broken:
    name, table, key, heavy = "broken", "reach_row", ("matter", "unit"), False

    def rows(self, view):
        if view.head > 1:
            raise RuntimeError("no")
        return []


@pytest.fixture
def matters(fresh_database, clerk, appeal):
    made = []
    for place in range(5):
        draft = Draft("received", DAY, fields={"channel": "web"}, body={"text": "路灯坏了"})
        made.append(open_matter(appeal, draft, clerk, key=f"m{place}").matter)
        append(made[-1], Draft("accepted", DAY), clerk, seen=1, key="a")
    return made


def test_rooms_equal_their_refill_and_a_spoilt_one_is_mended(matters, fresh_database):
    seal_all()
    follow_sealed()
    for room in followers():
        assert compare(room) == (), room.name
    query.run("owner", "update reach_row set due = '2001-01-01' where matter = %s", [matters[0]])
    query.run("owner", "delete from reach_row where matter = %s", [matters[1]])
    reach = next(room for room in followers() if room.name == "reach")
    assert {(one.matter, one.side) for one in compare(reach)} == {
        (matters[0], "room"),
        (matters[0], "refill"),
        (matters[1], "refill"),
    }
    assert refill([reach])["reach"] == 5
    assert compare(reach) == ()


def test_processes_side_by_side_fill_the_same_rooms(matters, clerk):
    told = {"other_system": "hotline", "outside_number": "26030201"}
    append(matters[0], Draft("numbered_elsewhere", DAY, fields=told), clerk, seen=2, key="n")
    seal_all()
    query.run("owner", "update search_row set words = '{}'")
    seen = []
    rows = refill(followers(), step=lambda done, total: seen.append((done, total)), workers=2)
    assert rows["reach"] == 5 and seen == [(5, 5)]
    assert rows["exchange"] == 1, "a room whose table numbers its rows by itself"
    assert as_of("indicators") == last_position()
    for room in followers():
        assert compare(room) == (), room.name


def test_a_room_that_fails_refuses_the_entry(matters, clerk):
    kept = followers()
    register_followers([*kept, Broken()])
    try:
        with pytest.raises(FollowerFailed, match="broken"):
            append(matters[0], Draft("noted", DAY), clerk, seen=2, key="n")
    finally:
        register_followers(kept)
    assert read(matters[0]).head == 2


class Unfit:
    name, table, key, heavy = "unfit", "reach_row", ("matter", "unit"), False

    def rows(self, view):
        return [{"matter": view.id, "unit": view.unit, "kind": None, "role": "张三丰"}]


def test_a_row_that_a_room_cannot_hold_refuses_the_entry_and_is_not_quoted(matters, clerk):
    kept = followers()
    register_followers([Unfit()])
    try:
        with pytest.raises(FollowerFailed, match="reach_row") as told:
            append(matters[0], Draft("noted", DAY), clerk, seen=2, key="n")
    finally:
        register_followers(kept)
    assert "张三丰" not in str(told.value) and told.value.__cause__ is None
    assert read(matters[0]).head == 2


def test_heavy_rooms_tell_as_of_which_position(matters, clerk):
    heavy = [room for room in followers() if room.heavy]
    assert all(as_of(room.name) == 0 for room in heavy)
    seal_all()
    follow_sealed()
    assert all(as_of(room.name) == last_position() == 10 for room in heavy)
    at = read(matters[0], at=1)
    assert at.head == 1 and read(matters[0]).head == 2
