"""Number and code: how a citizen without an account proves to hold a matter."""

from __future__ import annotations

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district import District
from fazhi.ledger import query
from fazhi.people import holders


def test_the_right_code_opens_and_nothing_else_does(district: District) -> None:
    matter = uuid4()
    number, code = holders.issue(matter)
    assert holders.prove(number, code) == matter
    assert holders.prove(number.replace("-", " "), code.lower()) == matter
    assert holders.prove(number, "000-000-0000") is None
    assert holders.prove("250305-0000-0000", code) is None


def test_the_code_stands_nowhere_in_the_database(district: District) -> None:
    number, code = holders.issue(uuid4())
    holders.prove(number, code)
    for table in ("people_holder", "people_attempt"):
        told = str(query.fetch("default", f"select t::text from {table} t"))
        assert code not in told
        assert code.replace("-", "") not in told


def test_a_code_of_one_number_opens_no_other(district: District) -> None:
    first, second = holders.issue(uuid4()), holders.issue(uuid4())
    assert holders.prove(first[0], second[1]) is None


def test_letters_that_are_misheard_are_set_right(district: District) -> None:
    matter = uuid4()
    number, code = holders.issue(matter)
    heard = code.replace("0", "O").replace("1", "l")
    assert holders.prove(number, heard) == matter


def test_codes_have_fifty_bits_and_no_lookalikes(district: District) -> None:
    codes = {holders.issue(uuid4())[1].replace("-", "") for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 10 and not set(code) & set("ILOU") for code in codes)


@pytest.mark.parametrize("there", [True, False])
def test_wrong_and_absent_are_refused_alike_and_stop_alike(district: District, there: bool) -> None:
    number = holders.issue(uuid4())[0] if there else "250305-1111-2222"
    told: list[object] = []
    for _ in range(12):
        try:
            told.append(holders.prove(number, "000-000-0000"))
        except holders.TooManyTries as stopped:
            told.append(str(stopped))
    assert told[:10] == [None] * 10
    assert "15分钟" in str(told[10])
    assert told[10] == told[11]


def test_after_too_many_tries_even_the_right_code_waits(district: District) -> None:
    number, code = holders.issue(uuid4())
    for _ in range(10):
        holders.prove(number, "000-000-0000")
    with pytest.raises(holders.TooManyTries):
        holders.prove(number, code)


def test_one_caller_cannot_try_many_numbers(district: District) -> None:
    for tried in range(60):
        holders.prove(f"250305-0000-{tried:04}", "000-000-0000", origin="192.0.2.7")
    with pytest.raises(holders.TooManyTries):
        holders.prove("250305-0001-0000", "000-000-0000", origin="192.0.2.7")
    assert holders.prove("250305-0001-0000", "000-000-0000", origin="192.0.2.8") is None


@given(st.text(max_size=40))
def test_whatever_is_typed_reading_it_never_fails(text: str) -> None:
    assert len(holders.plain_number(text)) <= 16
    assert len(holders.plain_code(text)) <= 32
