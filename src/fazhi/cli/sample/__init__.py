"""A sample district-year: a district that does not exist, with its units, people and the matters since last January."""

from fazhi.cli.sample.laying import accounts, load

__all__ = ["accounts", "load"]
