"""Limits on how often one caller may do a thing, counted in the process's cache."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`; only a digest of the caller is kept, and no longer than that."""

    name: str
    most: int
    seconds: int

    def take(self, caller: str) -> bool:
        """Counts one; False once there were too many."""
        key = f"limit:{self.name}:{hashlib.sha256(caller.encode()).hexdigest()[:24]}"
        cache.add(key, 0, self.seconds)
        try:
            return cache.incr(key) <= self.most
        except ValueError:  # it ran out between the two
            return True
