"""Reading a matter: its lines as recorded, its facts as the law core takes them, its bodies on demand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from fazhi.law import Fact, Matter, Procedure, Reading
from fazhi.ledger import cipher, query
from fazhi.ledger.chain import opening_digest
from fazhi.ledger.entry import EntryLine, UnknownMatter
from fazhi.ledger.heading import number_in, parties_in
from fazhi.ledger.horizon import horizon_of
from fazhi.ledger.pages import locked_page, rulebook

LINE_COLUMNS = (
    "e.id, e.matter, e.seq, e.kind, e.page, e.day, e.moment, e.thread, e.fields, e.unit, e.post, e.account, e.face,"
    " e.corrects, e.strikes, e.key, e.body, e.body_key, e.recorded_at, e.prev, e.digest"
)
_LINES = """
select m.procedure, m.page, m.opened, m.unit, m.parent, m.parent_thread, m.old_number, m.external_number,
       transaction_timestamp(),
       {columns}
from ledger_matter m join ledger_entry e on e.matter = m.id {joined}
where (m.id = {ids} or m.parent = {ids}) {until}
order by e.matter, e.seq
"""
_MANY = "any (%s)"
_ONE = "%s"  # a list of one would be planned anew every time
_BODIES = "left join ledger_body b on b.entry = e.id"
_UNTIL = "and e.id in (select entry from ledger_position where position <= %s)"
_HEAD = 9
_END = _HEAD + LINE_COLUMNS.count(",") + 1
_Lines = dict[UUID, list[EntryLine]]
_Heads = dict[UUID, tuple[Any, ...]]
_Kept = dict[UUID, dict[int, tuple[bytes, bytes]]]


@dataclass(frozen=True)
class MatterView:
    """One matter at one position. Bodies are fetched and opened only when asked for.

    `head` is its last seq, `opened` the lawful day of opening, `unit` the receiving unit, `as_of` the moment of the
    transaction that read it.
    """

    id: UUID
    page: Procedure
    opened: date
    unit: UUID
    parent: UUID | None
    parent_thread: str
    old_number: str
    external_number: str
    as_of: datetime
    entries: tuple[EntryLine, ...]
    children: tuple[MatterView, ...] = ()
    using: str = "default"
    known: Mapping[int, Mapping[str, str] | None] = field(default_factory=dict, repr=False)

    @property
    def procedure(self) -> str:
        return self.page.name

    @property
    def head(self) -> int:
        return self.entries[-1].seq if self.entries else 0

    @property
    def head_digest(self) -> str:
        """What the next line is chained to."""
        if self.entries:
            return self.entries[-1].digest
        row = (self.id, self.procedure, self.page.digest, self.opened, self.unit, self.parent, self.parent_thread)
        return opening_digest(*row, self.old_number, self.external_number)

    @cached_property
    def number(self) -> str | None:
        """The official number given here, else the one it brought along, else none."""
        return number_in(self.entries) or self.old_number or None

    @cached_property
    def parties(self) -> tuple[UUID, ...]:
        """The parties named by any entry, in order of first mention."""
        return parties_in(self.entries)

    @cached_property
    def matter(self) -> Matter:
        """The matter as the law core reads it, sub-matters joined by thread."""
        family: dict[str, list[Matter]] = defaultdict(list)
        for child in self.children:
            family[child.parent_thread].append(child.matter)
        facts = tuple(fact_of(line) for line in self.entries if knows(self.page, line.kind))
        joined = {thread: tuple(members) for thread, members in family.items()}
        return Matter(self.page, facts, joined, rulebook().later(self.page))

    @cached_property
    def horizon(self) -> Reading:
        """Every run the entries imply if nothing further happens; a pure function of the entries."""
        return horizon_of(self.matter, rulebook().calendar)

    def entry(self, seq: int) -> EntryLine | None:
        return self.entries[seq - 1] if 0 < seq <= len(self.entries) else None

    def body(self, seq: int) -> Mapping[str, str] | None:
        """The free text of an entry: empty if it never had any, None if it was erased."""
        line = self.entry(seq)
        if line is None or not line.commitment:
            return {}
        if seq in self.known:
            return self.known[seq]
        if seq not in self._read:  # several rooms read the same text
            row = self._rows.get(seq)
            self._read[seq] = cipher.open_body(self.id, seq, row[0], row[1], line.commitment) if row else None
        return self._read[seq]

    @cached_property
    def _read(self) -> dict[int, Mapping[str, str] | None]:
        return {}

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """The sealed position of each entry by seq; entries without one are not yet sealed."""
        return _positions([self.id], self.using).get(self.id, {})

    @cached_property
    def _rows(self) -> dict[int, tuple[bytes, bytes]]:
        return _bodies([self.id], self.using).get(self.id, {})

    def grown(self, lines: Sequence[EntryLine], bodies: Mapping[int, Mapping[str, str]]) -> MatterView:
        """The view after `lines` were added, without asking the database again."""
        return self._with(entries=(*self.entries, *lines), known={**self.known, **bodies})

    def without(self, seqs: Sequence[int]) -> MatterView:
        """The view as if these bodies were erased already."""
        return self._with(known={**self.known, **dict.fromkeys(seqs)}) if seqs else self

    def _with(self, **changed: Any) -> MatterView:
        """Changed, with the bodies that were fetched already."""
        view = replace(self, **changed)
        if "_rows" in vars(self):
            vars(view)["_rows"] = self._rows
        return view


def knows(page: Procedure, kind: str) -> bool:
    return kind in page.facts or kind in page.common


def fact_of(line: EntryLine) -> Fact:
    return Fact(
        kind=line.kind,
        day=line.day,
        moment=line.moment,
        fields=line.fields,
        thread=line.thread,
        entry=line.seq,
        corrects=line.corrects,
        strikes=line.strikes,
    )


def read(matter: UUID, *, at: int | None = None, using: str = "default", bodies: bool = False) -> MatterView:
    """One matter with its sub-matters; `at` reads only what had been sealed up to that position. UnknownMatter.
    `bodies` fetches them with the lines, for those who are about to open every one."""
    found = read_many([matter], at=at, using=using, bodies=bodies)
    if matter not in found:
        raise UnknownMatter(f"没有这一事项：{matter}。请核对链接或查询编号。")
    return found[matter]


def read_many(
    matters: Iterable[UUID], *, at: int | None = None, using: str = "default", bodies: bool = False
) -> dict[UUID, MatterView]:
    """The matters that exist, by id, in a statement or two whatever their number."""
    wanted = list(matters)
    lines, heads, kept = _gather(wanted, at, using, bodies)
    asked = set(wanted)
    fresh = [one for one in lines if one not in asked]
    while fresh:  # sub-matters of sub-matters, seldom there
        more, more_heads, _ = _gather(fresh, at, using, False)
        fresh = [one for one in more if one not in lines]
        lines.update(more)
        heads.update(more_heads)
    kin: dict[UUID, list[UUID]] = defaultdict(list)
    for one, head in heads.items():
        if head[4] is not None:
            kin[head[4]].append(one)
    views = {one: _view(one, lines, heads, kin, using) for one in wanted if one in lines}
    for one, view in views.items() if bodies else ():
        vars(view)["_rows"] = kept[one]
    return views


def preload(views: Iterable[MatterView], using: str) -> None:
    """Fetch bodies and positions of many matters at once, for folds over all of them."""
    found = {view.id: view for view in views}
    ids = list(found)
    bodies, positions = _bodies(ids, using), _positions(ids, using)
    for one, view in found.items():
        vars(view).update(_rows=bodies.get(one, {}), positions=positions.get(one, {}))


def _bodies(ids: list[UUID], using: str) -> _Kept:
    kept: _Kept = defaultdict(dict)
    statement = "select matter, seq, salt, sealed from ledger_body where matter = any (%s)"
    for matter, seq, salt, sealed in query.fetch(using, statement, [ids]):
        kept[matter][seq] = (bytes(salt), bytes(sealed))
    return kept


def _positions(ids: list[UUID], using: str) -> dict[UUID, dict[int, int]]:
    kept: dict[UUID, dict[int, int]] = defaultdict(dict)
    statement = (
        "select e.matter, e.seq, p.position from ledger_entry e join ledger_position p on p.entry = e.id"
        " where e.matter = any (%s)"
    )
    for matter, seq, position in query.fetch(using, statement, [ids]):
        kept[matter][seq] = position
    return kept


def _gather(ids: list[UUID], at: int | None, using: str, bodies: bool) -> tuple[_Lines, _Heads, _Kept]:
    columns, joined = (LINE_COLUMNS + ", b.salt, b.sealed", _BODIES) if bodies else (LINE_COLUMNS, "")
    few, wanted = (_ONE, ids[0]) if len(ids) == 1 else (_MANY, ids)
    statement = _LINES.format(columns=columns, joined=joined, ids=few, until=_UNTIL if at is not None else "")
    rows = query.fetch(using, statement, [wanted, wanted, at] if at is not None else [wanted, wanted])
    lines: _Lines = defaultdict(list)
    heads: _Heads = {}
    kept: _Kept = defaultdict(dict)
    for row in rows:
        line = line_of(row[_HEAD:_END])
        if line.seq == len(lines[line.matter]) + 1:  # up to a position, what stands after a gap is not yet there
            lines[line.matter].append(line)
        heads.setdefault(line.matter, row[:_HEAD])
        if bodies and row[-1] is not None:
            kept[line.matter][line.seq] = (bytes(row[-2]), bytes(row[-1]))
    return {one: found for one, found in lines.items() if found}, heads, kept


def line_of(row: Sequence[Any]) -> EntryLine:
    """A line from its columns in the order of the table, `tx` left out."""
    fields = json.loads(row[8]) if isinstance(row[8], str) else row[8]
    values: list[Any] = [*row[:8], fields, *row[9:]]
    return EntryLine(*values)


def _view(
    one: UUID,
    lines: Mapping[UUID, Sequence[EntryLine]],
    heads: Mapping[UUID, tuple[Any, ...]],
    kin: Mapping[UUID, Sequence[UUID]],
    using: str,
) -> MatterView:
    _, page, opened, unit, parent, thread, old, external, as_of = heads[one]
    children = tuple(_view(child, lines, heads, kin, using) for child in kin.get(one, ()) if child in lines)
    return MatterView(
        id=one,
        page=locked_page(page, using),
        opened=opened,
        unit=unit,
        parent=parent,
        parent_thread=thread,
        old_number=old,
        external_number=external,
        as_of=as_of,
        entries=tuple(lines[one]),
        children=children,
        using=using,
    )
