"""Statements straight to PostgreSQL over Django's connection: bound on the server, prepared, plain tuples back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections, transaction
from psycopg.rows import tuple_row

Row = tuple[Any, ...]
PREPARE_AFTER = 3


def raw(using: str) -> psycopg.Connection[Row]:
    """Django's connection as psycopg has it, inside whatever transaction Django has open."""
    wrapper = connections[using]
    wrapper.ensure_connection()
    connection: psycopg.Connection[Row] = wrapper.connection
    if connection.prepare_threshold is None:
        connection.prepare_threshold = PREPARE_AFTER
    return connection


def cursor(using: str) -> psycopg.Cursor[Row]:
    return psycopg.Cursor(raw(using), row_factory=tuple_row)


def fetch(using: str, statement: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """Every row of a query."""
    with cursor(using) as work:
        return work.execute(statement, params).fetchall()


def fetch_planned(using: str, statement: str, params: Sequence[Any] = ()) -> list[Row]:
    """Every row of a query that is planned for its values each time: lists of ids decide which way is short."""
    with cursor(using) as work:
        return work.execute(statement, params, prepare=False).fetchall()


def array(values: Iterable[object]) -> str:
    """Ids, numbers or names as one array: hundreds of them one by one take longer to hand over than to look for."""
    return "{" + ",".join('"' + str(one).replace("\\", "\\\\").replace('"', '\\"') + '"' for one in values) + "}"


def run(using: str, statement: str, params: Sequence[Any] = ()) -> int:
    """Rows touched by a statement."""
    with cursor(using) as work:
        return work.execute(statement, params).rowcount


def run_numbered(using: str, statement: str, params: Sequence[Any]) -> int:
    """Rows touched by a statement whose places are $1, $2: a long one is not searched for places every time."""
    with psycopg.RawCursor(raw(using)) as work:
        return work.execute(statement, params).rowcount


def stream(using: str, statement: str, params: Sequence[Any] = (), size: int = 5000) -> Iterator[Row]:
    """Rows of a large query through a cursor on the server; call it inside a transaction."""
    with psycopg.ServerCursor(raw(using), "fazhi_ledger_stream", row_factory=tuple_row) as work:
        work.itersize = size
        work.execute(statement, params)
        yield from work


@contextmanager
def act(using: str) -> Iterator[None]:
    """One transaction: an act is whole or absent. A nested one leaves the outer usable when it fails."""
    with transaction.atomic(using=using):
        yield
