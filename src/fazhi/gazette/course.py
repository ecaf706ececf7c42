"""Folds a matter with a public course, and the comments on its draft, into rows that anyone may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fazhi.gazette.follow import PUBLISHED, WITHDRAWN, public_id, root_of
from fazhi.law import Fact, PublicStep, read_day
from fazhi.ledger.view import MatterView
from fazhi.reach.involved import ids_in

WHOLE = 0
DRAFT, CLAUSE, ADOPTION = "draft", "clause", "adoption"


class Courses:
    """One row a matter whose page has a public course, as soon as something of it is published and while it stands."""

    name = "courses"
    table = "gazette_course"
    key = ("id",)
    heavy = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        course = view.matter.page.course
        facts = view.horizon.facts
        items = standing(view, facts) if course else {}
        if course is None or not items:
            return
        ended = next((fact for fact in facts if fact.kind in course.until or fact.kind in view.page.closing), None)
        draft, final = _text(items, facts, course.draft), _text(items, facts, course.final)
        yield {
            "id": course_id(view.id),
            "matter": view.id,
            "procedure": view.procedure,
            "title_zh": view.page.title.zh,
            "title_en": view.page.title.en,
            "unit": view.unit,
            "number": view.number or "",
            "began": view.opened,
            "steps": [_step(view, step, facts, items) for step in course.steps],
            "draft": draft,
            "final": final,
            "comments": course.comments if draft and ended is None else "",
            "changed": max(fact.day for fact in facts if fact.kind == PUBLISHED),
        }


class Comments:
    """One row a comment on a draft: on which clause it is and what became of it; its words only where published."""

    name = "comments"
    table = "gazette_comment"
    key = ("id",)
    heavy = False

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]:
        facts = view.horizon.facts
        opened = next((fact for fact in facts if fact.kind in view.page.opening and DRAFT in fact.fields), None)
        if opened is None or any(fact.kind == "withdrawn" for fact in facts):
            return
        of = next(iter(ids_in([opened.fields[DRAFT]])), None)
        if of is None:
            return
        items = standing(view, facts)
        clause = opened.fields.get(CLAUSE, "")
        yield {
            "id": public_id(view.id, 0),
            "matter": view.id,
            "course": course_id(of),
            "clause": int(clause) if clause.isdecimal() and len(clause) < 5 else WHOLE,
            "adoption": next((fact.fields[ADOPTION] for fact in facts if ADOPTION in fact.fields), ""),
            "item": next(iter(items.values()), ""),
            "day": opened.day,
        }


def course_id(matter: UUID) -> str:
    """The public address of a matter's course; it leads back to no matter."""
    return public_id(matter, 0)


def standing(view: MatterView, facts: Iterable[Fact]) -> dict[int, str]:
    """The publications that stand, by the entry that each of them publishes."""
    known = list(facts)
    gone = {int(fact.fields.get("entry") or 0) for fact in known if fact.kind == WITHDRAWN}
    found: dict[int, str] = {}
    for fact in known:
        root = root_of(view, fact.entry)
        if fact.kind == PUBLISHED and not {root, fact.entry} & gone:
            found[int(fact.fields.get("entry") or 0)] = public_id(view.id, root)
    return found


def _text(items: Mapping[int, str], facts: Iterable[Fact], kind: str) -> str:
    return next((items[fact.entry] for fact in facts if fact.kind == kind and fact.entry in items), "")


def _step(view: MatterView, step: PublicStep, facts: Iterable[Fact], items: Mapping[int, str]) -> dict[str, Any]:
    page = view.matter.page
    told: list[dict[str, Any]] = []
    for fact in (one for one in facts if one.kind in step.facts):
        title = page.facts[fact.kind].title
        item = items.get(fact.entry, "")
        told.append({"zh": title.zh, "en": title.en, "day": fact.day.isoformat(), "item": item})
        until, announced = _until(view, fact)
        if until is not None:
            told[-1] |= {"until": until.isoformat(), "announced": announced}
    return {"zh": step.title.zh, "en": step.title.en, "facts": told}


def _until(view: MatterView, fact: Fact) -> tuple[date | None, bool]:
    """Until when one may comment on what this act published, and whether the organ announced that day: never before
    the last day of the shortest time that the law leaves."""
    course = view.matter.page.course
    if course is None or fact.kind != course.draft:
        return None, False
    ends = set(course.until)
    days = [
        clock.earliest
        for clock in view.horizon.clocks
        if clock.earliest is not None and clock.started.entry == fact.entry and ends & set(clock.rule.stops)
    ]
    lawful, announced = max(days, default=None), read_day(fact.fields.get(course.last_day, ""))
    if announced is None or (lawful is not None and announced < lawful):
        return lawful, False
    return announced, True


FOLLOWERS = (Courses(), Comments())
