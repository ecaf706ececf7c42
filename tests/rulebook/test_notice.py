"""A holiday notice that arrives as a page moves exactly days that were provisional; all others stay as they were."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.law import Fact, Matter, read_clocks
from fazhi.rulebook import Rulebook, load

YEAR = max(year for year in range(2004, 2100) if load().calendar.known(date(year, 7, 1))) + 1
NOTICE = f"""
year = {YEAR}
source = "国务院办公厅关于{YEAR}年部分节假日安排的通知（测试用）"
[rest]
"元旦" = ["{YEAR}-01-01/{YEAR}-01-04"]
"春节" = ["{YEAR}-02-03/{YEAR}-02-13"]
"国庆节" = ["{YEAR}-10-01/{YEAR}-10-09"]
[worked]
"元旦" = ["{{make_up}}"]
"""
FIRST, LAST = date(YEAR - 1, 9, 1), date(YEAR, 12, 31)
PAGE = load().page("reconsideration", date(2024, 1, 1))
OPENING = {"channel": "web"}


def weekend(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("notice")
    path = folder / "calendars" / f"{YEAR}.toml"
    path.parent.mkdir()
    path.write_text(NOTICE.format(make_up=weekend(date(YEAR - 1, 12, 26))), encoding="utf-8")
    return load(Path(folder))


def dues(book: Rulebook, start: date, procedure: str) -> dict[str, tuple[date | None, date | None, bool]]:
    accepted = Fact("accepted", start, fields={"procedure": procedure}, entry=2)
    facts = (Fact("received", start, fields=OPENING, entry=1), accepted, Fact("copy_sent", start, entry=3))
    facts += (Fact("copy_received", start, entry=4),)
    clocks = read_clocks(Matter(PAGE, facts), date.max, book.calendar).clocks
    return {clock.name: (clock.due, clock.strict, clock.provisional) for clock in clocks}


@settings(deadline=None)
@given(start=st.dates(FIRST, LAST), procedure=st.sampled_from(["ordinary", "simplified"]))
def test_only_provisional_days_move(start: date, procedure: str, after: Rulebook):
    before, now = dues(load(), start, procedure), dues(after, start, procedure)
    assert before.keys() == now.keys()
    for name, (due, strict, provisional) in before.items():
        assert provisional or (due, strict) == now[name][:2], f"{name} moved from {due} though it was certain"


def test_days_move_both_ways_and_become_certain(after: Rulebook):
    moved = {True: 0, False: 0}
    for place in range((LAST - FIRST).days):
        start = FIRST + timedelta(days=place)
        before, now = dues(load(), start, "simplified"), dues(after, start, "simplified")
        for name, (due, _, provisional) in before.items():
            told, _, still = now[name]
            if due and told and due != told:
                assert provisional
                moved[told > due] += 1
            if told and told < date(YEAR, 12, 1) and start.year == YEAR:
                assert not still, f"{name} of {start} is due on {told} in a year with its notice"
    assert moved[True] > 50 and moved[False] > 0
