"""A closed year is found again as it was, corrections stand beside it, and what was open is carried on whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from district import District, lay
from fazhi import archive, desk, ledger
from fazhi.closing import close, compare
from fazhi.closing import kept as kept_years
from fazhi.closing.frozen import from_json
from fazhi.indicators import kept, look
from fazhi.indicators.balance import Stretch, balance, open_before
from fazhi.indicators.values import Span
from fazhi.ledger.heavy import as_of, follow_sealed
from fazhi.ledger.seal import seal_once
from fazhi.people import units
from fazhi.people.actors import machine

Y25 = date(2025, 12, 31)
HERE = machine(UUID(int=1))


def sealed() -> None:
    seal_once("sealer")
    follow_sealed()


@pytest.fixture
def district(fresh_database: Any) -> District:
    """Eight appeals of 2024 at 城管局, five answered; two at its first brigade, which ends with 2024."""
    district = lay()
    for at in range(8):
        done = district.receive("城管局", day=date(2024, 3, 1))
        district.record(done.matter, "accepted", "城管局", date(2024, 3, 4))
        if at < 5:
            district.record(done.matter, "answered", "城管局", date(2024, 4, 1), outcome="explained")
    for _ in range(2):
        district.receive("城管局一大队", day=date(2024, 11, 1))
    sealed()
    return district


def closed(district: District, unit: str, year: int, **more: Any) -> Any:
    done = close.close_year(district.actor("区长"), district.units[unit], year, key=f"{unit}{year}", **more)
    return ledger.read(done.matter)


def value(frozen: Any, name: str) -> Any:
    return next(one.value for one in frozen.figures if one.name == name)


def kind(found: Any, name: str = "appeal") -> Any:
    return next(one for one in found if one.procedure == name)


def test_a_closed_year_reads_the_same_though_it_was_corrected_since(district: District) -> None:
    view = closed(district, "城管局", 2024)
    frozen = close.frozen_of(view)
    assert (value(frozen, "appeal_received"), value(frozen, "appeal_answered")) == (8, 5)
    assert view.entries[0].fields["open"] == "3" and view.entries[0].fields["digest"].startswith("sha256:")

    late = district.receive("城管局", day=date(2024, 12, 30))
    ids = [row[0] for row in ledger.query.fetch("default", "select id from ledger_matter where procedure = 'appeal'")]
    wrong = next(one for one in ids if any(line.kind == "answered" for line in ledger.read(one).entries))
    seen = ledger.read(wrong)
    seq = next(line.seq for line in seen.entries if line.kind == "answered")
    by = district.actor("城管员")
    desk.correct(by, wrong, seq, strikes=True, seen=seen.head, key="strike")
    sealed()

    read = {one.was.name: one for one in compare.again(close.frozen_of(ledger.read(view.id)))}
    assert all(one.same for one in read.values())
    received, answered = read["appeal_received"], read["appeal_answered"]
    assert (received.was.value, received.now.value, received.difference) == (8, 9, 1)
    assert (answered.was.value, answered.now.value) == (5, 4)
    assert {one.was.name for one in read.values() if one.changed} >= {"appeal_received", "appeal_answered"}
    assert not read["reconsideration_received"].changed
    assert [(one.how, one.matter) for one in compare.changes(frozen, "appeal_received")] == [("came", late.matter)]
    assert [(one.how, one.matter) for one in compare.changes(frozen, "appeal_answered")] == [("gone", wrong)]


def test_a_page_that_changed_since_leaves_the_closed_year_to_its_own_page(district: District) -> None:
    view = closed(district, "城管局", 2024)
    frozen = close.frozen_of(view)
    assert frozen.pages == dict(ledger.rulebook().indicators)
    tables = {name: dict(table) for name, table in frozen.tables.items()}
    tables["appeal_received"] |= {"of": {"procedure": "appeal", "fact": "answered"}}
    other = replace(frozen, tables=tables)
    read = compare.again(other, ["appeal_received"])[0]
    assert (read.now.value, read.was.value, read.same) == (5, 8, False)


def test_what_is_open_is_carried_on_and_the_sum_holds(district: District) -> None:
    first = close.frozen_of(closed(district, "城管局", 2024))
    carried = compare.still_open(first)
    assert len(carried) == first.open == 3
    # recorded after the close: one of the old year, one answered in the old year, one new, one old concluded
    district.receive("城管局", day=date(2024, 12, 30))
    district.record(carried[0].matter, "answered", "城管局", date(2024, 12, 20), outcome="explained")
    district.receive("城管局", day=date(2025, 2, 1))
    district.record(carried[1].matter, "answered", "城管局", date(2025, 2, 3), outcome="explained")
    sealed()
    second = close.frozen_of(closed(district, "城管局", 2025))
    assert second.since == date(2025, 1, 1)
    one = kind(compare.carry(first, second.stretch))
    assert (one.carried, [why for _, why in one.came], [why for _, why in one.gone]) == (3, ["late"], ["corrected"])
    assert one.carried + len(one.came) - len(one.gone) == one.sums.opening == 3
    assert (one.sums.received, one.sums.concluded, one.sums.closing) == (1, 1, 3)
    assert one.sums == kind(second.balances)


def test_a_close_before_the_end_of_the_year_leaves_no_day_between(district: District) -> None:
    frozen = close.frozen_of(closed(district, "城管局", 2024, cutoff=date(2024, 11, 30)))
    district.receive("城管局", day=date(2024, 12, 5))
    sealed()
    second = close.freeze(district.units["城管局"], 2025, Y25)
    assert second.since == date(2024, 12, 1) and second.span.start == date(2025, 1, 1)
    one = kind(compare.carry(frozen, second.stretch))
    assert (one.carried, one.sums.opening, one.sums.received, one.sums.closing) == (3, 3, 1, 4)


def test_old_figures_keep_the_old_unit_and_the_heir_begins_with_its_open_work(district: District) -> None:
    old, heir = district.units["城管局一大队"], district.units["城管局"]
    gone = close.frozen_of(closed(district, "城管局一大队", 2024))
    own = close.frozen_of(closed(district, "城管局", 2024))
    whole = close.frozen_of(closed(district, "区政府", 2024))
    units.merge(old, into=heir, day=date(2025, 1, 1))
    assert all(one.same for one in (*compare.again(gone), *compare.again(own), *compare.again(whole)))
    second = close.freeze(heir, 2025, Y25)
    assert set(second.units) == {old, heir}
    one = kind(compare.carry(own, second.stretch))
    assert (one.carried, one.sums.opening, {why for _, why in one.came}) == (3, 5, {"moved"})
    top = kind(compare.carry(whole, close.freeze(district.units["区政府"], 2025, Y25).stretch))
    assert (top.carried, top.sums.opening, top.came, top.gone) == (5, 5, (), ())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.sets(st.sampled_from(("城管局", "城管局一大队", "莲花街道"))),
    start=st.dates(date(2023, 12, 1), date(2025, 6, 1)), length=st.integers(0, 500), back=st.integers(0, 30),
)  # fmt: skip
def test_the_balance_holds_over_any_days_and_units_and_as_of_any_position(
    district: District, names: set[str], start: date, length: int, back: int
) -> None:
    ids = tuple(district.units[name] for name in names)
    stretch = Stretch(ids, start, date.fromordinal(start.toordinal() + length), max(as_of("indicators") - back, 0))
    for one in balance(stretch):
        assert one.opening + one.received - one.concluded == one.closing
        assert one.opening == sum(one.procedure == kept.procedure for kept in open_before(stretch))


def test_a_year_is_closed_once_after_its_end_by_who_leads(district: District) -> None:
    head, unit = district.actor("区长"), district.units["城管局"]
    with pytest.raises(desk.NoRight, match="负责人"):
        close.close_year(district.actor("城管员"), unit, 2024, key="a")
    with pytest.raises(desk.Refused, match="还没有过去"):
        close.close_year(head, unit, ledger.today().year, key="b")
    with pytest.raises(desk.Refused, match="2024年内"):
        close.close_year(head, unit, 2024, cutoff=date(2025, 1, 1), key="c")
    with pytest.raises(desk.Refused, match="自己的页面"):
        desk.receive(head, "year_close", fields={"year": "2024"}, key="d")
    view = closed(district, "城管局", 2024)
    assert closed(district, "城管局", 2024).id == view.id
    with pytest.raises(desk.Refused, match="已经年结"):
        close.close_year(head, unit, 2024, key="again")
    close.void(head, view.id, "截止日有误", seen=view.head, key="void")
    again = close.close_year(head, unit, 2024, key="again")
    assert close.standing(unit, 2024).id == again.matter != view.id  # type: ignore[union-attr]
    assert close.frozen_of(ledger.read(view.id)).year == 2024


def test_what_was_frozen_must_be_what_the_chain_says(district: District) -> None:
    view = closed(district, "城管局", 2024)
    assert from_json(close.frozen_of(view).to_json()) == close.frozen_of(view)
    other = archive.put_bytes(close.frozen_of(view).to_json().replace('"value":"8"', '"value":"9"').encode(), "x", HERE)

    class Changed:
        entries = (replace(view.entries[0], fields={**view.entries[0].fields, "files": str(other)}),)

    with pytest.raises(ValueError, match="不符"):
        close.frozen_of(Changed())  # type: ignore[arg-type]
    archive.erase(UUID(view.entries[0].fields["files"]))
    with pytest.raises(ValueError, match="不存在"):
        close.frozen_of(view)


def test_another_unit_is_another_close(district: District) -> None:
    first = closed(district, "城管局", 2024)
    assert close.standing(UUID(int=1), 2024) is None
    assert closed(district, "莲花街道", 2024).id != first.id


def test_what_is_kept_is_read_again_when_its_business_moved_and_only_then(district: District) -> None:
    view = closed(district, "城管局", 2024)
    sealed()
    frozen, digest = close.frozen_of(view), view.entries[0].fields["digest"]
    pages = [ledger.rulebook().indicators[name] for name in ("appeal_received", "appeal_answered", "licenses_decided")]
    span = Span(frozen.units, date(2024, 1, 1), date(2024, 12, 31))

    def asked() -> tuple[list[str], Any]:
        seen: list[str] = []

        def note(execute: Any, sql: str, *more: Any) -> Any:
            seen.append(sql)
            return execute(sql, *more)

        with connection.execute_wrapper(note):
            found = kept.read_all(pages, span)
        return [sql for sql in seen if "indicators_counted" in sql], found

    first, readings = asked()
    assert first and readings == look.read_all(pages, span)
    assert asked() == ([], readings)
    assert kept_years.again(frozen, digest) == compare.again(frozen)

    district.receive("城管局", day=date(2024, 6, 1))
    sealed()
    again, moved = asked()
    assert again and not any("license" in sql for sql in again)
    assert moved == look.read_all(pages, span) and moved[0].value == (readings[0].value or 0) + 1
    held = kept_years.again(frozen, digest)
    assert held == compare.again(frozen) and any(one.changed for one in held) and all(one.same for one in held)
