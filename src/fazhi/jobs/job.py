"""A background job: run under an advisory lock by name, idempotent, with its last success for the health page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from fazhi.ledger import query

log = logging.getLogger("fazhi.jobs")

_BEGAN = """
insert into ledger_job (name, started_at) values (%s, now())
on conflict (name) do update set started_at = now()
"""


@dataclass(frozen=True, slots=True)
class Job:
    """To be run every so many seconds; `run` returns how much it did."""

    name: str
    every: float
    run: Callable[[], int]


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
