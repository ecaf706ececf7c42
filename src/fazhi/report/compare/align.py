"""Figures of several reports set into lines: by indicator, else by the words of their subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fazhi.report.check.places import FAMILIES
from fazhi.report.check.twice import core
from fazhi.report.claims import Claim, ReadReport
from fazhi.report.compare.values import Cell, Line

_STEPS = (
    ("收到", re.compile("收到|接到|收案|登记")),
    ("受理", re.compile("受理|立案")),
    ("办理", re.compile("办理|承办|处理")),
    ("办结", re.compile("办结|审结|结案|答复|完成")),
)
_ENDS = re.compile(r"(?:案件|事项|工作|情况|活动|数量|总数)$")
_MINIMUM = 4
_INEXACT = frozenset({"over", "about", "at_least", "at_most", "under", "unknown"})
_COUNTED = frozenset({"count", "ratio", "amount", "duration"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A claim of one of the reports."""

    report: int
    claim: Claim


def key_of(claim: Claim) -> str:
    """What a figure counts, as far as it can be told apart: its indicator, else the core of its subject; or empty."""
    if claim.indicator:
        return claim.indicator
    subject = _ENDS.sub("", core(claim.subject))
    return f"={subject}/{_sort(claim)}" if len(subject) >= _MINIMUM else ""


def _sort(claim: Claim) -> str:
    """The sort of a unit: 件 and 宗 are one sort."""
    measure = claim.measure or claim.unit
    return next((min(family) for family in FAMILIES if measure in family), measure)


def align(reports: Sequence[ReadReport]) -> tuple[Line, ...]:
    """Lines that at least two reports have, comparable ones first, in the order of the first report."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for place, report in enumerate(reports):
        for claim in report.claims:
            if claim.kind in _COUNTED and (key := key_of(claim)):
                groups[key].append(Placed(place, claim))
    lines = [line for key, placed in groups.items() for line in _lines(key, placed, reports)]
    return tuple(sorted(lines, key=lambda line: not line.comparable))


def _lines(key: str, placed: Sequence[Placed], reports: Sequence[ReadReport]) -> Iterator[Line]:
    if len({one.report for one in placed}) < 2:
        return
    chosen = [_nearest([one for one in placed if one.report == place], placed) for place in range(len(reports))]
    there = [one for one in chosen if one is not None]
    cells = tuple(None if one is None else _cell(one.claim) for one in chosen)
    apart = tuple(reasons(there, reports))
    changes = (None,) * (len(reports) - 1) if apart else tuple(_changes(cells, reports))
    title = min((one.claim.subject for one in there if one.claim.subject), key=len, default=key)
    first = there[0].claim
    yield Line(title, "" if key.startswith("=") else key, first.measure or first.unit, cells, apart, changes)


def _nearest(candidates: Sequence[Placed], everywhere: Sequence[Placed]) -> Placed | None:
    """Of several figures under one indicator the one whose subject is most like those of the other reports."""
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    others = [core(one.claim.subject) for one in everywhere if one.report != candidates[0].report]

    def best(one: Placed) -> float:
        return max((_likeness(core(one.claim.subject), other) for other in others), default=0.0)

    return max(candidates, key=best)


def _likeness(one: str, other: str) -> float:
    """Shared pairs of characters, from 0 to 1."""
    a, b = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / len(a | b) if a | b else 0.0


def _cell(claim: Claim) -> Cell:
    amount = claim.amount if claim.amount is not None else claim.value
    return Cell(claim, None if amount is None else Fraction(amount))


def reasons(placed: Sequence[Placed], reports: Sequence[ReadReport]) -> Iterator[str]:
    """Why figures are not of one definition: unit, step of the work, months counted, round figures."""
    if len({_sort(one.claim) for one in placed}) > 1 or len({one.claim.kind for one in placed}) > 1:
        yield f"单位不同：{_told(placed, reports, lambda claim: claim.measure or claim.unit)}"
    steps = {step_of(one.claim) for one in placed} - {""}
    if len(steps) > 1:
        yield f"环节不同：{_told(placed, reports, lambda claim: step_of(claim) or '未写明')}"
    if len({_months(one.claim) for one in placed}) > 1:
        yield f"统计期间不同：{_told(placed, reports, lambda claim: f'{_months(claim)}个月')}"
    inexact = [one for one in placed if one.claim.qualifier in _INEXACT]
    if inexact:
        yield f"不是准数：{_told(inexact, reports, lambda claim: claim.text)}"


def _told(placed: Sequence[Placed], reports: Sequence[ReadReport], words: Callable[[Claim], str]) -> str:
    return "，".join(f"{short_name(reports[one.report])}为{words(one.claim)}" for one in placed)


def short_name(report: ReadReport) -> str:
    """A report by its unit and year."""
    unit = report.unit.removesuffix("人民政府") or report.source or "未知单位"
    return f"{unit}{report.year}年" if report.year else unit


def step_of(claim: Claim) -> str:
    """The step of the work that is counted: what was received is not what was concluded."""
    if claim.kind == "ratio":
        return ""
    place = max(claim.sentence.find(claim.text), 0)
    clause = re.split("[，,；;。：:]", claim.sentence[:place])[-1] or claim.subject
    ends = [(match.end(), step) for step, words in _STEPS for match in words.finditer(clause)]
    return max(ends)[1] if ends else ""


def _months(claim: Claim) -> int:
    """Months that a figure counts: twelve unless it stops earlier."""
    parts = claim.as_of.split("-")
    return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 12


def _changes(cells: Sequence[Cell | None], reports: Sequence[ReadReport]) -> Iterator[Fraction | None]:
    for place in range(1, len(cells)):
        now, then = cells[place], cells[place - 1]
        same = reports[place].unit == reports[place - 1].unit
        if now and then and now.number is not None and then.number and same:
            yield (now.number - then.number) / then.number
        else:
            yield None
