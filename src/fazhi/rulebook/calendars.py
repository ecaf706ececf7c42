"""The calendar of working days: past notices from the package, later ones from pages, statutory holidays beyond."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from chinese_calendar import constants as notices

from fazhi.law import Finding, Workdays
from fazhi.rulebook.pages import Page, read_page

Turns = tuple[dict[date, str], dict[date, str], int]
STATUTORY = Path(__file__).parent / "holidays.toml"


def build_calendar(pages: Iterable[Page]) -> tuple[Workdays, list[Finding]]:
    """Known years of the package, then pages; a page for a year replaces what the package says of it.

    In years without a notice the statutory holidays rest all the same; such a year stays unknown, its days provisional.
    """
    rest = {day: _chinese(name) for day, name in notices.holidays.items()}
    worked = {day: _chinese(name) for day, name in notices.workdays.items()}
    years = {day.year for day in rest}
    findings: list[Finding] = []
    for page in pages:
        turns = read_year(page, findings)
        if turns is None:
            continue
        more_rest, more_worked, year = turns
        for known, new in ((rest, more_rest), (worked, more_worked)):
            for day in [day for day in known if day.year == year]:
                del known[day]
            known.update(new)
        years.add(year)
    rest = {day: name for day, name in statutory_days().items() if day.year not in years} | rest
    return Workdays(rest, worked, years, names=rest | worked), findings


@lru_cache(maxsize=1)
def statutory_days() -> Mapping[date, str]:
    """The days that rest by 《全国年节及纪念日放假办法》 in any year, each named as not yet confirmed by a notice."""
    table = read_page(STATUTORY).table
    named: dict[date, str] = {}
    for holiday in ("端午节", "中秋节", "清明节"):
        named |= {date.fromisoformat(day): holiday for day in table["moving"][holiday]}
    for first in map(date.fromisoformat, table["moving"]["春节"]):
        named |= {first + timedelta(days=n): "除夕" if n < 0 else "春节" for n in range(-1, 3)}
    for year in range(table["first_year"], table["last_year"] + 1):
        named |= {date.fromisoformat(f"{year}-{day}"): name for name, days in table["fixed"].items() for day in days}
    return {day: f"{name}（暂定）" for day, name in named.items()}


def _chinese(name: str) -> str:
    return str(notices.Holiday(name).chinese)


def read_year(page: Page, findings: list[Finding]) -> Turns | None:
    """`year`, `source`, [rest] and [worked]: the name of the holiday and its days, single or from/to."""
    table = page.table
    year = table.get("year")
    if not isinstance(year, int):
        findings.append(page.finding("calendar", ("year",), "须写明 year，如 year = 2027", "needs year = 2027"))
        return None
    if not table.get("source"):
        findings.append(
            page.finding("calendar", ("year",), "须写明 source（放假通知的名称和文号）", "needs the notice as source")
        )
    rest = _days(page, "rest", table.get("rest", {}), findings)
    worked = _days(page, "worked", table.get("worked", {}), findings)
    for day in rest.keys() & worked.keys():
        findings.append(page.finding("calendar", ("worked",), f"{day} 既放假又上班", f"{day} both rests and works"))
    for day in worked:
        if day.weekday() < 5:
            message = f"{day} 不是周末，不能是调休上班日"
            findings.append(page.finding("calendar", ("worked",), message, f"{day} is no weekend day"))
    for day in [*rest, *worked]:
        if abs(day.toordinal() - date(year, 7, 1).toordinal()) > 200:
            message = f"{day} 不在 {year} 年（通知可能移动上年末几日）"
            findings.append(page.finding("calendar", ("year",), message, f"{day} is not in {year}"))
    return rest, worked, year


def _days(page: Page, word: str, table: Mapping[str, Any], findings: list[Finding]) -> dict[date, str]:
    days: dict[date, str] = {}
    for name, spans in table.items():
        for span in [spans] if isinstance(spans, str | date) else spans:
            try:
                first, _, last = str(span).partition("/")
                begin = date.fromisoformat(first)
                end = date.fromisoformat(last or first)
            except ValueError:
                message = f'“{span}”不是日期；应写作 "2027-01-01" 或 "2027-01-01/2027-01-03"'
                findings.append(page.finding("calendar", (word, name), message, f"{span!r} is no day or span"))
                continue
            days |= {begin + timedelta(days=n): name for n in range((end - begin).days + 1)}
    return days
