"""What the matter's page says of letters: those its acts call for, those made, and the papers of the whole file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fazhi.desk.lettering import KIND
from fazhi.law import read_clocks
from fazhi.ledger import now, rulebook
from fazhi.letters.fill import OPEN, Block
from fazhi.letters.make import Offer, offers, personal, templates
from fazhi.letters.paper import GAP
from fazhi.people import parties
from fazhi.rulebook.templates import Template
from fazhi.web.faces.words import said
from fazhi.web.office.gate import Here, acting, may_do, show_refused
from fazhi.worklist.values import CourseEntry, MatterPage


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter on the matter's page: how to make it, what was made of it, or who sends it."""

    title: str
    zh: str
    act: str
    day: date | None
    make_href: str
    made: tuple[tuple[date, str], ...] = ()
    arrives: str = ""


def may_write(page: MatterPage, here: Here) -> bool:
    """Letters are filled from texts in the clear: by those who work on the matter, and nobody else."""
    return may_do(here, page.view)


def papers_of(page: MatterPage, here: Here) -> dict[str, Any]:
    """The card of letters, for those who may write them; the latest act first."""
    if not may_write(page, here):
        return {}
    made = made_of(page)
    by_seq = {entry.seq: entry for entry in page.course if entry.seq}
    reading = read_clocks(page.view.matter, now(), rulebook().calendar)
    lines = [_line(page, offer, by_seq.get(offer.entry), made) for offer in reversed([*offers(page.view, reading)])]
    whole = [_line(page, Offer(1, one), None, made) for one in templates().of_matters]
    lines.sort(key=lambda line: bool(line.made or line.arrives))
    return {
        "letters": lines,
        "papers": whole,
        "file_href": reverse("office:whole", args=[page.id]) if "reveal" in acting(here, page.view).powers else "",
    }


def _line(
    page: MatterPage, offer: Offer, entry: CourseEntry | None, made: dict[tuple[str, int], list[tuple[date, str]]]
) -> LetterLine:
    template = offer.template
    return LetterLine(
        said(offer.title),
        template.name,
        said(entry.title) if entry else "",
        entry.day if entry else None,
        "" if template.arrives else reverse("office:letter", args=[page.id, offer.entry, template.name]),
        tuple(made.get((template.name, offer.entry), ())),
        arrival_words(template.arrives) if template.arrives else "",
    )


def arrival_words(sender: str) -> str:
    return _("由%(sender)s制发，收到后作为附件登记") % {"sender": sender}


def made_of(page: MatterPage) -> dict[tuple[str, int], list[tuple[date, str]]]:
    """Letters kept, by name and entry: the day each was made, and the way to it."""
    found: dict[tuple[str, int], list[tuple[date, str]]] = {}
    for line in page.view.entries:
        if line.kind == KIND and not struck(page, line.seq) and line.fields.get("files"):
            file = UUID(line.fields["files"].split()[0])
            at = (line.fields.get("letter", ""), int(line.fields.get("entry", "0")))
            found.setdefault(at, []).append((line.day, reverse("office:kept", args=[page.id, file])))
    return found


def struck(page: MatterPage, seq: int) -> bool:
    return any(entry.seq == seq and entry.struck_by for entry in page.course)


def letter_entry(page: MatterPage, file: UUID) -> CourseEntry | None:
    """The entry by which the file was kept as a letter; None for any other file."""
    return next((entry for entry in page.course if entry.kind == KIND and file in entry.files), None)


def may_open(page: MatterPage, here: Here, entry: CourseEntry) -> bool:
    """Whether a kept letter may be opened. It tells of its people: the look is recorded like any other."""
    if not personal(page.view):
        return True
    if "reveal" not in acting(here, page.view).powers:
        return False
    name = next((one.value for one in entry.fields if one.name == "letter"), "")
    parties.read_texts(page.id, acting(here, page.view), f"打开文书《{name}》")
    for one in page.parties:
        if not one.erased:
            parties.reveal(one.id, acting(here, page.view), f"打开文书《{name}》", matter=page.id)
    return True


def pieces(block: Block) -> Iterator[tuple[str, bool]]:
    """The text of a block, each piece with whether it is the mark of something missing."""
    yield from ((piece, piece.startswith(OPEN)) for piece in GAP.split(block.text) if piece)


def sheet(blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """A paper as its template draws it."""
    return [
        {
            "kind": block.kind,
            "pieces": list(pieces(block)),
            "rows": [(label, list(pieces(Block("text", text)))) for label, text in block.rows],
        }
        for block in blocks
    ]


def find_template(page: MatterPage, seq: int, name: str) -> Template | None:
    """The template of a letter that this entry calls for, or of a paper of the whole file."""
    known = templates()
    if seq == 1 and (whole := next((one for one in known.of_matters if one.name == name), None)):
        return whole
    entry = next((one for one in page.course if one.seq == seq and not (one.struck_by or one.strikes)), None)
    return known.find(page.procedure, name) if entry is not None and name in entry.letters else None


def show_unopened(request: HttpRequest, here: Here) -> HttpResponse:
    text = _("文书写有当事人的完整信息，须由具有“查看当事人信息”权限的岗位打开。")
    return show_refused(request, here, _("不能打开这份文书"), text)
