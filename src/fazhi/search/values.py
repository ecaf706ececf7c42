"""What a search gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.law import Title

Snippet = tuple[tuple[str, bool], ...]
"""Pieces of text in order; True marks what was searched for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One matter found. Subject and snippet are masked as the reader's right demands. `unit` is the one
    that handles it; `person` is the masked party by whose name, telephone or number it was found."""

    matter: UUID
    number: str
    procedure: str
    title: Title
    unit: UUID
    unit_name: str
    unit_name_en: str
    day: date
    due: date | None
    closed: bool
    subject: str = ""
    snippet: Snippet = ()
    person: str = ""

    @property
    def excerpt(self) -> str:
        """The snippet as plain text."""
        return "".join(text for text, _ in self.snippet)
