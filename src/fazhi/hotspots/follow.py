"""The follower that keeps voices comparable: marks of what was lodged, and the matter each was joined to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from fazhi.hotspots.marks import marks_of, places_of
from fazhi.ledger.joined import lead_of
from fazhi.ledger.view import MatterView
from fazhi.reach.involved import involved

VOICES = frozenset({"appeal", "hotline"})
"""Kinds of business in which people speak up; others may be joined by hand and are not compared."""


class Voices:
    """One row a matter. An erased body leaves a row without marks: it still counts, and is found no more."""

    name: ClassVar[str] = "hotspots"
    table: ClassVar[str] = "hotspots_voice"
    key: ClassVar[tuple[str, ...]] = ("matter",)
    heavy: ClassVar[bool] = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        if view.procedure not in VOICES:
            return
        title, text = spoken(view)
        place = placed(view)
        yield {
            "matter": view.id,
            "procedure": view.procedure,
            "unit": involved(view).unit_for(""),
            "day": view.opened,
            "lead": lead_of(view.horizon.facts),
            "marks": list(marks_of(title, text)) if title or text else [],
            "places": list(places_of(title, text, place)),
        }


FOLLOWERS = (Voices(),)


def spoken(view: MatterView) -> tuple[str, str]:
    """Title and text of the opening as last corrected, the place with the text; empty where it was erased."""
    said = _opening(view)
    return said.get("title", ""), " ".join(part for part in (said.get("text", ""), said.get("place", "")) if part)


def placed(view: MatterView) -> str:
    """Where it is, as the opening says in a field of its own."""
    return _opening(view).get("place", "")


def _opening(view: MatterView) -> Mapping[str, str]:
    openings = [line for line in view.entries if line.kind == view.page.opens_with and not line.strikes]
    return (view.body(openings[-1].seq) if openings else None) or {}
