"""The house's own rules as documents: for each kind of business the terms of its page, a section each, by version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date

from fazhi.law import Procedure
from fazhi.library.folder import FileRead
from fazhi.library.values import Head, Piece, Version
from fazhi.rulebook.guide import TermRow, guide_of
from fazhi.rulebook.load import Rulebook
from fazhi.rulebook.sentence import sentence


def rulebook_documents(rulebook: Rulebook) -> Iterator[FileRead]:
    """Every version of every kind of business that has terms; what a term rests on stands in its words."""
    for name, pages in rulebook.procedures.items():
        for page in pages:
            pieces = tuple(_piece(number, row) for number, row in enumerate(guide_of(page).terms, 1))
            if pieces:
                yield FileRead(f"规则库 {name}/{page.in_force}", Version(_head(name, page, pieces), pieces))


def _head(name: str, page: Procedure, pieces: tuple[Piece, ...]) -> Head:
    words = "\n".join([name, str(page.in_force), *(piece.text for piece in pieces)])
    return Head(
        identity="sha256:" + hashlib.sha256(words.encode()).hexdigest(),
        title=f"{page.title.zh}办理期限",
        kind="rulebook",
        label=f"{page.in_force.year}年规则",
        passed=page.in_force,
        since=page.in_force,
        file=f"规则库 {name}/{page.in_force}",
        link=f"/guides/{name}/{page.in_force}/",
    )


def _piece(number: int, row: TermRow) -> Piece:
    """One term in a plain sentence."""
    return Piece(f"s{number}", row.title.zh, (row.title.zh,), sentence(row).zh)


def reply_document(identity: str, title: str, text: str, day: date, link: str) -> FileRead:
    """A published reply as a document of one piece; its words were masked when it was published."""
    digest = hashlib.sha256(f"{identity}\n{title}\n{text}".encode()).hexdigest()
    head = Head(f"sha256:{digest}", title, "reply", f"{day.year}年公开", day, day, file=f"公示 {identity}", link=link)
    return FileRead(head.file, Version(head, (Piece("s1", "", (), text),)))
