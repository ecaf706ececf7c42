"""Official numbers: without gaps and never twice, whatever eight writers and their failures do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db import connections

from fazhi.ledger import Draft, begin, query
from fazhi.ledger.number import NumberTaken, Series, give, start_after
from fazhi.ledger.verify import verify

ORGAN = UUID(int=9)


class Lost(Exception):
    pass


def test_eight_writers_leave_no_gap_and_no_double(fresh_database, clerk, appeal):
    series = Series(ORGAN, "示", "访", 2025)

    def write(place: int) -> int:
        chance, kept = Random(place), 0
        for turn in range(15):
            try:
                with query.act("default"):
                    draft = Draft("received", date(2025, 3, 3), fields={"channel": "web"})
                    begin(appeal, [draft], clerk, key=f"{place}-{turn}", series=series)
                    if chance.random() < 0.3:
                        raise Lost
                kept += 1
            except Lost:
                continue
        connections.close_all()
        return kept

    with ThreadPoolExecutor(8) as pool:
        kept = sum(pool.map(write, range(8)))
    rows = query.fetch("default", "select seq, text from ledger_number order by seq")
    assert [seq for seq, _ in rows] == list(range(1, kept + 1))
    assert rows[17][1] == "示访〔2025〕18号"
    assert verify().ok


def test_a_series_goes_on_after_numbers_of_another_system(db, clerk, appeal):
    series = Series(ORGAN, "示", "访", 2025)
    start_after(series, 17)
    start_after(series, 3)
    draft = Draft("received", date(2025, 3, 3), fields={"channel": "web"})
    done, _ = begin(appeal, [draft], clerk, key="a", series=series)
    assert done.number == "示访〔2025〕18号"


def test_two_organs_with_one_word_cannot_give_the_same_number(db, clerk, appeal):
    draft = Draft("received", date(2025, 3, 3), fields={"channel": "web"})
    done, _ = begin(appeal, [draft], clerk, key="a", series=Series(ORGAN, "示", "访", 2025))
    with pytest.raises(NumberTaken, match="机关代字"), query.act("default"):
        give(done.matter, Series(uuid4(), "示", "访", 2025))
