"""Each role can do its own work in the database and nothing else."""

import psycopg
import pytest


def test_only_the_owner_changes_tables(fresh_database):
    with psycopg.connect(fresh_database.addresses.owner) as owner:
        owner.execute("create table looked_at (n int)")
    for address in (fresh_database.addresses.web, fresh_database.addresses.public, fresh_database.addresses.sealer):
        with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create table mine (n int)")
        with psycopg.connect(address) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from looked_at")


def test_the_public_role_sees_no_person(fresh_database):
    with psycopg.connect(fresh_database.addresses.public) as public:
        for table in ("people_account", "django_session"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                public.execute(f"select * from {table}")
            public.rollback()


def test_a_test_has_the_rights_of_the_web_role(db):
    from django.db import connections

    with connections["public"].cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == ("fazhi_web",)
        with db("fazhi_owner"):
            cursor.execute("select current_user")
            assert cursor.fetchone() == ("fazhi_owner",)
