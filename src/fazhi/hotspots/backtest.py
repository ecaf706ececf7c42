"""A back-test of warnings: outbreaks put into the later half of real messages, and what was made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fazhi.hotspots.series import Heard, Key, Series
from fazhi.hotspots.warning import BUDGET, LEAST, Warning, strict_enough, watch

SIZES = (4, 24)
LENGTHS = (4, 12)
GRACE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Outbreak:
    """One put in: what of, from when to when, how many people."""

    key: Key
    first: date
    last: date
    people: int


@dataclass(frozen=True, slots=True)
class BackTest:
    """`lead` has the days between the warning and the end of each outbreak that was met, `spoken` the share of its
    people who had spoken by then. `background` are warnings in the same days without any outbreak put in."""

    messages: int
    since: date
    until: date
    outbreaks: int
    met: int
    right: int
    wrong: int
    background: int
    weeks: float
    budget: float
    strictness: float
    lead: tuple[int, ...]
    spoken: tuple[float, ...]
    by_size: tuple[tuple[str, int, int], ...]

    @property
    def recall(self) -> float:
        return self.met / self.outbreaks if self.outbreaks else 0.0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0


def back_test(messages: Sequence[Heard], *, outbreaks: int = 40, seed: int = 7, budget: float = BUDGET) -> BackTest:
    """Every warning not of an outbreak put in counts as wrong, though some of these are real events of the messages."""
    days = sorted(one.day for one in messages)
    since, until = days[len(days) // 2], days[-1]
    chance = Random(seed)  # noqa: S311 - a drawing of test cases, no secret
    put = _draw(messages, outbreaks, since, until, chance)
    with_them = sorted([*messages, *_spoken(put, chance)], key=lambda one: (one.day, one.hour, one.number))
    quarter = days[len(days) // 4]
    strictness = strict_enough([one for one in messages if one.day < since], quarter, since, budget=budget)
    warned = list(watch(with_them, since, until, budget=budget, strictness=strictness))
    plain = list(watch(messages, since, until, budget=budget, strictness=strictness))
    met = {one: first for one in put if (first := _first(one, warned)) is not None}
    right = sum(any(_is_of(one, warning) for one in put) for warning in warned)
    return BackTest(
        messages=len(messages),
        since=since,
        until=until,
        outbreaks=len(put),
        met=len(met),
        right=right,
        wrong=len(warned) - right,
        background=len(plain),
        weeks=round(((until - since).days + 1) / 7, 1),
        budget=budget,
        strictness=strictness,
        lead=tuple(sorted((one.last - first.day).days for one, first in met.items())),
        spoken=tuple(sorted(round(min(first.count / one.people, 1.0), 2) for one, first in met.items())),
        by_size=tuple(_by_size(put, met)),
    )


def _draw(messages: Sequence[Heard], many: int, since: date, until: date, chance: Random) -> list[Outbreak]:
    """Of places and subjects that are spoken of; sizes and lengths drawn evenly."""
    known = sorted(key for key in Series(messages).by_key if key.place and key.subject.partition("/")[2])
    span = (until - since).days - LENGTHS[1]
    put = []
    for key in chance.sample(known, min(many, len(known))):
        first = since + timedelta(days=chance.randrange(max(span, 1)))
        last = first + timedelta(days=chance.randint(*LENGTHS) - 1)
        put.append(Outbreak(key, first, last, chance.randint(*SIZES)))
    return put


def _spoken(put: Sequence[Outbreak], chance: Random) -> list[Heard]:
    """The people of the outbreaks: few at first, more towards the end."""
    found = []
    for number, one in enumerate(put):
        length = (one.last - one.first).days
        topic = one.key.subject.partition("/")[0]
        named = (Key(one.key.place, f"{topic}/"),) if topic else ()
        keys = (one.key, *named, Key(one.key.place, ""), Key("", one.key.subject))
        for person in range(one.people):
            day = one.first + timedelta(days=round(length * chance.random() ** 0.6))
            who = f"put {number}/{person}"
            found.append(Heard(who, who, day, chance.randrange(7, 23), keys))
    return found


def _is_of(one: Outbreak, warning: Warning) -> bool:
    """A warning is of an outbreak if it came while it lasted and most who spoke of it are of it."""
    topic = one.key.subject.partition("/")[0]
    of_it = warning.key in (one.key, Key(one.key.place, f"{topic}/"), Key(one.key.place, ""), Key("", one.key.subject))
    put = sum(number.startswith("put ") for number in warning.members)
    return of_it and one.first <= warning.day <= one.last + GRACE and 2 * put >= len(warning.members)


def _first(one: Outbreak, warned: Sequence[Warning]) -> Warning | None:
    return next((warning for warning in warned if _is_of(one, warning)), None)


def _by_size(put: Sequence[Outbreak], met: dict[Outbreak, Warning]) -> list[tuple[str, int, int]]:
    bounds = ((LEAST, 9), (10, 15), (16, SIZES[1]))
    rows = []
    for least, most in bounds:
        sized = [one for one in put if least <= one.people <= most]
        rows.append((f"{least}–{most}", len(sized), sum(one in met for one in sized)))
    return rows
