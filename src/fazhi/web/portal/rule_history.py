"""What became of one normative document: made, changed, looked through in a clean-up, expired or abolished, by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.answers.told import label_words
from fazhi.gazette import drafts as course
from fazhi.gazette import look as gazette
from fazhi.law import Procedure
from fazhi.library import look as library
from fazhi.library.names import plain_name
from fazhi.library.values import Head
from fazhi.registers import look
from fazhi.registers.pages import public_page_of
from fazhi.registers.values import Line, Wanted
from fazhi.rulebook.columns import column_kinds
from fazhi.web.faces import shelves
from fazhi.web.faces.registers import value_words
from fazhi.web.faces.words import day_words, said

CLEANED: Final = "document_cleanup"
UNTIL: Final = "day"
TEXT: Final = "text"
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the document on a day; `href` leads to where it is said."""

    day: date
    title: str
    told: str = ""
    href: str = ""

    @property
    def when(self) -> str:
        """The day with its year: a history runs over several."""
        return day_words(self.day, year=True)


def ends_words(line: Line) -> str:
    """How a line came to its end: by the last day of its validity, or because it was taken out before."""
    last = line.data.get(UNTIL, "")
    if line.until and last and date.fromisoformat(last) < line.until:
        return _("有效期届满")
    return _("废止或者移出")


def events_of(page: Procedure, versions: Sequence[Line], today: date) -> list[Event]:
    """The history, the oldest first: of the list, of clean-ups, of texts in the library, of what was published."""
    now = versions[-1]
    number, name = now.data.get("number", ""), now.data.get("name", "")
    found = [*_listed(page, versions, today), *_cleaned(number, today), *_texts(name)]
    found += [
        Event(item.day, _("公示"), item.title, reverse("portal:notice", args=[item.id]))
        for item in gazette.page(words=f"{name}", limit=MOST).items
        if name and item.withdrawn is None
    ]
    return sorted(found, key=lambda one: one.day)


def dates_of(versions: Sequence[Line], text: dict[str, Any] | None) -> list[tuple[str, str]]:
    """When the document was made public and since when its text holds, as far as list or library know."""
    issued = versions[0].data.get("issued", "")
    since = text["since"] if text else None
    passed = text.get("passed") if text else None
    told = [(_("公布"), date.fromisoformat(issued) if issued else passed), (_("施行"), since or versions[0].since)]
    return [(label, day_words(day, year=True)) for label, day in told if day]


def _listed(page: Procedure, versions: Sequence[Line], today: date) -> list[Event]:
    first, kinds = versions[0], column_kinds(page)
    issued = first.data.get("issued", "")
    found = [Event(date.fromisoformat(issued), _("公布"))] if issued else []
    found.append(Event(first.since, _("列入现行有效文件")))
    for before, after in pairwise(versions):
        names = [name for name in kinds if before.data.get(name) != after.data.get(name) and name != TEXT]
        told = [
            said(kinds[name].title) + _("：") + value_words(kinds[name], after.data.get(name, ""), {}) for name in names
        ]
        told += [_("正文有修改")] if before.data.get(TEXT) != after.data.get(TEXT) else []
        if told and after.since <= today:
            found.append(Event(after.since, _("修改"), _("；").join(told)))
    last = versions[-1]
    if last.leaves and last.until and last.until <= today:
        found.append(Event(last.until, ends_words(last)))
    return found


def _cleaned(number: str, today: date) -> list[Event]:
    """What clean-ups decided of it, where they are published."""
    page = public_page_of(CLEANED, today)
    if page is None or not number:
        return []
    lines = look.public_page(page, Wanted(today, "all", {"number": number}), limit=MOST).lines
    kinds = column_kinds(page)
    return [
        Event(
            line.since,
            _("清理") + _("：") + value_words(kinds["decision"], line.data.get("decision", ""), {}),
            line.data.get("campaign", ""),
            reverse("portal:register_line", args=[CLEANED, line.address]),
        )
        for line in lines
        if line.data.get("number") == number
    ]


def heads_of(name: str) -> Sequence[Head]:
    """The versions of the document in the library, in the order in which they hold; none if it is not kept there."""
    return [head for head in (library.kept().names.get(plain_name(name)) or ()) if head.kind == "normative"]


def _texts(name: str) -> list[Event]:
    found = []
    for head in heads_of(name):
        if head.since:
            link = shelves.document_link(head, day=head.since)
            found.append(Event(head.since, _("文本施行"), label_words(head.label), link))
    return found


def texts_of(versions: Sequence[Line], name: str) -> list[dict[str, Any]]:
    """Every text there is of the document by the day from which it holds: of the library, else of the list."""
    found: list[dict[str, Any]] = []
    for head in heads_of(name):
        kept = library.version(head.identity, "public")
        told = "\n".join(f"{piece.label} {piece.text}".strip() for piece in kept.pieces) if kept else ""
        found.append(
            {
                "since": head.since,
                "passed": head.passed,
                "label": label_words(head.label),
                "text": told,
                "href": shelves.document_link(head),
            }
        )
    if not found:
        for line in versions:
            told = line.data.get(TEXT, "")
            if told and not is_link(told) and (not found or found[-1]["text"] != told):
                found.append({"since": line.since, "label": "", "text": told, "href": ""})
    return found


def is_link(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def changes_of(texts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The differences of each text from the one before, the newest first."""
    found = []
    for before, after in pairwise(texts):
        told = course.differences(course.clauses(before["text"]), course.clauses(after["text"]))
        lines = [[{"what": what, "text": text} for what, text in line] for line in told]
        found.append({"since": after["since"], "label": after["label"], "lines": lines})
    return found[::-1]


def made_in(name: str) -> list[dict[str, str]]:
    """Pages on which the document was made: draft, comments and decision."""
    plain = plain_name(name)
    return [
        {"href": reverse("portal:draft", args=[one.id]), "title": one.title}
        for one in course.listed()
        if plain and plain in plain_name(one.title)
    ]
