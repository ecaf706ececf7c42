"""Rows of a district's years of work, straight by COPY: skewed units and kinds, and six profiles to read them as.

    python -m benchmarks.generate ADDRESS --matters 100000

fills the tables of units, grants and rooms that lists, counts and searches read. `ADDRESS` is the owner's.
"""

from __future__ import annotations

import argparse
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, islice

import psycopg
from django.contrib.auth.hashers import make_password

TODAY = date(2025, 3, 5)
FIRST = date(2019, 1, 1)
PASSWORD = "measure-this-district-2025"
NEVER = date(9999, 12, 31)
KINDS = ("appeal", "hotline", "reconsideration", *(f"kind{number:02}" for number in range(4, 37)))
RARE = KINDS[-2:]
COMMON_WORDS = ("噪音", "停车", "施工", "物业", "垃圾", "拆迁", "社保", "学位")


@dataclass(slots=True)
class District:
    """The tree of units by level, the profiles (name, account and post to read as), and how many matters were laid."""

    root: uuid.UUID
    organs: list[uuid.UUID]
    leaves: list[uuid.UUID]
    profiles: dict[str, tuple[uuid.UUID, uuid.UUID]] = field(default_factory=dict)
    matters: int = 0

    @property
    def units(self) -> list[uuid.UUID]:
        return [self.root, *self.organs, *self.leaves]


def identity(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def lay_district(work: psycopg.Cursor[tuple[object, ...]], chance: random.Random, organs: int = 40) -> District:
    """A root, organs below it, and ten departments or communities below each."""
    district = District(identity(chance), [identity(chance) for _ in range(organs)], [])
    below = {organ: [identity(chance) for _ in range(10)] for organ in district.organs}
    district.leaves = [leaf for leaves in below.values() for leaf in leaves]
    named: list[tuple[uuid.UUID, str, uuid.UUID | None]] = [(district.root, "样区", None)]
    named += [(organ, f"样区第{place}局", district.root) for place, organ in enumerate(district.organs)]
    named += [(leaf, f"第{place}科", organ) for organ, leaves in below.items() for place, leaf in enumerate(leaves)]
    columns = "id, name, name_en, short, kind, organ_code, sort_key, initials, since"
    with work.copy(f"copy people_unit ({columns}) from stdin") as copy:
        for unit, name, _ in named:
            copy.write_row((unit, name, "", "", "department", "", name, "", FIRST))
    with work.copy("copy people_unit_place (unit_id, parent_id, since) from stdin") as copy:
        for unit, _, parent in named:
            copy.write_row((unit, parent, FIRST))
    _lay_profiles(work, chance, district)
    return district


def _lay_profiles(work: psycopg.Cursor[tuple[object, ...]], chance: random.Random, district: District) -> None:
    leaf = district.leaves
    scattered = chance.sample(leaf, 60)
    grants: dict[str, list[tuple[uuid.UUID, bool, list[str] | None, int]]] = {
        "leader": [(district.root, True, None, 2)],
        "organ reviewer": [(district.organs[0], True, None, 1)],
        "one-unit clerk": [(leaf[0], False, None, 0)],
        "scattered clerk": [(unit, False, ["appeal", "hotline"], 0) for unit in scattered],
        "supervisor of two rare kinds": [(district.root, True, list(RARE), 2)],
        "user with two rows": [(leaf[-1], False, [RARE[0]], 0)],
    }
    for name, given in grants.items():
        account, post, unit = identity(chance), identity(chance), given[0][0]
        district.profiles[name] = (account, post)
        work.execute(
            "insert into people_account (id, password, username, display, sort_key, is_active, failures, created)"
            " values (%s, %s, %s, %s, '', true, 0, now())",
            (account, make_password(PASSWORD), name, name),
        )
        work.execute(
            "insert into people_post (id, unit_id, title, title_en, powers, since) values (%s, %s, %s, '', %s, %s)",
            (post, unit, name, ["record"], FIRST),
        )
        work.execute(
            "insert into people_holding (post_id, account_id, since) values (%s, %s, %s)", (post, account, FIRST)
        )
        for of, subtree, kinds, secrecy in given:
            work.execute(
                "insert into reach_grant (post, unit, subtree, kinds, secrecy, acts, since, reason)"
                " values (%s, %s, %s, %s, %s, true, %s, '')",
                (post, of, subtree, kinds, secrecy, FIRST),
            )


@dataclass(frozen=True, slots=True)
class Made:
    """One matter as every room needs it."""

    id: uuid.UUID
    kind: str
    secrecy: int
    day: date
    open: bool
    due: date
    units: tuple[uuid.UUID, ...]
    words: tuple[str, ...]


def make(district: District, matters: int, chance: random.Random) -> Iterator[Made]:
    """Matters by Zipf over units and kinds: the busiest unit has some 8 in a hundred, rare kinds 1 in 5,000 each."""
    quiet = district.leaves[-1]
    leaves = district.leaves[:-1]
    unit_weights = list(accumulate(1 / (place + 3) for place in range(len(leaves))))
    kind_weights = list(accumulate([*(1 / (place + 1) ** 1.3 for place in range(len(KINDS) - 2)), 0.0008, 0.0008]))
    parent = {leaf: district.organs[place // 10] for place, leaf in enumerate(district.leaves)}
    span = (TODAY - FIRST).days
    for number in range(matters):
        kind = chance.choices(KINDS, cum_weights=kind_weights)[0]
        unit = chance.choices(leaves, cum_weights=unit_weights)[0]
        if number in (0, 1):
            kind, unit = RARE[0], quiet
        day = FIRST + timedelta(days=int(span * chance.random() ** 0.7))
        still_open = chance.random() < (0.6 if (TODAY - day).days < 60 else 0.03)
        units = dict.fromkeys([parent[unit], unit, *(chance.sample(leaves, 1) if chance.random() < 0.2 else ())])
        due = TODAY + timedelta(days=chance.randint(-30, 60)) if still_open else NEVER
        secrecy = chance.choices((0, 1, 2), weights=(90, 9, 1))[0] if number > 1 else 0
        yield Made(identity(chance), kind, secrecy, day, still_open, due, tuple(units), _words(chance))


def _words(chance: random.Random) -> tuple[str, ...]:
    common = [word for word in COMMON_WORDS if chance.random() < 0.125]
    return (*common, *(f"w{int(chance.paretovariate(0.6)) % 200_000}" for _ in range(24)))


def fill_rooms(work: psycopg.Cursor[tuple[object, ...]], made: Sequence[Made]) -> None:
    """Rows of reach, worklist and search by COPY."""
    columns = "matter, unit, kind, secrecy, open, todo, role, due, day"
    with work.copy(f"copy reach_row ({columns}) from stdin") as copy:
        for one in made:
            for place, unit in enumerate(one.units):
                role = ("receiving", "responsible", "asked")[place]
                copy.write_row((one.id, unit, one.kind, one.secrecy, one.open, one.open, role, one.due, one.day))
    columns = "matter, clock, thread, run, kind, unit, secrecy, lane, live, provisional, start, watch, by_day, due"
    with work.copy(f"copy worklist_row ({columns}, late_after, end_state, duty) from stdin") as copy:
        for one in made:
            for place, clock in enumerate(("accept", "handle")):
                live = one.open and place == 1
                lane = ("paused", "waiting", *("ours",) * 18)[one.id.int % 20] if live else "ours"
                row = (one.id, clock, "", 0, one.kind, one.units[1], one.secrecy, lane, live, one.id.int % 30 == 0)
                copy.write_row((*row, one.day, one.due, one.due, one.due, one.due, "" if live else "met", ""))


def fill(
    address: str,
    matters: int,
    seed: int = 7,
    batch: int = 10_000,
    each: Callable[[Sequence[Made]], object] = lambda made: None,
    enough: Callable[[], bool] = lambda: False,
) -> District:
    """Fill a migrated database; the same seed gives the same rows. `each` is handed the matters batch by batch, and
    `enough` is asked after each batch whether to stop early."""
    chance = random.Random(seed)
    with psycopg.connect(address) as connection, connection.cursor() as work:
        district = lay_district(work, chance)
        work.execute("drop index search_words")
        for made in batches(make(district, matters, chance), batch):
            fill_rooms(work, made)
            fill_search(work, made)
            connection.commit()  # the server ends a transaction that waits a minute for the entries
            each(made)
            district.matters += len(made)
            if enough():
                break
        work.execute("create index search_words on search_row using gin (words)")
        connection.commit()
        connection.autocommit = True
        work.execute("vacuum analyze reach_row, worklist_row, search_row, people_unit_place")
    return district


def batches(made: Iterator[Made], size: int) -> Iterator[list[Made]]:
    """What is made, so many at a time."""
    while several := list(islice(made, size)):
        yield several


def fill_search(work: psycopg.Cursor[tuple[object, ...]], made: Sequence[Made]) -> None:
    """Rows of search; words are marked as the follower marks them."""
    from fazhi.search.words import kind_token, mark, month_token, unit_token

    with work.copy("copy search_row (matter, day, words) from stdin") as copy:
        for one in made:
            words = [mark("w", word) for word in one.words]
            rights = [*map(unit_token, one.units), kind_token(one.kind, one.secrecy), month_token(one.day)]
            copy.write(f"{one.id}\t{one.day}\t{{{','.join([*words, *rights])}}}\n")


def main() -> None:
    """Fill a database and print the profiles as JSON-like lines."""
    parser = argparse.ArgumentParser(description="Fill an empty, migrated database with a district's years of work.")
    parser.add_argument("address", help="connection string of the owner")
    parser.add_argument("--matters", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    district = fill(given.address, given.matters, given.seed)
    for name, (account, post) in district.profiles.items():
        print(f"{name}\t{account}\t{post}")


if __name__ == "__main__":
    main()
