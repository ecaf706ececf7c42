"""Who looked, and who tried a query number, can be added to and not changed."""

from django.db import migrations

FORWARD = """
create function people_stays() returns trigger language plpgsql as $$
begin
    raise exception '% is insert-only: what was seen stays on record', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger stays before update or delete on people_look for each row execute function people_stays();
create trigger stays_whole before truncate on people_look for each statement execute function people_stays();
create function people_look_at() returns trigger language plpgsql as $$
begin
    new.at := clock_timestamp();
    return new;
end $$;
create trigger at before insert on people_look for each row execute function people_look_at();
"""
BACKWARD = """
drop trigger at on people_look;
drop trigger stays on people_look;
drop trigger stays_whole on people_look;
drop function people_look_at();
drop function people_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
