"""Ways of counting that the second counter's rules are put together from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from second_book import Book, Value, Where, largest_of, share, total_of


def _days(year: int, *spans: str) -> frozenset[date]:
    """Days written as 5-1 or 5-1..5-5."""
    ends = [[date(year, *map(int, day.split("-"))) for day in span.split("..")] for span in spans]
    return frozenset(
        first + timedelta(n) for first, last in ((e[0], e[-1]) for e in ends) for n in range((last - first).days + 1)
    )


RESTS = (
    _days(2023, "1-1..1-2", "1-21..1-27", "4-5", "4-29..5-3", "6-22..6-24", "9-29..10-6")
    | _days(2024, "1-1", "2-10..2-17", "4-4..4-6", "5-1..5-5", "6-10", "9-15..9-17", "10-1..10-7")
    | _days(2025, "1-1")
)
"""Public holidays of the years told, for terms in working days."""
MADE_UP = _days(2023, "1-28..1-29", "4-23", "5-6", "6-25", "10-7..10-8") | _days(
    2024, "2-4", "2-18", "4-7", "4-28", "5-11", "9-14", "9-29", "10-12"
)

Rule = Callable[[Book], Value]


def happened(page: str, kind: str | tuple[str, ...] = "held", /, **where: Where) -> Rule:
    return lambda book: book.matters(page, kind, **where)


def summed(page: str, field: str, kind: str = "held", /, **where: Where) -> Rule:
    return lambda book: book.total(page, kind, field, **where)


def listed(page: str, /, **where: Where) -> Rule:
    return lambda book: book.stock(page, **where)


def goal(name: str) -> Rule:
    return lambda book: book.stated("service_target", "amount", goal=name)


def part(mechanism: str) -> Rule:
    return lambda book: book.stock("mechanism_part", mechanism=mechanism)


def honour(**where: Where) -> Rule:
    return lambda book: book.matters("honour", "held", **where)


def honoured(field: str, /, **where: Where) -> Rule:
    """The number said with the latest honour."""
    return lambda book: book.last("honour", "held", field, **where)


def sums(page: str, above: str, below: str, kind: str = "held", /, **where: Where) -> Rule:
    return lambda book: share(book.total(page, kind, above, **where), book.total(page, kind, below, **where))


def cut(page: str, now: str, base: str, kind: str = "held", /, **where: Where) -> Rule:
    """By how much the numbers of now lie under those of the base, in percent."""

    def rule(book: Book) -> Value:
        whole = book.total(page, kind, base, **where)
        return share(whole - book.total(page, kind, now, **where), whole)

    return rule


def longest(page: str, kind: str, field: str) -> Rule:
    return lambda book: largest_of(book.found(page, kind), field)


def added(*rules: Rule) -> Rule:
    return lambda book: sum((rule(book) or Decimal(0) for rule in rules), Decimal(0))


def shared(above: Rule, *below: Rule) -> Rule:
    """The first in percent of the sum of the others."""
    return lambda book: share(above(book) or Decimal(0), added(*below)(book) or Decimal(0))


def pending(page: str, ends: tuple[str, ...], /, **where: Where) -> Rule:
    return lambda book: book.pending(page, ends, **where)


def held(page: str, field: str, /, **where: Where) -> Rule:
    """The sum over the lines that stand at the end."""
    return lambda book: total_of(book.standing(page, **where), field)


def most(page: str, field: str, /, **where: Where) -> Rule:
    """The largest number of the lines that stand at the end."""
    return lambda book: largest_of(book.standing(page, **where), field)


def every(*kinds: tuple[str, str]) -> Rule:
    """Each time any of these happened, also when twice in a matter."""
    return lambda book: Decimal(sum(len(book.found(page, kind)) for page, kind in kinds))


def with_some(page: str, field: str) -> Rule:
    """How many lines that stand at the end say a number above nothing."""
    return lambda book: Decimal(sum(Decimal(one.fields.get(field) or 0) > 0 for one in book.standing(page)))


def yearly(rule: Rule, rounding: str = ROUND_HALF_UP) -> Rule:
    """The change against the same days of the year before, in percent."""

    def change(book: Book) -> Value:
        now, before = rule(book) or Decimal(0), rule(book.before()) or Decimal(0)
        return share(now - before, before, rounding)

    return change


def in_term(page: str, begins: str, ends: str, due: Callable[[date], date]) -> Rule:
    """Of what began in the period and has ended or run out by its end, the share that ended in its term."""

    def rule(book: Book) -> Value:
        ended = {one.matter: one.day for one in reversed(book.of(page)) if one.kind == ends and one.day <= book.cutoff}
        last = {one.matter: due(one.day) for one in book.found(page, begins)}
        asked = {matter: day for matter, day in last.items() if matter in ended or day < book.cutoff}
        good = sum(ended.get(matter, date.max) <= day for matter, day in asked.items())
        return share(Decimal(good), Decimal(len(asked)))

    return rule


def in_time(book: Book) -> Value:
    """Decisions made public within seven working days, of those to be made public in the period."""
    facts = book.of("dual_publicity")
    kept_back = {one.matter for one in facts if one.kind == "kept_back"}
    shown = {one.matter: one.day for one in facts if one.kind == "uploaded"}
    due = {
        one.matter: working_days(one.day, 7) for one in facts if one.kind == "decided" and one.matter not in kept_back
    }
    asked = {matter: day for matter, day in due.items() if book.start <= day <= book.cutoff}
    good = [matter for matter, day in asked.items() if shown.get(matter, date.max) <= day]
    return share(Decimal(len(good)), Decimal(len(asked)))


def fifteen_days(day: date) -> date:
    return day + timedelta(days=15)


def five_working_days(day: date) -> date:
    return working_days(day, 5)


def working_days(day: date, many: int) -> date:
    """The last of so many working days after a day, in the years told below."""
    while many:
        day += timedelta(days=1)
        many -= day in MADE_UP or (day.weekday() < 5 and day not in RESTS)
    return day
