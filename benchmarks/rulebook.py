"""Loading the whole rulebook in a process that has just begun, beside reading its files without understanding them."""

from __future__ import annotations

import statistics
import subprocess
import sys

from benchmarks.measure import Row

ROUNDS = 9
GOAL = 0.3
_LOAD = """
import time
from fazhi.rulebook import load
begun, used = time.perf_counter(), time.process_time()
book = load()
taken, used = time.perf_counter() - begun, time.process_time() - used
begun = time.perf_counter()
size = sum(len(text) for page in book.pages.values() for text in page.texts)
for page in book.pages.values():
    page.path.read_bytes()
print(taken, time.perf_counter() - begun, len(book.digests), size, used)
"""


def measure() -> Row:
    """The middle of several processes: each begins afresh and loads once."""
    rounds = [_once() for _ in range(ROUNDS)]
    taken = statistics.median(one[0] for one in rounds)
    files = statistics.median(one[1] for one in rounds)
    used = statistics.median(one[4] for one in rounds)
    pages, size = int(rounds[0][2]), int(rounds[0][3])
    measured = f"{1000 * taken:.0f} ms (median of {ROUNDS} processes), {pages} pages, {size // 1000},000 characters"
    beside = f"their bytes from disk: {1000 * files:.0f} ms; processor time of the load: {1000 * used:.0f} ms"
    return Row("the whole rulebook in a cold process", "≤ 300 ms", measured, beside, taken <= GOAL)


def _once() -> list[float]:
    said = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout
    return [float(number) for number in said.split()]
