"""Many clocks of one rule read at once: the arithmetic of `count` over whole columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fazhi.law.procedure import ClockRule, Rolls
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays

Days = NDArray[np.datetime64]
Ordinals = NDArray[np.int64]
Flags = NDArray[np.bool_]

_EPOCH = date(1970, 1, 1).toordinal()
_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Runs:
    """Columns of equal length, days as datetime64[D], NaT for none.

    `pauses` are pairs of columns [from, to) in order of beginning; they may overlap, none is open.
    `granted` is what extensions gave, in the unit of the term. `starts` of a clock that counts back are the days named.
    """

    starts: Days
    pauses: tuple[tuple[Days, Days], ...] = ()
    granted: Ordinals | None = None
    ended: Days | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What the runs come to; `state` as in State, without pauses that are open. NaT where the rule has none."""

    due: Days
    strict: Days
    warned_by: Days
    other_due: Days
    earliest: Days
    provisional: Flags
    state: NDArray[np.str_]


def read_many(rule: ClockRule, runs: Runs, now: date, calendar: Workdays, *, rolls: Rolls) -> Columns:
    """The clocks of many runs on a day, as `read_clocks` has them one by one; `rolls` is the word of the page.

    Terms in hours, and extensions in another unit than the term, raise ValueError: read those one by one.
    """
    table = _Table(calendar, runs)
    backward, word = bool(rule.before), rule.rolls or rolls
    due = strict = warned = other = earliest = _none(runs)
    provisional = np.zeros(runs.starts.shape, dtype=bool)
    if rule.at_least:
        full = table.ends(rule.at_least, None, backward=backward, rolls=False)
        earliest, provisional = full.last, full.provisional
    if rule.term:
        own = table.ends(rule.term, runs.granted, backward=backward, rolls=word != "never")
        due, strict, provisional = own.due, own.strict, provisional | own.provisional
        warned = strict if backward or rule.term.yearly or word == "analogy" else due
        if rule.or_term:
            second = table.ends(rule.or_term.term, runs.granted, backward=backward, rolls=word != "never")
            other, warned = second.due, np.minimum(warned, second.strict)
            provisional = provisional | second.provisional
    return Columns(due, strict, warned, other, earliest, provisional, _states(rule, runs, now, due, other, earliest))


@dataclass(frozen=True, slots=True)
class _Ends:
    last: Days
    due: Days
    strict: Days
    provisional: Flags


@dataclass(slots=True)
class _Table:
    """The calendar and the runs as numbers."""

    calendar: Workdays
    runs: Runs
    turns: Ordinals = field(init=False)
    shifts: Ordinals = field(init=False)
    reached: Ordinals = field(init=False)
    starts: Ordinals = field(init=False)
    pauses: list[tuple[Ordinals, Ordinals]] = field(init=False)

    def __post_init__(self) -> None:
        self.turns = np.array(self.calendar.turns, dtype=np.int64)
        self.shifts = np.array(self.calendar.shifts, dtype=np.int64)
        self.reached = np.array(self.calendar.reached, dtype=np.int64)
        self.starts = _ordinals(self.runs.starts)
        ended = self.runs.ended if self.runs.ended is not None else _none(self.runs)
        self.pauses = [
            (
                np.where(np.isnat(begin), _NEVER, _ordinals(begin)),
                np.where(np.isnat(begin), 0, _ordinals(np.fmin(end, ended))),
            )
            for begin, end in self.runs.pauses
        ]

    def ends(self, term: Term, granted: Ordinals | None, *, backward: bool, rolls: bool) -> _Ends:
        if term.unit == "hours" or (granted is not None and (term.yearly or term.unit == "same day")):
            raise ValueError(f"“{term}”不能成批计算：请逐件读取（{term} cannot be read in bulk: read one by one）")
        last = self._back(term) if backward else self._on(term, granted)
        rolling = rolls and not backward and term.unit in ("days", "working days", "months", "years")
        due = self._rolled(last) if rolling else last
        careful = backward or term.yearly
        strict = self._last_working(last) if careful else last
        doubted = np.zeros(last.shape, dtype=bool)
        if term.unit == "working days" or rolling or careful:
            doubted = ~(self._certain(last) & self._certain(due) & self._certain(strict))
        if term.unit == "working days":
            doubted = doubted | ~self._certain(self.starts)
        return _Ends(_days(last), _days(due), _days(strict), doubted)

    def until(self, ordinals: Ordinals) -> Ordinals:
        weeks, rest = np.divmod(ordinals, 7)
        at = np.searchsorted(self.turns, ordinals, side="right")
        return _whole(5 * weeks + np.minimum(rest, 5) + self.shifts[at])

    def nth(self, numbers: Ordinals) -> Ordinals:
        at = np.searchsorted(self.reached, numbers, side="left")
        weeks, rest = np.divmod(numbers - self.shifts[at] - 1, 5)
        turn = np.append(self.turns, _NEVER)[at]
        return _whole(np.minimum(7 * weeks + rest + 1, turn))

    def _on(self, term: Term, granted: Ordinals | None) -> Ordinals:
        amount = term.amount + (granted if granted is not None else 0)
        match term.unit:
            case "days":
                return self._skip(self.starts + amount)
            case "working days":
                return self._skip_working(_whole(amount + np.zeros_like(self.starts)))
            case "months" | "years":
                return self._skip(self._months(amount * (12 if term.unit == "years" else 1)))
            case "by" | "before":
                return self._yearly(term)
            case _:
                return self.starts

    def _skip(self, end: Ordinals) -> Ordinals:
        passed = self.starts + 1
        for begin, until in self.pauses:
            low = np.maximum(begin, passed)
            inside = low <= end
            end = end + np.where(inside, np.maximum(until - low, 0), 0)
            passed = np.where(inside, np.maximum(passed, until), passed)
        return end

    def _skip_working(self, amount: Ordinals) -> Ordinals:
        target, passed = self.until(self.starts) + amount, self.starts + 1
        end = np.where(amount > 0, self.nth(target), self.starts)
        for begin, until in self.pauses:
            low = np.maximum(begin, passed)
            inside = low <= end
            lost = np.maximum(self.until(until - 1) - self.until(low - 1), 0)
            target = target + np.where(inside, lost, 0)
            end = np.where(inside & (lost > 0), self.nth(target), end)
            passed = np.where(inside, np.maximum(passed, until), passed)
        return end

    def _months(self, months: Any) -> Ordinals:
        month = self.runs.starts.astype("datetime64[M]")
        into = self.runs.starts - month.astype("datetime64[D]")
        target = month + months
        last = (target + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
        return _ordinals(np.minimum(target.astype("datetime64[D]") + into, last))

    def _yearly(self, term: Term) -> Ordinals:
        year = self.runs.starts.astype("datetime64[Y]")
        this, following = (self._named(year + more, term) for more in (0, 1))
        return _ordinals(np.where(this >= self.runs.starts, this, following))

    def _named(self, year: Days, term: Term) -> Days:
        month = year.astype("datetime64[M]") + (term.month - 1)
        last = (month + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
        day: Days = np.minimum(month.astype("datetime64[D]") + (term.day - 1), last)
        return day - np.timedelta64(1 if term.unit == "before" else 0, "D")

    def _back(self, term: Term) -> Ordinals:
        match term.unit:
            case "days":
                return self.starts - term.amount
            case "working days" if term.amount:
                return self.nth(self.until(self.starts - 1) - term.amount + 1)
            case "months" | "years":
                return self._months(-term.amount * (12 if term.unit == "years" else 1))
            case _:
                return self.starts

    def _next_working(self, ordinals: Ordinals) -> Ordinals:
        return self.nth(self.until(ordinals - 1) + 1)

    def _last_working(self, ordinals: Ordinals) -> Ordinals:
        return self.nth(self.until(ordinals))

    def _rolled(self, last: Ordinals) -> Ordinals:
        due = self._next_working(last)
        for begin, until in self.pauses:
            due = np.where((begin <= due) & (due < until), self._next_working(until), due)
        return due

    def _certain(self, ordinals: Ordinals) -> Flags:
        known = np.array(sorted(self.calendar.years), dtype=np.int64)
        year = _days(ordinals).astype("datetime64[Y]").astype(np.int64) + 1970
        week_on = _days(ordinals + 7).astype("datetime64[Y]").astype(np.int64) + 1970
        return np.isin(year, known) & np.isin(week_on, known)


def _states(rule: ClockRule, runs: Runs, now: date, due: Days, other: Days, earliest: Days) -> NDArray[np.str_]:
    """States as `judge` has them; a comparison with NaT is false, so what a rule lacks never speaks."""
    ended = runs.ended if runs.ended is not None else _none(runs)
    done = ~np.isnat(ended)
    day = np.where(done, ended, np.datetime64(now, "D"))
    first, last = np.fmin(due, other), np.fmax(due, other)
    past = (day > last) & (not rule.soft)
    disputed = (day > first) & ~past & ~np.isnat(other) & (not rule.soft)
    open_state = np.select([past, disputed, day >= earliest], ["lapsed", "disputed", "ripe"], "running")
    done_state = np.select([(day < earliest) & (not rule.soft), past, disputed], ["early", "late", "disputed"], "met")
    return np.where(done, done_state, open_state)


def _none(runs: Runs) -> Days:
    return np.full(runs.starts.shape, np.datetime64("NaT", "D"), dtype="datetime64[D]")


def _ordinals(days: Days) -> Ordinals:
    return days.astype("datetime64[D]").astype(np.int64) + _EPOCH


def _days(ordinals: Ordinals) -> Days:
    return (ordinals - _EPOCH).astype("datetime64[D]")


def _whole(numbers: Any) -> Ordinals:
    return np.asarray(numbers, dtype=np.int64)
