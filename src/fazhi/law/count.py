"""The arithmetic of one run: from its start, over pauses and extensions, to its last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from fazhi.law.moment import as_moment, start_of
from fazhi.law.term import Term, add_months
from fazhi.law.workdays import Workdays, on_ordinal

Pauses = tuple[tuple[date, date], ...]


class Count(NamedTuple):
    """All that the days of one run depend on, beside the calendar.

    Pauses `[from, to)` are in order and do not overlap. A run in hours starts at `moment`
    and loses `lost` minutes. `backward` counts back from the day a fact names.
    """

    start: date
    terms: tuple[Term, ...]
    pauses: Pauses = ()
    moment: datetime | None = None
    lost: int = 0
    backward: bool = False
    rolls: bool = False

    @property
    def yearly(self) -> bool:
        return self.terms[-1].yearly

    @property
    def rolling(self) -> bool:
        """Whether a last day that rests is moved: hours, the same day, yearly and backward days never are."""
        return self.rolls and not self.backward and self.terms[-1].unit in ("days", "working days", "months", "years")


class Ends(NamedTuple):
    """The last day as counted, as rolled (`due`), the day to be safe by, and the moment of a run in hours."""

    last: date
    due: date
    strict: date
    moment: datetime | None = None
    provisional: bool = False


def ends(count: Count, calendar: Workdays) -> Ends:
    """Where a run ends."""
    last, moment = _back(count, calendar) if count.backward else _forward(count, calendar)
    due = _rolled(last, count.pauses, calendar) if count.rolling else last
    strict = calendar.last_working(last) if count.backward or count.yearly else last
    return Ends(last, due, strict, moment, _provisional(count, strict, due, calendar))


def joined(terms: tuple[Term, ...]) -> list[Term]:
    """The terms one after another; neighbours of one unit are added before counting, a year is twelve months."""
    result: list[Term] = []
    for term in terms:
        plain = Term(term.amount * 12, "months") if term.unit == "years" else term
        if result and result[-1].unit == plain.unit and not plain.yearly:
            result[-1] = Term(result[-1].amount + plain.amount, plain.unit)
        else:
            result.append(plain)
    return result


def _forward(count: Count, calendar: Workdays) -> tuple[date, datetime | None]:
    if len(count.terms) == 1 and not count.pauses and count.terms[0].unit != "hours":
        return _advance(count.start, count.terms[0], (), calendar), None
    day, moment = count.start, count.moment
    for term in joined(count.terms):
        if term.unit == "hours":
            moment = _later(moment or _end_of(day), term.amount * 60 + count.lost)
            day = moment.date()
        else:
            day, moment = _advance(day, term, count.pauses, calendar), None
    return day, moment


def _advance(day: date, term: Term, pauses: Pauses, calendar: Workdays) -> date:
    """The last day of a term that follows this day; days inside a pause are not counted."""
    match term.unit:
        case "days":
            return _skip(day.toordinal(), day.toordinal() + term.amount, pauses)
        case "working days":
            return _skip_working(day.toordinal(), term.amount, pauses, calendar)
        case "months" | "years":
            months = term.amount * (12 if term.unit == "years" else 1)
            return _skip(day.toordinal(), add_months(day, months).toordinal(), pauses)
        case "by" | "before":
            return _yearly(day, term)
        case _:
            return day


def _skip(start: int, end: int, pauses: Pauses) -> date:
    for begin, until in pauses:
        low = max(begin.toordinal(), start + 1)
        if low > end:
            break
        end += max(until.toordinal() - low, 0)
    return on_ordinal(end)


def _skip_working(start: int, amount: int, pauses: Pauses, calendar: Workdays) -> date:
    target = calendar.until(start) + amount
    end = calendar.nth(target) if amount else start
    for begin, until in pauses:
        low = max(begin.toordinal(), start + 1)
        if low > end:
            break
        target += max(calendar.until(until.toordinal() - 1) - calendar.until(low - 1), 0)
        end = calendar.nth(target)
    return on_ordinal(end)


def _yearly(start: date, term: Term) -> date:
    """The first such day on or after the start; `before` means the day before it."""
    for year in range(start.year, min(start.year + 2, date.max.year) + 1):
        named = add_months(date(year, 1, 1), term.month - 1)
        day = on_ordinal(min(named.toordinal() + term.day, add_months(named, 1).toordinal()) - 1)
        if term.unit == "before":
            day = on_ordinal(day.toordinal() - 1)
        if day >= start:
            return day
    return date.max


def _back(count: Count, calendar: Workdays) -> tuple[date, datetime | None]:
    """Counts back from the event, whose own day is not counted (《行政复议法》第五十一条一类的“几日前”)."""
    day = count.start
    for term in joined(count.terms):
        match term.unit:
            case "days":
                day = on_ordinal(day.toordinal() - term.amount)
            case "working days":
                day = calendar.back(day, term.amount)
            case "months":
                day = add_months(day, -term.amount)
            case "hours":
                moment = _later(count.moment or start_of(day), -term.amount * 60)
                return moment.date(), moment
    return day, None


def _end_of(day: date) -> datetime:
    """Midnight after the day: where hours begin if no hour was told."""
    return _later(start_of(day), 24 * 60)


def _later(moment: datetime, minutes: int) -> datetime:
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        return as_moment(date.max) if minutes > 0 else start_of(date.min)


def _rolled(day: date, pauses: Pauses, calendar: Workdays) -> date:
    """The next working day on which the run is not paused."""
    due = calendar.next_working(day)
    for begin, until in pauses:
        if begin <= due < until:
            due = calendar.next_working(until)
    return due


def _provisional(count: Count, strict: date, due: date, calendar: Workdays) -> bool:
    """Whether a coming notice could move the end: only where working days are counted or sought."""
    working = any(term.unit == "working days" for term in count.terms)
    if working and not calendar.certain(count.start):
        return True
    if working or count.rolling or count.backward or count.yearly:
        return not (calendar.certain(due) and (strict == due or calendar.certain(strict)))
    return False
