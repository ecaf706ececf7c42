"""What the law takes as done, pages that take over, sub-matters and registers: semantics 14, 19 and 20."""

from datetime import date

import pytest
from small_pages import calendar, fact, facts, moment, page, read

from fazhi.law import HORIZON, Fact, Matter, Procedure, Reading, begins, read_clocks, register_line

FACTS: dict[str, dict[str, object]] = {
    "received": {},
    "accepted": {"after": "received", "fields": {"procedure": ["ordinary", "simple"]}},
    "refused": {"after": "received", "closes": True},
    "decided": {"after": "accepted", "closes": True},
    "supplement": {"repeats": True},
}
EXAMINE = {"starts": "received", "stops": ["accepted", "refused"], "restarts": "supplement", "term": "5 working days"}
CLOCKS = {
    "examine": {**EXAMINE, "deems": "accepted"},
    "decide": {"starts": "accepted", "stops": "decided", "term": "60 days", "when": {"procedure": ["", "ordinary"]}},
    "decide_simple": {"starts": "accepted", "stops": "decided", "term": "30 days", "when": {"procedure": "simple"}},
}


def reconsideration() -> Procedure:
    return page(FACTS, CLOCKS, rolls="law")


def reading(procedure: Procedure, lines: str, on: str, **more: object) -> Reading:
    return read_clocks(Matter(procedure, facts(lines), **more), moment(on), calendar())  # type: ignore[arg-type]


def test_silence_is_acceptance_on_the_last_day_and_starts_the_next_clock() -> None:
    told = "2024-02-06 received"
    assert read(reconsideration(), told, "2024-02-19") == ["examine running due 2024-02-19"]
    assert read(reconsideration(), told, "2024-02-20") == [
        "examine lapsed due 2024-02-19",
        "decide running due 2024-04-19",
    ]
    assert reading(reconsideration(), told, "2024-02-20").deemed == (Fact("accepted", date(2024, 2, 19), deemed=True),)


def test_accepted_late_after_being_deemed_counts_from_the_earlier_day() -> None:
    told = "2024-02-06 received\n2024-02-21 accepted procedure=ordinary"
    assert read(reconsideration(), told, "2024-02-22") == [
        "examine late due 2024-02-19",
        "decide running due 2024-04-19",
    ]
    simple = "2024-02-06 received\n2024-02-21 accepted procedure=simple"
    assert read(reconsideration(), simple, "2024-02-22") == [
        "examine late due 2024-02-19",
        "decide_simple running due 2024-03-20",
    ]


def test_a_late_confirmation_does_not_begin_again_what_the_deemed_act_began() -> None:
    clocks = {**CLOCKS, "copy": {"starts": "accepted", "stops": "supplement", "term": "7 working days"}}
    clocks["examine"] = {**clocks["examine"], "restarts": []}
    told = "2024-02-06 received\n2024-02-20 supplement\n2024-02-21 accepted procedure=ordinary"
    assert read(page(FACTS, clocks), told, "2024-02-22", only="copy") == ["copy met due 2024-02-28"]


def test_an_act_in_time_that_is_recorded_late_undoes_what_was_deemed() -> None:
    told = "2024-02-06 received\n2024-02-19 refused"
    assert reading(reconsideration(), told, "2024-03-01").deemed == ()
    assert read(reconsideration(), told, "2024-03-01") == ["examine met due 2024-02-19"]


def test_silence_deems_again_after_a_restart_only_if_it_had_not() -> None:
    told = "2024-02-06 received\n2024-02-08 supplement"
    assert read(reconsideration(), told, "2024-03-01")[0] == "examine lapsed due 2024-02-21"
    again = "2024-02-06 received\n2024-02-21 supplement"
    assert [f.day for f in reading(reconsideration(), again, "2024-03-10").deemed] == [date(2024, 2, 19)]


def test_a_permit_deemed_from_the_first_day() -> None:
    words = {
        "starts": "received",
        "stops": "refused",
        "term": "20 working days",
        "deems": "accepted",
        "deems_on": "start",
    }
    found = reading(page(FACTS, {"it": words}), "2025-03-03 received", "2025-04-01")
    assert [(f.kind, f.day) for f in found.deemed] == [("accepted", date(2025, 3, 3))]
    assert reading(page(FACTS, {"it": words}), "2025-03-03 received", "2025-03-31").deemed == ()


def test_service_by_notice_is_deemed_when_its_minimum_is_full() -> None:
    facts_ = {"posted": {}, "served": {}, "sued": {}}
    clocks = {
        "serve": {"starts": "posted", "at_least": "30 days", "deems": "served"},
        "sue": {"starts": "served", "stops": "sued", "term": "15 days"},
    }
    told = "2024-09-01 posted"
    assert read(page(facts_, clocks), told, "2024-10-01") == ["serve ripe not before 2024-10-01"]
    assert read(page(facts_, clocks), told, "2024-10-02") == [
        "serve ripe not before 2024-10-01",
        "sue running due 2024-10-16",
    ]


def test_an_act_of_the_last_day_itself_keeps_silence_from_counting() -> None:
    words = {"starts": "posted", "stops": "sued", "at_least": "30 days", "deems": "served"}
    notice = page({"posted": {}, "served": {}, "sued": {}}, {"serve": words})
    assert reading(notice, "2024-09-01 posted\n2024-10-01 sued", "2024-11-01").deemed == ()
    assert len(reading(notice, "2024-09-01 posted\n2024-10-02 sued", "2024-11-01").deemed) == 1


def test_what_is_done_on_the_last_day_comes_before_what_the_law_then_takes_as_done() -> None:
    told = "2024-02-06 received\n2024-02-19 supplement"
    clocks = {
        "examine": {**EXAMINE, "restarts": [], "deems": "accepted"},
        "answer": {"starts": "accepted", "stops": "supplement", "term": "60 days"},
    }
    assert read(page(FACTS, clocks), told, "2024-02-20", only="answer") == ["answer running due 2024-04-19"]


def test_a_run_does_not_stop_itself_but_may_stop_another_in_time() -> None:
    clocks = {
        "examine": {**EXAMINE, "deems": "accepted"},
        "report": {"starts": "received", "stops": "accepted", "term": "5 working days"},
    }
    assert read(page(FACTS, clocks), "2024-02-06 received", "2024-03-01") == [
        "examine lapsed due 2024-02-19",
        "report met due 2024-02-19",
    ]


def test_a_run_that_deems_its_own_end_keeps_no_later_start_out() -> None:
    told = "2024-02-06 received\n2024-03-04 received"
    kinds = {**FACTS, "received": {"repeats": True}}
    assert read(page(kinds, {"examine": CLOCKS["examine"]}), told, "2024-03-05") == [
        "examine lapsed due 2024-02-19",
        "examine running due 2024-03-11",
    ]
    swallowed = page(kinds, {"examine": {**EXAMINE, "restarts": []}})
    assert read(swallowed, told, "2024-03-05") == ["examine lapsed due 2024-02-19"]


def test_expiry_deemed_on_a_printed_day_closes_and_leaves_the_register() -> None:
    certificate = page(
        {
            "issued": {"fields": {"number": "text", "day": "day"}},
            "renewed": {"after": "issued", "repeats": True, "fields": {"day": "day"}},
            "revoked": {"after": "issued", "closes": True},
            "expired": {"after": "issued", "closes": True},
        },
        {
            "renew": {"before": ["issued", "renewed"], "stops": "renewed", "term": "30 days"},
            "valid": {
                "before": ["issued", "renewed"], "stops": "revoked", "term": "same day",
                "deems": "expired", "warns": "3 months",
            },
        },
        register={"enters": "issued", "leaves": ["revoked", "expired"], "columns": ["number", "day"], "public": True},
    )  # fmt: skip
    told = "2024-01-10 issued number=07 day=2025-01-09"
    assert read(certificate, told, "2025-01-09") == ["renew lapsed due 2024-12-10", "valid running due 2025-01-09"]
    line = register_line(reading(certificate, told, "2025-01-10"))
    assert line is not None
    assert (line.entered, line.left, line.values["number"]) == (date(2024, 1, 10), date(2025, 1, 9), "07")
    assert reading(certificate, told, "2025-01-10").closed == date(2025, 1, 9)
    renewed = told + "\n2024-12-01 renewed day=2026-01-09"
    assert read(certificate, renewed, "2025-01-10") == [
        "renew met due 2024-12-10",
        "renew running due 2025-12-10",
        "valid running due 2026-01-09",
    ]
    line = register_line(reading(certificate, renewed, "2025-01-10"))
    assert line is not None
    assert (line.left, line.values["day"]) == (None, "2026-01-09")
    valid = reading(certificate, renewed, "2025-01-10").clock("valid")
    assert valid is not None
    assert valid.reminded == date(2025, 10, 9)


def test_facts_that_deem_one_another_in_a_circle_come_to_an_end() -> None:
    circle = page(
        "a b",
        {
            "one": {"starts": "a", "stops": "b", "term": "5 days", "deems": "b"},
            "two": {"starts": "b", "stops": "a", "term": "5 days", "deems": "a"},
        },
    )
    deemed = reading(circle, "2024-01-01 a", str(HORIZON)).deemed
    assert [(f.kind, f.day.day) for f in deemed[:3]] == [("b", 6), ("a", 11), ("b", 16)]
    assert len(deemed) < 100


OLD = page(
    FACTS,
    {
        "forward": {"starts": "received", "stops": "supplement", "term": "3 days"},
        "examine": {**EXAMINE, "restarts": []},
        "decide": {"starts": "received", "stops": "decided", "term": "60 days"},
    },
    in_force=date(2007, 1, 1),
)


def successor(**words: object) -> Procedure:
    return page(FACTS, CLOCKS, in_force=date(2024, 1, 1), **words)


def test_without_a_transition_a_matter_keeps_its_page() -> None:
    told = "2023-12-20 received"
    assert reading(OLD, told, "2024-02-01", later=(successor(),)).page is OLD


def test_a_page_takes_over_open_matters_and_leaves_ended_runs_alone() -> None:
    new = successor(transition=["accepted"])
    told = "2023-12-20 received\n2023-12-21 supplement"
    assert read(OLD, told, "2023-12-31", later=(new,)) == [
        "forward met due 2023-12-23",
        "examine lapsed due 2023-12-27",
        "decide running due 2024-02-18",
    ]
    # 2024: the supplement restarts the examination, whose lapse is acceptance
    assert read(OLD, told, "2024-01-15", later=(new,)) == [
        "forward met due 2023-12-23",
        "examine lapsed due 2023-12-27",
        "decide running due 2024-02-26",
    ]
    assert reading(OLD, told, "2024-01-15", later=(new,)).page is new


@pytest.mark.parametrize("act", ["2023-12-25 accepted procedure=ordinary", "2023-12-25 refused"])
def test_a_matter_with_a_named_fact_or_closed_before_is_not_taken_over(act: str) -> None:
    new = successor(transition=["accepted"])
    assert reading(OLD, f"2023-12-20 received\n{act}", "2024-02-01", later=(new,)).page is OLD


def test_the_named_fact_after_the_first_day_does_not_keep_the_old_page() -> None:
    new = successor(transition=["accepted"])
    told = "2023-12-27 received\n2024-01-02 accepted procedure=ordinary"
    assert read(OLD, told, "2024-02-01", later=(new,)) == [
        "forward lapsed due 2023-12-30",
        "examine met due 2024-01-04",
        "decide running due 2024-03-02",
    ]


PARTY = page(
    {
        "received": {"fields": {"who": ["third", "agency"]}},
        "answered": {"after": "received", "closes": True, "fields": {"view": ["agree", "object"]}},
        "agreed": {"after": "received", "closes": True},
        "silent": {"after": "received", "closes": True},
    },
    {
        who: {
            "starts": "received", "when": {"who": who}, "stops": "answered", "term": "15 working days", "deems": deems
        }
        for who, deems in (("agency", "agreed"), ("third", "silent"))
    },
    name="third_party",
)  # fmt: skip
DISCLOSURE = page(
    {
        "confirmed": {},
        "consulted": {"after": "confirmed", "repeats": True, "leads_to": ["third_party"]},
        "consult_back": {
            "after": "consulted", "repeats": True, "fields": {"view": ["agree", "object"]},
            "hears": {"answered": "consult_back", "agreed": "consult_back", "silent": "consult_back"},
        },
        "extended": {"after": "confirmed", "fields": {"lasts": "term"}},
        "answered": {"after": "confirmed", "closes": True},
    },
    {
        "answer": {
            "starts": "confirmed", "stops": "answered", "pauses": {"consulted": "consult_back"},
            "term": "20 working days", "extended_by": "extended", "extension": "20 working days",
        }
    },
)  # fmt: skip


def test_what_sub_matters_tell_is_heard_deemed_facts_too() -> None:
    told = """
    2024-12-02 confirmed
    2024-12-10 consulted #甲
    2024-12-10 consulted #乙
    2024-12-20 extended lasts=20_working_days"""
    children = {
        "甲": (Matter(PARTY, facts("2024-12-11 received who=third\n2024-12-18 answered view=agree")),),
        "乙": (Matter(PARTY, facts("2024-12-11 received who=agency")),),
    }
    assert read(DISCLOSURE, told, "2025-01-02", children=children)[0].startswith("answer paused")
    assert read(DISCLOSURE, told, "2025-01-03", children=children) == ["answer running due 2025-02-25"]
    heard = [f for f in reading(DISCLOSURE, told, "2025-01-03", children=children).facts if f.kind == "consult_back"]
    assert [(f.thread, str(f.day), f.deemed, dict(f.fields)) for f in heard] == [
        ("甲", "2024-12-18", False, {"view": "agree"}),
        ("乙", "2025-01-02", True, {}),
    ]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("year", ["2025-01-01", "2026-01-01"]),
        ("quarter", ["2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-01"]),
        ("", []),
    ],
)
def test_some_matters_begin_by_themselves(every: str, days: list[str]) -> None:
    procedure = page("a", {}, every=every)
    assert [str(day) for day in begins(procedure, date(2024, 12, 31), date(2026, 3, 31))] == days


def test_recording_order_does_not_matter_between_days() -> None:
    told = facts("2024-02-06 received\n2024-02-21 accepted procedure=simple\n2024-03-30 decided")
    one = read_clocks(Matter(reconsideration(), told), date(2024, 4, 1), calendar())
    shuffled = tuple(fact(f"{f.day} {f.kind} procedure={f.fields.get('procedure', '')}", 9 - f.entry) for f in told)
    other = read_clocks(Matter(reconsideration(), shuffled), date(2024, 4, 1), calendar())
    assert [(c.name, c.state, c.due) for c in one.clocks] == [(c.name, c.state, c.due) for c in other.clocks]


def test_a_deemed_close_drops_and_a_deemed_value_chooses_clocks_that_do_not_name_it() -> None:
    kinds = {"begun": {}, "gone": {"closes": True}, "turned": {"sets": {"way": "long"}}}
    other = {"starts": "begun", "term": "60 days"}
    closing = {"lapse": {"starts": "begun", "term": "5 days", "deems": "gone"}, "other": other}
    assert read(page(kinds, closing), "2024-03-01 begun", "2024-03-10", only="other") == [
        "other dropped due 2024-04-30"
    ]
    turning = {
        "lapse": {"starts": "begun", "term": "5 days", "deems": "turned"},
        "other": {**other, "when": {"way": "long"}},
    }
    assert read(page(kinds, turning), "2024-03-01 begun", "2024-03-06", only="other") == []
    assert read(page(kinds, turning), "2024-03-01 begun", "2024-03-10", only="other") == [
        "other running due 2024-04-30"
    ]
