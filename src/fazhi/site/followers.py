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
            module = import_module(f"fazhi.{room}.follow")
            own = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
            found.extend(getattr(module, "FOLLOWERS", None) or [one() for one in own if hasattr(one, "rows")])
    return tuple(found)
