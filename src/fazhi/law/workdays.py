"""Working days: weekends, holidays and make-up days, counted in constant time for any date."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

_LAST = date.max.toordinal()
WEEKEND, MAKE_UP, WORKDAY = "周末", "调休上班", "工作日"


def _weekdays_until(ordinal: int) -> int:
    """Mondays to Fridays from 0001-01-01 (a Monday) up to and with this day."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def _nth_weekday(number: int) -> int:
    """The ordinal of the Nth Monday-to-Friday, counted from 0001-01-01."""
    weeks, rest = divmod(number - 1, 5)
    return 7 * weeks + rest + 1


class Workdays:
    """Weekdays work, but for `rest`; weekends rest, but for `worked`. Years outside `years` have no notice yet.

    `turns` are the ordinals of days that differ from the plain week, `shifts` by how many working days
    the plain week is out before each and after the last, `reached` the working days up to each.
    """

    __slots__ = ("names", "reached", "rest", "shifts", "turns", "worked", "years")

    def __init__(
        self,
        rest: Iterable[date] = (),
        worked: Iterable[date] = (),
        years: Iterable[int] = (),
        names: Mapping[date, str] | None = None,
    ) -> None:
        self.rest = frozenset(rest)
        self.worked = frozenset(worked)
        self.years = frozenset(years)
        self.names = dict(names or {})
        turns = {day.toordinal(): -1 for day in self.rest if day.weekday() < 5 and day not in self.worked}
        turns |= {day.toordinal(): +1 for day in self.worked if day.weekday() >= 5}
        self.turns = sorted(turns)
        self.shifts = [0]
        for ordinal in self.turns:
            self.shifts.append(self.shifts[-1] + turns[ordinal])
        self.reached = [_weekdays_until(at) + self.shifts[i + 1] for i, at in enumerate(self.turns)]

    def until(self, ordinal: int) -> int:
        """How many working days there are up to and with this ordinal."""
        return _weekdays_until(ordinal) + self.shifts[bisect_right(self.turns, ordinal)]

    def nth(self, number: int) -> int:
        """The ordinal of the working day with this running number: the inverse of `until`."""
        segment = bisect_left(self.reached, number)
        ordinal = _nth_weekday(number - self.shifts[segment])
        return min(ordinal, self.turns[segment]) if segment < len(self.turns) else ordinal

    def is_working(self, day: date) -> bool:
        return (day.weekday() < 5 and day not in self.rest) or day in self.worked

    def next_working(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def last_working(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        return day if self.is_working(day) else self.back(day, 1)

    def add(self, day: date, days: int) -> date:
        """The Nth working day after this day."""
        return on_ordinal(self.nth(self.until(day.toordinal()) + days)) if days > 0 else day

    def back(self, day: date, days: int) -> date:
        """The Nth working day before this day."""
        return on_ordinal(self.nth(self.until(day.toordinal() - 1) - days + 1)) if days > 0 else day

    def count(self, after: date, to: date) -> int:
        """Working days after the first day, up to and with the second."""
        return self.until(to.toordinal()) - self.until(after.toordinal())

    def known(self, day: date) -> bool:
        """Whether the notice of this day's year is out."""
        return day.year in self.years

    def certain(self, day: date) -> bool:
        """Whether no coming notice can change this day: the next year's notice has moved days of late December."""
        if day.month == 12 and day.day > 24 and day.year < 9999:
            return day.year in self.years and day.year + 1 in self.years
        return day.year in self.years

    def reason(self, day: date) -> str:
        """Why the day works or rests, in one Chinese word: 周末, 春节, 调休上班, 工作日."""
        if self.is_working(day):
            return MAKE_UP if day.weekday() >= 5 else WORKDAY
        return self.names.get(day, "放假" if day in self.rest else WEEKEND)

    def between(self, first: date, last: date) -> Workdays:
        """The same calendar with only the exceptions of these days: all that a count between them depends on."""
        week = timedelta(days=7)
        low = first - week if first - date.min > week else date.min
        high = last + week if date.max - last > week else date.max
        inside = {day for day in self.rest | self.worked if low <= day <= high}
        years = {year for year in self.years if low.year <= year <= high.year}
        names = {day: name for day, name in self.names.items() if day in inside}
        return Workdays(self.rest & inside, self.worked & inside, years, names)


def on_ordinal(ordinal: int) -> date:
    """The date of an ordinal, kept within what a date can say."""
    return date.fromordinal(ordinal) if 0 < ordinal <= _LAST else date.max if ordinal > 0 else date.min
