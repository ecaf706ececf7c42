"""Jobs: safe to run twice, one at a time, their last success known; a warning is told once, a lapse never recorded."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from fazhi.desk import Refused, correct, receive, record
from fazhi.jobs.job import Job, run
from fazhi.jobs.warn import warn
from fazhi.ledger import query, read, today
from fazhi.ledger.health import last_runs
from fazhi.ledger.seal import last_position
from fazhi.ledger.verify import verify
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.worklist.course import course, names_of


def received(day: date, key: str = "a") -> tuple:
    unit = units.found("示例区信访局", parent=None, since=date(2020, 1, 1), organ_code="示")
    actor = Actor(None, None, unit, frozenset(), "import")
    return actor, receive(actor, "appeal", day=day, fields={"channel": "web"}, key=key, unit=unit).matter


def test_a_warning_is_recorded_once_and_the_clocks_stay(fresh_database):
    actor, matter = received(today() - timedelta(days=20))
    before = [(clock.name, clock.due, clock.state) for clock in read(matter).horizon.clocks]
    assert warn() >= 1
    assert warn() == 0
    view = read(matter)
    told = [line for line in view.entries if line.kind == "warned"]
    assert told and told[0].face == "machine" and told[0].fields["unit"] == str(actor.unit)
    assert [(clock.name, clock.due, clock.state) for clock in view.horizon.clocks] == before


def test_a_warning_is_told_in_words_and_is_nobodys_act(fresh_database):
    actor, matter = received(today() - timedelta(days=20))
    warn()
    view = read(matter)
    told = next(line for line in view.entries if line.kind == "warned")
    kind = view.page.common["warned"]
    assert set(told.fields) == {field.name for field in kind.fields.values() if field.required}
    (entry,) = [one for one in course(view, view.horizon, names_of(view), str) if one.seq == told.seq]
    shown = {one.title.zh: one.shown for one in entry.fields}
    clock = view.page.clocks[told.fields["clock"]].title.zh
    assert shown == {"期限": clock, "届满日": told.fields["due"], "提醒的单位": "示例区信访局"}
    with pytest.raises(Refused, match="自动记录"):
        record(actor, matter, "warned", fields=dict(told.fields), seen=view.head, key="w")
    with pytest.raises(Refused, match="更正"):
        correct(actor, matter, told.seq, strikes=True, seen=view.head, key="s")


def test_a_warning_meanwhile_does_not_stand_in_a_clerks_way(fresh_database):
    actor, matter = received(today() - timedelta(days=20))
    seen = read(matter).head
    warn()
    assert record(actor, matter, "accepted", seen=seen, key="b").seq > seen + 1


def test_a_job_runs_one_at_a_time_and_its_success_and_failure_are_known(fresh_database):
    def fails() -> int:
        raise ValueError("电话 13800000000")

    assert run(Job("good", 1, lambda: 3)) == 3
    assert run(Job("bad", 1, fails)) is None
    known = last_runs()
    assert known["good"].succeeded_at and not known["good"].failure
    assert known["bad"].failure == "ValueError" and known["bad"].succeeded_at is None
    with psycopg.connect(fresh_database.addresses.web) as other:
        other.execute("select pg_advisory_lock(hashtextextended('fazhi.job.good', 1))")
        assert run(Job("good", 1, lambda: 3)) is None


def test_the_process_seals_until_it_is_told_to_stop(fresh_database):
    _, matter = received(today())
    environment = {**os.environ, **fresh_database.environment}
    process = subprocess.Popen([sys.executable, "-m", "fazhi.jobs"], env=environment, stderr=subprocess.PIPE)
    try:
        patience = time.monotonic() + 60
        while last_position() < 2 and time.monotonic() < patience:
            time.sleep(0.2)
        assert last_position() >= 2
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0 and said == b""
    assert verify().ok and isinstance(matter, UUID)
    assert query.fetch("default", "select succeeded_at is not null from ledger_job where name = 'seal'") == [(True,)]
