"""What side by side shows beyond figures: coverage, what vanished, what repeats, what last year does not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fazhi.report.check.changes import before_of, changes, span_of
from fazhi.report.check.contents import chapters, shortcomings, told_pairs
from fazhi.report.check.places import View
from fazhi.report.claims import ReadReport
from fazhi.report.compare.align import key_of, short_name
from fazhi.report.compare.values import Coverage, Disagreement, Gone, Repeated
from fazhi.rulebook.standards import Chapter, standards

HEADING, TEXT, NONE = "heading", "text", "none"
_ALIKE = 0.4


def coverage(reports: Sequence[ReadReport]) -> Iterator[Coverage]:
    """Each of the eight systems: a chapter of its own, mentioned, or absent."""
    work = [chapters(report).work for report in reports]
    for chapter in standards().chapters:
        how = tuple(_covers(chapter, report, text) for report, text in zip(reports, work, strict=True))
        yield Coverage(chapter.key, chapter.title.zh, chapter.title.en, how)


def _covers(chapter: Chapter, report: ReadReport, work: str) -> str:
    titles = [heading.title for heading in report.outline if heading.title in work]
    if any(word in title for title in titles for word in chapter.words):
        return HEADING
    return TEXT if any(word in work for word in chapter.words) else NONE


def successions(reports: Sequence[ReadReport]) -> Iterator[tuple[int, int]]:
    """Places of two reports of one unit, the later of a later year; each with the nearest before it."""
    for later, report in enumerate(reports):
        before = [place for place, one in enumerate(reports[:later]) if one.unit == report.unit and report.unit]
        if before and (reports[before[-1]].year or 0) < (report.year or 0):
            yield before[-1], later


def gone(reports: Sequence[ReadReport]) -> Iterator[Gone]:
    """Figures that the next report of the unit has no more."""
    for earlier, later in successions(reports):
        still = {key_of(claim) for claim in reports[later].claims}
        seen: set[str] = set()
        for claim in reports[earlier].claims:
            key = key_of(claim)
            if claim.kind in {"count", "ratio", "amount"} and key and key not in still | seen:
                seen.add(key)
                yield Gone(earlier, later, claim)


def repeated(reports: Sequence[ReadReport]) -> Iterator[Repeated]:
    """Shortcomings that say the same in the next report of the unit."""
    for earlier, later in successions(reports):
        for now in shortcomings(reports[later]):
            best = max(((_likeness(then, now), then) for then in shortcomings(reports[earlier])), default=(0.0, ""))
            if best[0] >= _ALIKE:
                yield Repeated(earlier, later, _short(best[1]), _short(now))


def _likeness(one: str, other: str) -> float:
    a, b = told_pairs(one), told_pairs(other)
    return len(a & b) / min(len(a), len(b)) if len(a) > 1 and len(b) > 1 else 0.0


def _short(text: str) -> str:
    first = re.split("[。；;]", text.strip())[0]
    return first if len(first) <= 60 else f"{first[:58]}……"


def disagreements(reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """A change year on year implies last year's figure; last year's report states it."""
    for earlier, later in successions(reports):
        if (reports[later].year or 0) - (reports[earlier].year or 0) != 1:
            continue
        last = {key_of(claim): claim for claim in reports[earlier].claims if claim.kind == "count" and claim.amount}
        for change in changes(View(reports[later])):
            now = next((one for one in change.near if one.counts), None)
            then = last.get(key_of(now.claim)) if now else None
            if now is None or then is None or then.qualifier != "exact" or then.as_of[5:7] != now.claim.as_of[5:7]:
                continue
            implied = before_of(now.number, change.within)
            if implied and int(then.amount or 0) not in implied:
                text, name = change.said.claim.text, short_name(reports[earlier])
                yield Disagreement(
                    earlier,
                    later,
                    f"{now.told}，同比变化{text}，反推上年为{span_of(implied)}，而{name}报告写的是{then.text}。"
                    "请核对，或说明口径的变化。",
                    f"The change of {text} implies {span_of(implied, ' to ')} before; that report states {then.text}.",
                )
