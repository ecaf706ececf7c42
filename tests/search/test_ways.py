"""Whichever way the rows are met, day by day, month by month or gathered at once, a search finds the same."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from district import District
from fazhi.ledger import query
from fazhi.reach.ask import cursor_of
from fazhi.reach.scope import NO_FILTER, Filters
from fazhi.search import find
from fazhi.search.words import kind_token, mark, month_token, unit_token

WAYS = {"gathered": (10_000, 0, -1), "by day": (0, -1, -1), "by month": (0, 10_000, -1), "ahead": (0, 10_000, 10**9)}
WORDS = {"噪音": 0.5, "停车": 0.2, "施工": 0.05, "狗": 0.01}
FIRST = date(2021, 11, 20)
UNITS = ("城管局", "莲花街道", "城管局一大队")
Row = tuple[UUID, date, UUID, int, bool, frozenset[str]]


def lay_rows(district: District, chance: Random) -> list[Row]:
    rows: list[Row] = []
    for _ in range(500):
        held = frozenset(word for word, often in WORDS.items() if chance.random() < often)
        day = FIRST + timedelta(days=int(1100 * chance.random() ** 0.5))
        unit, secrecy = district.units[chance.choice(UNITS)], chance.choice((0, 0, 0, 1))
        rows.append((UUID(int=chance.getrandbits(128), version=4), day, unit, secrecy, chance.random() < 0.3, held))
    for matter, day, unit, secrecy, still_open, held in rows:
        tokens = [*(mark("w", word) for word in held), unit_token(unit), kind_token("appeal", secrecy)]
        query.run("default", "insert into search_row values (%s, %s, %s)", [matter, day, [*tokens, month_token(day)]])
        query.run(
            "default",
            "insert into reach_row (matter, unit, kind, secrecy, open, todo, role, due, day)"
            " values (%s, %s, 'appeal', %s, %s, true, 'receiving', '9999-12-31', %s)",
            [matter, unit, secrecy, still_open, day],
        )
    return rows


@pytest.fixture
def rows(district: District) -> list[Row]:
    return lay_rows(district, Random(5))


@pytest.mark.parametrize("way", WAYS)
def test_the_same_is_found_page_by_page(
    district: District, rows: list[Row], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    few, many, ahead = WAYS[way]
    monkeypatch.setattr(find, "FEW", few)
    monkeypatch.setattr(find, "MANY", many)
    monkeypatch.setattr(find, "AHEAD", ahead)
    monkeypatch.setattr(find, "WALKED", 10**9)
    chance = Random(11)
    for name, units, secrecy in (("区长", set(UNITS), 2), ("城管员", {"城管局"}, 0)):
        scope = district.scope(name)
        for words in (["噪音"], ["噪音", "停车"], ["狗"], ["施工", "狗"], ["没有"]):
            since = FIRST + timedelta(days=chance.randrange(900))
            for filters in (NO_FILTER, Filters(open=True), Filters(since=since), Filters(until=since)):
                expected = sorted(
                    ((day, matter) for matter, day, unit, level, still_open, held in rows
                     if held.issuperset(words) and level <= secrecy and unit in {district.units[one] for one in units}
                     and (filters.open is None or still_open == filters.open)
                     and (filters.since or FIRST) <= day <= (filters.until or date.max)),
                    reverse=True,
                )  # fmt: skip
                wanted = find.Wanted("text", tuple(mark("w", word) for word in words))
                found: list[tuple[date, UUID]] = []
                after = ""
                while page := find.find(scope, filters, wanted, after, 40):
                    found += page
                    after = cursor_of(*page[-1])
                assert found == expected, (name, words, filters)
