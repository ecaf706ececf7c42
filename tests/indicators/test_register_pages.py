"""Every page that counts lines of registers counts what it says: a second count of the same lines, without SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from histories import History
from plain_count import year

from fazhi.indicators import look
from fazhi.indicators.export import export
from fazhi.indicators.fold import history
from fazhi.indicators.lake import open_lake
from fazhi.indicators.models import Counted
from fazhi.law import Fact, Matter
from fazhi.ledger import query
from fazhi.rulebook import Indicator, Rulebook, Selector, load

HERE, ELSEWHERE = UUID(int=11), UUID(int=12)
LAST = date(2025, 12, 31)
BOOK = load()


def counted_halves(page: Indicator) -> tuple[Selector, ...]:
    return (*page.of, *page.per, *page.base)


def of_registers(page: Indicator) -> bool:
    """Whether a page counts lines of registers alone, by what was said of them and not by their clocks."""
    return page.kind != "change" and all(
        BOOK.procedures[one.procedure][-1].standing and not one.clocks for one in counted_halves(page)
    )


PAGES = [page for page in BOOK.indicators.values() if of_registers(page)]


@dataclass(frozen=True)
class Line:
    """What is recorded of one line: acts in order, each with its day and what it says."""

    procedure: str
    unit: UUID
    acts: tuple[tuple[str, date, dict[str, str]], ...]

    def history(self, at: int) -> History:
        facts = tuple(Fact(kind, day, fields=said, entry=n) for n, (kind, day, said) in enumerate(self.acts, 1))
        page = BOOK.procedures[self.procedure][-1]
        return History(UUID(int=1000 + at), self.unit, Matter(page, facts), dict.fromkeys(range(1, len(facts) + 1), 1))


def said_by(selector: Selector, number: int, other: bool) -> dict[str, str]:
    """Words that the selector asks for, or with `other` words that it does not ask for."""
    kinds = BOOK.procedures[selector.procedure][-1].facts.values()
    choices = {name: field.choices for kind in kinds for name, field in kind.fields.items()}
    found = {selector.field: str(number)} if selector.field else {}
    for name, values in selector.where.items():
        found[name] = next(one for one in choices[name] if (one in values) != other)
    bounds = {**selector.at_least, **selector.at_most}
    found |= {name: str(bound + (100 if other and name in selector.at_most else 0)) for name, bound in bounds.items()}
    return found


def lines_for(selector: Selector, number: int) -> Iterator[Line]:
    """A line that counts, and others of another year, unit and kind that do not; one that left, one that changed."""
    page = BOOK.procedures[selector.procedure][-1]
    assert page.register is not None
    enters = page.register.enters[0]
    act = selector.facts[0] if selector.facts else enters
    right, wrong = said_by(selector, number, False), said_by(selector, number + 1, True)

    def line(day: date, said: dict[str, str], unit: UUID = HERE, *more: tuple[str, date, dict[str, str]]) -> Line:
        acts = [(enters, day, said)] if act == enters else [(enters, day, said), (act, day, said)]
        return Line(selector.procedure, unit, (*acts, *more))

    yield line(date(2025, 3, 4), right)
    yield line(date(2024, 3, 4), right)
    yield line(date(2026, 1, 2), right)
    yield line(date(2025, 3, 4), right, ELSEWHERE)
    if selector.where or selector.at_most:
        yield line(date(2025, 5, 6), wrong)
        if "changed" in page.facts and act == enters:
            yield line(date(2025, 5, 7), right, HERE, ("changed", date(2025, 7, 1), wrong))
    for left in page.register.leaves[:1]:
        if act != left:
            yield line(date(2025, 4, 5), right, HERE, (left, date(2025, 8, 8), {}))


def amounts(selector: Selector, lines: list[Line]) -> list[tuple[date, int, Decimal]]:
    """Day, place and number (one where none is asked) of all that the selector picks of these lines."""
    found = []
    last = date(LAST.year - 1, 12, 31) if selector.open == "start" else LAST
    for at, line in enumerate(lines):
        if line.procedure != selector.procedure or line.unit != HERE:
            continue
        register = BOOK.procedures[line.procedure][-1].register
        assert register is not None
        told: dict[str, str] = {}
        since, stands = date.min, True
        for kind, day, said in line.acts:
            if day > last:
                stands = stands and since != date.min
                continue
            before, told = told, {**told, **said}
            since = day if told != before or since == date.min else since
            stands = stands and kind not in register.leaves
            if kind in selector.facts and day.year == LAST.year and meets(selector, told, said):
                found.append((day, at, Decimal(said[selector.field]) if selector.field else Decimal(1)))
        if selector.open and stands and since != date.min and meets(selector, told, told):
            found.append((since, at, Decimal(told[selector.field]) if selector.field else Decimal(1)))
    return found


def meets(selector: Selector, told: dict[str, str], said: dict[str, str]) -> bool:
    """`told` is all that was said of the line so far, `said` what stands beside the number."""
    if selector.field and selector.field not in said:
        return False
    least = all(name in said and Decimal(said[name]) >= bound for name, bound in selector.at_least.items())
    most = all(name in said and Decimal(said[name]) <= bound for name, bound in selector.at_most.items())
    return least and most and all(told.get(name, "") in values for name, values in selector.where.items())


def expected(page: Indicator, part: tuple[Selector, ...], lines: list[Line]) -> Decimal | None:
    picked = [one for selector in part for one in amounts(selector, lines)]
    if page.kind != "rank":
        return sum((amount for _day, _at, amount in picked), Decimal(0))
    if not picked:
        return None
    if page.of[0].stated == "largest":
        return max(amount for _day, _at, amount in picked)
    latest = max(day for day, _at, _amount in picked)
    (told,) = {amount for day, _at, amount in picked if day == latest}
    return told


@pytest.mark.usefixtures("db")
def test_pages_of_registers_count_what_they_say(rulebook: Rulebook, tmp_path: Path) -> None:
    asked = list(dict.fromkeys(repr(one) for page in PAGES for one in counted_halves(page)))
    by_repr = {repr(one): one for page in PAGES for one in counted_halves(page)}
    lines = [line for at, one in enumerate(asked) for line in lines_for(by_repr[one], 10 * at + 3)]
    rows = [row for at, line in enumerate(lines) for row in history(line.history(at), rulebook.calendar)]
    Counted.objects.bulk_create(Counted(**row) for row in rows)
    span = year([HERE], 2025, 1)
    readings = look.read_all(PAGES, span)
    wrong = []
    for page, reading in zip(PAGES, readings, strict=True):
        if page.kind == "rank" and len({day for day, *_ in amounts(page.of[0], lines)}) != len(
            amounts(page.of[0], lines)
        ):
            continue  # several stated on the last day: which is told is not said
        above, below = expected(page, page.of, lines), expected(page, page.per + page.base, lines)
        if reading.numerator != above or ((page.per or page.base) and reading.denominator != below):
            wrong.append((page.name, reading.numerator, above, reading.denominator, below))
        assert reading.numerator, page.name
    assert wrong == []
    assert len(PAGES) > 150
    text = "insert into ledger_cursor (follower, position) values ('indicators', 1) on conflict (follower) do update "
    query.run("default", text + "set position = excluded.position", [])
    export(tmp_path / "lake")
    with open_lake(tmp_path / "lake") as lake:
        assert lake.read_all(PAGES, span) == readings
