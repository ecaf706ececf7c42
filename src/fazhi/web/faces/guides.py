"""Guides to every procedure and register, for both faces: which there are, and what one of them says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from fazhi.law import Procedure, Title
from fazhi.ledger import rulebook
from fazhi.rulebook.diagram import draw
from fazhi.rulebook.guide import ROLLS, FieldRow, PaperRow, TermRow, guide_of, is_register, status_words
from fazhi.rulebook.sought import sought
from fazhi.web.faces.clocks import law_words
from fazhi.web.faces.clocks import status_words as plain_status
from fazhi.web.faces.words import day_words, in_english, said, today

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One guide in the list."""

    title: str
    href: str
    source: str
    status: str
    online: bool = False


def found(name: str, day: str = "") -> Procedure | None:
    """The version in force from exactly that day; without a day today's, or the first if all are still to come."""
    versions = rulebook().procedures.get(name, ())
    if day:
        return next((page for page in versions if page.in_force.isoformat() == day), None)
    held = [page for page in versions if page.in_force <= today()]
    return next(reversed(held), versions[0] if versions else None)


def for_all(page: Procedure) -> bool:
    """Whether the public is shown the page: a register that is public, a procedure that some law orders."""
    if is_register(rulebook(), page):
        return page.register is not None and page.register.public
    return page.source is not None and page.source.status != "CONVENTION"


def listed(
    address: Address, *, public: bool, online: Collection[str] = (), words: str = ""
) -> list[tuple[str, list[GuideLine]]]:
    """Every guide of today by what a citizen wants, then of organs, then registers; `words`: that speak of them."""
    pages = [page for name in rulebook().procedures if (page := found(name))]
    pages = [page for page in pages if for_all(page)] if public else pages
    registers = [page for page in pages if is_register(rulebook(), page)]
    others = [page for page in pages if page not in registers]
    groups = [(title, [page for name in names for page in others if page.name == name]) for title, names in wants()]
    placed = {page.name for _title, mine in groups for page in mine}
    rest = [page for page in others if page.name not in placed]
    groups += [
        (_("其他由当事人参加的事项"), [page for page in rest if page.intake.person.zh]),
        (_("机关内部的事项"), [page for page in rest if not page.intake.person.zh]),
        (_("名录和台账"), registers),
    ]
    made = [(title, [_line(page, address, page.name in online) for page in mine if _speaks(page, words)])
            for title, mine in groups]  # fmt: skip
    return [(title, lines) for title, lines in made if lines]


def wants() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Business by what a citizen wants, the most asked for first."""
    return (
        (_("对行政机关的决定不服"), ("reconsideration", "credit_objection", "credit_repair")),
        (_("反映问题、投诉"), ("appeal", "hotline", "consumer_complaint")),
        (_("要政府公开信息"), ("disclosure",)),
        (_("请律师帮忙"), ("legal_aid",)),
        (
            _("有纠纷要解决"),
            (
                "people_mediation",
                "administrative_mediation",
                "labor_arbitration",
                "commercial_mediation",
                "court_mediation",
                "judicial_confirmation",
                "civil_suit",
            ),
        ),
        (_("办许可、办一件事"), ("license", "joint_application")),
        (_("对草案提意见"), ("draft_comment",)),
    )


def _speaks(page: Procedure, words: str) -> bool:
    told = f"{page.title.zh} {page.title.en} {page.source or ''} {' '.join(sought(page.name))}".casefold()
    return all(word in told for word in words.casefold().split())


def _line(page: Procedure, address: Address, online: bool) -> GuideLine:
    status = plain_status(page.source.weakest) if page.source else ""
    return GuideLine(said(page.title), address(page.name), law_words(str(page.source or "")), status, online)


def values_of(page: Procedure, address: Address, *, public: bool) -> dict[str, Any]:
    """What the page of one guide draws."""
    guide = guide_of(page)
    register = is_register(rulebook(), page)
    fields = [row for row in guide.fields if not (public and row.private)]
    versions = rulebook().procedures.get(page.name, ())
    return {
        "title": said(page.title),
        "source": str(page.source or ""),
        "status": said(status_words(page.source)),
        "firm": page.source is not None and page.source.weakest == "VERIFIED",
        "since": day_words(page.in_force, year=True),
        "rolls": said(ROLLS[page.rolls]),
        "register": register,
        "diagram": None if register else diagram(page),
        "terms": [] if register else [_term(row, page) for row in guide.terms],
        "letters": list(_papers(guide.letters, page)),
        "publications": list(_papers(guide.publications, page)),
        "fields": list(_fields(fields)) if register else [],
        "versions": [
            (day_words(one.in_force, year=True), f"{address(page.name)}{one.in_force}/", one is page)
            for one in versions
        ]
        if len(versions) > 1
        else [],
    }


def diagram(page: Procedure) -> SafeString:
    """The states, drawn by our own code, which escapes what the page says."""
    return mark_safe(draw(page, "en" if in_english() else "zh"))  # noqa: S308


def _term(row: TermRow, page: Procedure) -> dict[str, Any]:
    return {
        "title": said(row.title),
        "by": said(row.by),
        "starts": _joined(row.starts),
        "term": said(row.term),
        "stops": _joined(row.stops),
        "more": [said(one) for one in row.more],
        "source": _article(row.source, page),
        "status": said(row.status),
        "firm": row.firm,
    }


def _papers(rows: Iterable[PaperRow], page: Procedure) -> Iterator[tuple[str, str, str]]:
    yield from ((row.name, said(row.act), _article(row.source, page)) for row in rows)


def _article(source: str, page: Procedure) -> str:
    """The article alone where it is of the statute that stands at the head of the guide."""
    return source.removeprefix(str(page.source or "")) or source


def _fields(rows: Iterable[FieldRow]) -> Iterator[dict[str, Any]]:
    for row in rows:
        yield {
            "title": said(row.title),
            "shape": said(row.shape),
            "required": row.required,
            "case": said(row.case),
            "private": row.private,
            "choices": _joined(row.choices),
        }


def _joined(titles: Iterable[Title]) -> str:
    return _("、").join(said(one) for one in titles)
