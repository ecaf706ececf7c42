"""A term: an amount and a unit, or a day of the year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["hours", "days", "working days", "months", "years", "same day", "by", "before"]

_COUNTED = re.compile(r"(\d{1,6})[ _](hour|day|working[ _]day|month|year)s?")
_YEARLY = re.compile(r"(by|before)[ _](\d\d)-(\d\d)")
_UNITS: dict[str, Unit] = {
    "hour": "hours", "day": "days", "working day": "working days", "month": "months", "year": "years",
}  # fmt: skip
_ZH = {"hours": "小时", "days": "日", "working days": "个工作日", "months": "个月", "years": "年"}


@dataclass(frozen=True, slots=True)
class Term:
    """`amount` of `unit`; a day of the year (`by`, `before`) is `month` and `day` with amount 0."""

    amount: int
    unit: Unit
    month: int = 0
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> Term:
        """Reads the words of a page or of a field; raises ValueError that says which forms there are."""
        words = text.strip()
        if words.replace("_", " ") == "same day":
            return cls(0, "same day")
        if counted := _COUNTED.fullmatch(words):
            return cls(int(counted[1]), _UNITS[counted[2].replace("_", " ")])
        if yearly := _YEARLY.fullmatch(words):
            month, day = int(yearly[2]), int(yearly[3])
            if 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]:
                return cls(0, "by" if yearly[1] == "by" else "before", month, day)
        raise ValueError(
            f"“{text}”不是期限：应写作 5 working days、60 days、3 months、1 years、2 hours、same day、"
            "by 03-31（含当日）或 before 03-01（不含当日）"
        )

    @property
    def yearly(self) -> bool:
        return self.unit in ("by", "before")

    def __str__(self) -> str:
        if self.yearly:
            return f"{self.unit} {self.month:02}-{self.day:02}"
        return self.unit if self.unit == "same day" else f"{self.amount} {self.unit}"

    @property
    def zh(self) -> str:
        """The term as an official would write it: 5个工作日, 60日, 3月31日前."""
        if self.yearly:
            return f"{self.month}月{self.day}日{'前（含当日）' if self.unit == 'by' else '之前'}"
        return "当日" if self.unit == "same day" else f"{self.amount}{_ZH[self.unit]}"

    @property
    def en(self) -> str:
        words = str(self)
        return words[:-1] if self.amount == 1 else words


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months away, or its last; never rolled back up (《民法典》第二百零二条)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
