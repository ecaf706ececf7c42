"""Planned districts: every record a lawful course, every target reached, and nothing of the noise counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest

from fazhi.cli.figures import told
from fazhi.cli.figures.atoms import Atom
from fazhi.cli.figures.coverage import planned
from fazhi.cli.figures.district import Laid
from fazhi.cli.figures.noise import Noise
from fazhi.cli.figures.plan import Plan, split
from fazhi.cli.figures.records import COUNTED
from fazhi.cli.figures.wanted import Wanted
from fazhi.law import Matter, admit
from fazhi.rulebook import SAMPLE_OVERLAY, Rulebook, load

TODAY = date(2026, 3, 2)
NOW = datetime.combine(TODAY, time(18), ZoneInfo("Asia/Shanghai"))
SMALL = ("002", "004")
OTHERS = ("000", pytest.param("001", marks=pytest.mark.slow), "003")
LOST = {("001", 7)}
"""Figures of which no value can be read."""

Drawn = Callable[[str], tuple[Wanted, Plan]]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load(SAMPLE_OVERLAY)


@pytest.fixture(scope="module")
def drawn(book: Rulebook) -> Drawn:
    """The plan of a report, drawn once."""
    known: dict[str, tuple[Wanted, Plan]] = {}

    def draw(name: str) -> tuple[Wanted, Plan]:
        if name not in known:
            report = told.read(name)
            organs = {key: _unit(name + key) for key in report.organs}
            laid = Laid(_unit(name), organs, _unit(name + "outside"))
            known[name] = planned(report, laid, Noise(10), book, TODAY)
        return known[name]

    return draw


def _unit(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


@pytest.mark.parametrize("name", [*SMALL, *OTHERS])
def test_every_target_is_reached_by_what_counts_and_by_nothing_else(name: str, drawn: Drawn) -> None:
    _, plan = drawn(name)
    reached: Counter[Atom] = Counter()
    for record in plan.records:
        weight = plan.weigher.weigh(record)
        assert record.use == COUNTED or weight.empty, (record.use, record.page.name, record.steps)
        for atom, count in weight.counts.items():
            reached[atom] += count * record.copies
    assert {atom: reached[atom] for atom in plan.targets if not atom.adds} == {
        atom: target for atom, target in plan.targets.items() if not atom.adds
    }


@pytest.mark.parametrize("name", [*SMALL, *OTHERS])
def test_numbers_that_records_say_add_up(name: str, drawn: Drawn) -> None:
    _, plan = drawn(name)
    for atom, target in plan.targets.items():
        if atom.adds and atom.want.measure == "sum":
            said = [
                Decimal(record.numbers[place]) * record.copies
                for record in plan.records
                for place in record.slots.get(atom, ())
            ]
            assert sum(said) == target, atom.want.key


@pytest.mark.parametrize("name", [*SMALL, *OTHERS])
def test_only_what_cannot_be_read_is_not_aimed_at(name: str, drawn: Drawn) -> None:
    asked, _ = drawn(name)
    without = {(name, one.figure.seq) for one in asked.asked if one.why or one.page is None}
    assert without == {one for one in LOST if one[0] == name}


@pytest.mark.parametrize("name", SMALL)
def test_ten_times_as_much_lies_around_every_figure_as_counts_for_it(name: str, drawn: Drawn) -> None:
    asked, plan = drawn(name)
    for one in asked.asked:
        kinds = {atom.want.selector.procedure for atom in one.above}
        near = [record for record in plan.records if record.page.name in kinds]
        feeding = sum(record.copies for record in near if any(record.feeds(atom) for atom in one.above))
        assert sum(record.copies for record in near if record.use != COUNTED) >= 10 * feeding, one.figure.id


@pytest.mark.parametrize("name", SMALL)
def test_noise_is_of_every_sort(name: str, drawn: Drawn) -> None:
    _, plan = drawn(name)
    uses = {record.use for record in plan.records}
    assert uses >= {"other_year", "other_unit", "joined", "struck", "corrected", "otherwise"}


@pytest.mark.parametrize("name", SMALL)
def test_no_record_says_what_cannot_have_happened(name: str, drawn: Drawn, book: Rulebook) -> None:
    _, plan = drawn(name)
    for record in plan.records:
        matter = Matter(record.page, ())
        for fact in record.facts():
            found = admit(matter, fact, now=NOW, calendar=book.calendar)
            assert not [one.message for one in found if one.severity == "barred"], (record.page.name, fact)
            matter = replace(matter, facts=(*matter.facts, fact))


@pytest.mark.parametrize(("total", "parts"), [("0", 3), ("7", 3), ("1.12", 4), ("-2", 2), ("49240", 296)])
def test_a_sum_is_split_without_loss(total: str, parts: int) -> None:
    amounts = split(Decimal(total), parts)
    assert len(amounts) == parts and sum(amounts) == Decimal(total)
