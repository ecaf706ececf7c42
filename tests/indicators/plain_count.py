"""The same figures counted without any SQL and without the fold: every matter read anew at both ends of the span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from histories import History

from fazhi.indicators.values import Span
from fazhi.law import Clock, Fact, Matter, Reading, Workdays, read_clocks
from fazhi.rulebook import Selector

ENDED = {"met": "in_time", "disputed": "in_time", "early": "early", "late": "late"}


def count(selector: Selector, all_matters: Iterable[History], span: Span, calendar: Workdays) -> Decimal:
    """How many facts, judged runs or open matters a selector picks in a span, as of its position."""
    total = 0
    for history in all_matters:
        known = history.at(span.position)
        if history.unit not in span.units or known.page.name != selector.procedure or not known.facts:
            continue
        then = read_clocks(known, span.cutoff, calendar)
        before = read_clocks(known, span.start - timedelta(days=1), calendar)
        if selector.open:
            total += _open(known, then if selector.open == "end" else before)
        elif selector.facts:
            total += _gained(_facts(selector, before), _facts(selector, then), selector.matters)
        else:
            total += _gained(_runs(selector, before), _runs(selector, then), False)
    return Decimal(total)


def _open(matter: Matter, reading: Reading) -> int:
    begun = any(fact.kind == matter.page.opens_with for fact in reading.facts)
    return int(begun and not any(fact.kind in reading.page.closing for fact in reading.facts))


def _gained(before: Counter[object], then: Counter[object], once: bool) -> int:
    if once:
        return int(bool(then) and not before)
    return sum((then - before).values())


def _facts(selector: Selector, reading: Reading) -> Counter[object]:
    found: Counter[object] = Counter()
    for fact in reading.facts:
        if fact.kind in selector.facts and (selector.deemed or not fact.deemed) and _says(selector, reading, fact):
            found[(fact.kind, fact.day, fact.entry, fact.deemed, fact.thread)] += 1
    return found


def _says(selector: Selector, reading: Reading, fact: Fact) -> bool:
    return all(fact.fields.get(name, "") in values for name, values in selector.where.items())


def _runs(selector: Selector, reading: Reading) -> Counter[object]:
    wanted = {
        known for word in selector.verdict for known in (("in_time", "late", "early") if word == "judged" else (word,))
    }
    found: Counter[object] = Counter()
    for clock in reading.clocks:
        if clock.rule.name in selector.clocks and _verdict(clock) in wanted:
            found[(clock.rule.name, clock.thread, clock.started.entry, clock.start)] += 1
    return found


def _verdict(clock: Clock) -> str:
    if clock.state == "lapsed":
        return "late"
    stopped = clock.ended is not None and clock.ended.kind in clock.rule.stops
    limited = clock.due is not None or clock.earliest is not None
    return ENDED.get(clock.state, "") if stopped and limited else ""


def year(units: Iterable[object], year: int, position: int, until: date | None = None) -> Span:
    return Span(tuple(units), date(year, 1, 1), until or date(year, 12, 31), position)  # type: ignore[arg-type]
