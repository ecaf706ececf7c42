"""Parties: encrypted one by one, found without being read, read only on record, gone when erased."""

from __future__ import annotations

import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from district import District
from fazhi.ledger import query
from fazhi.people import parties


def _zhang(phone: str = "13812345678") -> object:
    return parties.register("citizen", "张三丰", phone, "11010519491231002X", "深圳市福田区莲花街道景田路1号")


def test_nothing_personal_stands_in_the_table(district: District) -> None:
    party = _zhang()
    (row,) = query.fetch("default", "select party::text, sealed, key from people_party party where id = %s", [party])
    raw = row[0].encode() + bytes(row[1]) + bytes(row[2])
    for told in ("张三丰", "13812345678", "11010519491231002X", "景田路"):
        assert told.encode() not in raw
        assert told.encode().hex() not in row[0]


def test_two_parties_with_one_name_do_not_share_a_key(district: District) -> None:
    first, second = _zhang(), _zhang()
    (swapped,) = query.fetch("default", "select key, sealed from people_party where id = %s", [first])
    query.run("default", "update people_party set key = %s, sealed = %s where id = %s", [*swapped, second])
    with pytest.raises(InvalidTag):
        parties.masked(second)  # type: ignore[arg-type]
    assert parties.masked(first).name == "张××"  # type: ignore[arg-type]


def test_a_party_is_found_by_name_phone_or_number_however_typed(district: District) -> None:
    party = _zhang()
    assert parties.find(name="张三丰") == (party,)
    assert parties.find(phone="13812345678") == (party,)
    assert parties.find(id_number="11010519491231002x") == (party,)
    assert parties.find(name="张三") == ()
    assert parties.find() == ()


def test_masks_show_surname_ends_and_street(district: District) -> None:
    masked = parties.masked(_zhang())  # type: ignore[arg-type]
    assert (masked.name, masked.phone) == ("张××", "138****5678")
    assert (masked.id_number, masked.address) == ("1101**********002X", "深圳市福田区莲花街道××")


def test_reading_in_the_clear_needs_the_power_and_a_purpose_and_is_recorded(district: District) -> None:
    party = _zhang()
    with pytest.raises(parties.MayNotReveal):
        parties.reveal(party, district.actor("城管员"), "核实")  # type: ignore[arg-type]
    with pytest.raises(parties.BadParty, match="用途"):
        parties.reveal(party, district.actor("区长"), " ")  # type: ignore[arg-type]
    assert parties.looks([party]) == ()  # type: ignore[list-item]
    assert parties.reveal(party, district.actor("区长"), "电话核实诉求").name == "张三丰"  # type: ignore[arg-type]
    (look,) = parties.looks([party])  # type: ignore[list-item]
    assert (look.account, look.purpose) == (district.accounts["区长"], "电话核实诉求")


@pytest.mark.parametrize(
    "statement",
    ["update people_look set purpose = ''", "delete from people_look", "update people_look set at = now()"],
)
def test_who_looked_cannot_be_taken_back(district: District, db: object, statement: str) -> None:
    from django.db import transaction

    parties.reveal(_zhang(), district.actor("区长"), "核实")  # type: ignore[arg-type]
    for role in ("fazhi_web", "fazhi_owner"):
        with pytest.raises(psycopg.Error), transaction.atomic(), db(role):  # type: ignore[operator]
            query.run("default", statement)


def test_an_erased_party_is_gone_for_good(district: District) -> None:
    party = _zhang()
    assert parties.erase(party)  # type: ignore[arg-type]
    assert not parties.erase(party)  # type: ignore[arg-type]
    assert parties.masked(party).erased  # type: ignore[arg-type]
    assert parties.find(name="张三丰", phone="13812345678") == ()
    with pytest.raises(parties.Gone):
        parties.reveal(party, district.actor("区长"), "核实")  # type: ignore[arg-type]
    (row,) = query.fetch(
        "default", "select key, sealed, name_mark, phone_mark, number_mark, name_parts from people_party"
    )
    assert row == (None,) * 6


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("phone", {"phone": "1381234567"}),
        ("phone", {"phone": "+44 12"}),
        ("phone", {"phone": "23812345678901"}),
        ("id_number", {"id_number": "110105194912310021"}),
        ("name", {"name": "  "}),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_words(district: District, field: str, given: dict[str, str]) -> None:
    with pytest.raises(parties.BadParty) as refused:
        parties.register(**({"kind": "citizen", "name": "张三"} | given))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert len(str(refused.value)) > 10


def test_a_firm_is_known_by_its_credit_code(district: District) -> None:
    with pytest.raises(parties.BadParty, match="统一社会信用代码"):
        parties.register("firm", "某某有限公司", id_number="91110000600037341I")
    party = parties.register("firm", "深圳市某某有限公司", id_number="91110000600037341L")
    assert parties.masked(party).name == "深圳××有限公司"


def test_full_width_and_spaced_numbers_are_one_number(district: District) -> None:
    party = _zhang("１３８ １２３４-５６７８")
    assert parties.find(phone="13812345678") == (party,)
