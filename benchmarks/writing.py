"""Recording through the desk, by one writer and by eight, beside plain INSERTs of the same rows in the same run."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from benchmarks.district import clerk, found
from benchmarks.ground import Ground
from benchmarks.measure import Row
from benchmarks.served import sealing

SECONDS = 8.0
GOAL = 0.5
WHY = "rights, reading the matter, its clocks and five rooms are computed in Python for every act"
ROOMS = ("ledger_matter", "ledger_entry", "ledger_body", "ledger_number", "people_holder", "reach_row", "worklist_row")
ROOMS_TOO = ("search_row", "tracking_row", "gazette_item")


def measure(ground: Ground, seconds: float = SECONDS) -> list[Row]:
    """Three rows: one writer, eight writers, eight writers on a disk whose flush takes four milliseconds."""
    account, post = map(str, clerk("writer", found("样区信访局", "样")))
    rows = []
    for title, writers, flush in (("1 writer", 1, 0), ("8 writers", 8, 0), ("8 writers, 4 ms flush", 8, 4)):
        with _flush(ground, flush):
            with sealing():
                ours = _together([["work", account, post]] * writers, seconds)
            plain = insert_plainly(ground, writers, seconds)
        measured = f"{ours:.0f} entries/s"
        beside = f"plain INSERTs of the same rows, one transaction an act: {plain:.0f}/s; ratio {ours / plain:.2f}"
        rows.append(Row(f"desk.record, {title}", "≥ 0.5 of plain INSERTs", measured, beside, ours / plain >= GOAL, WHY))
    return rows


def insert_plainly(ground: Ground, writers: int, seconds: float) -> float:
    """Entries a second when the rows that the newest acts wrote are inserted without guards, one transaction an act."""
    source = _capture(ground)
    return _together([["insert", ground.addresses.owner, str(source)]] * writers, seconds)


def _together(commands: list[list[str]], seconds: float) -> float:
    """Entries a second of processes that run side by side."""
    started = [
        subprocess.Popen([sys.executable, "-m", "benchmarks.writer", *one, str(seconds)], stdout=subprocess.PIPE)
        for one in commands
    ]
    total = 0.0
    for process in started:
        entries, taken = json.loads(process.communicate()[0])
        total += entries / taken
    return total


def _capture(ground: Ground) -> Path:
    """What some 200 acts wrote, grouped by act, and tables of the same shape to write them in."""
    acts: dict[tuple[str, str], dict[str, list[dict[str, object]]]] = defaultdict(dict)
    with psycopg.connect(ground.addresses.superuser, row_factory=dict_row) as work:
        present = {row["relname"] for row in work.execute("select relname from pg_class where relkind = 'r'")}
        tables = [table for table in (*ROOMS, *ROOMS_TOO) if table in present]
        newest = work.execute("select id from ledger_matter order by opened desc, random() limit 40").fetchall()
        for table in tables:
            _plain_table(work, table)
        for matter in [row["id"] for row in newest]:
            _gather(work, tables, matter, acts)
    path = ground.folder / "acts.json"
    path.write_text(json.dumps([act for _, act in sorted(acts.items())], default=str), "utf-8")
    return path


def _plain_table(work: psycopg.Connection[dict[str, object]], table: str) -> None:
    """A table of the same columns and indexes, which takes the same row many times and has no guard."""
    work.execute(f"drop table if exists plain_{table}")
    work.execute(f"create table plain_{table} (like {table})")
    for row in work.execute("select indexdef from pg_indexes where tablename = %s", [table]).fetchall():
        what = re.sub(r"^CREATE (UNIQUE )?INDEX \S+ ON \S+", f"create index on plain_{table}", str(row["indexdef"]))
        work.execute(what)
    work.execute(f"grant all on plain_{table} to fazhi_owner")


def _gather(
    work: psycopg.Connection[dict[str, object]],
    tables: list[str],
    matter: object,
    acts: dict[tuple[str, str], dict[str, list[dict[str, object]]]],
) -> None:
    entries = _rows(work, "ledger_entry", "matter = %s order by seq", matter)
    for entry in entries:
        act = acts[str(matter), f"{entry['seq']:04}"]
        act["ledger_entry"] = [entry]
        if bodies := _rows(work, "ledger_body", f"seq = {entry['seq']} and matter = %s", matter):
            act["ledger_body"] = bodies
        for table in tables:
            if table in ("ledger_matter", "ledger_number", "people_holder") and entry["seq"] == 1:
                key = "id" if table == "ledger_matter" else "matter"
                act[table] = _rows(work, table, f"{key} = %s", matter)
            elif table in ("reach_row", "worklist_row", *ROOMS_TOO):
                act[table] = _rows(work, table, "matter = %s", matter)
        for empty in [name for name, rows in act.items() if not rows]:
            del act[empty]


def _rows(
    work: psycopg.Connection[dict[str, object]], table: str, where: str, matter: object
) -> list[dict[str, object]]:
    text = work.execute(f"select * from {table} where {where}", [matter]).fetchall()
    return [{name: _plain(value) for name, value in row.items()} for row in text]


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


@contextmanager
def _flush(ground: Ground, milliseconds: int) -> Iterator[None]:
    """Let every flush of the log wait, as on a slow disk."""
    with psycopg.connect(ground.addresses.superuser, autocommit=True) as work:
        work.execute(f"alter system set commit_delay = {milliseconds * 1000}")
        work.execute("alter system set commit_siblings = 0")
        work.execute("select pg_reload_conf()")
        yield
        work.execute("alter system reset commit_delay")
        work.execute("select pg_reload_conf()")
