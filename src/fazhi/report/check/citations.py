"""Laws that a report leans on, against the days they are in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fazhi.report.check.finding import Finding
from fazhi.report.check.places import View
from fazhi.report.claims import Sentence
from fazhi.rulebook.standards import LawDays, standards

_CITED = re.compile(
    r"《(?:中华人民共和国)?([^《》（）()]{2,40})(?:[（(](\d{4})[^）)]*[）)])?》(?:[（(](\d{4})[^）)]*[）)])?"
)
_LEANING = re.compile(
    r"(?:依据|根据|依照|按照|遵照|按|依|严格执行|执行|落实|贯彻落实|违反|适用|遵守)[^，,；;。《]{0,12}$"
)
_APPLYING = re.compile(r"(?:依据|根据|依照|按照|严格执行|适用)[^，,；;。《]{0,4}$")
_JOINED = re.compile(r"》(?:第[^，,；;。《》]{1,12}条)?[^，,；;。《》]{0,2}[、和及与]$")
_PAST = re.compile(r"废止|修订|修改|立法|起草|征求意见|草案|原|宣传|学习|解读|即将|将于|出台|颁布|公布|衔接|准备|培训")
_REVISED = re.compile(r"(?:新修订|新修正|修订后|新修改|新)(?:的)?(?:《(?:中华人民共和国)?)?$")


def laws_not_in_force(view: View) -> Iterator[Finding]:
    """A law on which the work of the year leans was in force on some day of it."""
    year = view.report.year
    if year is None:
        return
    end = min(date(year, 12, 31), view.report.dates.earliest or date.max)
    if end.year < year:
        end = date(year, 12, 31)
    told: set[tuple[str, str]] = set()
    for sentence in view.report.sentences:
        for match in _CITED.finditer(sentence.text):
            law = standards().laws.get(match[1])
            before = sentence.text[: match.start()]
            revised = _REVISED.search(before)
            around = (before[: revised.start()] if revised else before)[-14:], sentence.text[match.end() :][:8]
            if law is None or any(_PAST.search(one) for one in around):
                continue
            leaning = bool(_LEANING.search(before) or (_JOINED.search(before) and _leans_first(before)))
            finding = _judge(law, leaning, date(year, 1, 1), end, sentence, match)
            if finding is None and revised and _APPLYING.search(before[: revised.start()]):
                finding = _too_new(law, end, sentence, match)
            if finding and (law.name, finding.severity) not in told:
                told.add((law.name, finding.severity))
                yield finding


def _leans_first(before: str) -> bool:
    """Whether a list of laws begins with a word that leans on them."""
    first = before.rfind("。") + 1
    opening = before.find("《", first)
    return opening >= 0 and bool(_LEANING.search(before[first:opening]))


def _judge(
    law: LawDays, leaning: bool, start: date, end: date, sentence: Sentence, match: re.Match[str]
) -> Finding | None:
    cited = next((int(year) for year in (match[2], match[3]) if year), None)
    newest = [day for day in law.revised if cited and day.year in {cited, cited + 1}]
    name = f"《{law.name}》"
    if law.until and law.until <= start:
        instead = f"，由《{law.by}》代替" if law.by else ""
        message = f"{name}自{_words(law.until)}起已废止{instead}，本年度不能再作依据。请改引现行规定。"
        message_en = f"{law.name} ceased to be in force on {law.until.isoformat()}."
        return _finding("inconsistent" if leaning else "note", message, message_en, sentence, match, law.until)
    if law.since and law.since > end and leaning:
        message = f"{name}自{_words(law.since)}起施行，在报告所述期间还没有施行，不能作依据。请改引当时有效的规定。"
        message_en = f"{law.name} is in force from {law.since.isoformat()} only."
        return _finding("inconsistent", message, message_en, sentence, match, law.since)
    if leaning and newest and newest[0] > end:
        return _too_new(law, end, sentence, match)
    return None


def _too_new(law: LawDays, end: date, sentence: Sentence, match: re.Match[str]) -> Finding | None:
    """The revised text was not in force yet when the year of the report ended."""
    if not law.revised or law.revised[-1] <= end or any(end.year - 1 <= day.year and day <= end for day in law.revised):
        return None
    day = law.revised[-1]
    message = f"《{law.name}》修订后的文本自{_words(day)}起施行，在报告所述期间还没有施行。请改引当时有效的文本。"
    return _finding(
        "inconsistent", message, f"The revised text is in force from {day.isoformat()} only.", sentence, match, day
    )


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _finding(
    severity: str, message: str, message_en: str, sentence: Sentence, match: re.Match[str], day: date
) -> Finding:
    return Finding(
        "laws-not-in-force",
        "inconsistent" if severity == "inconsistent" else "note",
        message,
        message_en,
        stated=match[0],
        computed=day.isoformat(),
        sentence=sentence.text.strip(),
        start=sentence.start + match.start(),
        end=sentence.start + match.end(),
        status=standards().laws_status,
    )
