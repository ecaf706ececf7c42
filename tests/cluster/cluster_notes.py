"""Something committed that may not be lost."""

import psycopg

from fazhi.cluster import Addresses


def note(addresses: Addresses, text: str = "kept") -> None:
    """Commit something that may not be lost."""
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("create table if not exists notes (said text)")
        connection.execute("insert into notes values (%s)", [text])


def notes(addresses: Addresses) -> list[str]:
    """What was committed."""
    with psycopg.connect(addresses.owner) as connection:
        return [row[0] for row in connection.execute("select said from notes").fetchall()]
