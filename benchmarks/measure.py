"""What a measurement says: one row of the yardstick table, its quantiles, and the table as text."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: its goal, what was measured, and what it was compared with in the same run. `why` says what keeps a
    missed promise from its goal."""

    promise: str
    goal: str
    measured: str
    beside: str
    met: bool
    why: str = ""

    def line(self) -> str:
        verdict = "yes" if self.met else f"**no**: {self.why}" if self.why else "**no**"
        return f"| {self.promise} | {self.goal} | {self.measured} | {self.beside} | {verdict} |"


HEAD = "| promise | goal | measured | beside it, in the same run | met |\n|---|---|---|---|---|"


def table(rows: Sequence[Row]) -> str:
    return "\n".join([HEAD, *(row.line() for row in rows)])


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile, in the unit given."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def median(seconds: Sequence[float]) -> float:
    return statistics.median(seconds)


def times(act: Callable[[int], object], rounds: int, warm: int = 3) -> list[float]:
    """Seconds of each of `rounds` calls, after `warm` that are not counted; the call is told its number."""
    for number in range(warm):
        act(number)
    taken = []
    for number in range(rounds):
        start = time.perf_counter()
        act(warm + number)
        taken.append(time.perf_counter() - start)
    return taken


@contextmanager
def clock() -> Iterator[Callable[[], float]]:
    """Seconds since the block was entered; once it is left, the time it took."""
    start = time.perf_counter()
    end: list[float] = []
    yield lambda: (end[0] if end else time.perf_counter()) - start
    end.append(time.perf_counter())
