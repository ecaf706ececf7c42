"""Appending: chained, guarded by the database, answered once, refused loudly when two collide."""

from datetime import date
from uuid import uuid4

import psycopg
import pytest

from fazhi.law import Procedure
from fazhi.ledger import Collision, Draft, append, open_matter, query, read
from fazhi.ledger.chain import line_digest
from fazhi.ledger.entry import KeyUsed
from fazhi.people.actors import Actor

DAY = date(2025, 3, 3)


def opened(page: Procedure, clerk: Actor, key: str = "a") -> tuple:
    draft = Draft("received", DAY, fields={"channel": "web"}, body={"text": "路灯坏了，电话 13800000000"})
    return open_matter(page, draft, clerk, key=key)


def test_a_matter_is_read_as_it_was_recorded(db, clerk, appeal):
    first = opened(appeal, clerk)
    second = append(first.matter, Draft("noted", DAY, body={"text": "已联系"}), clerk, seen=1, key="b")
    view = read(first.matter)
    assert [line.kind for line in view.entries] == ["received", "noted"]
    assert (view.head, second.seq, view.opened) == (2, 2, DAY)
    assert view.body(1) == {"text": "路灯坏了，电话 13800000000"}
    assert view.entries[1].prev == view.entries[0].digest == line_digest(view.entries[0])


def test_free_text_never_stands_on_a_line(db, clerk, appeal):
    first = opened(appeal, clerk)
    row = query.fetch(
        "default",
        "select e::text || b::text from ledger_entry e join ledger_body b on b.entry = e.id where e.matter = %s",
        [first.matter],
    )
    assert "路灯" not in row[0][0] and "13800000000" not in row[0][0]


def test_the_same_key_gives_the_same_answer(db, clerk, appeal):
    first, again = opened(appeal, clerk), opened(appeal, clerk)
    assert (again.matter, again.seq, again.repeated) == (first.matter, 1, True)
    one = append(first.matter, Draft("noted", DAY), clerk, seen=1, key="n")
    two = append(first.matter, Draft("noted", DAY), clerk, seen=1, key="n")
    assert (one.seq, two.seq, two.repeated) == (2, 2, True)
    assert read(first.matter).head == 2


def test_a_key_of_one_act_cannot_swallow_another(db, clerk, appeal):
    first = opened(appeal, clerk)
    with pytest.raises(KeyUsed, match="标识"):
        append(first.matter, Draft("noted", DAY), clerk, seen=1, key="a")


def test_a_collision_names_what_was_recorded_since(db, clerk, appeal):
    first = opened(appeal, clerk)
    append(first.matter, Draft("noted", DAY), clerk, seen=1, key="n")
    with pytest.raises(Collision) as told:
        append(first.matter, Draft("noted", DAY), clerk, seen=1, key="m")
    assert [(one.seq, one.kind, one.account) for one in told.value.since] == [(2, "noted", clerk.account)]
    assert "再提交一次" in str(told.value)


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_matter", "ledger_seal", "ledger_position", "ledger_number"])
@pytest.mark.parametrize("statement", ["update {} set digest = ''", "delete from {}", "truncate {} cascade"])
def test_even_the_owner_cannot_change_the_record(db, table, statement):
    with db("fazhi_owner"), pytest.raises(psycopg.Error, match="只能增加"), query.act("default"):
        statement = (
            statement.format(table).replace("digest", "word") if table == "ledger_number" else statement.format(table)
        )
        query.run("default", statement)


@pytest.mark.parametrize(
    "change",
    [{"seq": 5}, {"prev": "sm3:00"}, {"recorded_at": "2020-01-01T00:00:00+08:00"}],
    ids=lambda c: next(iter(c)),
)
def test_the_chain_and_the_moment_cannot_be_chosen(db, clerk, appeal, change):
    first = opened(appeal, clerk)
    names = "matter, seq, kind, page, day, thread, fields, unit, face, strikes, key, body, body_key"
    names += ", recorded_at, prev, digest"
    values = {"seq": "seq + 1", "prev": "digest", "recorded_at": "transaction_timestamp()", "key": "''"}
    listed = ", ".join(values.get(name, name) for name in names.split(", "))
    for name, value in change.items():
        listed = listed.replace(values[name], f"'{value}'" if isinstance(value, str) else str(value), 1)
    with pytest.raises(psycopg.Error) as told:
        query.run(
            "default",
            f"insert into ledger_entry ({names}) select {listed} from ledger_entry where matter = %s",
            [first.matter],
        )
    assert told.value.sqlstate in {"FZ001", "FZ002"}


def test_the_web_role_cannot_choose_an_id_or_erase_by_hand(db, clerk, appeal):
    first = opened(appeal, clerk)
    for statement in (
        "insert into ledger_entry (id) overriding system value values (1)",
        "delete from ledger_body where matter = %s",
        "update ledger_entry set day = day where matter = %s",
        "insert into ledger_position (position, entry, seal, digest)"
        " select 1, id, 1, '' from ledger_entry where matter = %s",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), query.act("default"):
            query.run("default", statement, [first.matter] if "%s" in statement else [])


def test_a_body_leaves_only_after_its_erasure_was_recorded(db, clerk, appeal):
    first = opened(appeal, clerk)
    with pytest.raises(psycopg.Error, match="erased"), query.act("default"):
        query.run("default", "select ledger_erase_body(%s, '{1}')", [first.matter])
    append(first.matter, Draft("erased", DAY, fields={"entries": "1"}), clerk, seen=1, key="e")
    query.run("default", "select ledger_erase_body(%s, '{1}')", [first.matter])
    assert read(first.matter).body(1) is None


def test_an_unknown_matter_is_said_to_be_unknown(db):
    with pytest.raises(LookupError, match="没有这一事项"):
        read(uuid4())
