"""The law: pure values and functions, no framework, no database, no wall clock."""

from fazhi.law.clock import HORIZON, Change, Clock, ClockEvent, Count, Possible, Reading, State
from fazhi.law.finding import Finding, Severity
from fazhi.law.indicator import Counted, Indicator, IndicatorKind, Period
from fazhi.law.matter import Fact, Matter
from fazhi.law.procedure import (
    ClockRule,
    FactKind,
    FieldKind,
    OtherTerm,
    Procedure,
    Register,
    Transition,
)
from fazhi.law.source import Source, Status, Title
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays

__all__ = [
    "HORIZON",
    "Change",
    "Clock",
    "ClockEvent",
    "ClockRule",
    "Count",
    "Counted",
    "Fact",
    "FactKind",
    "FieldKind",
    "Finding",
    "Indicator",
    "IndicatorKind",
    "Matter",
    "OtherTerm",
    "Period",
    "Possible",
    "Procedure",
    "Reading",
    "Register",
    "Severity",
    "Source",
    "State",
    "Status",
    "Term",
    "Title",
    "Transition",
    "Workdays",
]
