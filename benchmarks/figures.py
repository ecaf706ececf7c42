"""Figures of a district's report beside hand-written SQL that computes the same ones, and the whole report."""

from __future__ import annotations

from decimal import Decimal

import psycopg

from benchmarks.generate import District
from benchmarks.measure import Row, clock, median, times

YEAR = 2024
ROUNDS = 7
GOAL, GOAL_REPORT = 1.2, 10.0
WHY_REPORT = (
    "its figures are counted over every counted row of the year, which two processors share with whatever else runs"
)
WHY = "figures are asked as of a position and page by page from the rulebook; the statement by hand knows its columns"

# As a good engineer would write it who knows the table and the questions: everything that falls on a day of the two
# years in one scan, what ended in the year in a second, what was open in a third.
BY_DAY = """
select count(*) filter (where a and fact and name = 'received') as appeal_received,
       count(*) filter (where a and fact and name = 'received' and f ->> 'channel' = 'letter') as appeal_by_letter,
       count(*) filter (where a and fact and name = 'received' and f ->> 'channel' = 'phone') as appeal_by_phone,
       count(*) filter (where a and fact and name = 'received' and f ->> 'channel' = 'visit') as appeal_by_visit,
       count(*) filter (where a and fact and name = 'received' and f ->> 'channel' = 'web') as appeal_by_web,
       count(*) filter (where not now and procedure = 'appeal' and name = 'received') as appeal_before,
       count(*) filter (where a and fact and name = 'accepted') as appeal_accepted,
       count(*) filter (where a and fact and name = 'answered') as appeal_answered,
       count(*) filter (where a and fact and name = 'forwarded' and not again) as appeal_forwarded,
       count(*) filter (where a and fact and name = 'rated') as appeal_rated,
       count(*) filter (where a and fact and name = 'rated'
                        and f ->> 'satisfaction' in ('satisfied', 'basically')) as appeal_satisfied,
       count(*) filter (where a and name = 'handle' and verdict = 'in_time') as appeal_handled_in_time,
       count(*) filter (where a and name = 'handle' and verdict in ('in_time', 'early', 'late')) as appeal_judged,
       count(*) filter (where a and name = 'handle' and verdict = 'late') as appeal_overdue,
       count(*) filter (where a and name in ('notify', 'notify_forwarded') and verdict = 'in_time') as appeal_told,
       count(*) filter (where a and name in ('notify', 'notify_forwarded')
                        and verdict in ('in_time', 'early', 'late')) as appeal_told_judged,
       count(*) filter (where now and procedure = 'hotline' and name = 'received') as hotline_received,
       count(*) filter (where r and fact and name = 'received') as reconsideration_received,
       count(*) filter (where r and fact and name = 'accepted') as reconsideration_accepted,
       count(*) filter (where not now and procedure = 'reconsideration' and name = 'accepted') as accepted_before,
       count(*) filter (where r and fact and name in ('decided', 'mediated', 'withdrawn', 'dismissed', 'terminated',
                        'terminated_unresolved')) as reconsideration_concluded,
       count(*) filter (where r and fact and name = 'decided' and f ->> 'outcome' in ('altered', 'revoked',
                        'partly_revoked', 'illegal', 'void', 'ordered')) as reconsideration_corrected,
       count(*) filter (where r and name in ('decide', 'decide_simplified') and verdict = 'in_time') as decided_in_time,
       count(*) filter (where r and name in ('decide', 'decide_simplified')
                        and verdict in ('in_time', 'early', 'late')) as decided_judged,
       count(*) filter (where r and name = 'opinion_feedback' and verdict = 'in_time') as opinions_in_time
from (
    select procedure, name, verdict, again, fields as f, item = 'fact' as fact, day >= %(start)s as now,
           day >= %(start)s and procedure = 'appeal' as a, day >= %(start)s and procedure = 'reconsideration' as r
    from indicators_counted
    where unit = any (%(units)s) and day between %(before)s and %(cutoff)s and item <> 'matter'
      and procedure in ('appeal', 'hotline', 'reconsideration')
      and from_position <= %(position)s and to_position > %(position)s
      and (day >= %(start)s or (day <= %(cutoff_before)s and name in ('received', 'accepted')))
) as seen
"""
BY_END = """
select sum(days) filter (where procedure = 'appeal' and name = 'elapsed') as appeal_days,
       sum(days) filter (where procedure = 'reconsideration'
                         and name in ('decide', 'decide_simplified')) as reconsideration_days
from indicators_counted
where unit = any (%(units)s) and until between %(start)s and %(cutoff)s and item = 'clock'
  and name in ('elapsed', 'decide', 'decide_simplified') and procedure in ('appeal', 'reconsideration')
  and from_position <= %(position)s and to_position > %(position)s
"""
OPEN = """
select count(*) filter (where procedure = 'appeal' and day <= %(cutoff)s and until > %(cutoff)s) as appeal_open,
       count(*) filter (where procedure = 'reconsideration' and day < %(start)s and until >= %(start)s) as open_at_start
from indicators_counted
where unit = any (%(units)s) and item = 'matter' and procedure in ('appeal', 'reconsideration') and until >= %(start)s
  and from_position <= %(position)s and to_position > %(position)s
"""

# What each column by hand is in the readings: indicator, then the half of it.
SAME = {
    "appeal_received": ("appeal_received", "numerator"),
    "appeal_by_letter": ("appeal_by_letter", "numerator"),
    "appeal_by_phone": ("appeal_by_phone", "numerator"),
    "appeal_by_visit": ("appeal_by_visit", "numerator"),
    "appeal_by_web": ("appeal_by_web", "numerator"),
    "appeal_before": ("appeal_change", "denominator"),
    "appeal_accepted": ("appeal_accepted", "numerator"),
    "appeal_answered": ("appeal_answered", "numerator"),
    "appeal_forwarded": ("appeal_forwarded", "numerator"),
    "appeal_rated": ("appeal_satisfaction", "denominator"),
    "appeal_satisfied": ("appeal_satisfaction", "numerator"),
    "appeal_handled_in_time": ("appeal_in_time", "numerator"),
    "appeal_judged": ("appeal_in_time", "denominator"),
    "appeal_overdue": ("appeal_overdue", "numerator"),
    "appeal_told": ("appeal_told_in_time", "numerator"),
    "appeal_told_judged": ("appeal_told_in_time", "denominator"),
    "hotline_received": ("hotline_received", "numerator"),
    "reconsideration_received": ("reconsideration_received", "numerator"),
    "reconsideration_accepted": ("reconsideration_accepted", "numerator"),
    "accepted_before": ("reconsideration_change", "denominator"),
    "reconsideration_concluded": ("reconsideration_concluded", "numerator"),
    "reconsideration_corrected": ("reconsideration_corrected", "numerator"),
    "decided_in_time": ("reconsideration_in_time", "numerator"),
    "decided_judged": ("reconsideration_in_time", "denominator"),
    "opinions_in_time": ("reconsideration_opinions_answered", "numerator"),
    "appeal_days": ("appeal_days", "numerator"),
    "reconsideration_days": ("reconsideration_days", "numerator"),
    "appeal_open": ("appeal_open", "numerator"),
}


def measure(address: str, district: District) -> list[Row]:
    """The figures of the root unit and all below it for a year, both ways, and the report as a whole."""
    from fazhi.indicators import look
    from fazhi.ledger import rulebook
    from fazhi.report.gather import compose_report, read_figures
    from fazhi.report.render import print_page

    span, readings = read_figures("district", district.root, YEAR)
    given = {
        "units": list(span.units),
        "start": span.start,
        "cutoff": span.cutoff,
        "before": span.before().start,
        "cutoff_before": span.before().cutoff,
        "position": span.position,
    }
    with psycopg.connect(address, autocommit=True) as connection:
        _assert_same(_by_hand(connection, given), {one.name: one for one in readings})
        by_hand = median(times(lambda _: _by_hand(connection, given), ROUNDS))
    pages = [rulebook().indicators[name] for name in dict.fromkeys(name for name, _ in SAME.values())]
    ours = median(times(lambda _: look.read_all(pages, span), ROUNDS))
    with clock() as taken:
        report = compose_report("district", district.root, YEAR)
        written = print_page(report)
    return _rows(len(pages), len(readings), ours, by_hand, taken(), len(written))


def _by_hand(connection: psycopg.Connection[tuple[object, ...]], given: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for statement in (BY_DAY, BY_END, OPEN):
        work = connection.execute(statement, given)
        names = [column.name for column in work.description or ()]
        found.update(zip(names, work.fetchone() or (), strict=True))
    return found


def _assert_same(by_hand: dict[str, object], readings: dict[str, object]) -> None:
    for column, (name, half) in SAME.items():
        ours, theirs = getattr(readings[name], half), by_hand[column]
        if Decimal(ours or 0) != Decimal(str(theirs or 0)):
            raise AssertionError(f"{column} by hand is {theirs}, the reading {name} has {ours}")


def _rows(figures: int, outline: int, ours: float, by_hand: float, whole: float, length: int) -> list[Row]:
    ratio = ours / by_hand
    beside = f"3 statements by hand over the same rows: {by_hand * 1000:.0f} ms; ratio {ratio:.2f}; all numbers equal"
    measured = f"{ours * 1000:.0f} ms for the {figures} figures that are counted by hand too"
    first = Row("indicators of a report", "≤ 1.2 of SQL by hand", measured, beside, ratio <= GOAL, WHY)
    told = f"{whole:.2f} s, {length:,} characters"
    return [
        first,
        Row(
            "the whole report",
            "≤ 10 s",
            told,
            f"the units of its tree, {outline} figures, receipt, text and printed page",
            whole <= GOAL_REPORT,
            WHY_REPORT,
        ),
    ]
