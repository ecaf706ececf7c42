"""Public places with coordinates, and how far they lie from somewhere: the straight line, and the likely walk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from fazhi.law import Procedure, Title
from fazhi.registers import look
from fazhi.registers.pages import public_names, public_page_of
from fazhi.registers.values import Line, Wanted
from fazhi.rulebook.columns import column_kinds

CENTRES = "place_centre"
"""The register of places to start from."""
POINTS = "service_point"
SAID = ("name", "address", "phone", "hours", "services")
ACROSS, UP = "longitude", "latitude"
EARTH = 6_371_008.8
"""Mean radius in metres."""
DETOUR, PACE = 1.3, 80
"""Streets are this much longer than the straight line; metres on foot in a minute. Both are conventions."""
MOST = 5_000
ROAD = re.compile(r"(?:.*[区县镇]|.*街道)?(.{1,12}?(?:路|大道|街|巷))\d")
"""The name of the road before a house number."""


@dataclass(frozen=True, slots=True)
class At:
    """Degrees in WGS-84, as browsers and satellite receivers give them."""

    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Point:
    """A place of service; `register` and `line` lead to its page, `kind` is what its register calls it."""

    register: str
    line: str
    name: str
    kind: str
    kind_title: Title
    address: str
    phone: str
    hours: str
    services: str
    at: At


def points(day: date, using: str = "public") -> tuple[Point, ...]:
    """Every public line that stands on the day and says where it is, in the order of the registers."""
    names = [name for name in public_names() if name != CENTRES]
    return tuple(point for name in names for point in _points(name, day, using))


def centres(day: date, using: str = "public") -> tuple[Point, ...]:
    """Places to start from, subdistricts first."""
    found = list(_points(CENTRES, day, using))
    order = ("subdistrict", "community", "station")
    return tuple(sorted(found, key=lambda one: (order.index(one.kind) if one.kind in order else 9, one.name)))


def metres(one: At, other: At) -> float:
    """The straight line over the ground (great circle)."""
    up, across = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    part = sin(up / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(across / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def minutes_on_foot(line: float) -> int:
    """How long the walk is likely to take: an estimate from the straight line, never a route."""
    return max(1, round(line * DETOUR / PACE))


def nearest(found: Iterable[Point], start: At) -> list[tuple[float, Point]]:
    """The points with their distance, the nearest first."""
    return sorted(((metres(start, one.at), one) for one in found), key=lambda pair: (pair[0], pair[1].name))


def named(typed: str, known: Sequence[Point]) -> list[Point]:
    """Places whose name, else whose address, holds what was typed; an exact name comes alone. Of an address that is
    not known those named in it, else those in the same road."""
    if exact := [one for one in known if one.name == typed]:
        return exact
    if by_name := [one for one in known if typed in one.name]:
        return by_name
    if by_address := [one for one in known if typed in one.address]:
        return by_address
    if within := [one for one in known if one.name in typed]:
        return within  # a whole address that names its subdistrict
    road = ROAD.match(typed)
    return [one for one in known if road[1] in one.address] if road else []


def _points(name: str, day: date, using: str) -> Iterable[Point]:
    page = public_page_of(name, day)
    kinds = column_kinds(page) if page else {}
    if page is None or ACROSS not in kinds or UP not in kinds:
        return
    after, left = "", MOST
    while left > 0:
        listed = look.public_page(page, Wanted(day), after, look.MOST, using)
        for line in listed.lines:
            if at := _at(line):
                yield _point(page, line, at)
        after, left = listed.after, left - len(listed.lines)
        if not after:
            return


def point_of(page: Procedure, line: Line) -> Point | None:
    """A line as a place that one can go to; None where it does not say where it is, or is no such place."""
    at = _at(line) if page.name != CENTRES else None
    return _point(page, line, at) if at else None


def _point(page: Procedure, line: Line, at: At) -> Point:
    """A point of a register of several kinds is of its own kind; of any other register, of the register's."""
    name, address, phone, hours, services = (line.data.get(column, "") for column in SAID)
    kind, title = page.name, page.title
    if page.name in (POINTS, CENTRES):
        kind = line.data.get("kind", "")
        title = column_kinds(page)["kind"].choice_titles.get(kind, title)
    return Point(page.name, line.address, name, kind, title, address, phone, hours, services, at)


def _at(line: Line) -> At | None:
    """Where a line says it is; None where it does not, or says what cannot be."""
    try:
        at = At(float(line.data[ACROSS]), float(line.data[UP]))
    except (KeyError, ValueError):
        return None
    return at if abs(at.longitude) <= 180 and abs(at.latitude) <= 90 else None
