"""A report from recorded matters to the public page: numbers that open, honest gaps, two people, a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from district import District, lay
from fazhi import desk, ledger
from fazhi.indicators import look as figures
from fazhi.ledger.follow import follower
from fazhi.ledger.heavy import follow_sealed
from fazhi.ledger.receipt import receipt
from fazhi.ledger.refill import compare
from fazhi.ledger.seal import seal_once
from fazhi.report import look, publish
from fazhi.report.charts import charts
from fazhi.report.checking import unexplained
from fazhi.report.gather import compose_report, read_figures
from fazhi.report.keep import digest, from_json, to_json
from fazhi.report.render import fragment, plain_text, print_page
from fazhi.report.values import Report
from reporting import sign_off

WRITTEN = {
    "plan.1": "明年全面推行。",
    "shortcomings.1": "有不足，联系人王小明，电话13812345678。",
    "principals.1": "尽责。",
    "others.1": "无。",
}
SECRETS = ("王小明", "13812345678")


@pytest.fixture
def district(fresh_database: Any) -> District:
    """Thirty appeals of 2024, twenty answered in time, three too late, and one of another year; sealed and followed."""
    district = lay()
    for at in range(30):
        done = district.receive("城管局", day=date(2024, 3, 1))
        district.record(done.matter, "accepted", "城管局", date(2024, 3, 4))
        if at < 23:
            day = date(2024, 4, 1) if at < 20 else date(2024, 9, 1)
            district.record(done.matter, "answered", "城管局", day, outcome="explained")
    district.receive("莲花街道", day=date(2023, 5, 1))
    seal_once("sealer")
    follow_sealed()
    return district


def composed(district: District, unit: str = "区政府", **more: Any) -> Report:
    return compose_report("district", district.units[unit], 2024, written=WRITTEN, **more)


def test_sentences_carry_the_figures_of_the_year_and_of_the_tree(district: District) -> None:
    report = composed(district)
    text = "".join(one.text for section in report.sections for one in section.paragraphs)
    assert "全年收到信访事项30件，上年同期1件，同比增长2900.00%，其中来信0件、网上30件" in text
    assert "应办结30件、按期办结20件，按期办结率66.67%，逾期10件" in text and "期末未结8件" in text


def test_a_district_report_is_of_the_government_whoever_drafts_it(district: District) -> None:
    whole, by_a_bureau = composed(district), composed(district, "司法局")
    assert by_a_bureau.figures == whole.figures
    assert (by_a_bureau.unit, by_a_bureau.title) == (district.units["区政府"], whole.title)
    street = compose_report("justice_bureau", district.units["莲花街道"], 2023)
    assert street.unit == district.units["莲花街道"]
    assert street.figure("appeal_received").text == "1"  # type: ignore[union-attr]


def test_business_that_a_unit_has_none_of_is_said_or_left_out_and_never_a_row_of_noughts(district: District) -> None:
    text = plain_text(composed(district))
    assert "本年度没有行政复议的业务记录。" in text and "12345" in text
    assert "收到行政复议申请0件" not in text and "登记工单0件" not in text
    bureau = compose_report("justice_bureau", district.units["司法局"], 2024, written=WRITTEN)
    assert "信访" not in plain_text(bureau) and bureau.figure("appeal_received") is None
    assert from_json(to_json(bureau)) == bureau and fragment(bureau).count("<p></p>") == 0


def test_a_report_in_which_nothing_was_counted_is_neither_kept_nor_signed(
    district: District, two: tuple[Any, Any]
) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2021, date(2021, 12, 31), key="r").matter
    report = compose_report("district", district.units["区政府"], 2021, written=WRITTEN)
    assert report.hollow
    with pytest.raises(desk.Refused, match="全部数字都是0"):
        publish.draft(drafter, matter, report, seen=1, key="d")
    body = {"report": to_json(report), "digest": digest(to_json(report))}
    brought = replace(drafter, face="import")
    drafted = desk.record(brought, matter, "drafted", body=body, seen=1, key="d")
    with pytest.raises(desk.Refused, match="全部数字都是0"):
        publish.sign(head, matter, drafted.seq, seen=drafted.seq, key="s")


def test_lateness_is_told_and_what_few_people_said_is_not(district: District) -> None:
    done = district.receive("城管局", day=date(2024, 3, 1))
    district.record(done.matter, "accepted", "城管局", date(2024, 3, 4))
    district.record(done.matter, "answered", "城管局", date(2024, 4, 1), outcome="explained")
    district.record(done.matter, "rated", "城管局", date(2024, 4, 2), satisfaction="satisfied")
    seal_once("sealer")
    follow_sealed()
    known = {one.name: one for one in composed(district).figures}
    assert known["appeal_change"].text.startswith("增长") and known["appeal_change"].denominator is not None
    satisfaction = known["appeal_satisfaction"]
    assert (satisfaction.suppressed, satisfaction.text) == (True, "（为保护个人信息不公开）")
    assert not any(one.suppressed for one in known.values() if "satisfaction" not in one.name)


def test_sections_of_a_few_characters_are_named_before_signing(district: District) -> None:
    report = compose_report("district", district.units["区政府"], 2024, written=WRITTEN | {"plan.1": "测试"})
    assert "四、下一年度主要安排" in report.thin() and "五、其他需要报告的情况" not in report.thin()


def test_in_time_counts_only_what_was_due_or_ended(district: District) -> None:
    _, readings = read_figures("district", district.units["区政府"], 2024)
    known = {reading.name: reading for reading in readings}
    whole = known["appeal_in_time"]
    assert (whole.numerator, whole.denominator, whole.text) == (20, 30, "66.67")
    _, readings = read_figures("district", district.units["区政府"], 2024, cutoff=date(2024, 4, 2))
    spring = {reading.name: reading for reading in readings}["appeal_in_time"]
    assert (spring.numerator, spring.denominator, spring.text) == (20, 20, "100.00")
    _, readings = read_figures("district", district.units["区政府"], 2024, cutoff=date(2024, 3, 20))
    assert {reading.name: reading for reading in readings}["appeal_in_time"].text == "无数据"


def test_every_number_opens_to_as_many_records_as_it_says(district: District) -> None:
    book = ledger.rulebook()
    _, readings = read_figures("district", district.units["区政府"], 2024)
    scope = district.scope("区长")
    for reading in readings:
        page = book.indicators[reading.name]
        if reading.numerator is not None and page.kind not in ("sum", "rank", "duration"):
            found = figures.records(page, reading, scope, limit=1000)
            assert len(found.rows) + found.hidden == reading.numerator, reading.name
        if reading.denominator is not None:
            found = figures.records(page, reading, scope, "denominator", limit=1000)
            assert len(found.rows) + found.hidden == reading.denominator, reading.name


def test_where_there_is_no_data_the_section_says_so_and_what_is_unwritten_is_named(district: District) -> None:
    report = compose_report("district", district.units["区政府"], 2024)
    lines = [one for section in report.sections for one in section.paragraphs]
    empty = [one.text for one in lines if one.no_data]
    assert not any("100" in text for text in empty)
    assert any(one.missing for one in lines) and report.missing
    assert "四、下一年度主要安排" in report.lacking()
    unread = "".join(one.text for one in lines)
    assert "无数据%" not in unread and "不公开）%" not in unread


def test_later_corrections_leave_the_figure_of_the_old_position(district: District) -> None:
    before = composed(district)
    matter = next(iter(district_matters(district)))
    seq = next(line.seq for line in ledger.read(matter).entries if line.kind == "received")
    desk.correct(machine(district), matter, seq, day=date(2023, 12, 20), seen=ledger.read(matter).head, key="c")
    seal_once("sealer")
    follow_sealed()
    again = composed(district, position=before.imprint.position)
    assert again.figures == before.figures
    assert composed(district).figure("appeal_received").numerator == 29  # type: ignore[union-attr]


def district_matters(district: District) -> list[Any]:
    query = "select matter from reach_row where unit = %s and open order by day, matter"
    return [row[0] for row in ledger.query.fetch("default", query, [district.units["城管局"]])]


def machine(district: District) -> Any:
    from fazhi.people.actors import machine as acting

    return acting(district.units["城管局"])


def test_a_report_is_kept_whole(district: District) -> None:
    report = composed(district)
    assert from_json(to_json(report)) == report


@pytest.fixture
def two(district: District) -> tuple[Any, Any]:
    """One who drafts and another who signs."""
    for name in ("起草", "签发"):
        district.clerk(name, "区政府", "record", "lead", "publish")
        district.grant(name, "区政府", secrecy=2)
    return district.actor("起草", ledger.today()), district.actor("签发", ledger.today())


def signed_off(drafter: Any, head: Any, matter: Any, report: Report) -> Any:
    drafted = publish.draft(drafter, matter, report, seen=ledger.read(matter).head, key="d")
    return sign_off(drafter, head, matter, report, drafted.seq)


def test_what_the_checker_finds_is_explained_or_gone_before_publication(
    district: District, two: tuple[Any, Any]
) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2024, date(2024, 12, 31), key="r").matter
    report = composed(district)
    found = unexplained(ledger.read(matter), report)
    assert any(one.rule == "shortcomings-without-plan" or one.rule == "last-year-unanswered" for one in found)
    drafted = publish.draft(drafter, matter, report, seen=1, key="d")
    with pytest.raises(desk.Refused, match="没有经过保密审查"):
        publish.sign(head, matter, drafted.seq, seen=drafted.seq, key="s")
    screened = publish.screen(head, matter, drafted.seq, "open", seen=drafted.seq, key="c")
    seen = publish.sign(head, matter, drafted.seq, seen=screened.seq, key="s").seq
    with pytest.raises(desk.Refused, match="核对提示还没有处理") as refused:
        publish.publish(head, matter, seen=seen, key="p")
    assert len(refused.value.findings) == len(found)
    for one in found:
        seen = publish.explain(drafter, matter, one.message, "示例文字从简。", seen=seen, key=one.message).seq
    publish.publish(head, matter, seen=seen, key="p2")
    assert len(look.listed()) == 1


def test_a_report_found_secret_is_not_made_public(district: District, two: tuple[Any, Any]) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2024, date(2024, 12, 31), key="r").matter
    drafted = publish.draft(drafter, matter, composed(district), seen=1, key="d")
    screened = publish.screen(head, matter, drafted.seq, "secret", seen=drafted.seq, key="c")
    signed = publish.sign(head, matter, drafted.seq, seen=screened.seq, key="s")
    with pytest.raises(desk.Refused, match="涉密，不公开"):
        publish.publish(head, matter, seen=signed.seq, key="p")
    up = publish.hand_up(drafter, matter, seen=signed.seq, key="u")
    publish.keep(drafter, matter, seen=up.seq, key="k")
    assert ledger.read(matter).horizon.closed is not None


def test_a_draft_is_signed_by_a_second_person_before_it_is_public(district: District, two: tuple[Any, Any]) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2024, date(2024, 12, 31), key="r").matter
    drafted = publish.draft(drafter, matter, composed(district), seen=ledger.read(matter).head, key="d")
    with pytest.raises(desk.Refused, match="签发"):
        publish.publish(head, matter, seen=drafted.seq, key="p")
    with pytest.raises(desk.Refused, match="不能报送"):
        publish.hand_up(drafter, matter, seen=drafted.seq, key="u")
    with pytest.raises(desk.NoRight, match="起草人"):
        publish.sign(drafter, matter, drafted.seq, seen=drafted.seq, key="s")
    with pytest.raises(desk.Refused, match="不是报告稿"):
        publish.sign(head, matter, 1, seen=drafted.seq, key="s")
    assert look.listed() == ()


def test_a_report_without_a_lawful_content_is_not_published(district: District, two: tuple[Any, Any]) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2024, date(2024, 12, 31), key="r").matter
    report = compose_report("district", district.units["区政府"], 2024, written=WRITTEN | {"plan.1": " "})
    signed = signed_off(drafter, head, matter, report)
    with pytest.raises(desk.Refused, match="下一年度主要安排"):
        publish.publish(head, matter, seen=signed.seq, key="p")


def test_the_public_reads_the_report_its_receipt_and_each_definition(district: District, two: tuple[Any, Any]) -> None:
    drafter, head = two
    opened = publish.begin(drafter, 2024, date(2024, 12, 31), key="r")
    report = composed(district)
    signed = signed_off(drafter, head, opened.matter, report)
    published = publish.publish(head, opened.matter, seen=signed.seq, key="p")
    (listed,) = look.listed()
    _, told = look.published(listed.id) or (None, None)
    assert told is not None and told.figures == report.figures
    last = receipt()
    assert last is not None and (told.imprint.seal, told.imprint.root) == (last.seal, last.root)
    assert listed.digest == digest(to_json(report))
    kept = to_json(told)
    assert not any(secret in kept for secret in SECRETS)
    figure = look.number(listed.id, "appeal_in_time")
    assert figure is not None and (figure.text, figure.denominator) == ("66.67", 30)
    publish.withdraw(head, opened.matter, published.seq, "数据有误", seen=published.seq, key="w")
    gone, text = look.published(listed.id) or (None, None)
    assert gone is not None and (gone.reason, text) == ("数据有误", None)


def test_the_page_links_every_number_and_prints_the_receipt(district: District) -> None:
    report = composed(district)
    shown = fragment(report, lambda name: f"/figures/{name}")
    assert shown.count("data-reading=") == sum(
        not isinstance(part, str) for section in report.sections for one in section.paragraphs for part in one.parts
    )
    assert '<a href="/figures/appeal_in_time" data-reading="appeal_in_time">66.67</a>' in shown
    printed = print_page(report)
    assert report.imprint.root in printed and "2024年12月31日" in printed
    harmful = compose_report(
        "district", district.units["区政府"], 2024, written={"plan.1": "<script>alert(1)</script>"}
    )
    assert "<script>" not in fragment(harmful)


def test_charts_show_both_years_and_the_rates_above_the_table(district: District) -> None:
    shown = fragment(composed(district))
    first, second = charts(composed(district))
    assert "上年同期 1<" in first and "本期 30<" in first
    assert "66.67%" in second and second.count("<rect") == second.count("%<")
    assert shown.index("<svg") < shown.index("<table>") and "<script" not in first + second


def test_every_room_equals_its_refill(district: District, two: tuple[Any, Any]) -> None:
    drafter, head = two
    matter = publish.begin(drafter, 2024, date(2024, 12, 31), key="r").matter
    signed = signed_off(drafter, head, matter, composed(district))
    publish.publish(head, matter, seen=signed.seq, key="p")
    wrong = next(line for line in ledger.read(matter).entries if line.kind == "published")
    desk.correct(head, matter, wrong.seq, strikes=True, seen=ledger.read(matter).head, key="c")
    assert look.listed() == ()
    seal_once("sealer")
    follow_sealed()
    for room in ("tracking", "gazette", "indicators", "report"):
        assert compare(follower(room)) == (), room
