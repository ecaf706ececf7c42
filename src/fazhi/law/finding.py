"""A finding: one thing that is wrong, where it stands, and what would be lawful."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["barred", "unlawful", "error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`barred` is refused by the record, `unlawful` is recorded with the finding; `error` is a fault of a page."""

    rule: str
    severity: Severity
    message: str
    message_en: str
    where: str = ""
    line: int | None = None
    source: str = ""
