"""The ledger: entries chained by matter, sealed, verified, and folded into rooms by followers."""

from fazhi.ledger.append import append, begin, extend, held, open_matter, settle
from fazhi.ledger.day import lawful_day, now, today
from fazhi.ledger.entry import Appended, Collision, Draft, EntryLine, Opening, Since, UnknownMatter
from fazhi.ledger.follow import Follower, FollowerFailed, follower, followers, register_followers
from fazhi.ledger.pages import rulebook
from fazhi.ledger.query import act
from fazhi.ledger.view import MatterView, read, read_many

__all__ = [
    "Appended",
    "Collision",
    "Draft",
    "EntryLine",
    "Follower",
    "FollowerFailed",
    "MatterView",
    "Opening",
    "Since",
    "UnknownMatter",
    "act",
    "append",
    "begin",
    "extend",
    "follower",
    "followers",
    "held",
    "lawful_day",
    "now",
    "open_matter",
    "read",
    "read_many",
    "register_followers",
    "rulebook",
    "settle",
    "today",
]
