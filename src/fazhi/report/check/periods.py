"""Periods and dates: cut-offs inside one report, 全年 before the year's end, figures without a period, deadlines."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from fazhi.report.check.finding import Finding, found
from fazhi.report.check.places import Said, View, listed
from fazhi.rulebook.standards import standards

_WHOLE_YEAR = re.compile(r"全年")
_SPAN = re.compile(r"数据统计期间为[^。\n]{0,16}至[^。\n]{0,8}月\d{1,2}日")
"""One sentence that says for all figures to which day they count."""
_SHOWN = 6


def last_day(said: str) -> date | None:
    """The last day of 2024, 2024-10 or 2024-12-16; None if it is none of these."""
    numbers = [int(part) for part in said.split("-")] if re.fullmatch(r"\d{4}(-\d{1,2}){0,2}", said) else []
    if not numbers:
        return None
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    return date(year, month, min(numbers[2], length) if len(numbers) > 2 else length)


def first_day(said: str) -> date | None:
    """The first day that the same words can mean."""
    end = last_day(said)
    if end is None:
        return None
    parts = said.count("-")
    return end if parts == 2 else end.replace(day=1) if parts == 1 else date(end.year, 1, 1)


def counted(view: View) -> list[Said]:
    """Figures of the report's own work: no plans, no names, no ranks."""
    kinds = {"count", "ratio", "yoy", "amount"}
    return [one for one in view.said if one.claim.kind in kinds and not view.planned(one) and not one.bracketed]


def cut_offs_differ(view: View) -> Iterator[Finding]:
    """Figures of one report that stop at different days are not comparable with each other."""
    groups: dict[str, list[Said]] = defaultdict(list)
    for said in counted(view):
        if said.claim.as_of and said.claim.basis in {"stated", "carried"} and last_day(said.claim.as_of):
            groups[said.claim.as_of].append(said)
    year = view.report.year
    groups = {day: said for day, said in groups.items() if year is None or day.startswith(str(year))}
    bare = [one for one in counted(view) if one.claim.basis == "default" and one.claim.kind == "count"]
    short = year is not None and any((last_day(day) or date.max) < date(year, 12, 31) for day in groups)
    if len(groups) < 2 and not (short and bare):
        return
    ordered = sorted(groups.items())
    told = "；".join(f"截至{_day_words(day)}：{_list_words(said)}" for day, said in ordered)
    rest = f"；另有{len(bare)}个数没有写截止日" if bare else ""
    many = f"有{len(groups)}个截止日" if len(groups) > 1 else "只有部分数写了截止日"
    message = f"同一份报告里{many}，各数不能互相比较：{told}{rest}。请统一截止日，或在表后逐项注明。"
    message_en = f"Figures stop at different days: {', '.join(day for day, _ in ordered)}; {len(bare)} name none."
    yield found(
        "cut-offs-differ",
        "note",
        [said[0] for _, said in ordered],
        message,
        message_en,
        stated="、".join(day for day, _ in ordered),
        steps=[f"{_day_words(day)}：{len(said)}个数" for day, said in ordered],
    )


def _day_words(day: str) -> str:
    parts = [str(int(part)) for part in day.split("-")]
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _list_words(said: Sequence[Said]) -> str:
    shown = "、".join(listed(one) for one in said[:_SHOWN])
    return f"{shown}等{len(said)}个数" if len(said) > _SHOWN else shown


def cut_off_after_report(view: View) -> Iterator[Finding]:
    """A report cannot count past its own day."""
    written = view.report.dates.earliest
    if written is None:
        return
    for said in counted(view):
        first = first_day(said.claim.as_of) if said.claim.as_of and said.claim.basis == "stated" else None
        if first and first > written:
            day, signed = _day_words(said.claim.as_of), f"{written.year}年{written.month}月{written.day}日"
            message = f"{said.told}写的是截至{day}，而报告的日期是{signed}，那时还没有这个数。请核对截止日或落款日。"
            message_en = f"Counted to {said.claim.as_of}, but the report is of {written.isoformat()}."
            yield found("cut-off-after-report", "inconsistent", (said,), message, message_en,
                        stated=said.claim.as_of, computed=f"≤{written.isoformat()}")  # fmt: skip


def whole_year_early(view: View) -> Iterator[Finding]:
    """全年 in a report dated before the year's end."""
    written, year = view.report.dates.earliest, view.report.year
    if written is None or year is None or written >= date(year, 12, 31):
        return
    said = [one for one in counted(view) if _says_whole_year(one) and _of_year(one, year)]
    if not said:
        return
    left = (date(year, 12, 31) - written).days
    signed = f"{written.year}年{written.month}月{written.day}日"
    message = (
        f"报告的日期是{signed}，离年末还有{left}天，却有{len(said)}个数写作“全年”：{_list_words(said)}。"
        f"请改为“截至某月某日”，或在年末后重新统计。"
    )
    yield found(
        "whole-year-early",
        "inconsistent",
        said,
        message,
        f"Dated {written.isoformat()}, {left} days before the year's end, yet {len(said)} figures say 全年.",
        stated="全年",
        computed=written.isoformat(),
        steps=[f"{year}-12-31 - {written.isoformat()} = {left}天"],
    )


def _says_whole_year(said: Said) -> bool:
    """全年 in the same statement before the number, without another figure's statement ending between."""
    before = said.sentence.text[: said.start - said.sentence.start]
    return bool(_WHOLE_YEAR.search(re.split(r"[；;。]", before)[-1]))


def _of_year(said: Said, year: int) -> bool:
    return not said.claim.period or said.claim.period.startswith(str(year))


def figures_without_period(view: View) -> Iterator[Finding]:
    """A report written before its year ended has to say to which day each figure counts."""
    written, year = view.report.dates.earliest, view.report.year
    bare = [one for one in counted(view) if one.claim.basis == "default" and one.claim.kind != "ratio"]
    if not bare or (year is not None and _SPAN.search(view.report.text)):
        return
    if year is None:
        message = f"报告没有写明年度，{len(bare)}个数不知属于哪一年：{_list_words(bare)}。请在标题或开头写明年度。"
        message_en = f"The report names no year; {len(bare)} figures have no period."
        yield found("figures-without-period", "cannot_check", bare, message, message_en)
    elif written is not None and written < date(year, 12, 31):
        signed = f"{written.month}月{written.day}日"
        message = (
            f"报告的日期是{year if written.year == year else written.year}年{signed}，{year}年尚未结束，"
            f"{len(bare)}个数没有写统计期间：{_list_words(bare)}。请写明“截至某月某日”。"
        )
        message_en = f"Dated {written.isoformat()}, before the year's end; {len(bare)} figures do not say to which day."
        yield found(
            "figures-without-period", "note", bare, message, message_en, stated="", computed=written.isoformat()
        )


def deadlines(view: View) -> Iterator[Finding]:
    """To the level above before 1 March, to the public before 1 April of the year after."""
    report, held = view.report, standards()
    year, dates = report.year, report.dates
    if dates.published is None and dates.signed is None:
        message = "没有找到发布日期和落款日期，无从核对是否按时报送（3月1日前）和公开（4月1日前）。请在文末署明日期。"
        yield _dated(
            "deadlines", "cannot_check", message, "Neither a day of publication nor of signature is stated.", ""
        )
        return
    if year is None:
        return
    public, above = date(year + 1, *held.public), date(year + 1, *held.above)
    if dates.published and dates.published >= public:
        late = (dates.published - public).days + 1
        message = f"{year}年度报告应在{_words(public)}前公开，发布日期是{_words(dates.published)}，迟了{late}天。"
        message_en = f"Published {dates.published.isoformat()}, {late} days late."
        yield _dated("deadlines", "inconsistent", message, message_en, dates.published.isoformat())
    elif dates.signed and dates.signed >= public:
        message = f"{year}年度报告应在{_words(public)}前公开，落款日期已是{_words(dates.signed)}，公开只会更迟。"
        message_en = f"Signed {dates.signed.isoformat()}, after the day by which it had to be public."
        yield _dated("deadlines", "inconsistent", message, message_en, dates.signed.isoformat())
    elif dates.signed and dates.signed >= above:
        message = f"{year}年度报告应在{_words(above)}前报送上级，落款日期是{_words(dates.signed)}。请核对报送日期。"
        message_en = f"Signed {dates.signed.isoformat()}, after the day by which it had to go to the level above."
        yield _dated("deadlines", "inconsistent", message, message_en, dates.signed.isoformat())


def dates_in_order(view: View) -> Iterator[Finding]:
    """A report is signed before it is published, and after its year began."""
    dates, year = view.report.dates, view.report.year
    if dates.published and dates.signed and dates.published < dates.signed:
        message = f"发布日期{_words(dates.published)}早于落款日期{_words(dates.signed)}。请核对两个日期。"
        message_en = f"Published {dates.published.isoformat()}, before it was signed."
        yield _dated("dates-in-order", "inconsistent", message, message_en, dates.published.isoformat())
    first = dates.earliest
    if year and first and first.year < year:
        message = f"报告年度是{year}年，日期却是{_words(first)}，在这一年开始之前。请核对年度和日期。"
        message_en = f"A report of {year} dated {first.isoformat()}."
        yield _dated("dates-in-order", "inconsistent", message, message_en, first.isoformat())


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _dated(rule: str, severity: str, message: str, message_en: str, stated: str) -> Finding:
    held = standards()
    source, status = (held.contents_source, held.contents_status) if rule == "deadlines" else ("", "")
    return Finding(
        rule,
        "cannot_check" if severity == "cannot_check" else "inconsistent",
        message,
        message_en,
        stated=stated,
        source=source,
        status=status,
    )
