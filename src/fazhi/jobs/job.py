"""A background job: run under an advisory lock by name, idempotent, with its last success for the health page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fazhi.ledger import query

log = logging.getLogger("fazhi.jobs")

_BEGAN = """
insert into ledger_job (name, started_at) values (%s, now())
on conflict (name) do update set started_at = now()
"""


@dataclass(frozen=True, slots=True)
class Job:
    """`every` seconds; `late` seconds without a success make the health page say so. `run` returns how much it did."""

    name: str
    title: str
    every: float
    late: float
    run: Callable[[], int]


@dataclass(frozen=True, slots=True)
class LastRun:
    """When a job last succeeded and failed; `failure` is the kind of error, never its text."""

    name: str
    succeeded_at: datetime | None
    failed_at: datetime | None
    failure: str


def run(job: Job, using: str = "default") -> int | None:
    """What the job did; None if another process is at it or it failed (the failure is noted, the loop goes on)."""
    lock = "select pg_try_advisory_lock(hashtextextended(%s, 1))"
    if not query.fetch(using, lock, [f"fazhi.job.{job.name}"])[0][0]:
        return None
    try:
        query.run(using, _BEGAN, [job.name])
        done = job.run()
        query.run(using, "update ledger_job set succeeded_at = now(), failure = '' where name = %s", [job.name])
    except Exception as error:
        log.error("后台任务 %s 失败：%s", job.name, type(error).__name__)
        noted = "update ledger_job set failed_at = now(), failure = %s where name = %s"
        query.run(using, noted, [type(error).__name__, job.name])
        return None
    else:
        return done
    finally:
        query.fetch(using, "select pg_advisory_unlock(hashtextextended(%s, 1))", [f"fazhi.job.{job.name}"])


def last_runs(using: str = "default") -> dict[str, LastRun]:
    """Every job that ever ran, by name."""
    rows = query.fetch(using, "select name, succeeded_at, failed_at, failure from ledger_job")
    return {row[0]: LastRun(*row) for row in rows}
