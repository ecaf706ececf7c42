"""The first card of a guide: who may, within how long, what comes of it and when, what to bring, and where to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from fazhi.law import Procedure
from fazhi.library import look as library
from fazhi.library.values import Head
from fazhi.registers.near import Point, points
from fazhi.rulebook.guide import TermRow, guide_of
from fazhi.web.faces.guides import wants
from fazhi.web.faces.shelves import document_link
from fazhi.web.faces.words import said, today

BY_APPLICANT: Final = ("applicant", "option")
MOST: Final = 3
SAYS_NOTHING: Final = frozenset(
    {"申请人", "提出人", "当事人", "信访人", "诉求人", "Applicant", "By", "Party", "Petitioner", "Caller"}
)
"""What whoever applies is called anyway: it does not tell who may."""
_WHO: Final = "谁可以"
_PAPERS: Final = "材料"
_TO: Final = "向谁"


def card_of(page: Procedure) -> dict[str, Any]:
    """What the card says; empty where a page is not asked for by citizens."""
    if not any(page.name in names for _title, names in wants()):
        return {}
    rows = dict(zip(page.clocks, guide_of(page).terms, strict=True))
    written = _written(page)
    return {
        "who": _passage(written, _WHO),
        "person": _person(page),
        "to": _passage(written, _TO),
        "within": _first(rows, page, own=True),
        "until": _first(rows, page, own=False),
        "papers": _passage(written, _PAPERS) or "、".join(_papers(page)),
        "more": [(head.title, document_link(head)) for head in written],
        "places": [_place(one) for one in points(today()) if one.kind in page.intake.points][:MOST],
    }


def _first(rows: Mapping[str, TermRow], page: Procedure, *, own: bool) -> dict[str, Any]:
    """The first term within which the matter must be brought (`own`), or within which the organ must end it."""
    ends = (
        {page.opens_with} if own else {name for name, kind in page.facts.items() if kind.closes or name == "answered"}
    )
    mine = [
        (name, rule)
        for name, rule in page.clocks.items()
        if rule.term and ends & set(rule.stops) and (rule.by in BY_APPLICANT if own else rule.by in ("", "office"))
    ]
    if not own:
        mine = [one for one in mine if "accepted" in one[1].starts] or [
            one for one in mine if page.opens_with in one[1].starts
        ]
    if not mine:
        return {}
    row = rows[mine[0][0]]
    starts = _("、").join(said(one) for one in row.starts)
    return {
        "term": said(row.term),
        "from": _("自“%(start)s”起") % {"start": starts} if starts else "",
        "source": row.source,
        "status": said(row.status),
        "firm": row.firm,
    }


def _person(page: Procedure) -> str:
    """Who may apply, where the page calls them by what they are."""
    person = said(page.intake.person)
    return "" if person in SAYS_NOTHING else person


def _papers(page: Procedure) -> list[str]:
    """Papers that go with the application, as far as the page names them."""
    opening = page.kind(page.opens_with)
    return [name for name in opening.letters if "申请书" in name][:MOST] if opening else []


def _written(page: Procedure) -> list[Head]:
    """Guides of the library that are written for this business."""
    named = [one for one in library.kept().heads.values() if one.kind == "guide" and page.title.zh in one.title]
    return [one for one in named if one.standing(today()) == "in_force"][:MOST]


def _passage(written: Iterable[Head], about: str) -> str:
    """What the first guide that has a section about it says there."""
    for head in written:
        version = library.version(head.identity)
        for piece in version.pieces if version else ():
            if about in "".join((*piece.headings, piece.label)):
                return piece.text
    return ""


def _place(one: Point) -> dict[str, str]:
    return {"name": one.name, "address": one.address, "phone": one.phone, "hours": one.hours}
