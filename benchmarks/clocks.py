"""Reading many open clocks again, beside reading the same ones one by one."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from benchmarks.measure import Row, clock
from fazhi.law import many
from fazhi.rulebook import load

RULE = ("reconsideration", date(2024, 1, 1), "decide")
SCALAR = 2000
GOAL = 10.0
