"""The list of followers: every room that is a fold over the entries of one matter."""

from importlib import import_module
from importlib.util import find_spec

from fazhi.ledger.follow import Follower

_ROOMS = ("reach", "worklist", "tracking", "gazette", "search", "indicators")


def followers() -> tuple[Follower, ...]:
    """The `FOLLOWERS` of each room's `follow` module, in the order in which they follow."""
    found: list[Follower] = []
    for room in _ROOMS:
        if find_spec(f"fazhi.{room}.follow"):
            found.extend(import_module(f"fazhi.{room}.follow").FOLLOWERS)
    return tuple(found)
