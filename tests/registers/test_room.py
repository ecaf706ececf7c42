"""A register as it stands on a day: within rights, with its history, its public face, its sums and its warnings."""

from datetime import date
from typing import Any

import pytest
from register_lines import enter

from district import District, lay
from fazhi import desk, ledger
from fazhi.ledger import query, rulebook
from fazhi.ledger.follow import follower
from fazhi.people.actors import machine
from fazhi.reach.scope import scope_of
from fazhi.registers import look
from fazhi.registers.values import Line, Wanted
from fazhi.worklist.tasks import desk as tasks_of

BEGUN = date(2025, 1, 10)
MARCH = date(2025, 3, 5)


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def page(name: str) -> Any:
    return rulebook().page(name, MARCH)


def lines(district: District, who: str, name: str, **wanted: Any) -> tuple[Line, ...]:
    given = {"day": MARCH} | wanted
    return look.page(district.scope(who), page(name), Wanted(**given)).lines


def record(district: District, matter: Any, kind: str, unit: str, on: date, /, **fields: str) -> None:
    """An act of the unit, recorded with all that it says."""
    head = ledger.read(matter).head
    desk.record(machine(district.units[unit]), matter, kind, day=on, fields=fields, seen=head, key=f"{kind}/{head}")


def test_a_line_stands_until_it_is_removed_and_keeps_what_it_said_before(district: District) -> None:
    matter = enter(district, "delegated_power", "莲花街道", BEGUN, power="占道经营", code="001")
    record(district, matter, "changed", "莲花街道", date(2025, 2, 1), power="超门线经营")
    record(district, matter, "removed", "莲花街道", date(2025, 3, 1))
    (first,) = lines(district, "街道员", "delegated_power", day=date(2025, 1, 31))
    (second,) = lines(district, "街道员", "delegated_power", day=date(2025, 2, 28))
    assert (first.data["power"], first.data["code"], second.data["power"]) == ("占道经营", "001", "超门线经营")
    assert first.stands(date(2025, 1, 31)) and not first.stands(date(2025, 2, 1))
    assert lines(district, "街道员", "delegated_power", day=date(2025, 1, 9)) == ()
    assert lines(district, "街道员", "delegated_power") == ()
    (left,) = lines(district, "街道员", "delegated_power", state="left")
    assert (left.until, left.leaves, left.unit) == (date(2025, 3, 1), True, district.units["莲花街道"])
    history = look.line(district.scope("街道员"), "delegated_power", matter)
    assert [(one.version, one.data["power"]) for one in history] == [(1, "占道经营"), (2, "超门线经营")]


def test_a_line_lapses_by_itself_after_its_last_day_and_is_warned_of_before(district: District) -> None:
    matter = enter(district, "mediator", "莲花街道", BEGUN, day="2025-06-30", name="张三丰", phone="13812345678")
    assert len(lines(district, "街道员", "mediator", day=date(2025, 6, 30))) == 1
    assert lines(district, "街道员", "mediator", day=date(2025, 7, 1)) == ()
    ending = lines(district, "街道员", "mediator", day=date(2025, 4, 15), state="ending")
    assert [one.matter for one in ending] == [matter]
    assert lines(district, "街道员", "mediator", day=date(2025, 3, 5), state="ending") == ()

    def waiting(day: date) -> list[str]:
        found = tasks_of(scope_of(district.actor("街道员"), day), day)
        return [str(task.what) for task in found.tasks if task.procedure == "mediator"]

    assert waiting(date(2025, 4, 29)) == []
    assert waiting(date(2025, 4, 30)) == ["有效期"]
    record(district, matter, "changed", "莲花街道", date(2025, 5, 6), day="2028-06-30")
    assert waiting(date(2025, 5, 7)) == []


def test_nobody_sees_lines_of_a_unit_beyond_reach(district: District) -> None:
    enter(district, "hazard", "莲花街道", BEGUN, place="市场", day="2025-04-01")
    assert len(lines(district, "街道员", "hazard")) == 1
    assert len(lines(district, "区长", "hazard")) == 1
    assert lines(district, "城管员", "hazard") == ()
    assert look.counts(district.scope("城管员"), MARCH) == {}
    assert look.counts(district.scope("区长"), MARCH) == {"hazard": 1}
    assert str(look.count(district.scope("区长"), page("hazard"), Wanted(MARCH))) == "1"


def test_the_public_reads_public_columns_of_public_registers_and_nothing_else(district: District) -> None:
    secret = enter(district, "mediator", "莲花街道", BEGUN, name="张三丰", phone="13812345678", id_number="X1")
    enter(district, "hazard", "莲花街道", BEGUN, place="后厨", day="2025-04-01")
    (face,) = look.public_page(page("mediator"), Wanted(MARCH)).lines
    assert face.data["name"] == "张三丰"
    assert not {"phone", "id_number"} & set(face.data)
    assert look.public_page(page("hazard"), Wanted(MARCH)).lines == ()
    assert look.public_counts(MARCH) == {"mediator": 1}
    stored = query.fetch("default", "select string_agg(l::text, '') || string_agg(f::text, '') "
                         "from registers_line l left join registers_face f using (matter)")[0][0]  # fmt: skip
    assert "13812345678" not in stored
    assert str(secret) not in face.address


def test_a_matter_kept_secret_has_no_public_face(district: District) -> None:
    unit = district.units["莲花街道"]
    fields = {"name": "张三", "committee": "调委会", "kind": "full", "secrecy": "1"}
    desk.receive(machine(unit), "mediator", kind="entered", day=BEGUN, fields=fields, key="s")
    assert look.public_page(page("mediator"), Wanted(MARCH)).lines == ()


def test_lines_are_filtered_sorted_and_paged_by_key(district: District) -> None:
    for number, grade in enumerate(("red", "green", "red", "yellow", "red")):
        enter(district, "prepaid_shop", "莲花街道", BEGUN, shop=f"商户{number}", grade=grade, balance=str(100 * number))
    of, scope = page("prepaid_shop"), district.scope("街道员")
    red = Wanted(MARCH, columns={"grade": "red"}, order="balance")
    seen: list[str] = []
    after = ""
    while True:
        listed = look.page(scope, of, red, after, limit=2)
        seen += [one.data["shop"] for one in listed.lines]
        if not (after := listed.after):
            break
    assert seen == ["商户0", "商户2", "商户4"]
    dearest = look.page(scope, of, Wanted(MARCH, order="balance", down=True)).lines[0]
    assert dearest.data["shop"] == ("商户4")
    within = look.page(scope, of, Wanted(MARCH, columns={"balance": "100..300"})).lines
    assert {one.data["shop"] for one in within} == {"商户1", "商户2", "商户3"}
    assert look.values(scope, of, Wanted(MARCH), "grade") == {"red": 3, "green": 1, "yellow": 1}


def test_hours_of_training_add_up_for_each_officer_against_the_least_of_a_year(district: District) -> None:
    for day, certificate, hours in (
        (date(2025, 1, 15), "粤001", "40"),
        (date(2025, 2, 20), "粤001", "24"),
        (date(2025, 2, 20), "粤002", "45.5"),
        (date(2024, 12, 20), "粤002", "30"),
    ):
        enter(district, "officer_training", "城管局", day, certificate=certificate, hours=hours)
    found = look.sums(district.scope("城管员"), page("officer_training"), Wanted(MARCH, state="all", year=2025))
    assert {one.value: (one.lines, one.amount, one.short) for one in found} == {
        "粤001": (2, 64, 0),
        "粤002": (1, 45.5, 14.5),
    }


def test_a_correction_takes_the_place_of_what_was_wrong(district: District) -> None:
    matter = enter(district, "service_item", "城管局", BEGUN, item="占道许可", visits="2")
    desk.correct(
        machine(district.units["城管局"]), matter, 1, seen=ledger.read(matter).head, key="c",
        fields={"code": "001", "item": "占道许可", "class": "license", "visits": "1"},
    )  # fmt: skip
    (line,) = lines(district, "城管员", "service_item")
    assert (line.version, line.data["visits"], line.since) == (1, "1", BEGUN)


def test_a_refilled_room_equals_the_one_that_followed(district: District) -> None:
    matter = enter(district, "contingency_plan", "莲花街道", BEGUN, day="2025-02-01")
    view = ledger.read(matter)
    for name, table in (("registers", "registers_line"), ("registers_public", "registers_face")):
        rows = list(follower(name).rows(view))
        kept = query.fetch("default", f"select version, since, until, leaves from {table} where matter = %s", [matter])
        assert [(row["version"], row["since"], row["until"], row["leaves"]) for row in rows] == kept
        assert kept == [(1, BEGUN, date(2025, 2, 2), True)]


def test_a_share_of_lines_is_told_with_its_base(district: District) -> None:
    for number, visits in enumerate(("0", "1", "1", "2")):
        enter(district, "service_item", "城管局", BEGUN, code=f"00{number}", visits=visits)
    of, scope = page("service_item"), district.scope("城管员")
    most = Wanted(MARCH, columns={"visits": "0..1"})
    assert (look.count(scope, of, most).number, look.count(scope, of, Wanted(MARCH)).number) == (3, 4)


def test_the_counsels_of_each_level_add_up_to_the_roster(district: District) -> None:
    levels = ["district", *["department"] * 3, *["subdistrict"] * 2]
    for number, level in enumerate(levels):
        enter(district, "legal_counsel", "司法局", BEGUN, name=f"律师{number}", level=level)
    scope = district.scope("区长")
    found = look.values(scope, page("legal_counsel"), Wanted(MARCH), "level")
    assert found == {"department": 3, "subdistrict": 2, "district": 1}
    assert look.count(scope, page("legal_counsel"), Wanted(MARCH)).number == sum(found.values())
