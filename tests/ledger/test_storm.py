"""Eight writers, slow transactions and a killed database: every room equals its refill and the chain holds."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connections
from psycopg import OperationalError as Lost

from fazhi.cluster import Addresses, Cluster, binaries
from fazhi.desk import receive
from fazhi.jobs.job import run
from fazhi.jobs.loop import jobs
from fazhi.ledger import followers, query
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.receipt import receipt
from fazhi.ledger.refill import compare
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify
from fazhi.people import units
from fazhi.people.actors import Actor
from fazhi.site.databases import databases
from fazhi.site.migrate import migrate

HERE = Path(__file__).parent
WRITERS = 8


@dataclass(frozen=True)
class FreshDatabase:
    """A database on a server of its own."""

    addresses: Addresses
    cluster: Cluster

    @property
    def environment(self) -> dict[str, str]:
        roles = {"": "web", "OWNER_": "owner", "PUBLIC_": "public", "SEALER_": "sealer"}
        return {f"DATABASE_{name}URL": getattr(self.addresses, role) for name, role in roles.items()}


def point_at(addresses: Addresses) -> None:
    """Let Django's aliases lead here."""
    connections.close_all()
    for alias, address in databases(FreshDatabase(addresses, None).environment).items():
        settings.DATABASES[alias] = connections.settings[alias] = connections.configure_settings({"default": address})[
            "default"
        ]
        with suppress(AttributeError):
            del connections[alias]


@contextmanager
def own_cluster(name: str) -> Iterator[tuple[Cluster, FreshDatabase]]:
    """A server that may be killed without harm to other tests; durable, as in use."""
    folder = Path(tempfile.mkdtemp(prefix=f"fazhi-{name}-", dir=settings.FAZHI_HOME))
    folder.chmod(0o711)
    server = Cluster(folder / "cluster", settings={"shared_buffers": "64MB", "max_connections": "60"})
    server.start()
    try:
        yield server, FreshDatabase(server.create_database(name), server)
    finally:
        connections.close_all()
        server.stop()


def storm(name: str, database: FreshDatabase, unit: object, seconds: float, *, kill: bool) -> int:
    """Let the writers write while the jobs run; what was confirmed to them. Each storm has a name, for its acts are its
    own."""
    environment = {**os.environ, **database.environment}
    command = [sys.executable, str(HERE / "storm.py"), str(unit)]
    writers = [
        subprocess.Popen(
            [*command, f"{name}-{place}", str(seconds)], env=environment, stdout=subprocess.PIPE, text=True
        )
        for place in range(WRITERS)
    ]
    killed, started = not kill, time.monotonic()
    while any(writer.poll() is None for writer in writers):
        try:
            for job in jobs()[:2]:
                run(job)
            if not killed and time.monotonic() - started > seconds / 2:
                killed = True
                os.kill(database.cluster.pid, signal.SIGKILL)
                database.cluster.stop()
                database.cluster.start()
        except (OperationalError, Lost, OSError):
            connections.close_all()
        time.sleep(0.1)
    connections.close_all()
    return sum(int(writer.communicate()[0]) for writer in writers)


def settled() -> None:
    """Seal and follow what the storm left behind."""
    connections.close_all()
    seal_all()
    follow_sealed()


def all_is_well(name: str, confirmed: int) -> None:
    own = "select count(*) from ledger_entry where key like %s and kind <> 'numbered'"
    (acts,) = query.fetch("default", own, [f"storm-{name}-%"])[0]
    assert acts >= confirmed > 0, "nothing that was confirmed is lost"
    report = verify()
    assert report.ok and report.unsealed == 0, report.wrong[:5]
    assert {room.name: compare(room) for room in followers()} == {room.name: () for room in followers()}


def weather(seconds: float) -> None:
    with own_cluster("storm") as (server, database):
        point_at(database.addresses)
        migrate()
        unit = units.found("示例区信访局", parent=None, since=date(2020, 1, 1), organ_code="示")
        confirmed = storm("first", database, unit, seconds, kill=True)
        settled()
        all_is_well("first", confirmed)
        slip = receipt()
        with own_cluster("elsewhere") as (other, copy):
            move(database, server, copy, other)
            point_at(copy.addresses)
            assert verify(slip).ok
            before = query.fetch("default", "select count(*) from ledger_position")[0][0]
            actor = Actor(None, None, unit, frozenset(), "import")
            receive(actor, "appeal", fields={"channel": "web"}, key="after the move", unit=unit)
            settled()
            assert query.fetch("default", "select count(*) from ledger_position")[0][0] == before + 2
            again = storm("moved", copy, unit, min(seconds, 5), kill=False)
            settled()
            all_is_well("moved", again)
            assert verify(slip).ok


def move(database: FreshDatabase, server: Cluster, copy: FreshDatabase, other: Cluster) -> None:
    """Dump and restore into another server, where transaction ids begin anew."""
    dump = Path(settings.FAZHI_HOME) / "storm.dump"
    tools = {"check": True, "capture_output": True}
    subprocess.run([str(binaries.find("pg_dump")), "-Fc", "-f", str(dump), database.addresses.superuser], **tools)
    restore = [str(binaries.find("pg_restore")), "--no-owner", "--no-privileges", "--role", "fazhi_owner"]
    subprocess.run([*restore, "-d", copy.addresses.superuser, str(dump)], **tools)
    point_at(copy.addresses)
    migrate()
    with psycopg.connect(copy.addresses.superuser) as boss:
        (ahead,) = boss.execute(
            "select max(tx)::text::bigint > pg_current_xact_id()::text::bigint from ledger_entry"
        ).fetchone()
    assert ahead, "stored transaction ids lie ahead of those of the new server, or this test tests nothing"


def test_a_short_storm_and_a_move_to_another_server():
    weather(8)


@pytest.mark.slow
def test_a_minute_of_storm_and_a_move_to_another_server():
    weather(60)
