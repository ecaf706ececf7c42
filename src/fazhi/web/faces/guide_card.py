"""The first card of a guide: who may, within how long, what comes of it and when, what to bring, and where to go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _

from fazhi.law import Procedure, Title
from fazhi.library import look as library
from fazhi.registers.near import Point, points
from fazhi.rulebook.guide import TermRow, guide_of
from fazhi.web.faces.shelves import document_link
from fazhi.web.faces.words import said, today

Joined = Callable[[Iterable[Title]], str]
BY_APPLICANT: Final = ("applicant", "option")
PLACES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "appeal": ("complaint",),
        "hotline": ("complaint",),
        "reconsideration": ("legal",),
        "legal_aid": ("legal",),
        "people_mediation": ("street", "trade", "mediation"),
    }
)
"""Kinds of service points at which a kind of business is taken in."""
MOST: Final = 3


def card_of(page: Procedure) -> dict[str, Any]:
    """What the card says; empty where a page is not asked for by people."""
    if not page.intake.person.zh:
        return {}
    rows = dict(zip(page.clocks, guide_of(page).terms, strict=True))
    return {
        "who": said(page.intake.person),
        "within": _first(rows, page, own=True),
        "until": _first(rows, page, own=False),
        "papers": _papers(page),
        "more": _written(page),
        "places": [_place(one) for one in points(today()) if one.kind in PLACES.get(page.name, ())][:MOST],
    }


def _first(rows: Mapping[str, TermRow], page: Procedure, *, own: bool) -> dict[str, Any]:
    """The first term within which the matter must be brought (`own`), or within which the organ must end it."""
    ends = {page.opens_with} if own else {name for name, kind in page.facts.items() if kind.closes or "answer" in name}
    for name, rule in page.clocks.items():
        mine = rule.by in BY_APPLICANT if own else rule.by in ("", "office")
        if mine and rule.term is not None and ends & set(rule.stops) and (own or page.opens_with not in rule.stops):
            row = rows[name]
            starts = _("、").join(said(one) for one in row.starts)
            return {
                "term": said(row.term),
                "from": _("自“%(start)s”起") % {"start": starts} if starts else "",
                "source": row.source,
                "status": said(row.status),
                "firm": row.firm,
            }
    return {}


def _papers(page: Procedure) -> list[str]:
    """Papers that go with the application, as far as the page names them."""
    opening = page.kind(page.opens_with)
    mine = [kind for kind in page.facts.values() if kind.by == "applicant"]
    kinds = [*([opening] if opening else []), *mine]
    return list(dict.fromkeys(name for kind in kinds for name in kind.letters if "申请书" in name))[:MOST]


def _written(page: Procedure) -> list[tuple[str, str]]:
    """Guides of the library that are written for this business."""
    kept = library.kept().heads.values()
    named = [one for one in kept if one.kind == "guide" and page.title.zh in one.title]
    return [(one.title, document_link(one)) for one in named if one.standing(today()) == "in_force"][:MOST]


def _place(one: Point) -> dict[str, str]:
    return {"name": one.name, "address": one.address, "phone": one.phone, "hours": one.hours}
