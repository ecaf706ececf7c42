"""Last year's shortcomings, one by one: which of them this year's report answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fazhi.report.check.contents import chapters, pairs_in, shortcomings, told_pairs
from fazhi.report.check.finding import Finding
from fazhi.report.check.places import View
from fazhi.rulebook.standards import standards

_CAUSE = re.compile(r"[，,。；;]?\s*(?:主要)?(?:原因|是因为|由于)")
_NO_MATTER = frozenset({"人民", "薄弱", "短板"})
"""Pairs that do not tell what a shortcoming is about: of 人民政府, and of the verdict itself."""
_ENDS = re.compile(r"[。！？；;\n]")


def unanswered(last: tuple[str, ...], work: str) -> Iterator[tuple[str, str]]:
    """Each shortcoming that no paragraph of `work` takes up, with the sentence that comes nearest to it, if any.

    Two of its words in one paragraph are an answer; one is enough where it has no more than two.
    """
    paragraphs = [pairs_in(line) for line in work.splitlines() if line.strip()]
    sentences = [(one.strip(), pairs_in(one)) for one in _ENDS.split(work) if one.strip()]
    for said in last:
        heading = _CAUSE.split(said, maxsplit=1)[0].strip()
        about = told_pairs(heading) - _NO_MATTER
        wanted = 2 if len(about) > 2 else 1
        if not about or any(len(about & held) >= wanted for held in paragraphs):
            continue
        nearest = max(sentences, key=lambda one: len(about & one[1]), default=("", frozenset()))
        yield heading, nearest[0] if about & nearest[1] else ""


def shortcomings_unanswered(view: View) -> Iterator[Finding]:
    """Every shortcoming of last year's report that finds no answer in the work told of this year."""
    last = view.previous
    if last is None or (view.report.year or 0) - (last.year or 0) != 1:
        return
    for heading, nearest in unanswered(shortcomings(last), chapters(view.report).work):
        short = heading[:60]
        near = f"今年最接近的一句是“{nearest[:60]}”，没有回应它" if nearest else "今年的报告没有提到它"
        start = view.report.text.find(nearest[:60]) if nearest else -1
        yield Finding(
            "shortcomings-unanswered",
            "note",
            f"{last.year}年度报告所列不足“{short}”没有找到回应：{near}。请写明整改了什么、结果如何。",
            f"Nothing answers the shortcoming “{short}” of {last.year}.",
            stated=heading,
            computed=nearest,
            sentence=nearest,
            start=start,
            end=start + len(nearest[:60]) if start >= 0 else -1,
            source=standards().contents_source,
            status=standards().contents_status,
        )
