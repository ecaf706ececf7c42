"""Shortcomings in words: this year's with causes, what answered last year's, and what next year does about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fazhi.registers import look
from fazhi.report.values import Shortcoming
from fazhi.rulebook.figures import Tells

REGISTER = "shortcoming"
OUTCOMES = {"solved": "已解决", "better": "有改进"}
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Stated:
    """What the register holds for one report: this year's shortcomings and last year's."""

    now: tuple[Shortcoming, ...] = ()
    before: tuple[Shortcoming, ...] = ()

    def told(self, what: Tells) -> str:
        """One paragraph, empty where the register has nothing to tell."""
        if what == "answers":
            items = [_answer(one) for one in self.before]
            return f"对上一年度报告所列不足逐条整改：{_listed(items)}" if items else ""
        items = [_stated(one) if what == "shortcomings" else _planned(one) for one in self.now]
        return _listed([one for one in items if one])

    def unanswered(self) -> Iterator[str]:
        """Each shortcoming without an answer, in words that say what to do."""
        for one in self.now:
            if not one.plan:
                yield f"不足“{one.text}”没有写明下一年度打算：请在“报告不足与改进”名册中补写。"
        for one in self.before:
            if not one.measure:
                yield f"上一年度报告所列不足“{one.text}”没有整改措施：请登记采取的措施。"


def of_units(units: Sequence[UUID], year: int, day: date) -> Stated:
    """What the register says by that day of the reports of these units."""
    found = [_read(line.data) for line in look.lines_in(REGISTER, units, day)]
    now = tuple(one for one in found if one.year == year)
    return Stated(now, tuple(one for one in found if one.year == year - 1))


def _read(data: Mapping[str, str]) -> Shortcoming:
    year = data.get("year", "")
    text, cause, plan, measure = (_bare(data.get(name, "")) for name in ("shortcoming", "cause", "plan", "measure"))
    outcome = OUTCOMES.get(data.get("outcome", ""), "")
    return Shortcoming(int(year) if year.isdecimal() else 0, text, cause, plan, measure, outcome)


def _bare(text: str) -> str:
    return text.strip().rstrip("。；;.")


def _stated(one: Shortcoming) -> str:
    return one.text + (f"，原因是{one.cause}" if one.cause else "")


def _planned(one: Shortcoming) -> str:
    return f"针对“{one.text}”，{one.plan}" if one.plan else ""


def _answer(one: Shortcoming) -> str:
    if not one.measure:
        return f"“{one.text}”尚未整改到位" + (f"，原因是{one.cause}" if one.cause else "") + "，继续整改"
    return f"针对“{one.text}”，{one.measure}" + (f"，{one.outcome}" if one.outcome else "")


def _listed(items: Sequence[str]) -> str:
    """One sentence alone, several counted: 一是…；二是…。"""
    if not items:
        return ""
    if len(items) == 1:
        return f"{items[0]}。"
    return "；".join(f"{_numeral(place)}是{text}" for place, text in enumerate(items, 1)) + "。"


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")
