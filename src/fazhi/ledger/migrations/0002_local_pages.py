"""Local pages in use, one a matter; which version of its fold each room was last filled by."""

from django.db import migrations

FORWARD = """
create table ledger_local_page (
    matter uuid primary key,
    page text not null,                       -- its place, such as procedures/hotline/2025-01-01.toml
    in_force date,
    digest text not null,
    text text not null
);
create table ledger_room (
    follower text primary key,
    version text not null,
    filled_at timestamptz not null default now()
);
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_record")]
    operations = [migrations.RunSQL(FORWARD, "drop table ledger_room; drop table ledger_local_page")]
