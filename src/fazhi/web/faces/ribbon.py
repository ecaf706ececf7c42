"""The day ribbon: every day from the start to the end of a term, counted or skipped, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Protocol

from django.utils.translation import gettext as _

from fazhi.web.faces.words import MONTHS, day_words, in_english, joined

PAUSES: Final = ("中止", "补正", "鉴定", "听证", "扣除", "暂停", "paus", "suspen")


class Marked(Protocol):
    """One day of an explanation: whether it counts, as which, and the reason where it does not."""

    @property
    def day(self) -> date: ...
    @property
    def counted(self) -> bool: ...
    @property
    def number(self) -> int | None: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class RibbonDay:
    day: date
    look: str
    is_due: bool
    is_today: bool
    event: str
    label: str


@dataclass(frozen=True, slots=True)
class Month:
    name: str
    days: tuple[RibbonDay, ...]


@dataclass(frozen=True, slots=True)
class Ribbon:
    months: tuple[Month, ...]
    skips: tuple[str, ...]
    events: tuple[str, ...]
    steps: tuple[str, ...]
    law: str
    status: str = ""


def make_ribbon(
    marks: Sequence[Marked], *, due: date | None, today: date, events: Mapping[date, str], steps: Iterable[str],
    law: str, status: str = "",
) -> Ribbon:  # fmt: skip
    days = [
        _drawn(mark, first=mark is marks[0], due=due, today=today, event=events.get(mark.day, "")) for mark in marks
    ]
    return Ribbon(
        months=tuple(
            Month(_month_name(month), tuple(inside))
            for month, inside in groupby(days, key=lambda one: (one.day.year, one.day.month))
        ),
        skips=tuple(_skips(marks)),
        events=tuple(f"{day_words(day)} {what}" for day, what in sorted(events.items())),
        steps=tuple(steps),
        law=law,
        status=status,
    )


def _drawn(mark: Marked, *, first: bool, due: date | None, today: date, event: str) -> RibbonDay:
    if mark.counted:
        look = "counted" if mark.day <= today else "coming"
        if due is not None and mark.day > due:
            look = "late"
    elif first:
        look = "start"
    else:
        look = "paused" if any(word in mark.reason for word in PAUSES) else "skipped"
    count = _("第%(n)d天") % {"n": mark.number} if mark.counted and mark.number else mark.reason
    label = " ".join(part for part in (day_words(mark.day), count, event) if part)
    return RibbonDay(mark.day, look, mark.day == due, mark.day == today, event, label)


def _month_name(month: tuple[int, int]) -> str:
    year, number = month
    return f"{MONTHS[number - 1]} {year}" if in_english() else f"{year}年{number}月"


def _skips(marks: Sequence[Marked]) -> Iterable[str]:
    """Skipped days gathered by reason: `周末：3月1日至2日、8日至9日`."""
    runs: dict[str, list[tuple[date, date]]] = {}
    for mark in marks[1:]:
        if mark.counted or not mark.reason:
            continue
        spans = runs.setdefault(mark.reason, [])
        if spans and spans[-1][1] == mark.day - timedelta(days=1):
            spans[-1] = (spans[-1][0], mark.day)
        else:
            spans.append((mark.day, mark.day))
    for reason, spans in runs.items():
        yield _("%(reason)s：%(days)s") % {"reason": reason, "days": joined([_span(*span) for span in spans])}


def _span(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    return _("%(first)s至%(last)s") % {"first": day_words(first), "last": day_words(last)}
