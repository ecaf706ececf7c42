"""Appending: the only way a line comes to stand in the record. Reached from the desk alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Unpack
from uuid import UUID, uuid4

import psycopg

from fazhi.law import Procedure
from fazhi.ledger import cipher, number, query
from fazhi.ledger.chain import link, opening_digest, said
from fazhi.ledger.entry import Appended, Collision, Draft, EntryLine, KeyUsed, Opening, Since
from fazhi.ledger.follow import follow, plain
from fazhi.ledger.pages import keep
from fazhi.ledger.view import MatterView, read

if TYPE_CHECKING:
    from fazhi.people.actors import Actor

NEVER = datetime(1, 1, 1, tzinfo=UTC)
_NAMES = tuple(column.name for column in fields(EntryLine) if column.name != "id")
_COLUMN = {"commitment": "body"}
OUT_OF_STEP = "FZ001"  # raised by the guard of the chain

_MATTER = """
insert into ledger_matter (id, procedure, page, opened, unit, parent, parent_thread, old_number, external_number, key,
                           digest)
select %s, %s, digest, %s, %s, %s, %s, %s, %s, %s, %s from ledger_page where digest = %s
on conflict (key) do nothing returning transaction_timestamp()
"""
_LINE = """
with line as (
    select * from rows from (jsonb_to_recordset(%s::jsonb) as (
        matter uuid, seq integer, kind text, page text, day date, moment timestamptz, thread text, fields jsonb,
        unit uuid, post uuid, account uuid, face text, corrects integer, strikes boolean, key text, body text,
        body_key text, recorded_at timestamptz, prev text, digest text, salt bytea, sealed bytea)
    ) with ordinality
), kept as (
    insert into ledger_entry (matter, seq, kind, page, day, moment, thread, fields, unit, post, account, face, corrects,
                              strikes, key, body, body_key, recorded_at, prev, digest)
    select matter, seq, kind, page, day, moment, thread, fields, unit, post, account, face, corrects, strikes, key,
           body, body_key, recorded_at, prev, digest
    from line order by ordinality returning id, matter, seq
), closed as (
    insert into ledger_body (entry, matter, seq, salt, sealed)
    select kept.id, line.matter, line.seq, line.salt, line.sealed from kept join line using (matter, seq)
    where line.sealed is not null
)
select matter, seq, id from kept
"""


def open_matter(
    procedure: Procedure, draft: Draft, actor: Actor, *, key: str, using: str = "default", **opening: Unpack[Opening]
) -> Appended:
    """Open a matter with its first entry. The same key again gives the same answer."""
    with query.act(using):
        return begin(procedure, [draft], actor, key=key, using=using, **opening)[0]


def append(matter: UUID, draft: Draft, actor: Actor, *, seen: int, key: str, using: str = "default") -> Appended:
    """Add one entry after `seen`. Collision tells what was recorded since; the same key gives the same answer."""
    try:
        with query.act(using):
            return extend(held(matter, using), [draft], actor, seen=seen, key=key)[0]
    except Collision as collision:
        return settle(collision, key, using)


def begin(
    procedure: Procedure,
    drafts: Sequence[Draft],
    actor: Actor,
    *,
    key: str,
    series: number.Series | None = None,
    id: UUID | None = None,
    using: str = "default",
    **opening: Unpack[Opening],
) -> tuple[Appended, MatterView]:
    """Open a matter with several entries in the transaction at hand; one fold of the rooms at the end."""
    if parent := opening.get("parent"):
        _lock_family(parent, using)
    view = blank(procedure, drafts[0], actor, id or uuid4(), using, opening)
    row = (view.id, procedure.name, procedure.digest, view.opened, view.unit, view.parent, view.parent_thread)
    numbers = (view.old_number, view.external_number)
    values = [*row[:2], *row[3:], *numbers, key, opening_digest(*row, *numbers), procedure.digest]
    stamped = query.fetch(using, _MATTER, values)
    if not stamped:  # the key is known already, or the page is not yet kept with the record
        keep(procedure, using)
        stamped = query.fetch(using, _MATTER, values)
    if not stamped:
        return _opened_before(key, using)
    return _write(view, drafts, actor, key, series, stamped[0][0])


def extend(
    view: MatterView,
    drafts: Sequence[Draft],
    actor: Actor,
    *,
    seen: int,
    key: str,
    series: number.Series | None = None,
    without: Sequence[int] = (),
) -> tuple[Appended, MatterView]:
    """Add entries to a matter just read by `held`, in the transaction at hand; one fold of the rooms at the end.
    `without` names entries whose bodies the rooms no longer see, for they are about to be erased."""
    if again := repeated(view, key, drafts[0].kind if drafts else None):
        return again, view
    if seen != view.head:
        raise Collision(view.id, seen, view.head, tuple(_since(line) for line in view.entries[max(seen, 0) :]))
    return _write(view.without(without), drafts, actor, key, series, view.as_of)


def held(matter: UUID, using: str = "default") -> MatterView:
    """Read for writing. A family of matters is written one at a time, for each tells the other something."""
    view = read(matter, using=using, bodies=True)
    if view.parent is None and not view.children:
        return view
    _lock_family(matter, using)
    return read(matter, using=using, bodies=True)


def repeated(view: MatterView, key: str, kind: str | None = None) -> Appended | None:
    """The answer given when this key was recorded before. KeyUsed if that was another `kind` of act."""
    for line in view.entries:
        if key and line.key == key:
            if kind not in (None, line.kind):
                raise KeyUsed(f"提交标识“{key}”已用于本件第{line.seq}条（{line.kind}），不能用于{kind}：请换一个。")
            return Appended(view.id, line.seq, line.id, line.recorded_at, repeated=True, number=view.number)
    return None


def settle(collision: Collision, key: str, using: str) -> Appended:
    """After the rollback of a lost race: the earlier answer if it was the same act, else the Collision told in full."""
    view = read(collision.matter, using=using)
    if again := repeated(view, key):
        return again
    since = tuple(_since(line) for line in view.entries[collision.seen :])
    raise Collision(view.id, collision.seen, view.head, since) from collision


def blank(procedure: Procedure, draft: Draft, actor: Actor, matter: UUID, using: str, opening: Opening) -> MatterView:
    return MatterView(
        id=matter,
        page=procedure,
        opened=draft.day,
        unit=opening.get("unit") or actor.unit,
        parent=opening.get("parent"),
        parent_thread=opening.get("parent_thread", ""),
        old_number=opening.get("old_number", ""),
        external_number=opening.get("external_number", ""),
        as_of=NEVER,
        entries=(),
        using=using,
    )


def _write(
    view: MatterView, drafts: Sequence[Draft], actor: Actor, key: str, series: number.Series | None, at: datetime
) -> tuple[Appended, MatterView]:
    """Lines, then the number, then the rooms, all in the transaction whose moment is `at`."""
    grown = _insert(view, drafts, actor, key, at)
    if series:
        text = number.give(view.id, series, view.using)
        numbered = Draft(number.KIND, drafts[-1].day, fields={"number": text, "organ": str(series.unit)})
        grown = _insert(grown, [numbered], actor, f"{key}/number", at)
    follow(_kin(grown), view.using, new=view.head == 0)
    line = grown.entries[view.head + len(drafts) - 1]
    return Appended(view.id, line.seq, line.id, line.recorded_at, number=grown.number), grown


def _insert(view: MatterView, drafts: Sequence[Draft], actor: Actor, key: str, at: datetime) -> MatterView:
    told = linked(view, drafts, actor, key, at)
    try:
        ids = store([row for _, row in told], view.using)
    except psycopg.Error as error:
        if error.sqlstate == OUT_OF_STEP or isinstance(error, psycopg.errors.UniqueViolation):
            raise Collision(view.id, view.head, view.head + 1) from error
        raise
    return with_lines(view, drafts, [line for line, _ in told], ids)


def linked(
    view: MatterView, drafts: Sequence[Draft], actor: Actor, key: str, at: datetime
) -> list[tuple[EntryLine, dict[str, object]]]:
    """The drafts chained to the end of the matter: each line, and its row for `store`."""
    told = []
    prev = view.head_digest
    for place, draft in enumerate(drafts, 1):
        seq = view.head + place
        own = key if place == 1 or not key else f"{key}/{place}"
        line, sealed = link(draft, actor, matter=view.id, seq=seq, page=view.page.digest, key=own, at=at, prev=prev)
        prev = line.digest
        told.append((line, _row_of(line, sealed)))
    return told


def with_lines(
    view: MatterView, drafts: Sequence[Draft], lines: Sequence[EntryLine], ids: Mapping[tuple[UUID, int], int]
) -> MatterView:
    """The matter grown by what `linked` made of the drafts, under the ids that `store` gave."""
    named = [replace(line, id=ids[view.id, line.seq]) for line in lines]
    bodies = {line.seq: said(draft.body) for line, draft in zip(lines, drafts, strict=True)}
    return view.grown(named, bodies)


def _row_of(line: EntryLine, sealed: cipher.SealedBody | None) -> dict[str, object]:
    row: dict[str, object] = {_COLUMN.get(name, name): getattr(line, name) for name in _NAMES}
    if sealed:
        row["salt"], row["sealed"] = sealed.salt, sealed.sealed
    return row


def store(rows: Sequence[dict[str, object]], using: str) -> dict[tuple[UUID, int], int]:
    """Write lines and bodies in one statement; the id of each line by matter and seq."""
    kept = query.fetch(using, _LINE, [json.dumps(rows, default=plain)])
    return {(matter, seq): entry for matter, seq, entry in kept}


def _kin(view: MatterView) -> list[MatterView]:
    """The matter and those above it, which hear what it tells."""
    family = [view]
    above = view.parent
    while above is not None:
        family.append(read(above, using=view.using))
        above = family[-1].parent
    return family


def _lock_family(matter: UUID, using: str) -> None:
    root = _root(matter, using)
    query.fetch(using, "select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"fazhi.family.{root}"])


def _root(matter: UUID, using: str) -> UUID:
    above: UUID | None = matter
    while above is not None:
        matter = above
        rows = query.fetch(using, "select parent from ledger_matter where id = %s", [matter])
        above = rows[0][0] if rows else None
    return matter


def _opened_before(key: str, using: str) -> tuple[Appended, MatterView]:
    rows = query.fetch(using, "select id from ledger_matter where key = %s", [key])
    view = read(rows[0][0], using=using)
    first = view.entries[0]
    return Appended(view.id, view.head, first.id, first.recorded_at, repeated=True, number=view.number), view


def _since(line: EntryLine) -> Since:
    return Since(line.seq, line.kind, line.unit, line.post, line.account, line.recorded_at)
