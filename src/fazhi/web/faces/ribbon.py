"""The day ribbon: every day from the start to the end of a term, counted or skipped, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final, Protocol

from django.utils.translation import gettext as _

from fazhi.web.faces.words import MONTHS, day_words, in_english, joined

PAUSED: Final = "中止"
LONGEST: Final = 200


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
    @property
    def reason_en(self) -> str: ...


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
    marks: Sequence[Marked],
    *,
    due: date | None,
    today: date,
    events: Mapping[date, str],
    steps: Iterable[str],
    law: str,
    status: str = "",
) -> Ribbon:
    """The ribbon; of a term longer than LONGEST days only the words, for nobody counts so many squares."""
    shown = marks if len(marks) <= LONGEST else ()
    days = [_drawn(mark, due=due, today=today, event=events.get(mark.day, "")) for mark in shown]
    return Ribbon(
        months=tuple(
            Month(_month_name(month), tuple(inside))
            for month, inside in groupby(days, key=lambda one: (one.day.year, one.day.month))
        ),
        skips=tuple(_skips(shown, due)),
        events=tuple(f"{day_words(day)} {what}" for day, what in sorted(events.items())),
        steps=tuple(steps),
        law=law,
        status=status,
    )


def _drawn(mark: Marked, *, due: date | None, today: date, event: str) -> RibbonDay:
    if mark.counted or mark.day == due:
        look = "counted" if mark.day <= today else "coming"
    elif _is_start(mark):
        look = "start"
    else:
        look = "paused" if PAUSED in mark.reason else "skipped"
    count = _("第%(n)d天") % {"n": mark.number} if mark.counted and mark.number else _reason(mark)
    label = " ".join(part for part in (day_words(mark.day), count, event) if part)
    return RibbonDay(mark.day, look, mark.day == due, mark.day == today, event, label)


def _is_start(mark: Marked) -> bool:
    return not mark.counted and mark.reason in {"起算日不计", "当日不计"}


def _reason(mark: Marked) -> str:
    return mark.reason_en if in_english() else mark.reason


def _month_name(month: tuple[int, int]) -> str:
    year, number = month
    return f"{MONTHS[number - 1]} {year}" if in_english() else f"{year}年{number}月"


def _skips(marks: Sequence[Marked], due: date | None) -> Iterable[str]:
    """Skipped days gathered by reason: `周末：3月1日至2日、8日至9日`."""
    runs: dict[str, list[tuple[date, date]]] = {}
    for mark in marks:
        if mark.counted or _is_start(mark) or mark.day == due:
            continue
        spans = runs.setdefault(_reason(mark), [])
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
