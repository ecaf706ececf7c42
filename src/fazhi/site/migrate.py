"""Bringing a database to the present shape: migrations by the owner, then what each role may do."""

import re
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from fazhi.ledger.versions import mark_empty

_ROLES = {"fazhi_web": "default", "fazhi_public": "public", "fazhi_sealer": "sealer"}
_ONE_AT_A_TIME = 7_240_101  # the advisory lock of those who migrate


def pending() -> bool:
    """Whether the database is not yet in the present shape."""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(verbosity: int = 0) -> None:
    """Apply what is missing, one process at a time; the grants are laid anew every time."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
            mark_empty()
        finally:
            cursor.execute("select pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])


def grant(using: str = "owner", **_: object) -> None:
    """Lay the rights of grants.sql, with the role names of this installation, in one transaction.

    Heard after every migration. With one address for all, its role owns everything and nothing is laid."""
    names = {role: str(connections.settings[alias]["USER"]) for role, alias in _ROLES.items()}
    if connections.settings["owner"]["USER"] in names.values():
        return
    text = Path(__file__).with_name("grants.sql").read_text("utf-8")
    with transaction.atomic(using):
        connections[using].ensure_connection()
        raw = connections[using].connection

        def quoted(match: re.Match[str]) -> str:
            return sql.Identifier(names[match[0]]).as_string(raw)

        raw.execute(re.sub("|".join(_ROLES), quoted, text))
