"""The jobs process: every job in turn when its time has come, until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from functools import partial
from threading import Event, Thread
from time import monotonic

from django.db import InterfaceError, OperationalError, connections

from fazhi import archive
from fazhi.dashboard.alerts import check_all
from fazhi.exchange.inbox import run_all as exchange_files
from fazhi.hotspots.refresh import refresh
from fazhi.jobs import erasures
from fazhi.jobs.job import Job, log, run
from fazhi.jobs.reminding import gather
from fazhi.jobs.renew import renew
from fazhi.jobs.replies import drop_gone
from fazhi.jobs.second import copy
from fazhi.jobs.warn import warn
from fazhi.ledger.adopted import look_again
from fazhi.ledger.health import WATCHED
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.operations import keep as operations
from fazhi.operations.perform import carry_out
from fazhi.people import parties, unsent
from fazhi.reminders.forget import forget_old
from fazhi.reminders.sending import send_waiting
from fazhi.routing.alone import route_alone
from fazhi.routing.topics import topics_of_record

TICK = 0.25
LONG = "operations"
"""The job that may take minutes: it has a thread of its own, so that sealing does not wait for it."""
PATIENCE = 10.0


def tidy() -> int:
    """Erase what nobody kept: files that no act named or whose term is over, drafts of forms that were never sent. Mark
    what older versions left unmarked."""
    return archive.tidy() + operations.forget_old() + unsent.forget_old() + parties.mark_older()


_RUN: Mapping[str, Callable[[], int]] = {
    "seal": seal_all,
    "follow": follow_sealed,
    "warn": warn,
    "alerts": check_all,
    "remind": gather,
    "send": send_waiting,
    "forget": forget_old,
    "hotspots": partial(refresh, topics_of_record),
    "route": route_alone,
    "exchange": exchange_files,
    "replies": drop_gone,
    LONG: carry_out,
    "erasures": erasures.note_new,
    "rooms": renew,
    "second": copy,
    "tidy": tidy,
}


def jobs() -> tuple[Job, ...]:
    """What runs, in order."""
    return tuple(Job(one.name, one.every, _RUN[one.name]) for one in WATCHED)


def loop(stop: Event | None = None) -> None:
    """Until `stop` is set, or a signal to end comes. A lost database is waited for."""
    stop = stop or _on_signal()
    beside = Thread(target=_carry, args=(stop,), name=LONG, daemon=True)
    beside.start()
    in_turn = [job for job in jobs() if job.name != LONG]
    next_run = {job.name: 0.0 for job in in_turn}
    while not stop.is_set():
        look_again()
        for job in in_turn:
            if monotonic() >= next_run[job.name] and not stop.is_set():
                _once(job)
                next_run[job.name] = monotonic() + job.every
        stop.wait(TICK)
    beside.join(PATIENCE)
    connections.close_all()


def _carry(stop: Event) -> None:
    """What people asked for, one after the other; whatever is cut off at the end is taken up by the next process."""
    (job,) = (Job(one.name, one.every, partial(carry_out, stop)) for one in jobs() if one.name == LONG)
    while not stop.is_set():
        _once(job)
        stop.wait(job.every)
    connections.close_all()


def _once(job: Job) -> None:
    try:
        run(job)
    except (OperationalError, InterfaceError, OSError) as error:
        log.warning("数据库暂时不可用（%s），稍后再试 %s", type(error).__name__, job.name)
        connections.close_all()


def _on_signal() -> Event:
    stop = Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    return stop
