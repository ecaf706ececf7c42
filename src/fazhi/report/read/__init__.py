"""Reading of a report by anyone: from a file to its claims; knows no framework and no database."""

from fazhi.report.read.text import read_text

__all__ = ["read_text"]
