"""Who is involved in a matter, whose turn it is, and how lists page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district import TODAY, District
from fazhi.ledger import query, read
from fazhi.reach import ask
from fazhi.reach.scope import Filters


def _parts(matter: object) -> dict[object, tuple[str, bool]]:
    rows = query.fetch("default", "select unit, role, todo from reach_row where matter = %s", [matter])
    return {unit: (role, todo) for unit, role, todo in rows}


def test_assigning_moves_the_turn_and_leaves_the_giver_in_charge(district: District) -> None:
    matter = district.receive("司法局").matter
    district.record(matter, "assigned", "司法局", unit=str(district.units["城管局"]))
    parts = _parts(matter)
    assert parts[district.units["城管局"]] == ("responsible", True)
    assert parts[district.units["司法局"]] == ("receiving", True)
    assert district.scope("城管员").may_act(matter)


def test_dispatching_names_the_unit_whose_turn_it_is_and_the_hotline_can_still_call_back(district: District) -> None:
    matter = district.receive("司法局", procedure="hotline").matter
    district.record(matter, "forwarded", "司法局", unit=str(district.units["城管局"]))
    assert _parts(matter)[district.units["城管局"]] == ("responsible", True)
    assert _parts(matter)[district.units["司法局"]] == ("receiving", True)


def test_transferring_takes_the_turn_away(district: District) -> None:
    matter = district.receive("司法局").matter
    district.record(matter, "transferred", "司法局", unit=str(district.units["城管局"]))
    assert _parts(matter)[district.units["司法局"]] == ("receiving", False)


def test_a_returned_matter_stays_readable_but_is_no_longer_to_do(district: District) -> None:
    matter = district.receive("司法局").matter
    district.record(matter, "assigned", "司法局", unit=str(district.units["城管局"]))
    district.record(matter, "returned", "城管局")
    parts = _parts(matter)
    assert parts[district.units["司法局"]] == ("receiving", True)
    assert not parts[district.units["城管局"]][1]
    scope = district.scope("城管员")
    assert scope.may_see(matter)
    assert not scope.may_act(matter)


def _answered(district: District, matter: object, by: str) -> None:
    district.record(matter, "answered", by, outcome="explained")  # type: ignore[arg-type]


def test_a_closed_matter_is_gone_on_with_by_those_who_had_it_to_do(district: District) -> None:
    matter = district.receive("司法局").matter
    district.record(matter, "accepted", "司法局", nature="claim")
    district.record(matter, "transferred", "司法局", unit=str(district.units["城管局"]))
    district.record(matter, "asked", "城管局", unit=str(district.units["莲花街道"]))
    district.record(matter, "replied", "莲花街道")
    _answered(district, matter, "城管局")
    district.clerk("司法员", "司法局")
    district.grant("司法员", "司法局")
    for name, acts in (("城管员", True), ("司法员", False), ("街道员", False), ("大队员", False)):
        scope = district.scope(name)
        assert scope.may_act(matter) is acts, name
        assert scope.may_act_on(read(matter)) is acts, name
    assert district.scope("司法员").may_see(matter)
    assert district.scope("街道员").may_see(matter)


def test_an_asked_unit_has_it_to_do_until_it_replied(district: District) -> None:
    matter = district.receive("城管局").matter
    district.record(matter, "asked", "城管局", unit=str(district.units["莲花街道"]))
    assert district.scope("街道员").may_act(matter)
    district.record(matter, "replied", "莲花街道")
    assert not district.scope("街道员").may_act(matter)
    assert district.scope("街道员").may_see(matter)
    assert district.scope("城管员").may_act(matter)


def test_a_transfer_of_a_transfer_leaves_one_unit_to_act(district: District) -> None:
    matter = district.receive("司法局").matter
    for unit, by in (("城管局", "司法局"), ("莲花街道", "城管局")):
        district.record(matter, "transferred", by, unit=str(district.units[unit]))
    todo = [unit for unit, (_, todo) in _parts(matter).items() if todo]
    assert todo == [district.units["莲花街道"]]


def test_a_joined_unit_acts_beside_the_responsible_one(district: District) -> None:
    matter = district.receive("城管局").matter
    district.record(matter, "joined", "城管局", unit=str(district.units["莲花街道"]))
    assert district.scope("街道员").may_act(matter)
    assert district.scope("城管员").may_act(matter)


def test_a_corrected_assignment_leaves_no_trace_of_right(district: District) -> None:
    from fazhi import desk
    from fazhi.people.actors import machine

    matter = district.receive("司法局").matter
    done = district.record(matter, "assigned", "司法局", unit=str(district.units["莲花街道"]))
    assert district.scope("街道员").may_see(matter)
    desk.correct(
        machine(district.units["司法局"]),
        matter,
        done.seq,
        fields={"unit": str(district.units["城管局"])},
        day=TODAY,
        seen=done.seq,
        key="correct-1",
    )
    assert not district.scope("街道员").may_see(matter)
    assert district.scope("城管员").may_see(matter)


def test_a_closed_matter_leaves_the_open_lists(district: District) -> None:
    matter = district.receive("城管局").matter
    district.record(matter, "answered", "城管局", outcome="explained")
    scope = district.scope("城管员")
    assert scope.may_see(matter)
    assert scope.may_act(matter)
    assert matter not in ask.select(scope, order="due").items
    assert matter in ask.select(scope, Filters(open=False)).items
    assert matter not in ask.select(scope, Filters(open=True)).items


def test_a_merged_unit_s_matters_pass_to_its_successor_s_people(district: District) -> None:
    from fazhi.people import units

    matter = district.receive("城管局一大队").matter
    units.merge(district.units["城管局一大队"], into=district.units["城管局"], day=TODAY)
    assert district.scope("城管员").may_see(matter)
    assert not district.scope("城管员", TODAY - timedelta(days=1)).may_see(matter)


def test_a_moved_unit_is_seen_from_its_new_place_only(district: District) -> None:
    from fazhi.people import units

    matter = district.receive("景田社区").matter
    assert district.scope("街道员").may_see(matter)
    units.move(district.units["景田社区"], parent=district.units["城管局"], day=TODAY)
    assert not district.scope("街道员").may_see(matter)
    assert district.scope("城管员").may_see(matter)


@pytest.mark.parametrize("order", ["day", "due"])
@pytest.mark.parametrize("name", ["区长", "城管员"])
def test_paging_gives_each_matter_once_and_in_order(district: District, order: ask.Order, name: str) -> None:
    made = {
        district.receive("城管局", day=date(2025, 2, 1) + timedelta(days=number // 3)).matter for number in range(11)
    }
    for matter in list(made)[:4]:
        district.record(matter, "joined", "城管局", unit=str(district.units["莲花街道"]))
    scope, seen, after = district.scope(name), [], ""
    while True:
        page = ask.select(scope, order=order, after=after, limit=3)
        seen += page.items
        after = page.after
        if not after:
            break
    assert len(seen) == len(made)
    assert set(seen) == made
    rows = query.fetch("default", f"select distinct matter, {order} from reach_row")
    days = dict(rows)
    told = [days[matter] for matter in seen]
    assert told == sorted(told, reverse=order == "day")


def test_both_ways_to_a_list_agree(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    from fazhi.reach import scope as scopes

    for number in range(9):
        unit = ("城管局", "莲花街道", "司法局")[number % 3]
        matter = district.receive(unit, day=date(2025, 2, 1) + timedelta(days=number % 4)).matter
        if number % 2:
            district.record(matter, "asked", unit, unit=str(district.units["景田社区"]))
    reader = district.scope("区长")
    monkeypatch.setattr(ask, "FEW_CELLS", 10_000)
    probed = ask.select(reader)
    monkeypatch.setattr(scopes, "MAX_PROBES", 0)
    assert ask.select(reader) == probed
    assert len(probed.items) == 9


@pytest.mark.parametrize("few", [1, 2, 6])
@pytest.mark.parametrize("order", ["day", "due"])
def test_a_busy_unit_beside_quiet_ones_loses_no_row(
    district: District, monkeypatch: pytest.MonkeyPatch, few: int, order: ask.Order
) -> None:
    """Asking each unit for a few rows first gives the same pages as walking the whole list, or its beginning."""
    from fazhi.reach import scope as scopes

    for number in range(17):
        unit = "莲花街道" if number in (3, 9) else "司法局" if number == 12 else "城管局"
        district.receive(unit, day=date(2025, 1, 1) + timedelta(days=number // 2))
    reader = district.scope("区长")

    def pages() -> list[tuple[object, ...]]:
        found, after = [], ""
        while True:
            page = ask.select(reader, order=order, after=after, limit=5)
            found.append(page.items)
            after = page.after
            if not after:
                return found

    monkeypatch.setattr(ask, "FEW", few)
    monkeypatch.setattr(ask, "FEW_CELLS", 10_000)
    probed = pages()
    monkeypatch.setattr(ask, "FEW_CELLS", 0)
    assert probed == pages()
    monkeypatch.setattr(ask, "NEAR", 7)
    assert probed == pages()
    monkeypatch.setattr(ask, "FEW_CELLS", 10_000)
    monkeypatch.setattr(scopes, "MAX_PROBES", 0)
    assert probed == pages()
    assert sum(map(len, probed)) == 17


def test_counts_stop_at_their_cap_and_say_so(district: District) -> None:
    for _ in range(5):
        district.receive("城管局")
    scope = district.scope("城管员")
    assert str(ask.count(scope, cap=3)) == "3+"
    assert str(ask.count(scope, cap=5)) == "5"


def test_a_foreign_cursor_is_refused_with_words(district: District) -> None:
    with pytest.raises(ask.BadCursor, match="翻页"):
        ask.select(district.scope("区长"), after="2025-03-03_zzz")


@given(st.dates(), st.uuids())
def test_a_cursor_is_read_as_it_was_written(day: date, matter: object) -> None:
    assert ask.place_of(ask.cursor_of(day, matter)) == (day, matter)  # type: ignore[arg-type]
