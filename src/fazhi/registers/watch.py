"""Whether a line of a register must come under closer watch, from what it said of itself over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from fazhi.rulebook.watches import Rule, Watch


@dataclass(frozen=True, slots=True)
class Told:
    """What a line said of itself from a day on."""

    since: date
    data: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The level that the rules ask for and which of them do; `raised` if it is above what the line says."""

    level: str
    raised: bool
    rules: tuple[Rule, ...]


def judge(watch: Watch, history: Sequence[Told], today: date) -> Judged:
    """Rules that hold today raise the level and never lower it: that is for a person who has been there."""
    now = history[-1].data.get(watch.grade, "") if history else ""
    holding = tuple(rule for rule in watch.rules if history and _holds(rule, history, today))
    order = watch.levels.index
    asked = max((rule.level for rule in holding), key=order, default=watch.levels[0])
    stands = now if now in watch.levels else watch.levels[0]
    raised = order(asked) > order(stands)
    return Judged(asked if raised else stands, raised, holding)


def _holds(rule: Rule, history: Sequence[Told], today: date) -> bool:
    last = history[-1].data
    if any(last.get(name, "") != value for name, value in rule.where.items()):
        return False
    if rule.least and not _over(_amount(last, rule.least[0]), rule.least[1]):
        return False
    if rule.share and not _short(last, *rule.share):
        return False
    if rule.falls and not _moved(history, *rule.falls, today=today, down=True):
        return False
    if rule.grows and not _moved(history, *rule.grows, today=today, down=False):
        return False
    return not rule.silent or _silent(history, *rule.silent, today=today)


def _amount(data: Mapping[str, str], column: str) -> Decimal | None:
    try:
        amount = Decimal(data.get(column, "").replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _over(amount: Decimal | None, least: Decimal) -> bool:
    return amount is not None and amount >= least


def _short(data: Mapping[str, str], part: str, whole: str, below: Decimal) -> bool:
    held, owed = _amount(data, part), _amount(data, whole)
    return held is not None and owed is not None and owed > 0 and held < owed * below


def _moved(history: Sequence[Told], column: str, by: Decimal, days: int, *, today: date, down: bool) -> bool:
    """Whether the latest amount lies so far from one told within these days, or standing when they began."""
    latest = _amount(history[-1].data, column)
    begins = today - timedelta(days=days)
    if latest is None or history[-1].since < begins:
        return False
    known = [(told.since, amount) for told in history[:-1] if (amount := _amount(told.data, column)) is not None]
    standing = [amount for since, amount in known if since < begins][-1:]
    earlier = standing + [amount for since, amount in known if since >= begins]
    if down:
        return any(amount > 0 and latest <= amount * (1 - by) for amount in earlier)
    return any(amount > 0 and latest >= amount * (1 + by) for amount in earlier)


def _silent(history: Sequence[Told], column: str, days: int, *, today: date) -> bool:
    """Since the column last said anything new, or was last entered beside other changes."""
    told = [one.since for one in history if _amount(one.data, column) is not None]
    return not told or (today - told[-1]).days > days
