"""Bringing a database to the present shape: migrations by the owner, then what each role may do."""

import re
from pathlib import Path

from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from fazhi.site.databases import shared_roles

_ROLES = {"fazhi_web": "default", "fazhi_public": "public", "fazhi_sealer": "sealer"}


def pending() -> bool:
    """Whether the database is not yet in the present shape."""
    executor = MigrationExecutor(connections["owner"])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate(verbosity: int = 0) -> None:
    """Apply what is missing; the grants are laid anew every time."""
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    if "default" not in _shared_with_owner():
        grant()


def grant() -> None:
    """Lay the rights of grants.sql, with the role names of this installation, in one transaction."""
    text = Path(__file__).with_name("grants.sql").read_text("utf-8")
    with transaction.atomic("owner"):
        connections["owner"].ensure_connection()
        raw = connections["owner"].connection

        def quoted(match: re.Match[str]) -> str:
            name = str(connections.settings[_ROLES[match[0]]]["USER"])
            return sql.Identifier(name).as_string(raw)

        raw.execute(re.sub("|".join(_ROLES), quoted, text))


def _shared_with_owner() -> tuple[str, ...]:
    owner = connections.settings["owner"]["USER"]
    shared = shared_roles(connections.settings)
    return tuple(alias for alias in ("default", *shared) if connections.settings[alias]["USER"] == owner)
