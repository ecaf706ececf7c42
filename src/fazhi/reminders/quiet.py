"""When a person may be reminded: not in the quiet hours, not on days off unless wished, urgent things at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from fazhi.law import Workdays
from fazhi.ledger.day import SHANGHAI

LONGEST_REST = 40
"""Days after which a search for a working day ends: no holiday is so long."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The quiet hours, from a time until a time, over midnight or not; none where both are the same."""

    begins: time = time(21)
    ends: time = time(8)
    rest_days: bool = False

    def is_quiet(self, moment: time) -> bool:
        if self.begins == self.ends:
            return False
        if self.begins < self.ends:
            return self.begins <= moment < self.ends
        return moment >= self.begins or moment < self.ends


def next_moment(moment: datetime, hours: Hours, calendar: Workdays) -> datetime:
    """The first instant from `moment` on at which the person may be reminded: itself, if it is one."""
    at = moment.astimezone(SHANGHAI)
    for _ in range(LONGEST_REST):
        if not hours.rest_days and calendar.known(at.date()) and not calendar.is_working(at.date()):
            at = datetime.combine(at.date() + timedelta(days=1), time(), SHANGHAI)
            continue
        if not hours.is_quiet(at.time()):
            return at
        later = datetime.combine(at.date(), hours.ends, SHANGHAI)
        at = later if later > at else later + timedelta(days=1)
    return at


def next_digest(moment: datetime, at: time, hours: Hours, calendar: Workdays) -> datetime:
    """When the daily summary goes out next: at its time, or as soon after as the person may be reminded."""
    local = moment.astimezone(SHANGHAI)
    for days in range(LONGEST_REST):
        day = local.date() + timedelta(days=days)
        own = datetime.combine(day, at, SHANGHAI)
        if own >= local and (hours.rest_days or not calendar.known(day) or calendar.is_working(day)):
            return next_moment(own, hours, calendar)
    return local
