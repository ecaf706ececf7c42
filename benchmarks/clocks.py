"""Reading many open clocks again, beside reading the same ones one by one in the same run."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np

from benchmarks.measure import Row, clock
from fazhi.law import Fact, Matter, many, read_clocks
from fazhi.rulebook import load

NOW = date(2025, 3, 5)
ALONE = 3000
GOAL = 10.0


def measure(clocks: int) -> Row:
    """The term for a decision, one in six suspended for a while: all of them as columns, some of them one by one."""
    book = load()
    page = book.page("reconsideration", date(2024, 1, 1))
    rule = page.clocks["decide"]
    chance = random.Random(5)
    starts = [NOW - timedelta(days=chance.randint(26, 226)) for _ in range(clocks)]
    paused = [chance.random() < 1 / 6 for _ in range(clocks)]
    begin = [start + timedelta(days=10) if stop else None for start, stop in zip(starts, paused, strict=True)]
    end = [start + timedelta(days=25) if stop else None for start, stop in zip(starts, paused, strict=True)]
    with clock() as together:
        pauses = (np.array(begin, dtype="datetime64[D]"), np.array(end, dtype="datetime64[D]"))
        runs = many.Runs(np.array(starts, dtype="datetime64[D]"), pauses=(pauses,))
        columns = many.read_many(rule, runs, NOW, book.calendar, rolls=page.rolls)
    with clock() as alone:
        for place in range(ALONE):
            facts = [Fact("received", starts[place]), Fact("accepted", starts[place], fields={"procedure": "ordinary"})]
            if (left := begin[place]) and (back := end[place]):
                facts += [Fact("suspended", left, fields={"ground": "other"}), Fact("resumed", back)]
            found = read_clocks(Matter(page, tuple(facts)), NOW, book.calendar).clock("decide")
            if found is None or found.due != columns.due[place].astype(date):
                raise AssertionError(f"the two ways of reading differ for clock {place}")
    each = alone() / ALONE
    measured = f"{together():.1f} s, the columns made from days included"
    beside = (
        f"one by one {each * 1e6:.0f} µs a matter, {each * clocks:.0f} s for as many; {ALONE:,} compared, all equal"
    )
    return Row(f"{clocks:,} open clocks read again", "≤ 10 s", measured, beside, together() <= GOAL)
