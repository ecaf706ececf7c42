"""The machine a table was measured on: day, processors, memory and the database's version, in one sentence."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

import psycopg

_database: list[str] = []
_LOAD = os.getloadavg()[1]


def ask(address: str) -> None:
    """Learn the version of the database that is measured."""
    with psycopg.connect(address) as connection:
        found = connection.execute("show server_version").fetchone()
        _database[:] = [f", PostgreSQL {found[0]}" if found else ""]


def told() -> str:
    """One line for the head of the table."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = len(os.sched_getaffinity(0))
    python = f", Python {platform.python_version()}"
    day = date.today()  # noqa: DTZ011 - the day on the wall of whoever measures
    load = f"load of other work before the run {_LOAD:.1f}"
    return f"{day}: {cores} cores of {_model()}, {memory:.0f} GiB{''.join(_database)}{python}; {load}."


def _model() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
