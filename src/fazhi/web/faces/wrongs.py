"""What the rooms say when something cannot be done, in the reader's language."""

from __future__ import annotations

from fazhi.rulebook.refusals import english_of
from fazhi.web.faces.words import in_english


def worded(text: object) -> str:
    """The message in the reader's language; one that is not known stays as it was said."""
    said = str(text)
    return english_of(said) if in_english() else said
