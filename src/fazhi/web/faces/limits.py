"""Limits on how often one caller may do a thing, for every door; counted once for all processes."""

from fazhi.people.limits import Limit

__all__ = ["Limit"]
