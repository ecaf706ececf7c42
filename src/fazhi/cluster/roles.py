"""The database roles and databases of the cluster: made if missing, rights taken from everyone else."""

import psycopg
from psycopg import sql

from fazhi.cluster.addresses import DATABASE, ROLES


def lay(connection: psycopg.Connection[object], passwords: dict[str, str]) -> None:
    """Make the roles and the database where they are missing; set every password anew."""
    known = {row[0] for row in connection.execute("select rolname from pg_roles").fetchall()}  # type: ignore[index]
    for role in ROLES:
        verb = "alter" if role in known else "create"
        connection.execute(
            sql.SQL(
                "{verb} role {role} login nosuperuser nocreatedb nocreaterole noreplication password {word}"
            ).format(verb=sql.SQL(verb), role=sql.Identifier(role), word=sql.Literal(passwords[role]))
        )
    exists = connection.execute("select from pg_database where datname = %s", [DATABASE]).fetchone()
    if exists is None:
        create_database(connection, DATABASE, "template1")


def create_database(connection: psycopg.Connection[object], name: str, template: str) -> None:
    """Make a database that belongs to the owner and admits the four roles alone."""
    connection.execute(
        sql.SQL("create database {} owner fazhi_owner template {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )
    connection.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
    for role in ROLES:
        connection.execute(
            sql.SQL("grant connect on database {} to {}").format(sql.Identifier(name), sql.Identifier(role))
        )


def drop_database(connection: psycopg.Connection[object], name: str) -> None:
    """Remove a database, ending the connections to it."""
    connection.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
