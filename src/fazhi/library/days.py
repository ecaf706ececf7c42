"""Days as documents write them: 2024年1月1日, 二〇二四年一月一日, 2024-01-01."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fazhi.library.citations import ordinal

_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_DAY = re.compile(
    r"(?P<year>[12]\d{3}|[一二][零〇○一二三四五六七八九]{3})\s*(?:年|[-./])\s*"
    r"(?P<month>[0-9一二三四五六七八九十]{1,3})\s*(?:月|[-./])\s*(?P<day>[0-9一二三四五六七八九十]{1,3})\s*日?"
)


def days_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Each day that a text names, with the spot where it stands; days that no calendar has are left out."""
    for match in _DAY.finditer(text.translate(_WIDE)):
        try:
            day = date(*(ordinal(match[part]) for part in ("year", "month", "day")))
        except ValueError:
            continue
        yield match.start(), match.end(), day


def first_day(text: str) -> date | None:
    """The first day that a text names."""
    return next((day for _, _, day in days_in(text)), None)
