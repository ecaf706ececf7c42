"""Erasing bodies: after the entry that says so, ciphertext and salt leave; the line stays and still verifies."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import psycopg
from django.db import connections

from fazhi.ledger import query
from fazhi.ledger.entry import EntryLine

KIND = "erased"


def erase_bodies(matter: UUID, seqs: Sequence[int], using: str = "default") -> int:
    """How many bodies left. The database refuses unless an `erased` entry of the matter names them."""
    rows = query.fetch(using, "select ledger_erase_body(%s, %s)", [matter, list(seqs)])
    return int(rows[0][0])


def erased_seqs(line: EntryLine) -> tuple[int, ...]:
    """The entries whose body an `erased` entry took away."""
    if line.kind != KIND:
        return ()
    return tuple(int(one) for one in line.fields.get("entries", "").split())


def matters_of(party: UUID, using: str = "default") -> tuple[UUID, ...]:
    """The matters in which the party is named."""
    statement = (
        "select distinct matter from ledger_entry where fields ? 'parties'"
        " and string_to_array(fields ->> 'parties', ' ') @> array[%s] order by matter"
    )
    return tuple(row[0] for row in query.fetch(using, statement, [str(party)]))


def sweep(tables: Sequence[str], using: str = "owner") -> None:
    """Rewrite tables from which rows were erased, so that nothing of them stays in the files of the database."""
    connections[using].ensure_connection()
    for table in tables:
        name = psycopg.sql.Identifier(table)
        connections[using].connection.execute(psycopg.sql.SQL("vacuum (full, analyze) {}").format(name))
