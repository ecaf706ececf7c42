"""The law: pure values and functions, no framework, no database, no wall clock."""

from fazhi.law.admit import admit
from fazhi.law.clock import HORIZON, Change, Clock, ClockEvent, Note, Possible, Reading, State
from fazhi.law.count import Count
from fazhi.law.explain import DayMark, Explanation, Step, explain, explain_json
from fazhi.law.fields import applies, case_of, missing, must, read_day
from fazhi.law.finding import Finding, Severity
from fazhi.law.left import left_to_do, undelivered
from fazhi.law.matter import Fact, Matter
from fazhi.law.possible import possible, preview
from fazhi.law.procedure import (
    ClockRule,
    Consult,
    Consulted,
    FactKind,
    FieldKind,
    Intake,
    OtherTerm,
    Procedure,
    PublicCourse,
    PublicStep,
    Register,
    Retention,
    Total,
    Transition,
)
from fazhi.law.read import read_clocks
from fazhi.law.register import RegisterLine, begins, register_line
from fazhi.law.source import Source, Status, Title
from fazhi.law.term import Term
from fazhi.law.workdays import Workdays

__all__ = [
    "HORIZON",
    "Change",
    "Clock",
    "ClockEvent",
    "ClockRule",
    "Consult",
    "Consulted",
    "Count",
    "DayMark",
    "Explanation",
    "Fact",
    "FactKind",
    "FieldKind",
    "Finding",
    "Intake",
    "Matter",
    "Note",
    "OtherTerm",
    "Possible",
    "Procedure",
    "PublicCourse",
    "PublicStep",
    "Reading",
    "Register",
    "RegisterLine",
    "Retention",
    "Severity",
    "Source",
    "State",
    "Status",
    "Step",
    "Term",
    "Title",
    "Total",
    "Transition",
    "Workdays",
    "admit",
    "applies",
    "begins",
    "case_of",
    "explain",
    "explain_json",
    "left_to_do",
    "missing",
    "must",
    "possible",
    "preview",
    "read_clocks",
    "read_day",
    "register_line",
    "undelivered",
]
