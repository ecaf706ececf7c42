"""What systems of the reports do with several registers at once: routing, matching, screening, rolls and coverage."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from register_lines import enter

from district import District, lay
from fazhi import desk, ledger
from fazhi.ledger import rulebook
from fazhi.people.actors import machine
from fazhi.reach.subjects import subject
from fazhi.registers import look
from fazhi.registers.values import Wanted

_keys = itertools.count()
BEGUN, MARCH = date(2025, 1, 10), date(2025, 3, 5)
YEAR = Wanted(MARCH, "all", year=2025)


@pytest.fixture
def district(db: Any) -> District:
    return lay()


def page(name: str) -> Any:
    return rulebook().page(name, MARCH)


def open_line(district: District, name: str, kind: str, unit: str = "司法局", /, **fields: str) -> Any:
    actor = machine(district.units[unit])
    return desk.receive(actor, name, kind=kind, day=MARCH, fields=fields, key=f"capable/{next(_keys)}")


def record(district: District, matter: Any, kind: str, unit: str = "司法局", /, thread: str = "", **fields: str) -> Any:
    head, actor = ledger.read(matter).head, machine(district.units[unit])
    key = f"capable/{next(_keys)}"
    return desk.record(actor, matter, kind, day=MARCH, fields=fields, thread=thread, seen=head, key=key)


def said(matter: Any, kind: str, field: str) -> str:
    view = ledger.read(matter)
    line = [one for one in view.entries if one.kind == kind][-1]
    return line.fields.get(field) or (view.body(line.seq) or {}).get(field, "")


def warned(done: Any) -> bool:
    return any(one.rule.startswith("consults") and one.severity == "warning" for one in done.findings)


def test_scores_are_weighted_and_less_what_is_deducted(district: District) -> None:
    for item, weight, score, off in (
        ("制度建设", "60", "90", "5"),
        ("执法", "40", "80", ""),
        ("目录报送加分", "100", "2", ""),
    ):
        given = {"deducted": off} if off else {}
        enter(district, "assessment", "司法局", MARCH, subject="城管局", item=item, weight=weight, score=score, **given)
    (total,) = look.sums(district.scope("区长"), page("assessment"), YEAR)
    assert (total.value, total.lines, total.amount) == ("城管局", 3, Decimal(85) * 60 / 100 + 32 + 2)


def test_the_four_steps_of_a_case_add_up_to_its_score(district: District) -> None:
    steps = ("acceptance", "hearing", "decision", "follow_up")
    for step, score, off in zip(steps, ("100", "90", "80", "100"), ("", "", "10", ""), strict=True):
        given = {"deducted": off, "faults": "说理不充分"} if off else {}
        enter(district, "case_quality", "司法局", MARCH, case="1号", step=step, weight="25", score=score, **given)
    (total,) = look.sums(district.scope("区长"), page("case_quality"), YEAR)
    assert total.amount == Decimal("90")


def test_a_ticket_goes_to_the_counter_of_its_class_and_the_queue_and_the_work_are_counted(district: District) -> None:
    enter(district, "counter", "司法局", BEGUN, counter="3号窗口", **{"class": "business"})
    tickets = [open_line(district, "counter_ticket", "taken", item="开店", **{"class": "business"}) for _ in range(3)]
    assert said(tickets[0].matter, "taken", "counter") == "3号窗口"
    lost = open_line(district, "counter_ticket", "taken", item="看病", **{"class": "social"})
    assert warned(lost) and said(lost.matter, "taken", "routed") == "absent"
    record(district, tickets[0].matter, "called")
    record(district, tickets[0].matter, "served", minutes="12")
    scope, of = district.scope("区长"), page("counter_ticket")
    waiting = look.values(scope, of, Wanted(MARCH), "counter")
    assert waiting == {"3号窗口": 2}
    assert look.values(scope, of, YEAR, "counter") == {"3号窗口": 3}


def test_a_joint_application_takes_the_items_and_papers_of_its_theme(district: District) -> None:
    enter(
        district, "theme_service", "司法局", BEGUN, theme="开餐馆", items="营业执照、食品经营许可", materials="一张表"
    )
    one = open_line(district, "joint_application", "received", channel="web", theme="开餐馆")
    told = [said(one.matter, "received", field) for field in ("items", "materials", "listed")]
    assert told == ["营业执照、食品经营许可", "一张表", "found"]


def test_instant_approval_is_for_items_of_the_list_alone(district: District) -> None:
    enter(district, "service_item", "司法局", BEGUN, item="户外招牌", instant="yes")
    enter(district, "service_item", "司法局", BEGUN, item="危化品经营", instant="no")
    for item, came in (("户外招牌", "found"), ("危化品经营", "absent")):
        one = open_line(district, "license", "received", channel="web").matter
        record(district, one, "accepted", mode="single")
        record(district, one, "rule_checked", item=item, complete="yes", fit="yes")
        assert said(one, "rule_checked", "instant") == came
        done = record(district, one, "granted_at_once")
        assert any(finding.severity == "unlawful" for finding in done.findings) is (came == "absent")


def test_a_project_is_held_against_the_negative_list(district: District) -> None:
    enter(district, "negative_list", "司法局", BEGUN, field="高耗能冶炼", **{"class": "banned"})
    given = {"code": "P1", "project": "项目", "kind": "filed"}
    assert warned(open_line(district, "project_code", "entered", field="高耗能冶炼", **given))
    free = open_line(district, "project_code", "entered", field="软件开发", **given)
    assert not warned(free) and said(free.matter, "entered", "banned") == "absent"
    assert look.count(district.scope("区长"), page("project_code"), YEAR).number == 2
    assert str(ledger.read(free.matter).number).startswith(f"福司项〔{MARCH.year}〕")


def test_an_implementation_list_names_a_main_item_that_is_there(district: District) -> None:
    given = {"class": "license", "basis": "依据"}
    open_line(district, "power_item", "entered", code="440", item="占道许可", level="main", **given)
    ours = open_line(
        district, "power_item", "entered", code="440-1", item="占道许可", level="list", main="440", **given
    )
    lost = open_line(
        district, "power_item", "entered", code="550-1", item="挖掘许可", level="list", main="550", **given
    )
    assert (warned(ours), warned(lost)) == (False, True)
    view = ledger.read_many([lost.matter], bodies=True)[lost.matter]
    assert subject(view, (), clear=False) == "挖掘许可", "a line is named by its name, not by its code"


def test_a_firm_is_matched_with_the_policies_of_its_field(district: District) -> None:
    enter(district, "policy", "司法局", BEGUN, name="产业十条", field="人工智能", support="最高五百万元")
    one = open_line(district, "policy_service", "held", firm="示例公司", field="人工智能").matter
    assert [said(one, "held", field) for field in ("policy", "support", "matched")] == [
        "产业十条",
        "最高五百万元",
        "found",
    ]


def test_an_enquiry_goes_to_a_provider_of_the_directory(district: District) -> None:
    enter(district, "legal_provider", "司法局", BEGUN, name="示例涉外律所", kind="foreign")
    given = {"field": "foreign", "place": "香港", "question": "合同适用法"}
    assert not warned(open_line(district, "legal_enquiry", "enquired", provider="示例涉外律所", **given))
    assert warned(open_line(district, "legal_enquiry", "enquired", provider="名录外律所", **given))


def test_a_dispute_is_routed_by_its_kind_and_the_mediator_is_of_the_roll_and_the_skill(district: District) -> None:
    enter(district, "mediation_body", "司法局", BEGUN, name="医调委", kind="trade", disputes="医疗、护理")
    enter(district, "mediator", "司法局", BEGUN, name="王某", committee="医调委", skills="医疗", day="2026-12-31")
    one = open_line(district, "people_mediation", "received", origin="applied").matter
    record(district, one, "routed", dispute="医疗损害")
    assert (said(one, "routed", "committee"), said(one, "routed", "routing")) == ("医调委", "found")
    given = {"committee": "医调委", "dispute": "医疗损害"}
    assert not warned(record(district, one, "mediator_named", mediator="王某", **given))
    assert warned(record(district, one, "mediator_named", mediator="李某", **given))
    assert warned(record(district, one, "mediator_named", mediator="王某", committee="医调委", dispute="物业"))


def test_signs_of_a_major_decision_are_found_in_a_work_plan_and_screened(district: District) -> None:
    enter(district, "watch_word", "司法局", BEGUN, purpose="decision", words="总体规划、征收、收费标准")
    given = {"list": "yearly", "goal": "完成", "owner": "规划局", "day": "2025-11-30"}
    found = open_line(district, "supervision_task", "set", task="编制旧城总体规划", **given)
    assert warned(found) and said(found.matter, "set", "decision_sign") == "found"
    assert not warned(open_line(district, "supervision_task", "set", task="组织岗位练兵", **given))


def test_documents_are_scanned_for_the_words_of_the_campaign(district: District) -> None:
    enter(district, "watch_word", "司法局", BEGUN, purpose="competition", words="指定供应商、本地企业优先")
    enter(district, "watch_word", "司法局", BEGUN, purpose="fines", words="从重罚款")
    given = {
        "campaign": "公平竞争清理",
        "number": "1号",
        "decision": "amended",
        "reason": "理由",
        "purpose": "competition",
    }
    hit = open_line(district, "document_cleanup", "held", content="第五条 本地企业优先参加。从重罚款。", **given)
    assert warned(hit) and said(hit.matter, "held", "hit") == "found"
    (told,) = [one.message for one in hit.findings if one.rule.startswith("consults")]
    assert "本地企业优先" in told and "罚款" not in told
    clean = open_line(district, "document_cleanup", "held", content="第五条 从重罚款。", **given)
    assert said(clean.matter, "held", "hit") == "absent"


def test_what_is_published_is_looked_through_for_personal_data_and_for_secrets(district: District) -> None:
    enter(district, "watch_word", "司法局", BEGUN, purpose="secret", words="内部掌握、不得外传")
    one = open_line(district, "active_disclosure", "formed").matter
    first = record(district, one, "content_checked", content="联系人张三丰，电话13812345678。本件内部掌握。")
    assert [said(one, "content_checked", field) for field in ("personal", "secrets")] == ["found", "found"]
    assert warned(first)
    second = record(district, one, "content_checked", content="办理时限为五个工作日。")
    assert [said(one, "content_checked", field) for field in ("personal", "secrets")] == ["absent", "absent"]
    assert not warned(second)


def test_lawyers_who_answer_a_call_are_of_the_roll(district: District) -> None:
    enter(district, "volunteer", "司法局", BEGUN, person="赵律师", firm="示例所", day="2025-12-31")
    one = open_line(district, "call_out", "called", event="火灾", place="市场", wanted="2").matter
    assert not warned(record(district, one, "answered", "司法局", thread="甲", firm="示例所", person="赵律师"))
    assert warned(record(district, one, "answered", "司法局", thread="乙", firm="示例所", person="钱律师"))


def test_a_case_for_another_place_is_held_against_the_catalogue(district: District) -> None:
    enter(district, "cross_region_item", "司法局", BEGUN, item="社保转移", region="长沙", contact="一号窗口")
    one = open_line(district, "cross_region_case", "received_for", item="社保转移", region="长沙", way="receive")
    assert said(one.matter, "received_for", "contact") == "一号窗口" and not warned(one)
    assert warned(
        open_line(district, "cross_region_case", "received_for", item="社保转移", region="武汉", way="receive")
    )


@pytest.mark.parametrize(
    ("name", "column", "values", "share"),
    [("data_link", "linked", ["yes", "yes", "yes", "no"], "75"), ("supervision_item", "covered", ["yes", "no"], "50")],
)
def test_coverage_is_a_share_of_the_lines(
    district: District, name: str, column: str, values: list[str], share: str
) -> None:
    for value in values:
        enter(district, name, "司法局", BEGUN, **{column: value})
    scope, of = district.scope("区长"), page(name)
    lines = look.page(scope, of, Wanted(MARCH)).lines
    held = sum(one.data[column] == "yes" for one in lines)
    assert Decimal(100 * held) / look.count(scope, of, Wanted(MARCH)).number == Decimal(share)


def test_a_group_has_its_members_its_meetings_and_its_tasks(district: District) -> None:
    for member, role in (("司法局", "lead"), ("城管局", "member")):
        enter(district, "coordination_group", "司法局", BEGUN, group="enforcement", member=member, role=role)
    enter(district, "meeting", "司法局", MARCH, series="enforcement_group", topic="执法协调")
    scope = district.scope("区长")
    assert look.values(scope, page("coordination_group"), Wanted(MARCH), "group") == {"enforcement": 2}
    assert look.values(scope, page("meeting"), YEAR, "series") == {"enforcement_group": 1}


def test_those_who_took_part_and_the_places_that_events_went_to_are_told_apart(district: District) -> None:
    for person in ("甲", "乙"):
        enter(district, "participant", "司法局", MARCH, programme="逐光计划", person=person, organ="示例所", hours="8")
    (total,) = look.sums(district.scope("区长"), page("participant"), YEAR)
    assert (total.value, total.lines, total.amount) == ("逐光计划", 2, 16)
    for kind in ("school", "firm", "school"):
        enter(district, "publicity_event", "司法局", MARCH, kind="five", place_kind=kind)
    lines = look.page(district.scope("区长"), page("publicity_event"), YEAR).lines
    assert sorted(one.data["place_kind"] for one in lines) == ["firm", "school", "school"]
