"""Collecting: asked of many at once, sent in, sent back, adopted; what is late is seen; figures held against ours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.seal import seal_once
from fazhi.report import contributions, publish
from fazhi.report.differences import differences
from fazhi.report.gather import compose_report
from fazhi.worklist.board import board
from fazhi.worklist.tasks import desk as tasks

YEAR = date.today().year - 1  # noqa: DTZ011 - the clocks of the worklist run today


@pytest.fixture
def district(fresh_database: Any) -> District:
    """Three appeals received by the subdistrict last year; someone who collects, and someone of each unit who sends."""
    district = lay()
    for _ in range(3):
        district.receive("莲花街道", day=date(YEAR, 3, 1))
    district.clerk("编写", "区政府", "record", "approve", "lead", "publish")
    district.grant("编写", "区政府", secrecy=1)
    seal_once("sealer")
    follow_sealed()
    return district


def actor(district: District, name: str) -> Any:
    return district.actor(name, ledger.today())


def begun(district: District) -> Any:
    return publish.begin(actor(district, "编写"), YEAR, date(YEAR, 12, 31), key="r").matter


def asked(district: District, report: Any, *names: str, days: int = 10) -> list[Any]:
    due = ledger.today() + timedelta(days=days)
    return list(
        contributions.collect(
            actor(district, "编写"), report, [district.units[one] for one in names], "district", due=due, key="k"
        )
    )


def send(district: District, matter: Any, by: str, text: str, **figures: str) -> Any:
    values = {name: Decimal(value) for name, value in figures.items()}
    seen = ledger.read(matter).head
    return contributions.submit(
        actor(district, by), matter, {"enforcement": text}, values, seen=seen, key=f"{by}{text}"
    )


def test_one_act_asks_every_unit_and_what_is_missing_stands_on_their_desks_and_on_the_wall(district: District) -> None:
    report = begun(district)
    matters = asked(district, report, "城管局", "莲花街道", "司法局")
    assert asked(district, report) == [] and len(set(matters)) == 3
    with pytest.raises(desk.Refused, match="已经向这些单位征集过：城管局"):
        asked(district, report, "城管局")
    today = ledger.today()
    (task,) = [one for one in tasks(district.scope("城管员", today), today).tasks if one.matter == matters[0]]
    assert (task.unit, task.due) == (district.units["城管局"], today + timedelta(days=10))
    wall = {row.name: row.whole.running for row in board(district.scope("编写", today), today).rows}
    assert {"城管局", "莲花街道", "司法局"} <= {name for name, running in wall.items() if running}
    assert {one.state for one in contributions.of(ledger.read(report))} == {"requested"}


def test_a_contribution_goes_back_with_a_remark_comes_again_and_enters_its_section_with_its_author(
    district: District,
) -> None:
    report = begun(district)
    (matter,) = asked(district, report, "城管局")
    head = send(district, matter, "城管员", "占道经营整治两轮。").seq
    with pytest.raises(desk.NoRight):
        send(district, matter, "城管员", "我再改一下。")  # it is the collecting unit's turn
    editor = actor(district, "编写")
    due = ledger.today() + timedelta(days=3)
    contributions.send_back(editor, matter, "请写明整改结果。", due, seen=head, key="b")
    (known,) = contributions.of(ledger.read(report))
    assert (known.state, known.due, known.remark) == ("sent_back", due, "请写明整改结果。")
    assert contributions.adopted(ledger.read(report)) == ()
    seen = send(district, matter, "城管员", "占道经营整治两轮，问题全部整改。").seq
    contributions.adopt(editor, matter, seen=seen, key="a")
    given = contributions.adopted(ledger.read(report))
    composed = compose_report("district", district.units["区政府"], YEAR, contributed=given)
    (section,) = [one for one in composed.sections if one.key == "enforcement"]
    last = section.paragraphs[-1]
    assert (last.text, last.author) == ("占道经营整治两轮，问题全部整改。", "城管局")


def test_a_subdistrict_collects_from_its_communities_for_its_own_contribution(district: District) -> None:
    report = begun(district)
    (above,) = asked(district, report, "莲花街道")
    due = ledger.today() + timedelta(days=5)
    street, community = actor(district, "街道员"), actor(district, "社区员")
    (below,) = contributions.collect(street, above, [district.units["景田社区"]], "district", due=due, key="c")
    contributions.submit(community, below, {"disputes": "社区调解室每周开放。"}, {}, seen=2, key="s")
    (known,) = contributions.of(ledger.read(above))
    assert (known.collector, known.unit, known.state) == (
        district.units["莲花街道"],
        district.units["景田社区"],
        "submitted",
    )


def test_figures_of_the_form_and_of_the_text_are_held_against_the_records(district: District) -> None:
    report = begun(district)
    (matter,) = asked(district, report, "莲花街道")
    send(district, matter, "街道员", "全年收到信访事项5件。", appeal_received="4", publicity_events="2")
    told = [one.text for one in differences(contributions.one_of(ledger.read(matter)))]
    assert told[0] == "信访事项收到数：报送4件，系统读数3件。"
    assert any("报送5件，系统读数3件（“全年收到信访事项5件。”）" in one for one in told)
    (other,) = asked(district, report, "城管局")
    send(district, other, "城管员", "全年收到信访事项0件。", appeal_received="0")
    assert differences(contributions.one_of(ledger.read(other))) == ()


def test_what_is_not_sent_in_by_its_day_is_late_and_nothing_to_say_is_an_answer(district: District) -> None:
    report = begun(district)
    editor = actor(district, "编写")
    past = ledger.today() - timedelta(days=9)
    (late,) = contributions.collect(
        editor, report, [district.units["司法局"]], "district", due=past + timedelta(days=4), key="p", day=past
    )
    assert contributions.one_of(ledger.read(late)).late
    with pytest.raises(desk.Refused, match="已经过去"):
        contributions.collect(editor, report, [district.units["城管局"]], "district", due=past, key="q")
    (matter,) = asked(district, report, "城管局")
    with pytest.raises(desk.Refused, match="没有文字，也没有数字"):
        send(district, matter, "城管员", " ")
    contributions.nothing(actor(district, "城管员"), matter, "本年度没有相关业务。", seen=2, key="n")
    states = {one.unit: one.state for one in contributions.of(ledger.read(report))}
    assert states[district.units["城管局"]] == "nothing"
