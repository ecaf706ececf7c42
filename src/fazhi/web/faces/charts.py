"""Numbers over time as a drawing: bars for amounts, a line for shares; the table with the numbers stands beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, FOOT = 6, 6, 20, 22


@dataclass(frozen=True, slots=True)
class Point:
    """One place on the axis: a short label beneath it, its value in words; no value where there is no data."""

    label: str
    value: Decimal | None
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point as it is drawn, in units of the drawing."""

    label: str
    words: str
    x: float
    y: float
    left: float
    width: float
    height: float
    drawn: bool
    told: bool
    """Whether its value is written beside it: the largest and the last are."""
    under: bool
    """Whether it is written beneath, where a line comes down to it."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its name for those who cannot see it."""

    title: str
    shape: Literal["bars", "line"]
    marks: tuple[Mark, ...]
    floor: float

    width = WIDTH
    height = HEIGHT

    @property
    def runs(self) -> tuple[str, ...]:
        """Polylines, broken where there is no data."""
        found: list[list[str]] = [[]]
        for mark in self.marks:
            if mark.drawn:
                found[-1].append(f"{mark.x},{mark.y}")
            elif found[-1]:
                found.append([])
        return tuple(" ".join(run) for run in found if len(run) > 1)


def chart(title: str, points: Sequence[Point], *, line: bool = False) -> Chart | None:
    """The drawing of some points, from the least of them or nought upwards; None where fewer than two have a value."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2:
        return None
    low, high = min(Decimal(0), *known), max(Decimal(0), *known)
    tall, step = HEIGHT - TOP - FOOT, (WIDTH - LEFT - RIGHT) / len(points)
    reach = high - low or Decimal(1)

    def at(value: Decimal) -> float:
        return round(TOP + tall * float((high - value) / reach), 1)

    floor, last = at(Decimal(0)), max(place for place, one in enumerate(points) if one.value is not None)
    largest = max(range(len(points)), key=lambda place: (points[place].value is not None, points[place].value or 0))
    marks: list[Mark] = []
    for place, point in enumerate(points):
        x = round(LEFT + step * (place + 0.5), 1)
        y = floor if point.value is None else at(point.value)
        size = {"left": round(x - step * 0.32, 1), "width": round(step * 0.64, 1), "height": round(abs(floor - y), 1)}
        drawn = point.value is not None
        before = marks[-1] if marks else None
        under = line and before is not None and before.drawn and before.y < y - 4
        spot = y if line else min(y, floor)
        told = drawn and place in (largest, last)
        marks.append(Mark(point.label, point.words, x, spot, **size, drawn=drawn, told=told, under=under))
    return Chart(title, "line" if line else "bars", tuple(marks), floor)
