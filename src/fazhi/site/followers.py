"""The list of followers: rooms that are a fold over the entries of one matter, in the order in which they follow."""

from fazhi.exchange.follow import FOLLOWERS as EXCHANGE
from fazhi.gazette.course import FOLLOWERS as COURSES
from fazhi.gazette.follow import FOLLOWERS as GAZETTE
from fazhi.hotspots.follow import FOLLOWERS as HOTSPOTS
from fazhi.indicators.follow import FOLLOWERS as INDICATORS
from fazhi.ledger.follow import Follower
from fazhi.ledger.local import FOLLOWERS as LOCAL
from fazhi.reach.follow import FOLLOWERS as REACH
from fazhi.registers.follow import FOLLOWERS as REGISTERS
from fazhi.reminders.follow import FOLLOWERS as REMINDERS
from fazhi.report.follow import FOLLOWERS as REPORT
from fazhi.search.follow import FOLLOWERS as SEARCH
from fazhi.tracking.follow import FOLLOWERS as TRACKING
from fazhi.worklist.follow import FOLLOWERS as WORKLIST


def followers() -> tuple[Follower, ...]:
    """Every follower."""
    seen_next = (
        *LOCAL,
        *REACH,
        *WORKLIST,
        *REGISTERS,
        *TRACKING,
        *GAZETTE,
        *COURSES,
        *SEARCH,
        *HOTSPOTS,
        *EXCHANGE,
        *REMINDERS,
    )
    return (*seen_next, *INDICATORS, *REPORT)
