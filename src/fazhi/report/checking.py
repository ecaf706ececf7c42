"""Our own reader and checker on a draft: what they find is explained by a person, or gone, before it is public."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi.ledger import MatterView
from fazhi.report import look
from fazhi.report.check import Finding, check
from fazhi.report.claims import ReadReport
from fazhi.report.read.text import read_text
from fazhi.report.render import plain_text
from fazhi.report.values import Report


def read_back(report: Report) -> ReadReport:
    """The report as our reader reads its text."""
    return read_text(plain_text(report), "", "txt")


def find(report: Report, using: str = "default") -> tuple[Finding, ...]:
    """Everything the checker says about the text, held against last year's report where that was published here."""
    last = look.of_year(report.unit, report.year - 1, using)
    previous = read_back(last[1]) if last and last[1] else None
    return check(read_back(report), previous)


def explanations(view: MatterView) -> Mapping[str, str]:
    """What people answered to findings, by the words of the finding."""
    told = [view.body(fact.entry) or {} for fact in view.horizon.facts if fact.kind == "explained" and fact.entry]
    return {one["finding"]: one.get("reason", "") for one in told if one.get("finding")}


def unexplained(view: MatterView, report: Report) -> tuple[Finding, ...]:
    """Findings on a draft that nobody has answered yet."""
    answered = explanations(view)
    return tuple(one for one in find(report) if one.message not in answered)
