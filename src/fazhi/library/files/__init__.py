"""Files as people have them: TXT, HTML, DOCX and PDF read as text; knows no framework and no database."""

from fazhi.library.files.take import MOST_BYTES, MOST_TEXT, take_text, too_much
from fazhi.library.files.unreadable import Unreadable

__all__ = ["MOST_BYTES", "MOST_TEXT", "Unreadable", "take_text", "too_much"]
