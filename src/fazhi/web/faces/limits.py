"""Limits on how often one caller may do a thing, for every door; counted once for all processes."""

from fazhi.people.limits import Limit, origin

__all__ = ["Limit", "origin"]
