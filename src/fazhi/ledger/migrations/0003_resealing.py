"""A body may be sealed anew under another master key: its text, its salt and its commitment stay as they were."""

from django.db import migrations

FORWARD = """
create function ledger_body_resealed() returns trigger language plpgsql as $$
begin
    if (new.entry, new.matter, new.seq, new.salt) is distinct from (old.entry, old.matter, old.seq, old.salt) then
        raise exception '正文只能换密钥重新加密，不能改动' using errcode = 'FZ002';
    end if;
    return new;
end $$;
drop trigger keep on ledger_body;
create trigger keep before truncate on ledger_body for each statement execute function ledger_refuse();
create trigger resealed before update on ledger_body for each row execute function ledger_body_resealed();
"""
BACKWARD = """
drop trigger resealed on ledger_body;
drop trigger keep on ledger_body;
create trigger keep before update or truncate on ledger_body for each statement execute function ledger_refuse();
drop function ledger_body_resealed();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_local_pages")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
