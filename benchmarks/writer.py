"""One writer: a process that works matters through the desk, or inserts the same rows plainly, and says how many."""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from datetime import date
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

DAY = date(2025, 3, 5)
TEXT = "小区门口的路灯连续三晚不亮，老人下楼散步容易摔倒，请安排人员检修。" * 3
ACTS: tuple[tuple[str, dict[str, str], dict[str, str]], ...] = (
    ("accepted", {}, {}),
    ("noted", {}, {"text": "已电话联系现场管理人员，约定次日上午查看。"}),
    ("heard", {}, {"text": "现场查看，更换灯泡两只，线路老化另行安排。"}),
    ("answered", {"outcome": "supported"}, {"text": "路灯已经修复，感谢反映。" * 4}),
)


def work(account: str, post: str, seconds: float) -> tuple[int, float]:
    """Receive and work matters for `seconds`; entries and the time they took."""
    import django

    django.setup()
    from fazhi import desk
    from fazhi.people.actors import actor_for

    actor = actor_for(uuid.UUID(account), uuid.UUID(post), DAY)
    entries, start, end = -1, 0.0, 0.0
    while end < seconds:
        got = desk.receive(
            actor, "appeal", day=DAY, fields={"channel": "web"}, body={"text": TEXT}, key=uuid.uuid4().hex
        )
        seen = got.seq
        for kind, fields, body in ACTS:
            done = desk.record(
                actor, got.matter, kind, day=DAY, fields=fields, body=body, seen=seen, key=uuid.uuid4().hex
            )
            seen = done.seq
        if entries < 0:  # the first matter warms imports, pages and plans, and is not counted
            entries, start = 0, time.perf_counter()
            continue
        entries += seen
        end = time.perf_counter() - start
    return entries, end


def insert(address: str, source: str, seconds: float) -> tuple[int, float]:
    """Insert rows of the shape of `source`, one act a transaction, for `seconds`; entries and the time they took."""
    acts: list[dict[str, list[dict[str, object]]]] = json.loads(Path(source).read_text("utf-8"))
    entries, place, start, end = 0, 0, time.perf_counter(), 0.0
    with psycopg.connect(address, row_factory=dict_row, prepare_threshold=2) as connection:
        while end < seconds:
            act = acts[place % len(acts)]
            for table, rows in act.items():
                columns = list(rows[0])
                text = f"insert into plain_{table} ({', '.join(columns)}) values ({', '.join(['%s'] * len(columns))})"
                for row in rows:
                    connection.execute(text, [row[column] for column in columns])
            connection.commit()
            entries += len(act["ledger_entry"])
            place += 1
            end = time.perf_counter() - start
    return entries, end


if __name__ == "__main__":
    what, *given, seconds = sys.argv[1:]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fazhi.site.settings")
    done = work(given[0], given[1], float(seconds)) if what == "work" else insert(given[0], given[1], float(seconds))
    print(json.dumps(done))
