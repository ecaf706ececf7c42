"""What the wall shows: terms by unit and month of their due day as they stand today, within the reader's rights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fazhi.ledger import query
from fazhi.people import units
from fazhi.reach.scope import NO_FILTER, Filters, Scope, condition
from fazhi.worklist.tasks import approvals_of, desk
from fazhi.worklist.values import Task

BEFORE, AHEAD = 3, 2
"""Months shown before this one and after it."""
NEAREST = 8

# one row a unit and due day; which month a day lies in is said by Python
_CELLS = """
select w.unit, w.due,
       count(*) filter (where w.ended_on <= %s and w.end_state <> 'late'),
       count(*) filter (where w.ended_on <= %s and w.end_state = 'late'),
       count(*) filter (where (w.ended_on is null or w.ended_on > %s) and w.late_after < %s),
       count(*) filter (where (w.ended_on is null or w.ended_on > %s) and w.late_after >= %s)
from worklist_row w
where {within} and {whose} and w.lane = 'ours' and w.start <= %s and w.end_state <> 'dropped'
  and w.due is not null and (w.due between %s and %s or w.ended_on is null or w.ended_on > %s)
group by w.unit, w.due
"""


@dataclass(frozen=True, slots=True)
class Cell:
    """Terms that are due in one month: done in time, done late, overdue, still running."""

    done: int = 0
    late: int = 0
    overdue: int = 0
    running: int = 0

    @property
    def total(self) -> int:
        return self.done + self.late + self.overdue + self.running

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.done + other.done, self.late + other.late, self.overdue + other.overdue, self.running + other.running
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One unit through the months, those with most overdue first; what is still open outside them beside."""

    unit: UUID
    name: str
    name_en: str
    cells: tuple[Cell, ...]
    earlier: Cell = Cell()
    later: Cell = Cell()

    @property
    def whole(self) -> Cell:
        return sum(self.cells, self.earlier + self.later)


@dataclass(frozen=True, slots=True)
class Board:
    """The whole wall. `months` are their first days; `this` is the place of the current one."""

    months: tuple[date, ...]
    this: int
    rows: tuple[Row, ...]
    nearest: tuple[Task, ...]

    @property
    def first(self) -> date:
        """The first day of the months shown."""
        return self.months[0]

    @property
    def last(self) -> date:
        return _next_month(self.months[-1]) - timedelta(days=1)

    @property
    def spans(self) -> list[tuple[date, date]]:
        """Each month by its first and its last day."""
        return [(one, _next_month(one) - timedelta(days=1)) for one in self.months]

    @property
    def sums(self) -> tuple[Cell, ...]:
        """Every unit together, month by month."""
        return tuple(sum((row.cells[place] for row in self.rows), Cell()) for place in range(len(self.months)))


def board(scope: Scope, today: date, filters: Filters = NO_FILTER) -> Board:
    """The board of one who asks; empty without rights, and then no query is asked."""
    months = months_around(today)
    boxes = scope.narrowed(filters)
    if not boxes:
        return Board(months, BEFORE, (), ())
    within, values = condition(boxes, "w")
    whose, of_post = approvals_of(scope)
    last = _next_month(months[-1]) - timedelta(days=1)
    asked = [today] * 6 + values + of_post + [today, months[0], last, today]
    # the first place is what is open from before the months, the last what is open from after them
    found: dict[UUID, list[Cell]] = defaultdict(lambda: [Cell()] * (len(months) + 2))
    for unit, due, *counts in query.fetch_planned("default", _CELLS.format(within=within, whose=whose), asked):
        place = 0 if due < months[0] else len(months) + 1 if due > last else months.index(due.replace(day=1)) + 1
        found[unit][place] = found[unit][place] + Cell(*counts)
    names = units.names(found)
    rows = [
        Row(one, names[one].name, names[one].name_en or names[one].name, tuple(shown), earlier, later)
        for one, (earlier, *shown, later) in found.items()
    ]
    rows.sort(key=lambda row: (-row.whole.overdue, -row.whole.total, row.name))
    return Board(months, BEFORE, tuple(rows), _nearest(scope, today, filters))


def _nearest(scope: Scope, today: date, filters: Filters) -> tuple[Task, ...]:
    """The terms that lapse next; what is over already stands in its month."""
    found: list[Task] = []
    for bucket in ("today", "soon", "later"):
        if len(found) < NEAREST:
            found += desk(scope, today, bucket, filters, limit=NEAREST, counted=False).tasks
    return tuple(sorted(found, key=lambda task: task.due or date.max)[:NEAREST])


def months_around(today: date) -> tuple[date, ...]:
    """First days of the months shown."""
    first = today.replace(day=1)
    for _ in range(BEFORE):
        first = (first - timedelta(days=1)).replace(day=1)
    months: Sequence[date] = [first]
    for _ in range(BEFORE + AHEAD):
        months = [*months, _next_month(months[-1])]
    return tuple(months)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
