"""What one rulebook says otherwise than another, as sentences an official reads before agreeing to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from fazhi.rulebook.differences import Change, clocks_of, differences
from fazhi.rulebook.load import Rulebook


def changes(before: Rulebook, after: Rulebook, kind: str, place: str) -> tuple[tuple[Change, ...], str]:
    """What the page at this place changes, and what it is called."""
    path = PurePosixPath(place)
    if kind == "calendars":
        return tuple(_calendar(before, after, int(path.stem))), f"{path.stem}年放假调休"
    if kind == "indicators":
        indicator = after.indicators[path.stem]
        return (Change(f"新增指标“{indicator.title}”", "", f"{indicator.source}"),), str(indicator.title)
    if kind == "reports":
        outline = after.outlines[path.stem]
        return (Change(f"新增报告提纲“{outline.title}”", "", f"{outline.source}"),), str(outline.title)
    name, day = path.parent.name, date.fromisoformat(path.stem)
    new = after.page(name, day)
    try:
        old = before.page(name, day)
    except LookupError:
        return (Change(f"新增业务“{new.title}”", "", f"{new.source}"), *clocks_of(new)), str(new.title)
    return tuple(differences(old, new)), str(new.title)


def _calendar(before: Rulebook, after: Rulebook, year: int) -> Iterator[Change]:
    first = date(year - 1, 12, 20).toordinal()
    days = [date.fromordinal(first + place) for place in range(400)]
    days = [day for day in days if day <= date(year + 1, 1, 10)]
    for day in days:
        was, will = before.calendar.is_working(day), after.calendar.is_working(day)
        if was != will:
            yield Change(f"{day.year}年{day.month}月{day.day}日", _day_word(was), _day_word(will))
    if before.calendar.known(date(year, 7, 1)) != after.calendar.known(date(year, 7, 1)):
        yield Change(f"{year}年的期限", "暂定", "确定")


def _day_word(working: bool) -> str:
    return "工作日" if working else "休息"
