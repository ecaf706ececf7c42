"""The same lists, filters, counts and searches as pages of the served program, each profile logged in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from benchmarks.generate import PASSWORD, District
from benchmarks.measure import Row, median, p95, times
from benchmarks.served import Visitor, served

GOAL = 100.0
PAGES = {
    "the desk": "/office/",
    "overdue": "/office/?bucket=overdue",
    "the list": "/office/matters/",
    "open ones": "/office/matters/?state=open",
    "one kind": "/office/matters/?kind=reconsideration",
    "search, a common word": "/office/matters/?q=%E5%99%AA%E9%9F%B3",
    "search, two words": "/office/matters/?q=%E5%99%AA%E9%9F%B3+%E5%81%9C%E8%BD%A6",
}
WHY = "reading up to fifty matters with their texts and making the page costs more than finding them"


def measure(district: District, matters: int, rounds: int) -> Row:
    """The worst page of the worst profile, one request at a time."""
    worst: dict[str, float] = {}
    every: list[float] = []
    with served() as port:
        for name in district.profiles:
            visitor = Visitor(port)
            visitor.log_in(name, PASSWORD)
            for page, path in PAGES.items():
                taken = times(partial(_get, visitor, path), rounds)
                worst[f"{name}: {page}"] = p95(taken) * 1000
                every += taken
            visitor.close()
    return _row(worst, every, matters)


def _get(visitor: Visitor, path: str, _: int) -> str:
    return visitor.get(path)


def _row(worst: dict[str, float], every: Sequence[float], matters: int) -> Row:
    slowest = max(worst, key=lambda one: worst[one])
    measured = f"p95 {worst[slowest]:.0f} ms ({slowest}), {len(worst)} pages"
    over = sum(1 for one in worst.values() if one > GOAL)
    beside = (
        f"median of all {median(every) * 1000:.0f} ms, p95 of all {p95(every) * 1000:.0f} ms; {over} pages over 100 ms"
    )
    promise = f"the same as pages over HTTP, {matters:,} matters"
    return Row(promise, "p95 ≤ 100 ms", measured, beside, worst[slowest] <= GOAL, WHY)
