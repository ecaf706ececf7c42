"""Followers: rooms that are a fold over one matter, kept in step inside the entry's own transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID

import psycopg

from fazhi.ledger import query
from fazhi.ledger.view import MatterView


class Follower(Protocol):
    """A room's fold. `rows` gives the full set of rows of one matter, each a mapping from columns of `table`; every row
    has `matter` and the columns of `key`, on which the table has a unique index. It reads nothing but the view.
    `heavy` ones are kept by the jobs process from sealed positions and show "as of"."""

    @property
    def name(self) -> str: ...
    @property
    def table(self) -> str: ...
    @property
    def key(self) -> tuple[str, ...]: ...
    @property
    def heavy(self) -> bool: ...

    def rows(self, view: MatterView) -> Iterable[Mapping[str, Any]]: ...


class FollowerFailed(Exception):
    """A room could not take the entry, so the entry is refused: a room never has a hole."""


_registered: list[Follower] = []


def register_followers(followers: Iterable[Follower]) -> None:
    """Name every follower, once, at start; a second call replaces the first."""
    _registered[:] = followers


def followers() -> tuple[Follower, ...]:
    return tuple(_registered)


def follower(name: str) -> Follower:
    """By name; LookupError names those there are."""
    for one in _registered:
        if one.name == name:
            return one
    raise LookupError(f"没有名为“{name}”的台账，现有：{'、'.join(one.name for one in _registered)}。")


def follow(views: Sequence[MatterView], using: str, *, new: bool = False) -> None:
    """Bring every light room in step with these matters, one statement a matter. `new` says that the first of them was
    not there before, so a room that has nothing to say of it is not asked."""
    for place, view in enumerate(views):
        plans = [(one, fold(one, view, using)) for one in _registered if not one.heavy]
        plans = [(one, rows) for one, rows in plans if rows or not (new and place == 0)]
        if plans:
            _apply(plans, view.id, using)


def _apply(plans: Sequence[tuple[Follower, list[dict[str, Any]]]], matter: UUID, using: str) -> None:
    rooms = tuple((one.table, one.key, columns(one.table, using), bool(rows)) for one, rows in plans)
    put(_statement(rooms, _ONE), [json.dumps([rows for _, rows in plans], default=plain), matter], using)


def put(statement: str, params: Sequence[object], using: str) -> None:
    """Run a statement that fills rooms; FollowerFailed names the table that did not take its rows."""
    try:
        query.run_numbered(using, statement, params)
    except (psycopg.DataError, psycopg.IntegrityError) as error:
        where = error.diag.table_name or "台账"
        # without its cause, whose words quote the row
        raise FollowerFailed(f"表 {where} 不接受这一行（{error.sqlstate}）。本次记录未保存。") from None


def apply_one(one: Follower, rows: list[dict[str, Any]], matters: Sequence[UUID], using: str) -> None:
    """The difference between the rows of some matters that a room has and those it should have, as one statement."""
    rooms = ((one.table, one.key, columns(one.table, using), bool(rows)),)
    put(_statement(rooms, _SOME), [json.dumps([rows], default=plain), list(matters)], using)


def fold(one: Follower, view: MatterView, using: str) -> list[dict[str, Any]]:
    """The rows of one matter, checked against the columns of the table; FollowerFailed says which room and matter."""
    try:
        rows = [dict(row) for row in one.rows(view)]
    except Exception as error:
        raise FollowerFailed(
            f"台账“{one.name}”无法登记事项 {view.id}：{type(error).__name__}。本次记录未保存。"
        ) from error
    known = columns(one.table, using)
    for row in rows:
        if strange := set(row) - set(known):
            raise FollowerFailed(f"台账“{one.name}”的表 {one.table} 没有这些列：{'、'.join(sorted(strange))}。")
        if row.get("matter") != view.id:
            raise FollowerFailed(f"台账“{one.name}”给出了另一事项的行：只能登记 {view.id}。")
    return rows


_ONE, _SOME = "= $2", "= any ($2::uuid[])"
"""A list of one would be planned anew every time."""


@lru_cache(maxsize=256)
def _statement(rooms: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...], whose: str) -> str:
    """Several rooms in one: table, key, columns, and whether there are rows, without which all of the matter go. $1 has
    the rows of each room in turn, $2 the matter or matters."""
    parts: list[str] = []
    for place, (table, key, names, filled) in enumerate(rooms):
        parts += _difference(place, table, key, names, whose) if filled else [_emptying(place, table, whose)]
    # a statement in which no room has rows must still know what $1 is
    return f"with said as (select $1::jsonb), {', '.join(parts)} select"


def _emptying(place: int, table: str, whose: str) -> str:
    return f"gone{place} as (delete from {table} where matter {whose})"


def _difference(place: int, table: str, key: tuple[str, ...], names: tuple[str, ...], whose: str) -> list[str]:
    same = " and ".join(f"n.{column} = t.{column}" for column in key)
    rest = [column for column in names if column not in key]
    fresh = ", ".join(f"{column} = excluded.{column}" for column in rest)
    here, there = (", ".join(f"{side}.{column}" for column in rest) for side in ("t", "excluded"))
    change = f"update set {fresh} where ({here}) is distinct from ({there})" if rest else "nothing"
    listed = ", ".join(names)
    said = f"n{place}"
    return [  # names of tables and columns come from followers and the catalogue, never from outside
        f"{said} as materialized (select {listed} from jsonb_populate_recordset(null::{table}, $1::jsonb -> {place}))",
        f"gone{place} as (delete from {table} t where t.matter {whose}"
        f" and not exists (select from {said} n where {same}))",
        f"put{place} as (insert into {table} as t ({listed}) select {listed} from {said}"
        f" on conflict ({', '.join(key)}) do {change})",
    ]


_columns: dict[str, tuple[str, ...]] = {}


def columns(table: str, using: str) -> tuple[str, ...]:
    """The columns a follower may fill: all but generated ones and identities."""
    if table not in _columns:
        rows = query.fetch(
            using,
            "select attname from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped"
            " and attgenerated = '' and attidentity = '' order by attnum",
            [table],
        )
        if not rows:
            raise FollowerFailed(f"没有表 {table}：请先运行数据库迁移。")
        _columns[table] = tuple(row[0] for row in rows)
    return _columns[table]


def plain(value: object) -> object:
    """JSON for what rooms hold: days, instants, ids, decimals and bytes."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"a room cannot hold {type(value).__name__}")
