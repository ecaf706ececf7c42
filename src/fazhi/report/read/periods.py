"""Which time a number speaks of: 截至10月底, 全年, 2023年, 1-11月, as said in the sentence or before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.report.claims import Basis, Sentence


@dataclass(frozen=True, slots=True)
class Period:
    """`2024`, `2024-01..2024-10` or `2024-01..2024-12-16`; `as_of` is the end where it is stated."""

    text: str
    as_of: str
    basis: Basis


_UNTIL = re.compile(
    r"(?:截至|截止|截止到|截至到|至|到)(?:(?P<year>(?:19|20)\d{2})年|今年|本年)?(?P<month>\d{1,2})月(?:份)?(?:底|末|(?P<day>\d{1,2})日)?"
)
_SPAN = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<first>\d{1,2})月?(?:份)?\s*[-–—~～至到]\s*(?P<last>\d{1,2})月(?:份|底|末|(?P<day>\d{1,2})日)?"
)
_REACH = re.compile(
    r"(?P<from>(?:19|20)\d{2})年(?P<first>\d{1,2})月(?:份)?\s*[-–—~～至到]\s*(?P<year>(?:19|20)\d{2})年(?P<last>\d{1,2})月"
)
_PART = re.compile(r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<part>上半年|下半年|前三季度|第?[一二三四]季度)")
_YEARS = re.compile(r"(?P<first>(?:19|20)\d{2})年?\s*[-–—~～至到]\s*(?P<last>(?:19|20)\d{2})年")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})年(?!度?[^，,。；;]{0,6}(?:目录|计划|要点|规划|方案|普法|立法|第\d|版))")
_WHOLE = re.compile(r"全年|本年度|年度内|年内")
_USUAL = re.compile(
    r"统计(?:期间|时段|区间|范围)[^。\n]{0,6}?(?P<from>(?:19|20)\d{2})年1月1日[-–—~～至到]"
    r"(?:(?P<year>(?:19|20)\d{2})年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日"
)
_PARTS = {"上半年": ("01", "06"), "下半年": ("07", "12"), "前三季度": ("01", "09")}
_QUARTERS = {"一": ("01", "03"), "二": ("04", "06"), "三": ("07", "09"), "四": ("10", "12")}


def periods_in(text: str, year: int | None) -> Iterator[tuple[int, Period]]:
    """Every expression of time in a sentence with the place where it begins to hold."""
    default = str(year) if year else ""
    taken: list[tuple[int, int]] = []
    for pattern in (_REACH, _YEARS, _SPAN, _UNTIL, _PART, _WHOLE, _YEAR):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            period = _period(pattern, match, default)
            if period:
                taken.append(match.span())
                yield match.start(), period


def _period(pattern: re.Pattern[str], match: re.Match[str], default: str) -> Period | None:
    if pattern is _YEARS:
        return Period(f"{match['first']}..{match['last']}", match["last"], "stated")
    if pattern is _WHOLE:
        return Period(default, "", "whole_year")
    if pattern is _REACH:
        end = f"{match['year']}-{int(match['last']):02}"
        return Period(f"{match['from']}-{int(match['first']):02}..{end}", end, "stated")
    year = match["year"] or default
    if not year:
        return None
    if pattern is _YEAR:
        return Period(year, "", "stated")
    if pattern is _PART:
        first, last = _PARTS.get(match["part"]) or _QUARTERS[match["part"].strip("第")[0]]
        return Period(f"{year}-{first}..{year}-{last}", f"{year}-{last}", "stated")
    month = int(match["month"] if pattern is _UNTIL else match["last"])
    if not 1 <= month <= 12:
        return None
    end = f"{year}-{month:02}" + (f"-{int(match['day']):02}" if match["day"] else "")
    first = "01" if pattern is _UNTIL else f"{int(match['first']):02}"
    return Period(f"{year}-{first}..{end}", end, "stated")


def usual_period(text: str, year: int | None) -> Period | None:
    """The part of the year that a report says its numbers are of unless said otherwise; None where it is the whole."""
    match = _USUAL.search(text)
    if match is None or year is None or int(match["from"]) != year or int(match["year"] or year) != year:
        return None
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31) or (month, day) == (12, 31):
        return None
    end = f"{year}-{month:02}-{day:02}"
    return Period(f"{year}-01..{end}", end, "default")


@dataclass(slots=True)
class Clock:
    """Carries a stated cut-off on through a paragraph until another time is named or another point begins."""

    year: int | None
    usual: Period | None = None
    carried: Period | None = None
    section: str = ""
    paragraph: int = -1

    def enter(self, sentence: Sentence) -> list[tuple[int, Period]]:
        """The times of a sentence; forgets what was carried where a new paragraph or point begins."""
        if sentence.paragraph != self.paragraph or sentence.section != self.section:
            self.carried = None
        self.section, self.paragraph = sentence.section, sentence.paragraph
        return sorted(periods_in(sentence.text, self.year), key=lambda pair: pair[0])

    def at(self, place: int, times: list[tuple[int, Period]]) -> Period:
        """The period of a number at this place of the sentence."""
        before = [period for start, period in times if start < place]
        if before:
            return before[-1]
        if self.carried:
            return Period(self.carried.text, self.carried.as_of, "carried")
        return self.usual or Period(str(self.year) if self.year else "", "", "default")

    def leave(self, times: list[tuple[int, Period]]) -> None:
        if times:
            last = times[-1][1]
            self.carried = last if last.as_of else None
