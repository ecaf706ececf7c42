"""Lines of a register are counted and summed as they stood on the last day asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from histories import History
from plain_count import year

from fazhi.indicators import look
from fazhi.indicators.evaluate import rounded
from fazhi.indicators.fold import history
from fazhi.indicators.models import Counted
from fazhi.law import Fact, Matter, Title
from fazhi.rulebook import Indicator, Rulebook, Selector

UNIT = UUID(int=11)


def line(at: int, book: Rulebook, *said: tuple[str, date, dict[str, str]]) -> History:
    """A line of the list of service items with its acts."""
    page = book.procedures["service_item"][-1]
    facts = tuple(Fact(kind, day, fields=fields, entry=n) for n, (kind, day, fields) in enumerate(said, 1))
    return History(UUID(int=at), UNIT, Matter(page, facts), {n: at * 10 + n for n in range(1, len(facts) + 1)})


@pytest.fixture
def items(db: object, rulebook: Rulebook) -> None:
    """Three items: one needs fewer visits from June on, one is a benefit, one is removed in September."""
    made = [
        line(
            1, rulebook,
            ("entered", date(2025, 1, 10), {"class": "license", "visits": "3", "promised_days": "5"}),
            ("changed", date(2025, 6, 1), {"visits": "0"}),
        ),
        line(2, rulebook, ("entered", date(2025, 2, 1), {"class": "benefit", "visits": "1"})),
        line(
            3, rulebook,
            ("entered", date(2024, 5, 1), {"class": "license", "visits": "2"}),
            ("removed", date(2025, 9, 1), {}),
        ),
    ]  # fmt: skip
    Counted.objects.bulk_create(Counted(**row) for one in made for row in history(one, rulebook.calendar))


def ask(kind: str, of: Selector, until: date, per: Selector | None = None) -> Decimal | None:
    below = (per,) if per else ()
    unit = "%" if per else "项"
    page = Indicator("asked", Title("问"), kind, unit, (of,), below)  # type: ignore[arg-type]
    return look.read(page, year([UNIT], 2025, 1000, until)).value


STANDING = Selector("service_item", open="end")


@pytest.mark.parametrize(
    ("until", "count", "visits"),
    [(date(2025, 1, 9), 1, 2), (date(2025, 5, 31), 3, 6), (date(2025, 6, 1), 3, 3), (date(2025, 9, 1), 2, 1)],
)
@pytest.mark.usefixtures("items")
def test_a_register_is_counted_as_it_stood_on_the_day(until: date, count: int, visits: int) -> None:
    assert ask("count", STANDING, until) == count
    assert ask("sum", Selector("service_item", open="end", field="visits"), until) == visits


@pytest.mark.usefixtures("items")
def test_bounds_pick_lines_by_the_number_they_state() -> None:
    none = Selector("service_item", open="end", at_most={"visits": Decimal(0)})
    some = Selector("service_item", open="end", at_least={"visits": Decimal(1)})
    assert [ask("count", none, day) for day in (date(2025, 5, 31), date(2025, 6, 1))] == [0, 1]
    assert [ask("count", some, day) for day in (date(2025, 5, 31), date(2025, 6, 1))] == [3, 2]
    assert ask("ratio", none, date(2025, 12, 31), per=STANDING) == 50
    unsaid = Selector("service_item", open="end", at_most={"promised_days": Decimal(99)})
    assert ask("count", unsaid, date(2025, 12, 31)) == 1
    told = Selector("service_item", facts=("entered", "changed"), at_most={"visits": Decimal(1)})
    assert ask("count", told, date(2025, 12, 31)) == 2


@pytest.mark.usefixtures("items")
def test_of_stated_numbers_the_latest_or_the_largest_is_told() -> None:
    latest = Selector("service_item", open="end", field="visits")
    largest = Selector("service_item", open="end", field="visits", stated="largest")
    assert [ask("rank", one, date(2025, 5, 31)) for one in (latest, largest)] == [1, 3]
    assert [ask("rank", one, date(2025, 12, 31)) for one in (latest, largest)] == [0, 1]
    entered = Selector("service_item", facts=("entered",), field="visits", stated="largest")
    assert ask("rank", entered, date(2025, 12, 31)) == 3
    assert ask("rank", entered, date(2025, 1, 1)) is None


def test_a_page_may_cut_the_rest_off() -> None:
    said = [Decimal(text) for text in ("6.569", "-13.738", "0.999")]
    assert [rounded(one, 2, "down") for one in said] == [Decimal("6.56"), Decimal("-13.73"), Decimal("0.99")]
    assert rounded(said[0], 2) == Decimal("6.57")
