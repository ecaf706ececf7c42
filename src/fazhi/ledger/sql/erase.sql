-- Erasure: the only way by which a body leaves, and only after the entry that says so.

create function ledger_erase_body(of_matter uuid, of_seqs integer[]) returns integer
language sql security definer set search_path = public, pg_temp as $$
    with gone as (delete from ledger_body where matter = of_matter and seq = any (of_seqs) returning 1)
    select count(*)::integer from gone
$$;
revoke all on function ledger_erase_body(uuid, integer[]) from public;
