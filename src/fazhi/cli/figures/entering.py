"""Entering planned records through the desk, by several processes at once, each matter whole or not at all."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, groupby, islice
from uuid import UUID

import django

from fazhi.cli.figures.records import Entry, Record

BATCH = 200
"""Matters entered in one transaction: far less than a second of work."""
AHEAD = 32
"""Batches that wait for each writer, so that none stands idle while the first process does something else."""


def entries(records: Sequence[Record], prefix: str) -> Iterator[Entry]:
    """The matters of the records, one for each copy, with keys that are the same whenever they are told again.

    Matters that take numbers from one series stand together, and those of several series take turns: two writers then
    seldom wait for the same number.
    """
    series: dict[tuple[str, UUID, int], list[Iterator[Entry]]] = {}
    for at, record in enumerate(records):
        key = (record.page.name, record.unit, record.steps[0].day.year)
        series.setdefault(key, []).append(_copies(record, f"{prefix}:{at}"))
    turns = [chain.from_iterable(one) for one in series.values()]
    while turns:
        still = []
        for turn in turns:
            if batch := list(islice(turn, BATCH)):
                yield from batch
                still.append(turn)
        turns = still


def _copies(record: Record, key: str) -> Iterator[Entry]:
    acts = tuple((step.kind, step.day, record.said(place)) for place, step in enumerate(record.steps))
    amends = []
    for entry, step in record.amends:
        now = step or record.steps[entry - 1]
        amends.append((entry, now.kind, now.day, dict(now.fields) if step else None))
    for copy in range(record.copies):
        yield Entry(f"{key}:{copy}", record.page.name, record.unit, acts, tuple(amends))


def enter_all(told: Iterable[Entry], writers: int, done: Callable[[int], None]) -> int:
    """Enter every matter; `done` hears after each batch how many it was. One writer enters in this process."""
    batches = _batches(told)
    count = 0
    if writers < 2:
        for batch in batches:
            count += _entered(batch, done)
        return count
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(writers, mp_context=spawn, initializer=django.setup) as pool:
        waiting = [pool.submit(enter_batch, batch) for batch in islice(batches, writers * AHEAD)]
        while waiting:
            number = waiting.pop(0).result()
            done(number)
            count += number
            waiting.extend(pool.submit(enter_batch, batch) for batch in islice(batches, 1))
    return count


def _entered(batch: list[Entry], done: Callable[[int], None]) -> int:
    number = enter_batch(batch)
    done(number)
    return number


def _batches(told: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Up to so many matters of one series each."""
    for _, together in groupby(told, key=lambda one: (one.procedure, one.unit, one.acts[0][1].year)):
        while batch := list(islice(together, BATCH)):
            yield batch


def enter_batch(batch: list[Entry]) -> int:
    """The matters of one batch in one transaction; how many."""
    from fazhi.cli.figures.writing import write

    return write(batch)
