"""Reading of a report by anyone: from a file to its claims; knows no framework and no database."""

from fazhi.library.files import Unreadable
from fazhi.report.read.file import read_content, read_file
from fazhi.report.read.text import read_text

__all__ = ["Unreadable", "read_content", "read_file", "read_text"]
