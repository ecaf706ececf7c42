"""Tampering by a superuser with the triggers off: what is found, where, and what needs a receipt."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from uuid import UUID

import psycopg
import pytest

from fazhi.ledger import Draft, append, open_matter, query, read
from fazhi.ledger.chain import line_digest
from fazhi.ledger.receipt import Receipt, receipt
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify
from fazhi.ledger.view import LINE_COLUMNS, line_of

DAY = date(2025, 3, 3)


@contextmanager
def superuser(database):
    with psycopg.connect(database.addresses.superuser, autocommit=True) as boss:
        boss.execute("set session_replication_role = replica")
        yield boss


@pytest.fixture
def record(fresh_database, clerk, appeal) -> tuple:
    """Six matters of three entries each, sealed in two seals."""
    matters: list[UUID] = []
    for place in range(6):
        draft = Draft("received", DAY, fields={"channel": "web"}, body={"text": f"事项{place}"})
        matters.append(open_matter(appeal, draft, clerk, key=f"m{place}").matter)
        for seq in (1, 2):
            append(matters[-1], Draft("noted", DAY, body={"text": f"记录{seq}"}), clerk, seen=seq, key=f"k{seq}")
        if place == 2:
            seal_all()
    seal_all()
    return fresh_database, matters, receipt()


def located(against: Receipt | None = None) -> set[tuple]:
    return {(one.what, one.matter, one.seq) for one in verify(against).wrong}


def test_an_untouched_record_is_consistent_and_says_what_it_was_compared_with(record):
    _, _, slip = record
    alone, compared = verify(), verify(slip)
    assert (alone.ok, alone.entries, alone.seals, alone.positions, alone.unsealed) == (True, 18, 2, 18, 0)
    assert "未与外部回执比对" in alone.verdict
    assert compared.ok and "回执相符" in compared.verdict
    assert Receipt.from_json(slip.as_json()) == slip


def test_a_changed_line_is_located(record):
    database, matters, slip = record
    with superuser(database) as boss:
        boss.execute("update ledger_entry set day = day - 30 where matter = %s and seq = 2", [matters[1]])
    assert located() == located(slip) == {("changed", matters[1], 2)}


def test_a_changed_matter_is_located(record):
    database, matters, _ = record
    with superuser(database) as boss:
        boss.execute("update ledger_matter set unit = gen_random_uuid() where id = %s", [matters[1]])
    assert ("changed", matters[1], 0) in located()


def test_a_changed_body_is_located(record):
    database, matters, _ = record
    with superuser(database) as boss:
        boss.execute("update ledger_body set sealed = sealed || '\\x00' where matter = %s and seq = 3", [matters[4]])
        boss.execute("delete from ledger_body where matter = %s and seq = 1", [matters[4]])
    assert located() == {("body", matters[4], 3), ("body", matters[4], 1)}


def test_a_deleted_entry_is_located(record):
    database, matters, _ = record
    with superuser(database) as boss:
        boss.execute("delete from ledger_entry where matter = %s and seq = 2", [matters[0]])
    found = located()
    assert {("missing", matters[0], 2), ("chain", matters[0], 3)} <= found


def test_a_deleted_last_entry_is_located_by_its_position(record):
    database, matters, _ = record
    with superuser(database) as boss:
        boss.execute("delete from ledger_entry where matter = %s and seq = 3", [matters[0]])
    assert [one.position for one in verify().wrong if one.what == "missing"] == [3]


def test_swapped_entries_are_located(record):
    database, matters, _ = record
    with superuser(database) as boss:
        boss.execute("update ledger_entry set seq = seq + 100 where matter = %s and seq in (2, 3)", [matters[2]])
        boss.execute("update ledger_entry set seq = 105 - seq where matter = %s and seq > 100", [matters[2]])
    assert {("changed", matters[2], 2), ("changed", matters[2], 3)} <= located()


def test_swapped_positions_are_located_in_their_seal(record):
    database, _, _ = record
    with superuser(database) as boss:
        boss.execute("update ledger_position set position = position + 100 where position in (4, 5)")
        boss.execute("update ledger_position set position = 109 - position where position > 100")
    assert [(one.what, one.seal) for one in verify().wrong] == [("root", 1)]


def recomputed(boss, matter: UUID, seq: int, **change: object) -> None:
    """Rewrite an entry and every later digest of its matter, as one who knows the program would."""
    rows = boss.execute(
        f"select {LINE_COLUMNS} from ledger_entry e where matter = %s order by seq", [matter]
    ).fetchall()
    prev = ""
    for row in rows:
        line = line_of(row)
        values = {name: getattr(line, name) for name in line.__dataclass_fields__}
        if line.seq == seq:
            values |= change
        if line.seq > seq:
            values["prev"] = prev
        fresh = type(line)(**values)
        prev = line_digest(fresh)
        boss.execute(
            "update ledger_entry set day = %s, prev = %s, digest = %s where id = %s",
            [fresh.day, fresh.prev, prev, line.id],
        )


def test_a_recomputed_chain_is_located_by_its_sealed_digests(record):
    database, matters, slip = record
    with superuser(database) as boss:
        recomputed(boss, matters[3], 2, day=date(2025, 1, 1))
    assert located() == located(slip) == {("rewritten", matters[3], 2), ("rewritten", matters[3], 3)}


def test_a_recomputed_chain_with_positions_is_located_in_its_seal(record):
    database, matters, _ = record
    with superuser(database) as boss:
        recomputed(boss, matters[3], 2, day=date(2025, 1, 1))
        boss.execute("update ledger_position p set digest = e.digest from ledger_entry e where e.id = p.entry")
    assert [(one.what, one.seal) for one in verify().wrong] == [("root", 2)]


def resealed(boss, sign: Callable[[str], str]) -> None:
    """Close every seal anew over what is there now."""
    from fazhi.ledger import digest
    from fazhi.ledger.seal import seal_digest

    boss.execute("update ledger_position p set digest = e.digest from ledger_entry e where e.id = p.entry")
    prev = ""
    for n, first, last, closed_at in boss.execute(
        "select n, first, last, closed_at from ledger_seal order by n"
    ).fetchall():
        rows = boss.execute(
            "select position, digest from ledger_position where seal = %s order by position", [n]
        ).fetchall()
        root = digest.merkle([digest.leaf(*row) for row in rows])
        own = seal_digest(n, first, last, root, prev, closed_at)
        boss.execute(
            "update ledger_seal set root = %s, prev = %s, digest = %s, signature = %s where n = %s",
            [root, prev, own, sign(own), n],
        )
        prev = own


def test_seals_made_anew_without_the_key_are_located_even_without_a_receipt(record):
    database, matters, _ = record
    with superuser(database) as boss:
        recomputed(boss, matters[3], 2, day=date(2025, 1, 1))
        resealed(boss, lambda _: "00" * 64)
    assert {(one.what, one.seal) for one in verify().wrong} == {("signature", 1), ("signature", 2)}


def test_seals_made_anew_with_the_stolen_key_need_a_receipt(record):
    from fazhi.ledger import keys

    database, matters, slip = record
    with superuser(database) as boss:
        recomputed(boss, matters[3], 2, day=date(2025, 1, 1))
        resealed(boss, lambda own: keys.signer().sign(own.encode()).hex())
    assert verify().ok, "nobody could know this without a receipt"
    assert [(one.what, one.seal) for one in verify(slip).wrong] == [("parted", 2)]


def cut_tail(boss, positions: int) -> None:
    """Remove the last entries with everything that speaks of them, seals made anew with the key included."""
    from fazhi.ledger import keys

    last = boss.execute("select max(position) from ledger_position").fetchone()[0] - positions
    gone = "(select entry from ledger_position where position > %s)"
    for table, column in (("ledger_body", "entry"), ("ledger_entry", "id")):
        boss.execute(f"delete from {table} where {column} in {gone}", [last])
    boss.execute("delete from ledger_position where position > %s", [last])
    boss.execute("delete from ledger_matter m where not exists (select from ledger_entry e where e.matter = m.id)")
    boss.execute("delete from ledger_seal where first > %s", [last])
    boss.execute("update ledger_seal set last = %s where last > %s", [last, last])
    resealed(boss, lambda own: keys.signer().sign(own.encode()).hex())


def test_a_cut_tail_needs_a_receipt(record):
    database, _, slip = record
    with superuser(database) as boss:
        cut_tail(boss, 9)
    assert verify().ok, "nobody could know this without a receipt"
    assert [(one.what, one.position) for one in verify(slip).wrong] == [("cut", 10)]


def test_ten_last_entries_cut_are_located_against_a_receipt(record):
    database, _, slip = record
    with superuser(database) as boss:
        cut_tail(boss, 10)
    wrong = verify(slip).wrong
    assert [(one.what, one.position) for one in wrong if one.what == "cut"] == [("cut", 9)]


def test_the_last_ten_lines_alone_removed_are_located_without_a_receipt(record):
    database, _, _ = record
    with superuser(database) as boss:
        boss.execute("delete from ledger_entry where id in (select id from ledger_entry order by id desc limit 10)")
    assert {one.position for one in verify().wrong if one.what == "missing" and one.position} == set(range(9, 19))


def test_an_inserted_entry_is_located(record):
    database, matters, _ = record
    with superuser(database) as boss:
        line = line_of(
            boss.execute(
                f"select {LINE_COLUMNS} from ledger_entry e where matter = %s and seq = 3", [matters[5]]
            ).fetchone()
        )
        boss.execute(
            "insert into ledger_entry (matter, seq, kind, page, day, thread, fields, unit, face, strikes, key, body,"
            " body_key, recorded_at, tx, prev, digest) select matter, 4, 'noted', page, day, '', '{}', unit, face,"
            " false, '', '', '', recorded_at - interval '1 day', tx, digest, 'sm3:00' from ledger_entry where id = %s",
            [line.id],
        )
    assert {("changed", matters[5], 4), ("inserted", matters[5], 4)} <= located()


def test_a_database_of_yesterday_needs_a_receipt(record, clerk):
    database, matters, slip = record
    append(matters[0], Draft("noted", DAY), clerk, seen=3, key="later")
    seal_all()
    later = receipt()
    with superuser(database) as boss:  # yesterday's copy is today's without what came since
        boss.execute("delete from ledger_entry where matter = %s and seq = 4", [matters[0]])
        boss.execute("delete from ledger_position where seal = 3")
        boss.execute("delete from ledger_seal where n = 3")
    assert verify().ok and verify(slip).ok
    assert [(one.what, one.position, one.seal) for one in verify(later).wrong] == [("cut", 19, 3)]


def test_an_erased_body_is_erased_not_altered(record, clerk):
    _, matters, slip = record
    append(matters[0], Draft("erased", DAY, fields={"entries": "1 2"}), clerk, seen=3, key="e")
    query.run("default", "select ledger_erase_body(%s, '{1,2}')", [matters[0]])
    seal_all()
    report = verify(slip)
    assert (report.ok, report.erased) == (True, 2) and "依法清除" in report.verdict
    assert read(matters[0]).body(1) is None
