"""Noise around what counts: records of the same kinds of business that no figure of the report may count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from fazhi.cli.figures.atoms import Atom, Step
from fazhi.cli.figures.plan import Effort, Plan
from fazhi.cli.figures.records import COUNTED, Record
from fazhi.cli.figures.wanted import Asked
from fazhi.cli.figures.ways import Explorer

YEARS = (1, -1, 2, -2, 3, -3)
OTHERWISE: tuple[Effort, ...] = ("ended", "straight")
ENDINGS = 12
"""So many courses that end otherwise are tried around a page."""


LIMITED = "本次每个数字周围至多铺{most}件不应计入的记录。"
NOWHERE = "找不到同类而不计入任何数字的合法经过。"


@dataclass(frozen=True, slots=True)
class Noise:
    """How many times what counts is laid around it, and up to how many matters for each figure if there is a limit;
    `largest` is how many matters a figure may take to be laid at all."""

    times: int = 10
    most: int | None = None
    largest: int | None = None

    def add(self, plan: Plan, figures: Iterable[Asked], outside: UUID) -> None:
        """Lay so much around each figure that is laid, and tell with it why it is less than asked for."""
        laid = [one for one in figures if any(atom in plan.targets for atom in (*one.above, *one.below))]
        weights = {id(one): counted(plan, one) for one in laid} if self.times else {}
        ways: dict[Atom, list[Record]] = {}
        around: Counter[str] = Counter()
        for one in sorted(laid, key=lambda one: -weights.get(id(one), 0)):
            asked = self.times * weights.get(id(one), 0)
            lacks = min(asked, asked if self.most is None else self.most) - _near(one, around)
            found = _ways(plan, one, outside, ways) if lacks > 0 else []
            for at, record in enumerate(found):
                more = lacks // len(found) + (at < lacks % len(found))
                record.copies += more
                around[record.page.name] += more
            if _near(one, around) < asked:
                one.thin = NOWHERE if lacks > 0 and not found else LIMITED.format(most=self.most)
        plan.records += [record for found in ways.values() for record in found if record.copies]


def counted(plan: Plan, asked: Asked) -> int:
    """How many matters feed a figure; of one with two halves, the larger."""
    halves = [half for half in (asked.above, asked.below) if half]
    feeding = [one for one in plan.records if one.use == COUNTED]
    sums = [sum(one.copies for one in feeding if any(one.feeds(atom) for atom in half)) for half in halves]
    return max(sums, default=0)


def kinds_of(asked: Asked) -> set[str]:
    """The kinds of business that a figure counts."""
    return {atom.want.selector.procedure for atom in (*asked.above, *asked.below)}


def _near(asked: Asked, around: Mapping[str, int]) -> int:
    return sum(around[kind] for kind in kinds_of(asked))


def _ways(plan: Plan, asked: Asked, outside: UUID, known: dict[Atom, list[Record]]) -> list[Record]:
    """The ways of not counting around a figure, each looked for once."""
    atoms = [atom for atom in dict.fromkeys((*asked.above, *asked.below)) if atom in plan.targets]
    for atom in atoms:
        if atom not in known:
            known[atom] = [replace(record, copies=0) for record in _kinds(plan, atom, outside)]
    return [record for atom in atoms for record in known[atom]]


def _kinds(plan: Plan, atom: Atom, outside: UUID) -> Iterator[Record]:
    """One record in each way of not counting that the page allows."""
    models = [record for record in plan.records if record.use == COUNTED and record.feeds(atom)]
    if not models:
        models = [record for record in plan.records if record.page.name == atom.want.selector.procedure][:1]
    for model in models[:2]:
        plain = replace(model, copies=1, counts={}, slots={}, numbers={}, steps=_said(model))
        for record in (
            *_other_days(plan, plain, atom),
            replace(plain, unit=outside, use="other_unit"),
            *_joined(plain, outside),
            *_amended(plan, plain),
        ):
            if _silent(plan, record):
                yield record
    yield from _ending_otherwise(plan, atom)


def _said(model: Record) -> tuple[Step, ...]:
    """The steps of a model with the numbers it says."""
    return tuple(Step(step.kind, step.day, model.said(at)) for at, step in enumerate(model.steps))


def _silent(plan: Plan, record: Record) -> bool:
    """Whether it counts for nothing, lies in the past, and may be recorded on its page."""
    days = [step.day for step in record.steps] + [step.day for _, step in record.amends if step]
    if max(days) > plan.today or plan.weigher.page(record.page.name, record.steps[0].day) is not record.page:
        return False
    explorer = Explorer(record.page, (), record.unit, plan.weigher.book.calendar)
    every = range(1, len(record.steps) + 1)
    if any(one.severity == "barred" for at in every for one in explorer.objections(record.steps[:at])):
        return False
    return plan.weigher.weigh(record).empty


def _moved(record: Record, days: int) -> tuple[Step, ...]:
    return tuple(Step(step.kind, step.day + timedelta(days=days), step.fields) for step in record.steps)


def _other_days(plan: Plan, plain: Record, atom: Atom) -> Iterator[Record]:
    """The same course in other years, and after the cut-off in the same one."""
    years = 0
    for years_away in YEARS:
        steps = _moved(plain, 364 * years_away)
        page = plan.weigher.page(plain.page.name, steps[0].day)
        if page and years < 2:
            record = replace(plain, page=page, steps=steps, use="other_year")
            if _silent(plan, record):
                years += 1
                yield record
    end = date(atom.cutoff.year, 12, 31)
    if (end - atom.cutoff).days > 7:
        yield replace(plain, steps=_moved(plain, (atom.cutoff - plain.steps[0].day).days + 4), use="after_cutoff")


def _joined(plain: Record, outside: UUID) -> Iterator[Record]:
    """Received by a unit outside, which this one joins."""
    if "joined" in plain.page.common:
        last = plain.steps[-1].day
        yield replace(
            plain, unit=outside, steps=(*plain.steps, Step("joined", last, {"unit": str(plain.unit)})), use="joined"
        )


def _amended(plan: Plan, plain: Record) -> Iterator[Record]:
    """Struck out from the last entry back to the first, as far as it takes, or corrected to a day of another year."""
    entries = range(len(plain.steps), 0, -1)
    struck = (replace(plain, amends=tuple((at, None) for at in entries[:many]), use="struck") for many in entries[::-1])
    if found := next((record for record in struck if _silent(plan, record)), None):
        yield found
    last, wrong = len(plain.steps), plain.steps[-1]
    for days in (364, 728, -364):
        mended = Step(wrong.kind, wrong.day + timedelta(days=days), wrong.fields)
        record = replace(plain, amends=((last, mended),), use="corrected")
        if (last == 1 or days > 0) and _silent(plan, record):
            yield record
            return


def _ending_otherwise(plan: Plan, atom: Atom) -> Iterator[Record]:
    """Courses of the same business, begun in the window, that end or are said otherwise and so count for nothing."""
    unit = plan.seats[atom.units]
    day = plan.days(atom)[-1]
    page = plan.weigher.page(atom.want.selector.procedure, day)
    if page is None:
        return
    found = 0
    for effort in OTHERWISE:
        for way in plan.leading(page, unit, atom, effort):
            record = Record(page, unit, way.on(day), use="otherwise")
            if found < ENDINGS and _silent(plan, record):
                found += 1
                yield record
