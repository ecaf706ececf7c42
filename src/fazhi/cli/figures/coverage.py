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
from fazhi.cli.figures.noise import Noise
from fazhi.cli.figures.plan import Plan
from fazhi.cli.figures.records import COUNTED, Weigher
from fazhi.cli.figures.told import Figure, Report
from fazhi.cli.figures.wanted import Asked, Wanted, wanted
from fazhi.indicators import look
from fazhi.ledger import rulebook, today
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_all
from fazhi.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Found:
    """One figure as read: what the page gave, whether that is what was printed, and how much noise lay around it."""

    figure: Figure
    page: str
    text: str
    reproduced: bool
    why: str
    counted: int
    noise: int


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
        seal_all()
        follow_sealed()
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
    noise.add(plan, laid.outside)
    return asked, plan


def cover(report: Report, noise: Noise, writers: int, tell: Callable[[int, int], None]) -> Covered:
    """Lay the district, enter its records, seal, count, and read every figure. `tell` hears done and all."""
    with transaction.atomic():
        laid = district.lay(report)
    asked, plan = planned(report, laid, noise, rulebook(), today())
    covered = Covered(report, laid, asked, plan)
    total, done = sum(record.copies for record in plan.records), 0

    def more(number: int) -> None:
        nonlocal done
        done += number
        tell(done, total)

    enter_all(entries(plan.records, covered.prefix), writers, more)
    covered.read()
    return covered


def _found(asked: Asked, plan: Plan) -> Found:
    counted, around = _weights(asked, plan)
    if asked.page is None or asked.span is None:
        return Found(asked.figure, "", "", False, asked.why, counted, around)
    reading = look.read(asked.page, asked.span)
    good = gives_back(asked.figure, reading.value, reading.unit)
    why = "" if good else asked.why or _why(asked, plan, reading.text)
    return Found(asked.figure, asked.page.name, f"{reading.text}{reading.unit_told}", good, why, counted, around)


def _why(asked: Asked, plan: Plan, text: str) -> str:
    short = [atom for atom in (*asked.above, *asked.below) if plan.lacking.get(atom, Decimal(0)) > 0]
    if short:
        return f"没有只计入它而不影响其他数字的合法经过，读出{text}。"
    return f"读出{text}。"


def _weights(asked: Asked, plan: Plan) -> tuple[int, int]:
    """How many matters feed the figure, and how many of its kinds of business lie around and count for no figure."""
    kinds = {atom.want.selector.procedure for atom in (*asked.above, *asked.below)}
    near = [record for record in plan.records if record.page.name in kinds]
    feeding = sum(record.copies for record in near if any(record.feeds(atom) for atom in asked.above))
    return feeding, sum(record.copies for record in near if record.use != COUNTED)
