"""Warnings: a week in which far more people speak of a place or a subject than the season has them do, and why."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from fazhi.hotspots.series import SHANGHAI, Heard, Key, Series

WINDOW = 7
BACK = 84
"""Days before the window that say what is usual."""
SEASON = 14
"""Days on either side of the same day a year before that say how the season differs."""
LEAST = 4
"""People who must have spoken of a place before anything is a warning."""
LEAST_ANYWHERE = 8
"""The same where only the subject is one, wherever it is spoken of."""
STRICTNESS = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""By how much the bar may be raised until the months before keep the budget."""
PRIOR = 0.5, 8.0
"""What is held of a key nobody spoke of: half a message in eight weeks."""
BUDGET = 1.0
"""False alarms a week that are put up with."""
QUIET = timedelta(days=14)
"""A key that has warned is silent for so long, unless it climbs."""
SILENT = time(22), time(7)
LADDER = (1.0, 2.0, 4.0)
"""Times the count of the first warning at which a key climbs to the next level."""
STAYS = timedelta(days=3)
"""A warning of the second level that still grows after so many days goes to the third."""
LEVELS = ("承办单位", "承办单位负责人和信访工作机构", "分管领导")


@dataclass(frozen=True, slots=True)
class Warning:
    """A warning on a day: people in the week, how many were to be expected, how unlikely that is, who spoke."""

    key: Key
    day: date
    level: int
    count: int
    expected: float
    chance: float
    threshold: float
    members: tuple[str, ...]
    tell_at: datetime

    @property
    def to(self) -> str:
        return LEVELS[self.level - 1]


def watch(
    messages: Sequence[Heard], since: date, until: date, *, budget: float = BUDGET, strictness: float = 1.0
) -> Iterator[Warning]:
    """Warnings day by day, each made from what had come by the end of its day.

    The bar is the budget of a day shared by the keys spoken of, so that chance alone keeps to it, times `strictness`.
    """
    series = Series(messages)
    said: dict[Key, Warning] = {}
    for ordinal in range(since.toordinal(), until.toordinal() + 1):
        usual = _season(series, ordinal)
        spoken = {key for key in series.by_key if _speaks(series, key, ordinal)}
        threshold = strictness * budget / WINDOW / max(_heard_of(series, ordinal), 1)
        for key in sorted(spoken, key=_narrowest):
            found = _weigh(series, key, ordinal, usual, threshold)
            if found is None or _told_of(found, said):
                continue
            if (told := _climbed(said.get(key), found)) is not None:
                said[key] = told
                yield told


def _narrowest(key: Key) -> tuple[int, Key]:
    """The more a key names, the earlier it speaks."""
    return -bool(key.place) - sum(map(bool, key.subject.split("/"))), key


def strict_enough(messages: Sequence[Heard], since: date, until: date, *, budget: float = BUDGET) -> float:
    """How strict to be so that the days given would have kept the budget; every warning of theirs is taken as false,
    which keeps to the safe side."""
    most = budget * ((until - since).days + 1) / WINDOW
    for strictness in STRICTNESS:
        if sum(1 for _ in watch(messages, since, until, budget=budget, strictness=strictness)) <= most:
            return strictness
    return STRICTNESS[-1]


def _told_of(found: Warning, said: dict[Key, Warning]) -> bool:
    """Whether another warning of late is of the same people, so that this one would only say it again."""
    mine = set(found.members)
    return any(
        key != found.key and found.day - other.day <= QUIET and 2 * len(mine.intersection(other.members)) >= len(mine)
        for key, other in said.items()
    )


def _speaks(series: Series, key: Key, day: int) -> bool:
    days = series.by_key[key]
    return day in days and sum(len(days.get(one, ())) for one in range(day - WINDOW + 1, day + 1)) >= LEAST


def _heard_of(series: Series, day: int) -> int:
    """Keys that somebody spoke of in the window: so many times chance may strike on this day."""
    return sum(any(one in days for one in range(day - WINDOW + 1, day + 1)) for days in series.by_key.values())


def _season(series: Series, day: int) -> float:
    """How the same weeks of the year before stood to that year, from 1/2 to 2; 1 where there is no such year."""
    first = min(series.by_day, default=day)
    around = range(day - 365 - SEASON, day - 365 + SEASON + 1)
    if first > around[0] - 60:
        return 1.0
    then = sum(series.by_day.get(one, 0) for one in around) / len(around)
    span = range(day - 365 - 182, day - 182)
    usual = sum(series.by_day.get(one, 0) for one in span) / len(span)
    return min(max(then / usual, 0.5), 2.0) if usual else 1.0


def _weigh(series: Series, key: Key, day: int, season: float, threshold: float) -> Warning | None:
    first = min(series.by_day)
    people = {one.person: one for one in reversed(series.within(key, day - WINDOW + 1, day))}
    count = len(people)
    if count < (LEAST if key.place else LEAST_ANYWHERE):
        return None
    before = range(max(day - WINDOW - BACK + 1, first), day - WINDOW + 1)
    weeks = len(before) / WINDOW
    then = series.within(key, before[0], before[-1]) if len(before) else []
    bunched = _bunched([one.day.toordinal() for one in then], before)
    shape, rate = PRIOR[0] + len(then), PRIOR[1] + weeks
    chance = chance_of(math.ceil(count / bunched), PRIOR[0] + len(then) / bunched, rate / season)
    if chance > threshold:
        return None
    members = tuple(one.number for one in series.within(key, day - WINDOW + 1, day))
    on = date.fromordinal(day)
    told = _tell_at(datetime.combine(on, time(max(one.hour for one in people.values() if one), 0), SHANGHAI))
    return Warning(key, on, 1, count, round(shape / rate * season, 2), chance, threshold, members, told)


def _bunched(days: Sequence[int], before: range) -> float:
    """How much more the weeks differ than chance would have them: their variance over their mean, at least 1."""
    weeks = [0] * max(len(before) // WINDOW, 1)
    for day in days:
        weeks[min((day - before[0]) // WINDOW, len(weeks) - 1)] += 1
    mean = sum(weeks) / len(weeks)
    if len(weeks) < 4 or not mean:
        return 1.0
    return max(sum((week - mean) ** 2 for week in weeks) / (len(weeks) - 1) / mean, 1.0)


def chance_of(count: int, shape: float, rate: float) -> float:
    """How likely a week has so many or more, where what is usual is known from some weeks only (gamma-Poisson)."""
    share = rate / (rate + 1.0)
    below = 0.0
    for number in range(count):
        below += math.exp(
            math.lgamma(shape + number)
            - math.lgamma(shape)
            - math.lgamma(number + 1)
            + shape * math.log(share)
            + number * math.log1p(-share)
        )
    return max(1.0 - below, 1e-15)


def _climbed(before: Warning | None, found: Warning) -> Warning | None:
    """Nothing while the key is to be silent; the next level once the count has climbed, or stays and grows."""
    if before is None or found.day - before.day > QUIET:
        return found
    if before.level < len(LADDER) and found.count >= before.count * LADDER[before.level]:
        return replace(found, level=before.level + 1)
    if before.level == len(LADDER) - 1 and found.day - before.day >= STAYS and found.count > before.count:
        return replace(found, level=before.level + 1)
    return None


def _tell_at(moment: datetime) -> datetime:
    """When it is told: at once, but not in the night."""
    begins, ends = SILENT
    if moment.time() >= begins:
        return datetime.combine(moment.date() + timedelta(days=1), ends, moment.tzinfo)
    if moment.time() < ends:
        return datetime.combine(moment.date(), ends, moment.tzinfo)
    return moment
