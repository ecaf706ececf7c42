"""When something happened, as a cell of a table says it: a day, or a moment in Asia/Shanghai."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST_YEAR = 1949

_CLOCK = (
    r"(?:[T\s]*(?P<half>上午|下午|AM|PM)?\s*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})分?"
    r"(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?)?"
)
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_SPOKEN = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?" + _CLOCK + _ZONE, re.I)
_PACKED = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?"
)


@dataclass(frozen=True, slots=True)
class When:
    """The lawful day; the moment too, where the cell told the hour."""

    day: date
    moment: datetime | None = None

    def before(self, other: "When") -> bool:
        """Whether this surely happened before the other: by the moment where both have one, else by the day."""
        if self.moment and other.moment:
            return self.moment < other.moment
        return self.day < other.day


def read_when(cell: object) -> When | None:
    """The time in a cell, None if the cell is empty; raises ValueError with the reason in Chinese."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return _of_datetime(cell)
    if isinstance(cell, date):
        return When(_sane(cell))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _of_number(cell)
    return _of_text(unicodedata.normalize("NFKC", str(cell)).strip())


def _of_datetime(cell: datetime) -> When:
    if cell.tzinfo is None and cell.time() == time():
        return When(_sane(cell.date()))  # a spreadsheet gives a bare date as midnight
    moment = cell.astimezone(SHANGHAI) if cell.tzinfo else cell.replace(tzinfo=SHANGHAI)
    return When(_sane(moment.date()), moment)


def _of_number(cell: int | float) -> When:
    if 15_000 <= cell < 80_000:  # days since 1899-12-30, as spreadsheets keep them
        return _of_datetime(datetime(1899, 12, 30) + timedelta(seconds=round(cell * 86_400)))  # noqa: DTZ001
    if isinstance(cell, int) or cell.is_integer():
        return _of_text(str(int(cell)))
    raise ValueError("不是可以识别的日期")


def _of_text(text: str) -> When:
    found = _SPOKEN.fullmatch(text) or _PACKED.fullmatch(text)
    if not found:
        raise ValueError("不是可以识别的日期或时间")
    part = found.groupdict()
    try:
        day = date(int(part["year"]), int(part["month"]), int(part["day"]))
        if not part["hour"]:
            return When(_sane(day))
        clock = time(_hour(part), int(part["minute"]), int(part["second"] or 0), tzinfo=_zone(part.get("zone")))
    except ValueError as error:
        raise ValueError("日历上没有这一天或这一刻") from error
    moment = datetime.combine(day, clock).astimezone(SHANGHAI)
    return When(_sane(moment.date()), moment)


def _hour(part: dict[str, str | None]) -> int:
    hour, half = int(part["hour"] or 0), (part.get("half") or "").upper()
    if half in ("下午", "PM") and hour < 12:
        return hour + 12
    return 0 if half in ("上午", "AM") and hour == 12 else hour


def _zone(text: str | None) -> ZoneInfo | timezone:
    if not text:
        return SHANGHAI
    if text.upper() == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(offset if text[0] == "+" else -offset)


def _sane(day: date) -> date:
    if day.year < FIRST_YEAR:
        raise ValueError(f"早于{FIRST_YEAR}年")
    return day
