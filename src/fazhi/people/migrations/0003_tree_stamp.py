"""A stamp that every change of units or places renews, so that a process knows when the tree it keeps is old."""

from django.db import migrations

FORWARD = """
create table people_tree (
    one boolean primary key default true check (one),
    stamp uuid not null default gen_random_uuid()
);
insert into people_tree default values;
create function people_tree_changed() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    update people_tree set stamp = gen_random_uuid();
    return null;
end $$;
create trigger stamped after insert or update or delete or truncate on people_unit
    for each statement execute function people_tree_changed();
create trigger stamped after insert or update or delete or truncate on people_unit_place
    for each statement execute function people_tree_changed();
"""
BACKWARD = """
drop trigger stamped on people_unit;
drop trigger stamped on people_unit_place;
drop function people_tree_changed();
drop table people_tree;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_looks_stay")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
