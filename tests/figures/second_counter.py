"""Figures of the reports counted a second time, from plain facts and the definitions in words, without the platform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_DOWN
from pathlib import Path
from typing import Any

from second_book import Value, by_page, number, opened, read
from second_ways import (
    Rule,
    added,
    cut,
    every,
    fifteen_days,
    five_working_days,
    goal,
    happened,
    held,
    honour,
    honoured,
    in_term,
    in_time,
    listed,
    longest,
    most,
    part,
    pending,
    shared,
    summed,
    sums,
    with_some,
    yearly,
)

AGAINST = ("revoked", "partly_revoked", "altered", "illegal", "void", "ordered")
GENERAL = ("", "staff")
CONCLUDED = ("decided", "mediated", "withdrawn", "dismissed", "terminated", "terminated_unresolved")
RECONSIDERED = (*CONCLUDED, "refused", "redirected", "abandoned")
SUIT_OVER = ("not_docketed", "effective", "suit_withdrawn", "mediated")
MEDIATION_OVER = ("settled", "failed", "declined", "withdrawn", "referred", "handed_over", "refused")
LICENCE = {"class": "license"}
DIRECT = happened("litigation_response", "received", route="direct")

CORRECTED = added(
    happened("reconsideration", "decided", outcome=AGAINST), happened("reconsideration", "withdrawn", why="changed")
)

HANDLED = added(pending("reconsideration", RECONSIDERED), happened("reconsideration", "received"))
ARBITRATED = ("mediated", "withdrawn", "terminated", "awarded")

RULES: dict[str, Rule] = {
    # 002
    "services.integrated_stations.count": part("stations"),
    "services.international_partners.count": listed("partner", scope="international"),
    "enforcement.case_panel.members_added": happened("panel_member", "entered", role="party"),
    "enforcement.case_panel.members": listed("panel_member", role="party"),
    "inspection.key_enterprise_types.count": part("enterprise_types"),
    "training.enforcement.hours_per_person_year": goal("training_hours"),
    "sensing.small_works.systems": listed("sensing_system", field="small_works"),
    "sensing.ebike_charging.alarm_reduction_rate": cut("alarm_tally", "alarms", "base", field="charging"),
    "emergency.rescue_circle.minutes": goal("rescue_minutes"),
    "disputes.prepaid.management_levels": part("prepaid_levels"),
    # 004
    "leadership.committee.meeting_ordinal": lambda book: book.last("meeting", "held", "ordinal", series="committee"),
    "services.theme_scenarios.count": listed("theme_service"),
    "disclosure.standard_catalogue.fields": listed("disclosure_field"),
    "honours.disclosure_award.gold": honour(field="openness", medal="gold"),
    "honours.disclosure_award.silver": honour(field="openness", medal="silver"),
    "honours.disclosure_award.rank": honoured("place", field="openness", kind="rank"),
    "decision.catalogue.count": happened("decision_catalogue", "entered"),
    "decision.hearing_catalogue.count": happened("decision_catalogue", "entered", hearing="yes"),
    "normative_documents.government.issued": happened("normative_document", "promulgated", issuer="government"),
    "normative_documents.department.issued": happened("normative_document", "promulgated", issuer="department"),
    "legal_services.circle.km": goal("legal_kilometres"),
    "honours.first.commercial_mediation_court": honour(field="mediation", kind="first"),
    "mediation.commercial.accepted": happened("commercial_mediation", "accepted"),
    "mediation.commercial.amount": summed("commercial_mediation", "amount", "accepted"),
    "mediation.commercial.resolved": happened("commercial_mediation", "effective"),
    "mediation.commercial.dispute_age": longest("commercial_mediation", "effective", "years"),
    "legal_aid.mediation_linkage.losses_recovered": summed("legal_aid", "recovered", "completed", linked="yes"),
    "publicity.civil_code.sessions": happened("publicity_event", kind="civil_code"),
    "publicity.civil_code.short_videos": summed("publicity_event", "works", kind="civil_code"),
    "exam.law_study.participation_rate": sums("exam", "sat", "base", who=GENERAL),
    "exam.law_study.excellence_rate": sums("exam", "excellent", "sat", who=GENERAL),
    "exam.law_study.consecutive_first_years": honoured("years", field="exam", kind="rank"),
    "exam.law_study.city_rank": honoured("place", field="exam", kind="rank"),
    "supervision.rule_of_law_inspection.notices": happened("rule_of_law_inspection", kind="notice"),
    "supervision.special_inspection.notices": happened("rule_of_law_inspection", kind="special_notice"),
    "epidemic.guidelines.issued": happened("guide", "entered", about="epidemic"),
    "epidemic.guiding_cases": happened("model_case", "entered", kind="guiding", about="epidemic"),
    "epidemic.qa_items": happened("question_bank", "entered", about="epidemic"),
    "epidemic.online_lectures": happened("publicity_event", kind=("lecture", "online"), about="epidemic"),
    "epidemic.consultations": summed("point_visit", "people", kind="consulted", about="epidemic"),
    "epidemic.disputes_mediated": happened("people_mediation", "mediated", about="epidemic"),
    "epidemic.prison_release.rounds": happened("release_help"),
    "epidemic.prison_release.persons": summed("release_help", "people"),
    "honours.only.epidemic_legal_service": honour(field="epidemic", kind="only"),
    "reconsideration.accepted": happened("reconsideration", "accepted"),
    "reconsideration.confirmed_illegal": happened("reconsideration", "decided", outcome="illegal"),
    "reconsideration.correction_rate": shared(CORRECTED, happened("reconsideration", "accepted")),
    "enforcement.case_file_review.rounds": happened("review_round", kind=("yearly", "special")),
    "enforcement.platform.units_connected": listed("platform_unit"),
    "litigation.public_interest.cases": happened("procuratorial_suggestion", "sued"),
    "supervision.procuratorial.suggestions": happened("procuratorial_suggestion", "received", paper=("", "suggestion")),
    "litigation.head_appearance.cases": happened("litigation_response", "head_attended"),
    "litigation.head_appearance.rate": shared(
        happened("litigation_response", "head_attended"), happened("litigation_response", "heard")
    ),
    "credit.rule_system.core": part("credit_core"),
    "honours.first.real_estate_three_all": honour(field="real_estate", kind="first"),
    "inspection.real_estate.three_all": part("estate_supervision"),
    "honours.first.remote_stop": honour(field="remote_work", kind="first"),
    "planning.leading_industries.count": part("industries"),
    # 003
    "leadership.first_topic.sessions": happened("study_session", series="first_item"),
    "leadership.theory_group.sessions": happened("study_session", series="group"),
    "honours.only.legal_aid": honour(field="legal_aid", kind="only"),
    "lawyers.subsidy.firms": happened("subsidy", kind="firm"),
    "lawyers.subsidy.young_lawyers": summed("subsidy", "people", kind="young"),
    "lawyers.subsidy.hk_macao_persons": summed("subsidy", "people", kind="hk_macao"),
    "lawyers.subsidy.amount": summed("subsidy", "amount", kind=("firm", "young", "hk_macao")),
    "lawyers.firms_introduced": happened("legal_provider", "entered", kind="firm", arrival="introduced"),
    "lawyers.virtual_park.firms": listed("legal_provider", kind="firm", park="yes"),
    "compliance.training.sessions": happened("compliance_training"),
    "compliance.training.enterprises": summed("compliance_training", "firms"),
    "compliance.training.persons": summed("compliance_training", "people"),
    "compliance.officers.certified": happened("compliance_officer", "entered"),
    "honours.first.compliance_station": honour(field="compliance", kind="first"),
    "legal_aid.consultations": added(
        summed("aid_rota", "consulted"), summed("point_visit", "people", kind="consulted", about=("", "other"))
    ),
    "legal_aid.cases": happened("legal_aid", "granted"),
    "legal_aid.losses_recovered": summed("legal_aid", "recovered", "completed"),
    "honours.first.mall_legal_station": honour(field="legal_service", kind="first"),
    "legal_counsel.matters_handled": added(happened("legal_review", "opined"), summed("legal_opinion", "pieces")),
    "legal_counsel.chief.total": listed("legal_counsel", level=("district", "department", "subdistrict")),
    "legal_counsel.chief.government": listed("legal_counsel", level="district"),
    "legal_counsel.chief.departments": listed("legal_counsel", level="department"),
    "legal_counsel.chief.subdistricts": listed("legal_counsel", level="subdistrict"),
    "lawyers.site_survey.firms": happened("site_visit", kind="survey", target="law_firm"),
    "inspection.law_firms.visits": happened("site_visit", kind="visit", target="law_firm"),
    "publicity.law_duty_review.units": happened("duty_review", way="paper"),
    "publicity.law_duty_review.onsite_units": happened("duty_review", way="site"),
    "training.enforcement.sessions": happened("training", kind="enforcement"),
    "enforcement.certificates.exam_rounds": happened("exam", who="officers"),
    "enforcement.certificates.exam_passed": summed("exam", "passed", who="officers"),
    "emergency.law_firms.involved": listed("legal_provider", kind="firm", on_call="yes"),
    "mediation.administrative.accepted": happened("administrative_mediation", "accepted"),
    "mediation.administrative.succeeded": happened("administrative_mediation", "settled"),
    "mediation.commercial.organisations": listed("mediation_body", kind="commercial"),
    "reconsideration.handled": HANDLED,
    "reconsideration.concluded": happened("reconsideration", CONCLUDED),
    "reconsideration.first_choice_rate": shared(
        happened("reconsideration", "accepted"), happened("reconsideration", "accepted"), DIRECT
    ),
    "litigation.withdrawn": happened("litigation_response", "suit_withdrawn"),
    "litigation.cases.handled": added(
        pending("litigation_response", SUIT_OVER), happened("litigation_response", "received")
    ),
    "supervision.npc_proposals.handled": happened("deputy_suggestion", "received"),
    "supervision.npc_proposals.satisfaction_rate": shared(
        happened("deputy_suggestion", "rated", satisfaction=("satisfied", "mostly")),
        happened("deputy_suggestion", "rated"),
    ),
    "enforcement.discretion_review.rounds": happened("review_round", kind="discretion"),
    "enforcement.case_file_review.files": summed("review_round", "files"),
    "enforcement.live_broadcast.sessions": happened("live_enforcement"),
    "enforcement.supervision_cases": happened("supervision_case"),
    "disclosure.proactive.items": happened("open_information"),
    "credit.commitment.records": happened("credit_promise", "entered"),
    "legal_aid.notice_cases.online_rate": shared(
        happened("legal_aid", "received", basis="notified", channel="online"),
        happened("legal_aid", "received", basis="notified"),
    ),
    "enforcement.system_warnings.cleared": happened("system_warning", "removed"),
    # 000
    "training.party_school.classes": happened("training", kind="party_school"),
    "training.party_school.law_lessons": summed("training", "lessons", kind="party_school"),
    "training.party_school.law_topics": summed("training", "topics", kind="party_school"),
    "leadership.reform_measures.count": happened("supervision_task", "set", list="reform"),
    "leadership.law_report.principals": happened(
        "accountability_report", "handed_in", form="written", rank="principal"
    ),
    "leadership.law_report.team_members.written": happened(
        "accountability_report", "handed_in", form="written", rank="member"
    ),
    "leadership.director_lectures.sessions": happened("publicity_event", kind="director"),
    "litigation.head_appearance_or_observation.person_times": added(
        summed("hearing_attended", "leaders"), happened("court_appearance", head="chief")
    ),
    "leadership.task_lists.count": part("task_lists"),
    "services.power_list.main_items": listed("power_item", level="main"),
    "services.power_list.implementation_lists": listed("power_item", level="list"),
    "services.cross_region.places": listed("cross_region_place"),
    "services.cross_region.items": listed("cross_region_item"),
    "services.permit_items.zero_visit.count": listed("service_item", visits="0", **LICENCE),
    "services.permit_items.zero_visit.rate": shared(
        listed("service_item", visits="0", **LICENCE), listed("service_item", **LICENCE)
    ),
    "services.permit_items.visits_needed": most("service_item", "visits", **LICENCE),
    "services.instant_handling.rate": shared(
        listed("service_item", promised_days="0", **LICENCE), listed("service_item", **LICENCE)
    ),
    "honours.city_top_ten_case.list_size": honoured("listed", field="business", kind="listed"),
    "inspection.combined.pilot_scenarios": listed("combined_scenario", state="pilot"),
    "inspection.combined.time_reduction.max": most("combined_scenario", "time_cut"),
    "inspection.combined.frequency_reduction.max": most("combined_scenario", "frequency_cut"),
    "planning.key_elements.count": part("key_elements"),
    "policy.industry.issued": happened("policy", "entered"),
    "review.normative_documents.count": happened("legal_review", "opined", subject="norm"),
    "review.normative_documents.opinions": summed("legal_review", "points", "opined", subject="norm"),
    "legal_counsel.tiers.count": part("counsel_tiers"),
    "legal_counsel.budget.cut_rate": cut("legal_budget", "granted", "asked", "entered"),
    "enforcement.certificates.cleared": happened("enforcement_certificate", "revoked"),
    "inspection.special.jewellery_testers": summed("campaign", "checked", trade="jewellery"),
    "enforcement.special.fake_certificates_seized": summed("campaign", "seized", seized_sort="certificates"),
    "enforcement.safety.hazards_handled": happened("hazard", "entered"),
    "honours.first.dust_damage_agreement": honour(field="environment_damage", kind="first"),
    "honours.first.vocs_guide": honour(field="environment_control", kind="first"),
    "honours.enforcement_contest.awards_rank": honoured("place", field="enforcement", kind="rank"),
    "mediation.administrative.organisations": listed("mediation_body", kind="administrative"),
    "mediation.administrative.subdistricts_covered": listed("mediation_body", kind="administrative", level="street"),
    "appeals.one_code.business_districts": listed("coverage_place", kind=("district", "port", "market")),
    "appeals.one_code.ports": listed("coverage_place", kind="port"),
    "appeals.one_code.merchants": held("coverage_place", "merchants"),
    "mediation.administrative.settlement_rate": shared(
        happened("administrative_mediation", "settled", origin="sent"),
        happened("administrative_mediation", MEDIATION_OVER, origin="sent"),
    ),
    "reconsideration.accepted.yoy": yearly(happened("reconsideration", "accepted")),
    "litigation.government_defendant.handled": added(
        pending("litigation_response", SUIT_OVER, position=("defendant", "joint")),
        happened("litigation_response", "received", position=("defendant", "joint")),
    ),
    "emergency.plans.formula.part1": listed("contingency_plan", layer="overall"),
    "emergency.plans.formula.part2": listed("contingency_plan", layer="special"),
    "emergency.plans.formula.part3": listed("contingency_plan", layer="department"),
    "emergency.first_responders.trained": happened("first_responder", "entered"),
    "emergency.publicity.persons": summed("publicity_event", "people", kind="disaster"),
    "honours.emergency_comms_contest.prize_level": honoured("place", field="emergency", kind="award"),
    "supervision.npc_cppcc_proposals.handled": added(
        happened("deputy_suggestion", "received"), happened("cppcc_proposal", "received")
    ),
    "supervision.procuratorial.documents": happened(
        "procuratorial_suggestion", "received", paper=("correction", "opinion")
    ),
    "supervision.audit.projects": happened("audit_project"),
    "supervision.audit.revenue_and_savings": summed("audit_project", "saved"),
    "enforcement.live_broadcast.viewers": summed("live_enforcement", "viewers"),
    "disclosure.website.consecutive_first_years": honoured("years", field="website", kind="rank"),
    "disclosure.website.rank": honoured("place", field="website", kind="rank"),
    "disclosure.website.only_holder": honour(field="website", kind="only"),
    "credit.commitment.types": part("promise_types"),
    "credit.double_publicity.timeliness_rate": in_time,
    "credit.double_publicity.compliance_rate": shared(
        happened("dual_publicity", "uploaded", conforms="yes"), happened("dual_publicity", "uploaded")
    ),
    "honours.first.ecny_prepaid_district": honour(field="consumer", kind="first"),
    "data.platform.records": held("data_resource", "records", platform=("", "main")),
    "data.ai_qa.records": held("data_resource", "records", platform="answers"),
    "planning.horizon.years": goal("plan_years"),
    # 001
    "honours.first.drug_law_base": honour(field="education", kind="first"),
    "honours.only.drug_law_base": honour(field="education", kind="only"),
    "honours.fengqiao_list.size": honoured("listed", field="disputes", kind="listed"),
    "honours.first.training_sector_dispute_station": honour(field="training_sector", kind="first"),
    "leadership.meetings.rule_of_law_items": happened("meeting", series=("standing", "executive")),
    "leadership.law_report.annual_statement.persons": happened("accountability_report", "handed_in", form="statement"),
    "services.one_visit.list_items": listed("service_item", visits=("0", "1")),
    "services.one_visit.rate": shared(listed("service_item", visits=("0", "1")), listed("service_item")),
    "services.window.items": listed("service_item", at_window="yes"),
    "data.resources.catalogued": listed("data_resource"),
    "data.item_catalogues.count": listed("matter_catalogue"),
    "data.service_items.linked": with_some("service_item", "resources"),
    "data.internet_supervision.coverage_rate": shared(
        listed("supervision_item", covered="yes"), listed("supervision_item")
    ),
    "data.internet_supervision.accuracy_rate": shared(
        listed("supervision_item", covered="yes", accurate="yes"), listed("supervision_item", covered="yes")
    ),
    "projects.government_investment.approved": happened("project_code", "entered", kind="approved"),
    "projects.coded.count": happened("project_code", "entered"),
    "projects.enterprise_investment.filed": happened("project_code", "entered", kind="filed"),
    "ip.trade_secret.demo_enterprises": listed("model_firm", kind="secret"),
    "normative_documents.filing.rate": shared(
        happened("normative_document", "filed"), happened("normative_document", "promulgated")
    ),
    "normative_documents.filing.timeliness_rate": in_term("normative_document", "promulgated", "filed", fifteen_days),
    "normative_documents.filing.conformity_rate": shared(
        happened("normative_document", "filed", conforms="yes"), happened("normative_document", "filed")
    ),
    "normative_documents.repealed": happened("normative_document", "repealed"),
    "legal_counsel.opinions.industry": summed("legal_opinion", "pieces", kind="industry"),
    "legal_counsel.opinions.general": summed(
        "legal_opinion", "pieces", kind=("document", "contract", "case", "advice", "enforcement")
    ),
    "legal_counsel.meetings_attended": summed("legal_opinion", "pieces", kind="meeting"),
    "legal_counsel.term_ordinal": lambda book: book.last("legal_counsel", "entered", "ordinal"),
    "training.legal_study_club.sessions": happened("training", kind="club"),
    "training.legal_study_club.person_times": summed("training", "people", kind="club"),
    "enforcement.delegated_items.batch_ordinal": lambda book: book.stated("delegated_power", "ordinal"),
    "enforcement.delegated_items.count": listed("delegated_power"),
    "mediation.service_circle.minutes": goal("mediation_minutes"),
    "mediation.people.organisations": listed("mediation_body", kind=("village", "street", "firm", "trade")),
    "mediation.people.mediators": listed("mediator"),
    "mediation.people.disputes_resolved": happened("people_mediation", "effective"),
    "mediation.people.success_rate": shared(
        happened("people_mediation", "effective"), happened("people_mediation", "accepted")
    ),
    "mediation.people.amount": summed("people_mediation", "amount", "effective"),
    "labour.measures.count": part("labour_measures"),
    "labour.arbitration.received": happened("labor_arbitration", "received"),
    "labour.arbitration.accepted": happened("labor_arbitration", "accepted"),
    "labour.arbitration.accepted.yoy": yearly(happened("labor_arbitration", "accepted"), ROUND_DOWN),
    "labour.mediation.cases": added(
        happened("labor_arbitration", "mediated"), happened("labor_mediation", result="agreed")
    ),
    "labour.mediation.rate": shared(
        added(happened("labor_arbitration", "mediated"), happened("labor_mediation", result="agreed")),
        added(happened("labor_arbitration", ARBITRATED), happened("labor_mediation", result="agreed")),
    ),
    "labour.mediation.pre_litigation.succeeded": happened("labor_mediation", body="centre", result="agreed"),
    "reconsideration.process_steps": part("reconsideration_steps"),
    "reconsideration.handled.yoy": yearly(HANDLED),
    "reconsideration.conclusion_rate": shared(
        happened("reconsideration", CONCLUDED), happened("reconsideration", "received")
    ),
    "reconsideration.corrected.direct": happened("reconsideration", "decided", outcome=AGAINST),
    "reconsideration.corrected.withdrawn_after_change": happened("reconsideration", "withdrawn", why="changed"),
    "appeals.received": happened("hotline", "received"),
    "appeals.forwarded": happened("hotline", "forwarded"),
    "appeals.forwarded.yoy": yearly(happened("hotline", "forwarded")),
    "appeals.satisfaction_rate": shared(
        happened("hotline", "rated", satisfaction=("satisfied", "basically")), happened("hotline", "rated")
    ),
    "appeals.on_time_rate": in_term("hotline", "forwarded", "answered", five_working_days),
    "disclosure.policy_consultation.count": happened("interpretation", kind="consulted"),
    "disclosure.policy_interpretation.count": happened("interpretation", kind=("text", "picture", "video", "briefing")),
    "disclosure.on_request.accepted": happened("disclosure", "received"),
    "disclosure.on_request.completed": happened("disclosure", ("answered", "abandoned", "withdrawn")),
    "training.government_meetings.law_study": happened("study_session", series="executive"),
    "training.leading_cadres.sessions": happened("training", kind="leaders"),
    "exam.law_study.pass_rate": sums("exam", "passed", "sat", who=GENERAL),
    "training.court_observation.sessions": happened("hearing_attended"),
    "publicity.offline.sessions": happened("publicity_event", kind="offline"),
    "publicity.offline.person_times": summed("publicity_event", "people", kind="offline"),
}
"""The rule of each figure, by its id."""

OTHERWISE: dict[tuple[str, str], Rule] = {
    ("mediation.people.disputes_resolved", "mediation_accepted"): happened("people_mediation", "accepted"),
    ("exam.law_study.excellence_rate", "leaders_exam_excellent"): sums("exam", "excellent", "sat", who="leaders"),
    ("enforcement.certificates.issued", "certificates_new"): happened("enforcement_certificate", "issued"),
    ("enforcement.certificates.issued", "certificates_issued"): every(
        ("enforcement_certificate", "issued"), ("enforcement_certificate", "renewed")
    ),
    ("review.normative_documents.count", "papers_reviewed"): happened("legal_review", "opined"),
    ("reconsideration.correction_rate", "reconsideration_corrected_all_rate"): shared(
        CORRECTED, happened("reconsideration", CONCLUDED)
    ),
    ("leadership.law_report.principals", "law_report_principals_filed"): happened(
        "accountability_report", "filed", rank="principal"
    ),
    ("supervision.npc_cppcc_proposals.handled", "proposals_handled"): added(
        happened("deputy_suggestion", "handled"), happened("cppcc_proposal", "handled")
    ),
    ("supervision.government_inspection.items", "inspection_tasks"): happened(
        "supervision_task", "set", list="inspection"
    ),
    ("supervision.government_inspection.items", "supervisions_begun"): happened("government_supervision", "begun"),
}
"""Where two indicators answer to one id in different reports."""


def count(figures: Path, facts: Path) -> dict[int, Value]:
    """Every figure of a report for which there is a rule, by its number in the report."""
    told = json.loads(figures.read_text("utf-8"))
    known = read(facts)
    pages = {units: by_page(known, units) for units in {tuple(one["units"]) for one in told}}
    return {one["seq"]: rule(opened(pages[tuple(one["units"])], one)) for one in told if (rule := _rule(one))}


def differences(folder: Path, name: str) -> list[str]:
    """Where the readings of a report are not what its facts come to, in a line each; figures without a rule too."""
    told = folder / f"{name}.figures.json"
    counted = count(told, folder / f"{name}.facts.jsonl")
    return [
        f"{one['seq']} {one['id']}: counted {counted.get(one['seq'], 'by no rule')}, read {one['reading']}"
        for one in json.loads(told.read_text("utf-8"))
        if one["seq"] not in counted or counted[one["seq"]] != number(one["reading"])
    ]


def _rule(figure: Mapping[str, Any]) -> Rule | None:
    return OTHERWISE.get((figure["id"], figure["indicator"])) or RULES.get(figure["id"])
