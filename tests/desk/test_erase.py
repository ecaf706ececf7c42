"""Erasing a person: every planted string is gone from tables and files, the record verifies, clocks and days stay."""

from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from planting import PLANTED, plant

from fazhi import archive
from fazhi.desk import NoRight, erase
from fazhi.ledger import followers, read, today
from fazhi.ledger.erase import sweep
from fazhi.ledger.receipt import receipt
from fazhi.ledger.refill import compare, refill
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify


@pytest.fixture
def planted(fresh_district):
    made = plant(fresh_district)
    return made.clerk, made.matter, made.file


def found_in_tables(dsn: str) -> set[str]:
    """Every planted string met in any column of any table, and every index entry that a dump would show."""
    with psycopg.connect(dsn) as boss:
        tables = boss.execute(
            "select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where relkind = 'r' and nspname = 'public'"
        ).fetchall()
        rows = [row[0] for (table,) in tables for row in boss.execute(f"select t::text from {table} t").fetchall()]
    return {word for word in PLANTED for row in rows if word in row}


def found_on_disk(*folders: Path) -> set[str]:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {word for path in files for word in PLANTED if word.encode() in path.read_bytes()}


def test_a_person_is_erased_and_everything_else_stands(planted, fresh_database):
    clerk, matter, file = planted
    slip, before = receipt(), read(matter)
    clocks = [(clock.name, clock.due, clock.state) for clock in before.horizon.clocks]
    done = erase(clerk, party=before.parties[0], reason="request", key="e")
    seal_all()
    assert (done.matters, done.bodies, done.files, done.party) == ((matter,), 2, 1, True)
    after = read(matter)
    assert [after.body(seq) for seq in (1, 3)] == [None, None]
    assert [(clock.name, clock.due, clock.state) for clock in after.horizon.clocks] == clocks
    report = verify(slip)
    assert (report.ok, report.erased) == (True, 2)
    assert found_in_tables(fresh_database.addresses.superuser) == set()
    with pytest.raises(archive.Gone):
        archive.open(file)
    assert found_on_disk(Path(settings.FAZHI_HOME) / "files") == set()
    refill(followers())
    assert found_in_tables(fresh_database.addresses.superuser) == set()
    assert all(compare(one) == () for one in followers())


def test_nothing_planted_stays_in_the_files_of_the_database(planted, fresh_database, cluster):
    clerk, matter, _ = planted
    erase(clerk, party=read(matter).parties[0], key="e")
    with psycopg.connect(fresh_database.addresses.superuser, autocommit=True) as boss:
        (oid,) = boss.execute("select oid from pg_database where datname = current_database()").fetchone()
        (data,) = boss.execute("show data_directory").fetchone()
        sweep(
            [
                row[0]
                for row in boss.execute(
                    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
                ).fetchall()
            ]
        )
        boss.execute("checkpoint")
        assert found_on_disk(Path(data) / "base" / str(oid)) == set()


def test_erasing_needs_its_power(planted, fresh_database):
    clerk, matter, _ = planted
    from dataclasses import replace

    with pytest.raises(NoRight, match="清除"):
        erase(replace(clerk, powers=frozenset({"record"})), party=read(matter).parties[0], key="e")


def test_one_entry_is_erased_alone(planted, fresh_database):
    clerk, matter, _ = planted
    done = erase(clerk, matter=matter, entries=[3], reason="mistake", key="e")
    assert (done.bodies, done.files, done.party) == (1, 0, False)
    assert read(matter).body(3) is None and read(matter).body(1)
    assert read(matter).entries[-1].day == today() and today() - timedelta(days=1) < today()
