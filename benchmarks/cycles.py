"""Whole life-cycles over HTTP: eight clerks receive, assign, record, decide and find through the office's forms."""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote
from uuid import UUID

from benchmarks.generate import PASSWORD
from benchmarks.ground import Ground
from benchmarks.measure import Row
from benchmarks.served import Visitor, served
from benchmarks.writing import insert_plainly

CLIENTS = 8
GOAL = 40.0
FORMS = 4  # of the five requests of a cycle: receive, assign, accept, answer; then the search
NUMBERED = 2  # entries of an appeal once it is received: receipt and number
MATTER = re.compile(r'/office/matters/([0-9a-f-]{36})/"')
QUERY = re.compile(r"<dd class=\"matter-number\">(\d[\d-]+)</dd>")
TEXT = "小区门口的路灯连续三晚不亮，老人下楼散步容易摔倒，请安排人员检修。"
WHY = "every form is checked, admitted, recorded, folded into the rooms and answered as a page by Python on two cores"


@dataclass(slots=True)
class Told:
    """What the clerks did and what went wrong."""

    cycles: int = 0
    rate: float = 0.0
    wrong: list[str] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)


def measure(ground: Ground, seconds: float) -> Row:
    """Life-cycles a second of eight clerks, beside the two parts they cannot do without: as many bare requests, and the
    rows inserted plainly. Afterwards every room is held against its refill."""
    names, unit = _clerks()
    with served() as port:
        visitors = [Visitor(port) for _ in names]
        for visitor, name in zip(visitors, names, strict=True):
            visitor.log_in(name, PASSWORD)
            _cycle(visitor, unit)
            _bare(visitor)
        told = _together(visitors, lambda visitor: _cycle(visitor, unit), seconds)
        bare = _together(visitors, _bare, seconds)
        for visitor in visitors:
            visitor.close()
    matters, different = _compare()
    if wrong := told.wrong + bare.wrong + different:
        raise RuntimeError(f"life-cycles went wrong, or rooms differ: {wrong[:3]}")
    plain = insert_plainly(ground, CLIENTS, seconds) / _entries()
    most = 1 / (1 / bare.rate + 1 / plain)
    rate = told.rate
    measured = f"{rate:.1f}/s, {told.cycles} cycles of 5 requests, no errors; {matters:,} matters equal their refill"
    beside = (
        f"as many requests to the same server, answered with next to nothing: {bare.rate:.1f}/s; plain"
        f" INSERTs of the same rows in as many transactions: {plain:.1f}/s; one after the other at most {most:.1f}/s;"
        f" ratio {rate / most:.2f}"
    )
    return Row("life-cycles over HTTP, 8 clients, rooms equal refill", "≥ 40/s", measured, beside, rate >= GOAL, WHY)


def _entries() -> int:
    """Entries of one cycle: those of the forms, and the number given at receipt."""
    return FORMS + NUMBERED - 1


def _together(visitors: list[Visitor], act: Callable[[Visitor], None], seconds: float) -> Told:
    told = Told()
    start = time.perf_counter()
    threads = [threading.Thread(target=_work, args=(one, act, start + seconds, told)) for one in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.rate = told.cycles / (time.perf_counter() - start)
    return told


def _clerks() -> tuple[list[str], UUID]:
    from benchmarks.district import clerk, found

    unit = found("样区信访局二", "样二")
    names = [f"clerk{place}" for place in range(CLIENTS)]
    for name in names:
        clerk(name, unit)
    return names, unit


def _work(visitor: Visitor, act: Callable[[Visitor], None], until: float, told: Told) -> None:
    while time.perf_counter() < until and not told.wrong:
        try:
            act(visitor)
        except Exception as error:  # whatever it is, it is told and ends the run
            with told.guard:
                told.wrong.append(f"{type(error).__name__}: {error}")
        else:
            with told.guard:
                told.cycles += 1


def _cycle(visitor: Visitor, unit: UUID) -> None:
    day = "今天"
    page, _ = visitor.post(
        "/office/receive/?kind=appeal", {"text": TEXT, "on": day, "channel": "visit", "key": secrets.token_hex(16)}
    )
    found = MATTER.search(page)
    if found is None:
        raise RuntimeError("the matter received is not on the page")
    acts = (
        {"kind": "assigned", "unit": str(unit)},
        {"kind": "accepted"},
        {"kind": "answered", "outcome": "supported", "text": "路灯已经修复，感谢反映。"},
    )
    for seen, act in enumerate(acts, NUMBERED):
        form = {**act, "on": day, "seen": str(seen), "key": secrets.token_hex(16)}
        _, onward = visitor.post(f"/office/matters/{found[1]}/record/", form)
        if not onward:
            raise RuntimeError(f"{act['kind']} was not recorded")
    numbered = QUERY.search(page)
    if numbered is None or found[1] not in visitor.get(f"/office/matters/?q={quote(numbered[1])}"):
        raise RuntimeError("the matter is not found by its number")


def _bare(visitor: Visitor) -> None:
    """As many forms and pages as a cycle, through the same server and check of tokens, with nothing to do behind them:
    the form that sets the language, and the page on accessibility."""
    for _ in range(FORMS):
        visitor.post("/language/", {"language": "zh-hans", "next": "/accessibility/"})
    visitor.get("/accessibility/")


def _compare() -> tuple[int, list[str]]:
    from fazhi import ledger
    from fazhi.ledger import heavy, query, refill, seal

    seal.seal_all()
    heavy.follow_sealed()
    matters = query.fetch("owner", "select count(*) from ledger_matter")[0][0]
    return int(matters), [one.name for one in ledger.followers() if refill.compare(one)]
