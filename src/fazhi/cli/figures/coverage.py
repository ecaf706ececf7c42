"""Lays the sample district of a report and reads its figures back through the indicators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from fazhi.cli.figures import district
from fazhi.cli.figures.entering import enter_all, entries
from fazhi.cli.figures.judge import gives_back
from fazhi.cli.figures.noise import Noise, counted, kinds_of
from fazhi.cli.figures.plan import Plan
from fazhi.cli.figures.records import COUNTED, Weigher
from fazhi.cli.figures.told import Figure, Report
from fazhi.cli.figures.wanted import Asked, Wanted, wanted
from fazhi.indicators import look
from fazhi.ledger import rulebook, today
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.rulebook import Rulebook

TIMES = 10
"""How many times what counts should lie around it."""
KEEP_UP = 5_000
"""Matters after which what was entered is sealed and counted."""
LESS = "没有要求铺到十倍。"


@dataclass(frozen=True, slots=True)
class Found:
    """One figure as read: what the page gave, whether that is what was printed, and how much noise lay around it;
    `thin` says why it was less than ten times what counted."""

    figure: Figure
    page: str
    text: str
    reproduced: bool
    why: str
    counted: int
    noise: int
    thin: str = ""


@dataclass(slots=True)
class Covered:
    """A report with its figures as read, its units, and how many matters were entered for what use."""

    report: Report
    units: district.Laid
    asked: Wanted
    plan: Plan
    found: list[Found] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        """How the keys of its matters begin."""
        return f"figures:{self.report.name}"

    @property
    def matters(self) -> dict[str, int]:
        """How many matters were entered for what use."""
        uses: dict[str, int] = {}
        for record in self.plan.records:
            uses[record.use] = uses.get(record.use, 0) + record.copies
        return uses

    def read(self) -> None:
        """Seal and count what was recorded, and read every figure."""
        _keep_up()
        self.found = [_found(one, self.plan) for one in self.asked.asked]

    def as_json(self) -> dict[str, Any]:
        missing = [one for one in self.found if not one.reproduced]
        return {
            "report": self.report.name,
            "district": self.report.district,
            "figures": len(self.found),
            "reproduced": len(self.found) - len(missing),
            "missing": [
                {"seq": one.figure.seq, "indicator_id": one.figure.id, "value": one.figure.value, "why": one.why}
                for one in missing
            ],
            "thin": [
                {"seq": one.figure.seq, "counted": one.counted, "noise": one.noise, "why": one.thin}
                for one in self.found
                if one.thin
            ],
            "readings": [
                {
                    "seq": one.figure.seq,
                    "indicator": one.page,
                    "reading": one.text,
                    "counted": one.counted,
                    "noise": one.noise,
                }
                for one in self.found
            ],
            "matters": self.matters,
            "units": self.units.as_json(),
        }


def planned(report: Report, laid: district.Laid, noise: Noise, book: Rulebook, day: date) -> tuple[Wanted, Plan]:
    """The records of a report's sample district up to a day, noise included; nothing is entered."""
    asked = wanted(report, laid.scopes, book, noise.largest)
    plan = Plan(Weigher(tuple(asked.targets), book), asked.targets, laid.seats, day)
    plan.fill()
    noise.add(plan, asked.asked, laid.outside)
    return asked, plan


def cover(report: Report, noise: Noise, writers: int, tell: Callable[[int, int], None]) -> Covered:
    """Lay the district, enter its records, seal, count, and read every figure. `tell` hears done and all."""
    with transaction.atomic():
        laid = district.lay(report)
    asked, plan = planned(report, laid, noise, rulebook(), today())
    covered = Covered(report, laid, asked, plan)
    total, done, kept = sum(record.copies for record in plan.records), 0, 0

    def more(number: int) -> None:
        nonlocal done, kept
        done += number
        tell(done, total)
        if done - kept >= KEEP_UP:  # while others write on, what is there is sealed and counted
            _keep_up()
            kept = done

    enter_all(entries(plan.records, covered.prefix), writers, more)
    covered.read()
    return covered


def _keep_up() -> None:
    seal_all()
    follow_sealed()


def _found(asked: Asked, plan: Plan) -> Found:
    feeding, around = counted(plan, asked), _around(asked, plan)
    thin = (asked.thin or LESS) if around < TIMES * feeding else ""
    if asked.page is None or asked.span is None:
        return Found(asked.figure, "", "", False, asked.why, feeding, around, thin)
    reading = look.read(asked.page, asked.span)
    good = gives_back(asked.figure, reading.value, reading.unit)
    why = "" if good else asked.why or _why(asked, plan, reading.text)
    text = f"{reading.text}{reading.unit_told}"
    return Found(asked.figure, asked.page.name, text, good, why, feeding, around, thin)


def _why(asked: Asked, plan: Plan, text: str) -> str:
    short = [atom for atom in (*asked.above, *asked.below) if plan.lacking.get(atom, Decimal(0)) > 0]
    if short:
        return f"没有只计入它而不影响其他数字的合法经过，读出{text}。"
    return f"读出{text}。"


def _around(asked: Asked, plan: Plan) -> int:
    """How many matters of its kinds of business lie around a figure and count for none."""
    kinds = kinds_of(asked)
    return sum(one.copies for one in plan.records if one.use != COUNTED and one.page.name in kinds)
