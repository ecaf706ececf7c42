"""A report by anyone on a page: its text with each number and each finding marked in place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from fazhi.library.files import take_text
from fazhi.report.check import Finding
from fazhi.report.claims import ReadReport
from fazhi.report.compare.scorecard import Score
from fazhi.report.read import Unreadable, read_content
from fazhi.report.read.file import HEADING
from fazhi.report.shelf import Answer, name_of
from fazhi.web.faces.clocks import status_words
from fazhi.web.faces.words import in_english

MOST_BYTES: Final = 10_000_000
MOST_SIGNS: Final = 120_000
MOST_NUMBERS: Final = 3_000
SEVERITIES: Final = ("inconsistent", "cannot_check", "note")
ICONS: Final = {"inconsistent": "alert", "cannot_check": "question", "note": "info"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: plain, a number that was read (`about` says what it counts), or marked by findings."""

    text: str
    about: str = ""
    number: bool = False
    severity: str = ""
    finding: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the report; `level` above 0 for a heading."""

    pieces: tuple[Piece, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in the reader's language, with the answer somebody gave to it."""

    number: int
    name: str
    severity: str
    icon: str
    word: str
    message: str
    steps: tuple[str, ...]
    sentence: str
    law: str
    status: str
    marked: bool
    answer: Answer | None = None


def severity_words() -> dict[str, str]:
    return {"inconsistent": _("自相矛盾"), "cannot_check": _("无从核对"), "note": _("请留意")}


def read_upload(file: "UploadedFile[bytes] | None", text: str = "") -> tuple[ReadReport, bytes]:
    """The report in a file or in pasted text; raises Unreadable with the reason."""
    if file is not None and file.size and file.size > MOST_BYTES:
        raise Unreadable(_("文件超过10 MB，请只传报告本身。"))
    content = file.read() if file is not None else text.encode()
    if not content.strip():
        raise Unreadable(_("请选择一个文件，或贴上报告的文字。"))
    told, _form = take_text(content, HEADING)
    if len(told) > MOST_SIGNS:
        raise Unreadable(_("文字超过12万字，网页上放不下；请只留报告正文。"))
    if len(re.findall(r"\d+", told)) > MOST_NUMBERS:
        raise Unreadable(_("数字超过三千个，像是表格而不是报告；请只留报告正文。"))
    return read_content(content, (file.name or "") if file is not None else ""), content


def tell(findings: Sequence[Finding], answers: Mapping[str, Answer] | None = None) -> tuple[Told, ...]:
    """Findings as the page lists them, numbered from one."""
    words = severity_words()
    english = in_english()
    return tuple(
        Told(
            number,
            name_of(one),
            one.severity,
            ICONS[one.severity],
            words[one.severity],
            one.message_en if english else one.message,
            one.steps,
            one.sentence,
            one.source,
            status_words(one.status) if one.status else "",
            one.start >= 0,
            (answers or {}).get(name_of(one)),
        )
        for number, one in enumerate(findings, 1)
    )


def mark(report: ReadReport, findings: Sequence[Finding]) -> tuple[Line, ...]:
    """The text line by line, cut where a number or a finding begins or ends."""
    marks = {}
    for number, one in reversed(tuple(enumerate(findings, 1))):  # the gravest last, so that it is on top
        if one.start >= 0:
            marks[one.start, one.end] = (one.severity, number)
    numbers = {(one.clean_start, one.clean_end): one.subject for one in report.claims}
    levels = {heading.start: heading.level for heading in report.outline if heading.level <= 3}
    return tuple(_lines(report.text, marks, numbers, levels))


def _lines(
    text: str,
    marks: Mapping[tuple[int, int], tuple[str, int]],
    numbers: Mapping[tuple[int, int], str],
    levels: Mapping[int, int],
) -> Iterator[Line]:
    spans = sorted({*marks, *numbers})
    used: set[int] = set()
    for found in re.finditer(r"[^\n]+", text):
        start, end = found.span()
        if not found[0].strip():
            continue
        near = [span for span in spans if span[0] < end and span[1] > start]
        cuts = sorted({start, end, *(min(max(edge, start), end) for span in near for edge in span)})
        pieces = [_piece(text[a:b], a, b, near, marks, numbers, used) for a, b in pairwise(cuts)]
        level = next((levels[at] for at in levels if start <= at < start + 8), 0) if len(found[0]) < 60 else 0
        yield Line(tuple(pieces), level)


def _piece(
    text: str,
    start: int,
    end: int,
    near: Iterable[tuple[int, int]],
    marks: Mapping[tuple[int, int], tuple[str, int]],
    numbers: Mapping[tuple[int, int], str],
    used: set[int],
) -> Piece:
    over = [span for span in near if span[0] <= start and end <= span[1]]
    subject = next((numbers[span] for span in over if span in numbers), None)
    found = [marks[span] for span in over if span in marks]
    if not found:
        return Piece(text, subject or "", subject is not None)
    severity, number = min(found, key=lambda one: SEVERITIES.index(one[0]))
    place = "" if number in used else f"place-{number}"
    used.add(number)
    return Piece(text, subject or "", subject is not None, severity, number, place)


def counted(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """How many findings of each severity, for the head of a page."""
    words = severity_words()
    return [
        {
            "severity": name,
            "word": words[name],
            "icon": ICONS[name],
            "count": sum(one.severity == name for one in findings),
        }
        for name in SEVERITIES
    ]


def score_words(scores: Sequence[Score]) -> list[dict[str, object]]:
    """The scorecard with its titles in the reader's language."""
    titles = {
        "on_time": _("按时公开"),
        "complete": _("内容完整"),
        "data": _("有数据"),
        "comparable": _("可比较"),
        "findable": _("便于查找"),
    }
    return [{"title": titles[one.key], "points": one.points, "reason": one.reason} for one in scores]


def title_of(title: str, unit: str, year: int | None, name: str) -> str:
    """What a report is called: its title, else its unit and year, else its file."""
    if title or not (unit and year):
        return title or name or _("没有标题的报告")
    return f"{unit}{year}年法治政府建设年度报告"


def page_values(
    report: ReadReport, findings: Sequence[Finding], answers: Mapping[str, Answer] | None = None
) -> dict[str, object]:
    """What both faces show of a report that was read."""
    return {
        "known": report,
        "title": title_of(report.title, report.unit, report.year, report.source),
        "lines": mark(report, findings),
        "findings": tell(findings, answers),
        "counts": counted(findings),
        "repairs": sum(one.count for one in report.repairs if one.kind != "lost"),
        "lost": sum(one.count for one in report.repairs if one.kind == "lost"),
    }
