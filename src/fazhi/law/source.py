"""Where a rule comes from, how sure we are of it, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["VERIFIED", "SECONDARY", "CONVENTION", "UNVERIFIED"]


@dataclass(frozen=True, slots=True)
class Source:
    """A statute and article; amount, unit and roll may stand less firmly than the text (None: as the text)."""

    text: str
    status: Status = "VERIFIED"
    amount_status: Status | None = None
    unit_status: Status | None = None
    roll_status: Status | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def weakest(self) -> Status:
        """The least firm status of the text and its parts: what must be shown beside a date."""
        order: tuple[Status, ...] = ("UNVERIFIED", "CONVENTION", "SECONDARY", "VERIFIED")
        given = (self.status, self.amount_status, self.unit_status, self.roll_status)
        return next(status for status in order if status in given)


@dataclass(frozen=True, slots=True)
class Title:
    """A name in Chinese, and in English where the page gives one."""

    zh: str
    en: str = ""

    def __str__(self) -> str:
        return self.zh

    @property
    def english(self) -> str:
        return self.en or self.zh


UNTITLED = Title("")
