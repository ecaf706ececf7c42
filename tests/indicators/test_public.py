"""What is kept back in public cannot be worked out from what is shown: parts of a whole, rows, months of a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from test_figures import UNITS, figure

from fazhi.indicators.compile import wants_of
from fazhi.indicators.evaluate import evaluate
from fazhi.indicators.look import choices_of
from fazhi.indicators.public import for_public
from fazhi.indicators.values import Reading, Span
from fazhi.rulebook import Indicator, Selector

SAID = ("good", "fair", "bad")
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def page(*said: str, sensitive: bool = True) -> Indicator:
    """How many answered so; all of them where nothing is said."""
    one = figure(Selector("p", facts=("rated",), where={"answer": said} if said else {}))
    object.__setattr__(one, "sensitive", sensitive)
    return one


def told(
    one: Indicator, amount: int, units: tuple[UUID, ...] = tuple(UNITS), days: tuple[date, date] = YEAR
) -> Reading:
    span = Span(units, *days, 9)
    above, below = wants_of(one)
    return evaluate(one, span, {want.key: Decimal(amount) for want in (*above, *below)})


def three(_: str, field: str) -> frozenset[str]:
    return frozenset(SAID) if field == "answer" else frozenset()


def shown(readings: list[Reading]) -> list[str]:
    return ["-" if one.suppressed else one.text for one in for_public(readings, three)]


def test_the_last_part_is_not_left_by_the_whole() -> None:
    """Good and bad are shown with their whole, so the small one takes another with it."""
    parts = [told(page("good"), 40), told(page("fair"), 20), told(page("bad"), 2)]
    assert shown([told(page(), 62), *parts]) == ["62", "40", "-", "-"]
    assert shown([*parts]) == ["40", "20", "-"]  # without the whole nothing tells it
    assert shown([told(page("good", "fair"), 60), *parts[:2]]) == ["60", "40", "20"]


def test_a_whole_and_its_part_do_not_leave_a_small_rest() -> None:
    assert shown([told(page(), 62), told(page("good", "fair"), 59)]) == ["62", "-"]
    assert shown([told(page(), 62), told(page("good", "fair"), 50)]) == ["62", "50"]
    assert shown([told(page(sensitive=False), 62), told(page("good", "fair", sensitive=False), 59)]) == ["62", "59"]


def test_a_row_of_a_unit_is_not_left_by_its_total() -> None:
    rows = [told(page(), many, (unit,)) for unit, many in zip(UNITS, (30, 7, 3), strict=True)]
    assert shown([told(page(), 40), *rows]) == ["40", "30", "-", "-"]
    assert shown(rows) == ["30", "7", "-"]
    others = [told(page(), 37, tuple(UNITS[:2]))]
    assert shown([told(page(), 40), *others, *rows[:1]]) == ["40", "-", "30"]


def test_a_month_is_not_left_by_its_year() -> None:
    days = [(date(2025, 1, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30)), (date(2025, 10, 1), YEAR[1])]
    parts = [told(page(), many, days=one) for many, one in zip((20, 9, 1), days, strict=True)]
    assert shown([told(page(), 30), *parts]) == ["30", "20", "-", "-"]


def test_a_figure_that_counts_no_person_is_kept_back_only_where_nothing_else_would_do() -> None:
    whole = told(page(sensitive=False), 62)
    parts = [told(page("good"), 40), told(page("fair"), 20), told(page("bad"), 2)]
    assert shown([whole, *parts])[0] == "62"
    alone = [whole, told(page("good", "fair", sensitive=False), 60), told(page("bad"), 2)]
    assert shown(alone) == ["62", "-", "-"]


def test_the_choices_are_those_of_the_pages() -> None:
    assert {"satisfied", "basically_satisfied"} & choices_of("appeal", "satisfaction")
    assert choices_of("nothing", "x") == frozenset()


Table = dict[tuple[int, str], int]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 12), min_size=9, max_size=9),
    st.sets(st.tuples(st.sampled_from((0, 1, 2, None)), st.sampled_from((*SAID, None, "good fair")))),
)
def test_no_small_cell_of_a_table_can_be_worked_out(
    counts: list[int], asked: set[tuple[int | None, str | None]]
) -> None:
    """Units by answers with rows, columns and totals, some of them told: solved as a reader with a pencil would."""
    cells = dict(zip(product(range(3), SAID), counts, strict=True))
    readings, sums = [], []
    for row, column in sorted(asked, key=str):
        said = column.split() if column else list(SAID)
        units = [row] if row is not None else [0, 1, 2]
        held = {(unit, answer) for unit in units for answer in said}
        many = sum(cells[one] for one in held)
        readings.append(told(page(*(said if column else ())), many, tuple(UNITS[unit] for unit in units)))
        sums.append((held, many))
    kept = for_public(readings, three)
    known = [sums[at] for at, one in enumerate(kept) if not one.suppressed]
    assert not any(0 < many < 5 for _, many in known)
    for (held, many), one in zip(sums, kept, strict=True):
        if 0 < many < 5:
            assert one.suppressed and not _solves([held for held, _ in known], held, list(cells))


def _solves(known: list[set[tuple[int, str]]], wanted: set[tuple[int, str]], cells: list[tuple[int, str]]) -> bool:
    """Whether sums and differences of the known sets give the wanted one: elimination with exact fractions."""
    rows = [[Fraction(cell in one) for cell in cells] for one in known]
    left = [Fraction(cell in wanted) for cell in cells]
    for column in range(len(cells)):
        lead = next((row for row in rows if row[column] and not any(row[:column])), None)
        if lead is None:
            continue
        for row in [*(one for one in rows if one is not lead), left]:
            times = row[column] / lead[column]
            row[:] = [mine - times * theirs for mine, theirs in zip(row, lead, strict=True)]
    return not any(left)
