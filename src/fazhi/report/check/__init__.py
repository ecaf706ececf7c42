"""Checks what a report states: its arithmetic, its dates, what it has to hold. Pure: no database, no clock."""

from fazhi.report.check.finding import Finding, Severity
from fazhi.report.check.rules import RULES, check

__all__ = ["RULES", "Finding", "Severity", "check"]
