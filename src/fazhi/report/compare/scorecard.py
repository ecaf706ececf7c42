"""A report's scorecard as third parties keep it: on time, complete, data present, comparable, findable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fazhi.report.check.finding import Finding
from fazhi.report.check.places import View
from fazhi.report.claims import Json, ReadReport
from fazhi.rulebook.standards import standards

_CONTENTS = frozenset({"required-contents", "last-year-unanswered", "system-chapters"})
_FIGURES = 20
"""So many counts and rates make a report one of data."""


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the scorecard: from 0 to 100, None where it cannot be told; with the reason in words."""

    key: str
    title: str
    points: int | None
    reason: str

    def as_json(self) -> Json:
        return {"key": self.key, "title": self.title, "points": self.points, "reason": self.reason}


def scorecard(report: ReadReport, findings: Sequence[Finding]) -> tuple[Score, ...]:
    """The five lines of a report. Nothing is weighed against each other: a total would hide what is missing."""
    return (_on_time(report), _complete(findings), _data(report), _comparable(report, findings), _findable(report))


def total(scores: Sequence[Score]) -> int | None:
    """The mean of what can be told, for ranking a list only."""
    told = [one.points for one in scores if one.points is not None]
    return round(sum(told) / len(told)) if told else None


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _on_time(report: ReadReport) -> Score:
    day, year = report.dates.published, report.year
    if year is None or (day is None and report.dates.signed is None):
        return Score("on_time", "按时公开", None, "没有写明年度或日期，无从判断。")
    by = date(year + 1, *standards().public)
    if day is None:
        day, word = report.dates.signed, "落款"
        if day is not None and day < by:
            return Score("on_time", "按时公开", None, f"落款日期{_words(day)}在期限内，发布日期没有写明。")
    else:
        word = "发布"
    assert day is not None
    late = (day - by).days + 1
    if late <= 0:
        return Score("on_time", "按时公开", 100, f"{word}日期{_words(day)}，早于{_words(by)}。")
    return Score("on_time", "按时公开", max(0, 60 - late), f"{word}日期{_words(day)}，迟了{late}天。")


def _complete(findings: Sequence[Finding]) -> Score:
    missing = [one.computed or one.rule for one in findings if one.rule == "required-contents"]
    systems = [one.computed for one in findings if one.rule == "system-chapters"]
    answered = not any(one.rule == "last-year-unanswered" for one in findings)
    names = {one.key: one.title.zh for one in standards().chapters}
    bare = [names[key] for one in systems for key in one.split("、")]
    lost = 15 * len(missing) + 4 * len(bare) + (0 if answered else 15)
    said = [f"没有找到“{one}”" for one in missing] + ([f"没有章节：{'、'.join(bare)}"] if bare else [])
    said += [] if answered else ["没有回应上年度的不足"]
    return Score(
        "complete", "内容完整", max(0, 100 - lost), "；".join(said) + "。" if said else "法定内容和各体系都有。"
    )


def _data(report: ReadReport) -> Score:
    figures = [one for one in View(report).said if one.claim.kind in {"count", "ratio", "yoy", "amount"}]
    exact = [one for one in figures if one.exact]
    many = min(1.0, len(figures) / _FIGURES)
    sharp = len(exact) / len(figures) if figures else 0.0
    reason = f"有{len(figures)}个数据，其中准数{len(exact)}个。"
    return Score("data", "有数据", round(100 * many * (0.6 + 0.4 * sharp)), reason)


def _comparable(report: ReadReport, findings: Sequence[Finding]) -> Score:
    counts = [one for one in report.claims if one.kind in {"count", "ratio"}]
    if not counts:
        return Score("comparable", "可比较", 0, "没有可以比较的数。")
    named = sum(1 for one in counts if one.indicator) / len(counts)
    dated = sum(1 for one in counts if one.basis != "default") / len(counts)
    wrong = sum(1 for one in findings if one.severity == "inconsistent")
    points = max(0, round(100 * (0.6 * named + 0.4 * dated)) - 5 * wrong)
    reason = f"{named:.0%}的数能对上指标，{dated:.0%}的数写明了期间，自相矛盾{wrong}处。"
    return Score("comparable", "可比较", points, reason)


def _findable(report: ReadReport) -> Score:
    has = {
        "标题": bool(report.title),
        "单位": bool(report.unit),
        "年度": report.year is not None,
        "日期": report.dates.earliest is not None,
        "分级标题": len([one for one in report.outline if one.level <= 2]) >= 5,
        "完整无缺的文字": not any(one.kind == "lost" for one in report.repairs),
    }
    missing = [name for name, there in has.items() if not there]
    points = round(100 * (len(has) - len(missing)) / len(has))
    return Score(
        "findable",
        "便于查找",
        points,
        f"没有找到：{'、'.join(missing)}。" if missing else "标题、单位、年度、日期和分级标题齐全。",
    )
