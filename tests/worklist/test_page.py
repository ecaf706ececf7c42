"""The matter's page: course, clocks, acts, parties, within the reader's right."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from district import TODAY, District
from fazhi import desk
from fazhi.people import parties
from fazhi.people.actors import machine
from fazhi.worklist import look

NOW = datetime(2025, 3, 5, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TEXT = "我叫张三丰，电话13812345678，楼下烧烤店夜间噪音。"


def _matter(district: District) -> object:
    party = parties.register("citizen", "张三丰", "13812345678", "11010519491231002X", "深圳市福田区莲花街道景田路1号")
    return district.receive("城管局", TEXT, parties=(party,)).matter


def test_the_page_tells_the_course_with_who_and_when(district: District) -> None:
    matter = _matter(district)
    district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")  # type: ignore[arg-type]
    page = look.matter(district.scope("城管员"), matter, NOW)  # type: ignore[arg-type]
    told = [(entry.kind, entry.day) for entry in page.course if entry.kind in ("received", "accepted")]
    assert told == [("received", date(2025, 3, 3)), ("accepted", date(2025, 3, 4))]
    accepted = next(entry for entry in page.course if entry.kind == "accepted")
    assert accepted.title.zh == "受理并书面告知"
    assert [(said.title.zh, said.shown, said.shown_en) for said in accepted.fields] == [("类别", "申诉求决", "Claim")]
    assert accepted.unit == "城管局"
    assert page.seen == max(entry.seq for entry in page.course)
    assert page.official_number


def test_one_who_works_on_it_reads_places_no_one_reads_contacts_unasked(district: District) -> None:
    matter = _matter(district)
    working = look.matter(district.scope("城管员"), matter, NOW)  # type: ignore[arg-type]
    text = " ".join(text for _, text in working.course[0].body or ())
    assert "烧烤" in text
    assert "张三丰" not in text and "13812345678" not in text and "138****5678" in text
    whole = look.matter(district.scope("城管员"), matter, NOW, revealed=True)  # type: ignore[arg-type]
    assert TEXT in [text for _, text in whole.course[0].body or ()]
    district.grant("新人", "城管局", acts=False)
    masked = look.matter(district.scope("新人"), matter, NOW)  # type: ignore[arg-type]
    shown = " ".join(text for _, text in masked.course[0].body or ())
    assert "烧烤" in shown
    assert "张三丰" not in shown
    assert "13812345678" not in shown
    assert not masked.may_act


def test_those_who_worked_it_go_on_with_a_closed_matter(district: District) -> None:
    matter = _matter(district)
    district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")  # type: ignore[arg-type]
    district.record(matter, "answered", "城管局", day=date(2025, 3, 5), outcome="supported")  # type: ignore[arg-type]
    page = look.matter(district.scope("城管员"), matter, NOW)  # type: ignore[arg-type]
    assert page.may_act
    assert page.clear
    district.grant("新人", "城管局", acts=False)
    assert not look.matter(district.scope("新人"), matter, NOW).may_act  # type: ignore[arg-type]


def test_parties_are_masked_even_for_the_leader(district: District) -> None:
    page = look.matter(district.scope("区长"), _matter(district), NOW)  # type: ignore[arg-type]
    assert [(party.name, party.phone) for party in page.parties] == [("张××", "138****5678")]
    assert "张三丰" not in str(page.parties)


def test_who_looked_is_told(district: District) -> None:
    matter = _matter(district)
    page = look.matter(district.scope("区长"), matter, NOW)  # type: ignore[arg-type]
    parties.reveal(page.parties[0].id, district.actor("区长"), "电话核实", matter=page.id)
    (looked,) = look.matter(district.scope("城管员"), matter, NOW).looked  # type: ignore[arg-type]
    assert (looked.who, looked.purpose) == ("区长", "电话核实")


def test_a_corrected_entry_is_struck_and_readable(district: District) -> None:
    matter = _matter(district)
    done = district.record(matter, "accepted", "城管局", day=date(2025, 3, 4), nature="claim")  # type: ignore[arg-type]
    unit = machine(district.units["城管局"])
    desk.correct(
        unit,
        matter,
        done.seq,
        day=date(2025, 3, 5),
        fields={"nature": "opinion"},
        seen=done.seq,
        key="correct",  # type: ignore[arg-type]
    )
    page = look.matter(district.scope("城管员"), matter, NOW)  # type: ignore[arg-type]
    old = next(entry for entry in page.course if entry.seq == done.seq)
    new = next(entry for entry in page.course if entry.corrects == done.seq)
    assert old.struck_by == new.seq
    assert new.struck_by is None


def test_every_act_is_offered_or_its_bar_explained(district: District) -> None:
    page = look.matter(district.scope("城管员"), _matter(district), NOW)  # type: ignore[arg-type]
    acts = {act.kind.name: act for act in page.acts}
    assert not acts["accepted"].barred
    assert acts["rechecked"].barred
    assert all(act.findings for act in page.acts if act.barred or act.unlawful)
    assert acts["assigned"].common


def test_each_running_clock_is_explained_day_by_day(district: District) -> None:
    page = look.matter(district.scope("城管员"), _matter(district), NOW)  # type: ignore[arg-type]
    running = [line for line in page.clocks if line.state != "ended" and line.clock.due]
    assert running
    for line in running:
        assert line.explanation.due == line.clock.due
        assert line.explanation.days
        assert line.explanation.source


def test_a_linked_matter_without_right_is_not_even_numbered(district: District) -> None:
    matter, other = _matter(district), district.receive("莲花街道").matter
    district.record(matter, "linked", "城管局", matter=str(other))  # type: ignore[arg-type]
    assert look.matter(district.scope("城管员"), matter, NOW).linked == ()  # type: ignore[arg-type]
    (linked,) = look.matter(district.scope("区长"), matter, NOW).linked  # type: ignore[arg-type]
    assert (linked.matter, linked.relation) == (other, "linked")


def test_erased_text_is_said_to_be_erased(district: District) -> None:
    matter = _matter(district)
    district.clerk("档案员", "城管局", "record", "erase")
    district.grant("档案员", "城管局")
    desk.erase(district.actor("档案员", TODAY), matter=matter, reason="request", key="erase")  # type: ignore[arg-type]
    page = look.matter(district.scope("城管员"), matter, NOW)  # type: ignore[arg-type]
    assert page.course[0].body is None
    assert "烧烤" not in str(page.course)
