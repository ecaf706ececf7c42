-- Guards: the record is only added to; the chain and the recording moment cannot be chosen.

create function ledger_refuse() returns trigger language plpgsql as $$
begin
    raise exception '%：记录只能增加，不能修改、删除或清空；更正请另记一条更正记录', tg_table_name using errcode = 'FZ002';
end $$;

create trigger keep before update or delete or truncate on ledger_page for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_matter for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_entry for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_seal for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_position for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_number for each statement execute function ledger_refuse();
create trigger keep before update or delete or truncate on ledger_epoch for each statement execute function ledger_refuse();
create trigger keep before update or truncate on ledger_body for each statement execute function ledger_refuse();

-- The digest is computed over seq and recording moment before the line arrives, so the guard insists that both
-- are what the database itself would have set.
create function ledger_chain() returns trigger language plpgsql as $$
declare
    head_seq integer;
    head_digest text;
begin
    select seq, digest into head_seq, head_digest from ledger_entry where matter = new.matter order by seq desc limit 1;
    if not found then
        select 0, digest into head_seq, head_digest from ledger_matter where id = new.matter;
    end if;
    if new.seq is distinct from head_seq + 1 or new.prev is distinct from head_digest then
        raise exception '第%条不能接在第%条之后', new.seq, head_seq using errcode = 'FZ001';
    end if;
    if new.recorded_at is distinct from transaction_timestamp() then
        raise exception '记录时刻由数据库确定，不能自定' using errcode = 'FZ002';
    end if;
    new.tx := pg_current_xact_id();
    return new;
end $$;
create trigger chain before insert on ledger_entry for each row execute function ledger_chain();

create function ledger_body_kept() returns trigger language plpgsql as $$
begin
    if not exists (
        select from ledger_entry
        where matter = old.matter and kind = 'erased' and old.seq::text = any (string_to_array(fields ->> 'entries', ' '))
    ) then
        raise exception '正文只有在先记录清除（erased）之后才能清除' using errcode = 'FZ002';
    end if;
    return old;
end $$;
create trigger keep_body before delete on ledger_body for each row execute function ledger_body_kept();

create function ledger_number_follows() returns trigger language plpgsql as $$
begin
    if new.last <= old.last then
        raise exception '案号计数只能向前，不能退回' using errcode = 'FZ002';
    end if;
    return new;
end $$;
create trigger forward before update on ledger_number_counter for each row execute function ledger_number_follows();
create trigger keep before delete or truncate on ledger_number_counter for each statement execute function ledger_refuse();
