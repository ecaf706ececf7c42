"""Many matters entered at once stand in the record and in every room as if each had been entered by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from fazhi import desk
from fazhi.desk import Act, Entering, NoRight, Refused
from fazhi.ledger import MatterView, followers, query, read
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.joined import DUPLICATE
from fazhi.ledger.refill import compare
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify
from fazhi.people import holders
from fazhi.people.actors import Actor

DAY = date(2025, 3, 3)
SAME = ("seq", "kind", "page", "day", "thread", "fields", "unit", "face", "corrects", "strikes")


def _letter(*more: Act, text: str = "", **fields: str) -> list[Act]:
    first = Act("received", DAY, fields={"channel": "web", **fields}, body={"text": text} if text else {})
    return [first, Act("accepted", DAY), *more]


def _listed(behaviour: str) -> Act:
    told = {"class": "first", "behaviour": behaviour, "conditions": "及时改正", "basis": "第三十三条"}
    return Act("entered", DAY, fields=told)


def _batch(street: UUID) -> list[Entering]:
    """Letters of one course and of others, said, handed on, corrected and struck out, and lines of public registers."""
    handed = Act("assigned", DAY, fields={"unit": str(street)})
    told = [
        *(("appeal", _letter()) for _ in range(4)),
        ("appeal", _letter(text="路灯不亮，电话13800138000")),
        *(("appeal", _letter(handed)) for _ in range(3)),
        ("appeal", _letter(Act("accepted", date(2025, 3, 5), corrects=2))),
        ("appeal", _letter(Act("accepted", DAY, corrects=2, strikes=True))),
        ("appeal", _letter(secrecy="internal")),
        *(("exemption", [_listed("夜间施工")]) for _ in range(3)),
    ]
    return [Entering(page, acts, f"m{at}") for at, (page, acts) in enumerate(told)]


@pytest.fixture
def clerk(fresh_district: Any) -> Actor:
    return fresh_district.hire(fresh_district.bureau)


@pytest.fixture
def batch(fresh_district: Any) -> list[Entering]:
    return _batch(fresh_district.street)


def _plain(view: MatterView) -> list[dict[str, Any]]:
    """The lines without what is drawn anew for each matter."""
    rows = [{name: getattr(line, name) for name in SAME} | {"said": view.body(line.seq)} for line in view.entries]
    for row in rows:
        row["fields"] = {name: text for name, text in row["fields"].items() if name != "number"}
    return rows


def test_in_bulk_is_as_one_by_one(clerk: Actor, batch: list[Entering]) -> None:
    singly = [desk.enter(clerk, one.procedure, one.acts, key=one.key, holder=False) for one in batch]
    together = desk.enter_many(clerk, [replace(one, key=f"{one.key}+") for one in batch])
    for one, other in zip(singly, together, strict=True):
        assert _plain(read(one.matter)) == _plain(read(other.matter))
        assert (one.seq, one.findings) == (other.seq, other.findings)
    numbers = [int(one.number.partition("〕")[2].removesuffix("号")) for one in (*singly, *together) if one.number]
    assert numbers == list(range(1, 23))
    seal_all()
    follow_sealed()
    for room in followers():
        assert compare(room) == (), room.name
    report = verify()
    assert (report.matters, report.unsealed, report.wrong) == (28, 0, [])


def test_lines_stand_in_the_order_in_which_matters_were_told(clerk: Actor, batch: list[Entering]) -> None:
    done = desk.enter_many(clerk, batch)
    ids = [read(one.matter).entries[0].id for one in done]
    assert ids == sorted(ids)


def test_a_key_that_is_known_enters_nothing_twice(clerk: Actor, batch: list[Entering]) -> None:
    first = desk.enter_many(clerk, batch[:3])
    again = desk.enter_many(clerk, [*batch, batch[-1]])
    assert [one.matter for one in again[:3]] == [one.matter for one in first]
    assert [one.number for one in again[:3]] == [one.number for one in first]
    assert [one.repeated for one in again] == [True] * 3 + [False] * (len(batch) - 3) + [True]
    assert again[-1].matter == again[-2].matter
    assert query.fetch("default", "select count(*) from ledger_matter") == [(len(batch),)]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ([Act("accepted", DAY)], "请先记录"),
        ([Act("received", DAY, fields={"channel": "pigeon"})], "应为以下之一"),
        (_letter(Act("accepted", DAY, corrects=9)), "第9条"),
    ],
)
def test_one_that_is_refused_refuses_all_and_is_named(
    wrong: list[Act], told: str, clerk: Actor, batch: list[Entering]
) -> None:
    with pytest.raises(Refused) as refused:
        desk.enter_many(clerk, [*batch[:2], Entering("appeal", wrong, "bad"), *batch[2:]])
    assert (refused.value.place, refused.value.key) == (3, "bad") and refused.value.findings
    assert "第3件（bad）" in str(refused.value) and told in str(refused.value)
    assert query.fetch("default", "select count(*) from ledger_matter") == [(0,)]


def test_nobody_enters_for_a_unit_that_is_not_theirs(fresh_district: Any, clerk: Actor, batch: list[Entering]) -> None:
    with pytest.raises(NoRight, match="第2件（m1）"):
        desk.enter_many(clerk, [batch[0], replace(batch[1], unit=fresh_district.street)])
    with pytest.raises(Refused, match="自己的页面"):
        desk.enter_many(clerk, [Entering("local_page", [Act("proposed", DAY)], "own")])
    with pytest.raises(Refused, match="这一件是重复登记"):
        desk.enter_many(clerk, [Entering("appeal", _letter(Act(DUPLICATE, DAY)), "twice")])
    assert query.fetch("default", "select count(*) from ledger_matter") == [(0,)]


def test_a_register_filled_in_the_batch_is_asked_by_what_follows(clerk: Actor) -> None:
    listed = _listed("夜间施工")
    case = [Act("found", DAY, fields={"origin": "inspection"}), Act("filed", DAY, fields={"behaviour": "夜间施工"})]
    before, _, after = desk.enter_many(
        clerk, [Entering("penalty", case, "1"), Entering("exemption", [listed], "2"), Entering("penalty", case, "3")]
    )
    said = [read(one.matter).entries[1].fields["exemption"] for one in (before, after)]
    assert said == ["absent", "found"]


def test_a_holder_may_be_given_a_code_each(clerk: Actor, batch: list[Entering]) -> None:
    done = desk.enter_many(clerk, batch[:2], holder=True)
    assert [holders.prove(one.query_number, one.code) for one in done] == [one.matter for one in done]
