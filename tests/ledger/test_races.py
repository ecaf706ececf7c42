"""Races: of many who record at once after the same entry one wins, and the others are told by whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import UUID

from django.db import connections

from fazhi.ledger import Collision, Draft, append, open_matter, read
from fazhi.ledger.verify import verify

DAY = date(2025, 3, 3)
WRITERS = 6


def at_once(work) -> list:
    start = Barrier(WRITERS)

    def one(place: int) -> object:
        try:
            start.wait()
            return work(place)
        except Collision as collision:
            return collision
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def opened(page, clerk) -> UUID:
    return open_matter(page, Draft("received", DAY, fields={"channel": "web"}), clerk, key="a").matter


def test_one_wins_and_the_others_are_told_by_whom(fresh_database, clerk, appeal):
    matter = opened(appeal, clerk)
    said = at_once(lambda place: append(matter, Draft("noted", DAY), clerk, seen=1, key=f"k{place}"))
    lost = [one for one in said if isinstance(one, Collision)]
    assert len(lost) == WRITERS - 1
    assert {(one.seen, one.head, one.since[0].account) for one in lost} == {(1, 2, clerk.account)}
    assert read(matter).head == 2 and verify().ok


def test_the_same_act_sent_many_times_at_once_is_recorded_once(fresh_database, clerk, appeal):
    matter = opened(appeal, clerk)
    said = at_once(lambda _: append(matter, Draft("noted", DAY), clerk, seen=1, key="one"))
    assert {one.seq for one in said} == {2} and sum(not one.repeated for one in said) == 1
    assert read(matter).head == 2


def test_the_same_matter_sent_many_times_at_once_is_opened_once(fresh_database, clerk, appeal):
    said = set(at_once(lambda _: opened(appeal, clerk)))
    assert len(said) == 1 and verify().entries == 1
