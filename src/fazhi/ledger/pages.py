"""Each page a matter was opened under, kept with the record."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from fazhi.law import Procedure
from fazhi.ledger import query
from fazhi.ledger.adopted import rulebook
from fazhi.rulebook.pages import Page
from fazhi.rulebook.pages import digest as page_digest
from fazhi.rulebook.read import read_procedure

_KEEP = "insert into ledger_page (digest, name, in_force, text) values (%s, %s, %s, %s) on conflict do nothing"
__all__ = ["LostPage", "holds", "keep", "locked_page", "parse", "rulebook", "text_of"]

_old: dict[str, Procedure] = {}


class LostPage(LookupError):
    """Neither the rulebook nor the record has the page under which a matter was opened."""


def keep(procedure: Procedure, using: str) -> None:
    """Keep a page's text with the record, if it is not there yet."""
    values = [procedure.digest, procedure.name, procedure.in_force, text_of(procedure)]
    query.run(using, _KEEP, values)


def text_of(procedure: Procedure) -> str:
    """The page in the order in which it was written; its digest does not depend on that order."""
    return json.dumps(rulebook().source_page(procedure).table, ensure_ascii=False, default=str)


def locked_page(digest: str, using: str) -> Procedure:
    """The page a matter is locked to: from the rulebook, or as it read when the rulebook still had it."""
    known = rulebook().digests.get(digest) or _old.get(digest)
    if known is None:
        known = _old[digest] = _read(digest, using)
    return known


def _read(digest: str, using: str) -> Procedure:
    rows = query.fetch(using, "select name, in_force, text from ledger_page where digest = %s", [digest])
    if not rows:
        raise LostPage(f"规则库和记录中都没有摘要为 {digest} 的页面：请从备份恢复。")
    name, in_force, text = rows[0]
    return parse(name, in_force, text)


def holds(own: str, text: str) -> bool:
    """Whether a kept text is the page of this digest."""
    try:
        return page_digest(json.loads(text)) == own
    except ValueError:
        return False


def parse(name: str, in_force: date, text: str) -> Procedure:
    """A page from its kept text, with the common acts of today."""
    page = Page(Path(f"{name}/{in_force}.toml"), json.loads(text))
    return read_procedure(page, name, in_force, rulebook().common)[0]
