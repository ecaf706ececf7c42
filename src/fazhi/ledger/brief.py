"""What a list says of many matters: heading, number, parties and opening, without reading their whole course."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from fazhi.law import Procedure
from fazhi.ledger import cipher, query
from fazhi.ledger.entry import EntryLine
from fazhi.ledger.heading import number_in, parties_in
from fazhi.ledger.pages import locked_page
from fazhi.ledger.view import MatterView

OPENING = 1
_BRIEFS = """
select m.id, m.page, m.opened, m.unit, m.old_number, e.seq, e.kind, e.corrects, e.strikes, e.fields, e.body,
       b.salt, b.sealed
from ledger_matter m join ledger_entry e on e.matter = m.id left join ledger_body b on b.entry = e.id{opened}
where m.id = any (%s){heading} order by m.id, e.seq
"""
_OPENED = " and (e.seq = 1 or e.corrects = 1)"
_HEADING = " and (e.seq = 1 or e.corrects = 1 or e.kind = 'numbered' or e.fields ? 'parties')"

_COURSES = """
select m.id, m.page, e.kind from ledger_matter m join ledger_entry e on e.matter = m.id
where m.id = any (%s) and not e.strikes
  and not exists (select from ledger_entry c where c.matter = m.id and c.corrects = e.seq and c.strikes)
order by m.id, e.seq
"""


@dataclass(frozen=True, slots=True)
class BriefLine:
    """As much of an entry as lists need; `kept` are salt and cipher text of its body."""

    seq: int
    kind: str
    corrects: int | None
    strikes: bool
    fields: Mapping[str, str]
    commitment: str
    kept: tuple[bytes, bytes] | None


@dataclass(frozen=True)
class Brief:
    """One matter in brief. Without `texts` only the opening can be read, with its corrections; bodies are opened when
    asked for."""

    id: UUID
    page: Procedure
    opened: date
    unit: UUID
    old_number: str
    entries: tuple[BriefLine, ...]

    @cached_property
    def number(self) -> str | None:
        """As of a whole view."""
        return number_in(self.entries) or self.old_number or None

    @cached_property
    def parties(self) -> tuple[UUID, ...]:
        """As of a whole view."""
        return parties_in(self.entries)

    def body(self, seq: int) -> Mapping[str, str] | None:
        """As of a whole view: empty if there never was one, None if it was erased."""
        line = next((one for one in self.entries if one.seq == seq), None)
        if line is None or not line.commitment:
            return {}
        return cipher.open_body(self.id, seq, *line.kept, line.commitment) if line.kept else None


def read_briefs(matters: Iterable[UUID], *, texts: bool = False, using: str = "default") -> dict[UUID, Brief]:
    """The matters that exist, by id, in one statement whatever their number; with `texts` every body can be read."""
    wanted = list(matters)
    if not wanted:
        return {}
    statement = _BRIEFS.format(opened="" if texts else _OPENED, heading="" if texts else _HEADING)
    heads: dict[UUID, list[Any]] = {}
    lines: dict[UUID, list[BriefLine]] = defaultdict(list)
    for one, *head, seq, kind, corrects, strikes, fields, body, salt, sealed in query.fetch(using, statement, [wanted]):
        heads[one] = head
        said = json.loads(fields) if isinstance(fields, str) else fields
        kept = (bytes(salt), bytes(sealed)) if sealed is not None else None
        lines[one].append(BriefLine(seq, kind, corrects, strikes, said, body, kept))
    return {
        one: Brief(one, locked_page(page, using), opened, unit, old_number, tuple(lines[one]))
        for one, (page, opened, unit, old_number) in heads.items()
    }


def courses_of(matters: Iterable[UUID], *, using: str = "default") -> dict[UUID, tuple[Procedure, tuple[str, ...]]]:
    """The page of each matter and the kinds of its entries that stand, in the order they were recorded."""
    wanted = list(matters)
    found: dict[UUID, tuple[str, list[str]]] = {}
    for one, page, kind in query.fetch(using, _COURSES, [wanted]) if wanted else ():
        found.setdefault(one, (page, []))[1].append(kind)
    return {one: (locked_page(page, using), tuple(kinds)) for one, (page, kinds) in found.items()}


def opening_of(matter: MatterView | Brief) -> Mapping[str, str]:
    """The text a matter was opened with, as last corrected; empty once erased."""
    entries: Sequence[EntryLine | BriefLine] = matter.entries
    corrections = (line.seq for line in reversed(entries) if line.corrects == OPENING and not line.strikes)
    return matter.body(next(corrections, OPENING)) or {}


def texts_of(matter: MatterView | Brief) -> Iterator[str]:
    """What was written in the entries that stand, in order."""
    entries: Sequence[EntryLine | BriefLine] = matter.entries
    struck = {line.corrects for line in entries if line.corrects is not None}
    for line in entries:
        if line.seq not in struck:
            yield from (text for text in (matter.body(line.seq) or {}).values() if text)
