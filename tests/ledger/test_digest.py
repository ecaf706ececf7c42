"""Digests: one byte string a record, no two lists under one root, nothing told of a body without its salt."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from fazhi.ledger import digest

LEAVES = st.lists(st.binary(min_size=32, max_size=32), max_size=20)
BODIES = st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=5)


def test_sm3_is_that_of_the_standard():
    digest.check_algorithm()
    assert digest.sm3(b"abc") == "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(LEAVES, LEAVES)
def test_two_lists_share_a_root_only_if_they_are_one(one, two):
    assert (digest.merkle(one) == digest.merkle(two)) == (one == two)


@given(BODIES)
def test_the_order_in_which_words_were_said_changes_nothing(body):
    turned = dict(reversed(list(body.items())))
    assert digest.canonical(body) == digest.canonical(turned)


@given(st.datetimes(timezones=st.just(UTC)), st.integers(-12, 12))
def test_an_instant_has_one_form_in_every_time_zone(moment: datetime, hours: int):
    if not 2 <= moment.year <= 9998:
        return
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert digest.canonical({"at": moment}) == digest.canonical({"at": elsewhere})


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16), st.binary(max_size=50))
def test_the_same_words_under_two_salts_cannot_be_told_to_be_the_same(one, two, body):
    assert (digest.commit(one, body) == digest.commit(two, body)) == (one == two)
