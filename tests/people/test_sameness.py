"""Two parties that are one person: proposed by marks, decided by people, undone again, erased together."""

from __future__ import annotations

from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.desk.same_person import find_same, keep_apart, part_same
from fazhi.people import parties, sameness
from fazhi.search import look

NUMBER = "11010519491231002X"


@pytest.fixture
def district(db: Any) -> District:
    laid = lay()
    laid.clerk("总台", "区政府", "record", "erase", "reveal")
    laid.grant("总台", "区政府", secrecy=2)
    return laid


@pytest.fixture
def two(district: District) -> tuple[Any, Any]:
    """The same woman at two counters, with her number at one and a slip in it at none."""
    one = parties.register("citizen", "独孤求甲", "13912340071", NUMBER)
    other = parties.register("citizen", "独孤求佳", "", NUMBER)
    return (
        (one, district.receive("城管局", parties=(one,)).matter),
        (other, district.receive("莲花街道", "另一件事", parties=(other,)).matter),
    )


def actor(district: District, name: str = "总台") -> Any:
    return district.actor(name, ledger.today())


def test_likely_ones_are_proposed_by_number_or_by_name_and_telephone_and_by_no_name_alone(district: District) -> None:
    first = parties.register("citizen", "独孤求甲", "13912340071", NUMBER)
    parties.register("citizen", "独孤求甲", "13912340072")
    by_contact = parties.register("citizen", "独孤求甲", "139-1234-0071")
    by_number = parties.register("citizen", "独孤求佳", "", NUMBER)
    parties.register("firm", "独孤求甲", "13912340071")
    found = {frozenset((one.one, one.other)): one.ground for one in sameness.likely([first])}
    assert found == {frozenset((first, by_contact)): "contact", frozenset((first, by_number)): "number"}


def test_found_to_be_one_they_are_searched_hinted_and_told_together_and_undone(district: District, two: Any) -> None:
    (one, first), (other, second) = two
    by, scope = actor(district), district.scope("总台", ledger.today())
    assert set(find_same(by, one, other, ground="number", note="证件号相同", key="k")) == {first, second}
    assert set(find_same(by, one, other, ground="number", key="k")) == {first, second}, "the same act again"
    for matter in (first, second):
        line = ledger.read(matter).entries[-1]
        assert line.kind == "same_person" and line.fields["party_one"] == str(one)
        assert len(ledger.read(matter).parties) == 1, "the other is no party of this matter"
    assert sameness.same_as([one]) == {one, other} == sameness.same_as([other])
    assert other in parties.alike([one]) and not sameness.likely([one, other])
    hits = {hit.matter for hit in look.search(scope, by, "13912340071").items}
    assert hits == {first, second}, "her telephone stands in one matter, she in both"

    part_same(by, one, other, note="证件号登记错了", key="p")
    assert sameness.same_as([one]) == {one} and other not in parties.alike([one])
    hits = {hit.matter for hit in look.search(scope, by, "13912340071").items}
    assert hits == {first} and not sameness.likely([one])
    assert [line.kind for line in ledger.read(first).entries][-2:] == ["same_person", "not_same_person"]


def test_one_erased_is_erased_in_both_or_in_none(district: District, two: Any) -> None:
    (one, first), (other, second) = two
    find_same(actor(district), one, other, ground="asked", key="k")
    district.clerk("城管清除", "城管局", "record", "erase")
    district.grant("城管清除", "城管局")
    with pytest.raises(desk.NoRight):
        desk.erase(actor(district, "城管清除"), party=one, key="e")
    assert not parties.masked(one).erased and ledger.read(first).body(1)
    done = desk.erase(actor(district), party=other, key="e")
    assert set(done.matters) == {first, second} and done.party
    assert parties.masked(one).erased and parties.masked(other).erased
    assert ledger.read(first).body(1) is None and ledger.read(second).body(1) is None


def test_who_may_not_and_what_cannot_be(district: District, two: Any) -> None:
    (one, first), (other, _) = two
    before = ledger.read(first).head
    with pytest.raises(desk.NoRight, match="都须有您在办的事项"):
        find_same(actor(district, "城管员"), one, other, ground="number", key="k")
    firm = parties.register("firm", "独孤百货商行")
    district.receive("城管局", "第三件", parties=(firm,))
    for pair, ground, why in (
        ((one, one), "number", "两位不同"),
        ((one, firm), "number", "个人和单位"),
        ((one, other), "looks", "依据"),
    ):
        with pytest.raises(desk.Refused, match=why):
            find_same(actor(district), *pair, ground=ground, key="k")  # type: ignore[arg-type]
    with pytest.raises(desk.Refused, match="并没有"):
        part_same(actor(district), one, other, key="k")
    assert ledger.read(first).head == before and sameness.same_as([one]) == {one}
    with pytest.raises(desk.Refused, match="自动记录"):
        desk.record(actor(district), first, "same_person", fields={"ground": "number"}, seen=before, key="x")


def test_kept_apart_they_are_not_proposed_again(district: District, two: Any) -> None:
    (one, _), (other, _) = two
    keep_apart(actor(district), one, other)
    assert not sameness.likely([one, other]) and other not in parties.alike([one])
    find_same(actor(district), one, other, ground="papers", key="k")
    assert other in parties.alike([one])


def test_what_was_decided_stays_on_record(district: District, two: Any) -> None:
    from django.db import DatabaseError, transaction

    from fazhi.people.models import Sameness

    (one, _), (other, _) = two
    keep_apart(actor(district), one, other)
    with pytest.raises(DatabaseError), transaction.atomic():
        Sameness.objects.update(same=True)
