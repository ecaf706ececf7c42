"""The one list of rules, and the check that asks each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from fazhi.report.check.answers import shortcomings_unanswered
from fazhi.report.check.changes import (
    change_against_last_report,
    change_against_parts,
    change_by_amount,
    change_from_to,
    change_implies,
    change_of_whole_numbers,
    change_without_figure,
)
from fazhi.report.check.citations import laws_not_in_force
from fazhi.report.check.contents import (
    last_year_unanswered,
    required_contents,
    shortcomings_without_plan,
    system_chapters,
)
from fazhi.report.check.finding import Finding
from fazhi.report.check.lists import list_lengths
from fazhi.report.check.periods import (
    cut_off_after_report,
    cut_offs_differ,
    dates_in_order,
    deadlines,
    figures_without_period,
    whole_year_early,
)
from fazhi.report.check.places import View
from fazhi.report.check.rates import rate_against_parts, rate_of_whole_numbers, rate_over_whole, rate_without_base
from fazhi.report.check.sums import concluded_over_received, subset_larger, sum_of_parts
from fazhi.report.check.twice import about_and_over, digits_lost, stated_twice, units_differ
from fazhi.report.claims import ReadReport

Rule = Callable[[View], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    rate_against_parts,
    rate_of_whole_numbers,
    rate_over_whole,
    rate_without_base,
    change_against_parts,
    change_against_last_report,
    change_by_amount,
    change_from_to,
    change_of_whole_numbers,
    change_without_figure,
    change_implies,
    sum_of_parts,
    subset_larger,
    concluded_over_received,
    stated_twice,
    units_differ,
    about_and_over,
    digits_lost,
    list_lengths,
    cut_offs_differ,
    cut_off_after_report,
    whole_year_early,
    figures_without_period,
    dates_in_order,
    deadlines,
    required_contents,
    system_chapters,
    last_year_unanswered,
    shortcomings_unanswered,
    shortcomings_without_plan,
    laws_not_in_force,
)
_WEIGHT = {"inconsistent": 0, "cannot_check": 1, "note": 2}


def check(report: ReadReport, previous: ReadReport | None = None) -> tuple[Finding, ...]:
    """Every finding about a report, the gravest first, then as they stand in the text."""
    view = View(report, previous)
    findings = {(one.rule, one.start, one.message): one for rule in RULES for one in rule(view)}
    return tuple(sorted(findings.values(), key=lambda one: (_WEIGHT[one.severity], one.start < 0, one.start)))
