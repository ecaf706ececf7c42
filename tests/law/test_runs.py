"""What moves and ends a run: semantics 5 to 8, 16 to 18, threads, and the words that drop, close and choose cases."""

from datetime import date

import pytest
from small_pages import calendar, fact, facts, page, read

from fazhi.law import HORIZON, Fact, Matter, read_clocks

ANY = "begun ended dropped paused resumed appraisal appraised extended claim given asked back closed other"
WORDS = {
    "starts": "begun",
    "stops": "ended",
    "drops": "dropped",
    "restarts": "claim",
    "pauses": {"paused": "resumed", "appraisal": "appraised"},
    "extended_by": "extended",
}


def decide(lines: str, on: str, rolls: str = "law", term: str = "60 days", **words: object) -> str:
    procedure = page(ANY, {"it": {**WORDS, "term": term, **words}}, rolls=rolls)
    return "; ".join(line.removeprefix("it ") for line in read(procedure, lines, on))


PAUSED = "2024-03-01 begun\n2024-03-20 paused\n2024-05-10 resumed"


def test_a_pause_leaves_out_its_own_day_and_counts_the_day_of_its_end() -> None:
    assert decide(PAUSED, "2024-05-11") == "running due 2024-06-20"


def test_what_begins_after_the_lapse_changes_nothing_and_is_said() -> None:
    late = "2024-03-01 begun\n2024-05-08 paused\n2024-06-08 resumed"
    assert decide(late, "2024-07-01") == "lapsed due 2024-04-30"
    procedure = page(ANY, {"it": {**WORDS, "term": "60 days", "extension": "30 days"}}, rolls="law")
    late += "\n2024-06-09 extended"
    findings = read_clocks(Matter(procedure, facts(late)), date(2024, 7, 1), calendar()).findings
    assert [(finding.rule, finding.severity) for finding in findings] == [("lapsed", "unlawful")] * 2
    assert "2024年4月30日" in findings[0].message
    assert "第一条" in findings[0].message


def test_a_pause_that_begins_on_the_due_day_still_counts() -> None:
    assert decide("2024-03-01 begun\n2024-04-30 paused\n2024-06-20 resumed", "2024-06-20") == "running due 2024-06-20"


@pytest.mark.parametrize(
    ("begin", "end", "due"),
    [
        ("2025-03-10", "2025-03-22", "2025-04-15"),  # ends on a Saturday: ten working days are lost
        ("2025-03-10", "2025-03-24", "2025-04-15"),  # Monday counts
        ("2025-03-08", "2025-03-10", "2025-03-31"),  # a weekend only
        ("2025-03-31", "2025-04-01", "2025-04-01"),  # the very last day
    ],
)
def test_a_pause_of_a_count_in_working_days_loses_working_days(begin: str, end: str, due: str) -> None:
    told = f"2025-03-03 begun\n{begin} paused\n{end} resumed"
    assert decide(told, end, term="20 working days") == f"running due {due}"


def test_a_pause_over_a_make_up_saturday_loses_that_saturday() -> None:
    # 2025-04-27 (a Sunday) works for the May holiday
    told = "2025-04-21 begun\n2025-04-26 paused\n2025-04-28 resumed"
    assert decide(told, "2025-04-28", term="5 working days") == "running due 2025-04-28"
    assert decide("2025-04-21 begun", "2025-04-21", term="5 working days") == "running due 2025-04-27"


def test_overlapping_pauses_count_once_and_each_ends_by_its_own_end() -> None:
    told = """
    2024-03-01 begun
    2024-03-20 paused
    2024-03-25 appraisal
    2024-03-30 appraised
    2024-04-09 resumed"""
    assert decide(told, "2024-04-10", "never") == "running due 2024-05-20"
    crossed = told.replace("2024-03-30 appraised", "2024-04-14 appraised")
    assert decide(crossed, "2024-04-15", "never") == "running due 2024-05-25"


def test_an_open_pause_lasts_until_now_or_until_the_stop() -> None:
    told = "2024-03-01 begun\n2024-03-20 paused"
    assert decide(told, "2024-03-20", "never") == "paused due 2024-04-30"
    assert decide(told, "2024-04-20", "never") == "paused due 2024-05-31"
    assert decide(told + "\n2024-04-09 ended", "2024-12-31", "never") == "met due 2024-05-20"
    assert decide(told, str(HORIZON), "never") == "paused"


def test_months_lose_days_of_a_pause() -> None:
    told = "2024-03-01 begun\n2024-03-30 paused\n2024-04-10 resumed"
    assert decide(told, "2024-04-11", "never", term="1 months") == "running due 2024-04-12"


def test_an_extension_is_added_to_the_end_before_it_is_moved() -> None:
    told = PAUSED + "\n2024-06-01 extended"
    assert decide(told, "2024-06-02", extension="30 days") == "running due 2024-07-22"


@pytest.mark.parametrize(("times", "due"), [(1, "2024-03-20"), (2, "2024-04-19"), (None, "2024-05-19")])
def test_a_clock_is_extended_only_so_often(times: int | None, due: str) -> None:
    told = "2024-01-20 begun\n2024-02-01 extended\n2024-02-02 extended\n2024-02-03 extended"
    assert decide(told, "2024-02-04", "never", term="30 days", extension="30 days", times=times) == f"running due {due}"


def test_thirty_and_thirty_and_thirty() -> None:
    told = "2025-01-20 begun\n2025-02-01 extended\n2025-02-02 extended"
    assert decide(told, "2025-02-04", "never", term="30 days", extension="30 days", times=2) == "running due 2025-04-20"


def test_months_are_added_before_counting() -> None:
    told = "2024-08-31 begun\n2024-11-01 extended"
    # three months to 11-30, three more from there would be 02-28 in any case; from 08-30 they differ
    assert decide(told, "2024-11-02", "never", term="3 months", extension="3 months") == "running due 2025-02-28"
    told = "2024-11-30 begun\n2025-02-01 extended"
    assert decide(told, "2025-02-02", "never", term="3 months", extension="3 months") == "running due 2025-05-30"


@pytest.mark.parametrize(
    ("lasts", "due"),
    [
        ("", "2024-05-30"),
        (" lasts=10_days", "2024-05-10"),
        (" lasts=30_days", "2024-05-30"),
        (" lasts=31_days", "2024-05-30"),
        (" lasts=6_months", "2024-05-30"),
        (" lasts=10_working_days", "2024-05-16"),  # Saturday 05-11 works
        (" lasts=60_working_days", "2024-05-30"),
        (" lasts=nonsense", "2024-05-30"),
    ],
)
def test_an_extension_gives_what_it_says_and_at_most_the_most_across_units(lasts: str, due: str) -> None:
    told = f"2024-03-01 begun\n2024-04-01 extended{lasts}"
    assert decide(told, "2024-04-02", "never", extension="30 days") == f"running due {due}"


def test_a_starting_fact_may_grant_the_length() -> None:
    told = "2024-03-01 begun lasts=10_days"
    assert decide(told, "2024-03-02", "never") == "running due 2024-03-11"
    assert decide("2024-03-01 begun", "2024-03-02", "never") == "running due 2024-04-30"
    measured = page(ANY, {"it": {"starts": "begun", "stops": "ended"}})
    assert read(measured, told, "2024-03-02") == ["it running due 2024-03-11"]


def test_the_length_of_an_extension_is_not_the_length_of_what_it_starts() -> None:
    clocks = {
        "it": {**WORDS, "term": "60 days", "extension": "30 days"},
        "tell": {"starts": "extended", "term": "3 days"},
    }
    told = "2024-03-01 begun\n2024-04-01 extended lasts=20_days"
    assert read(page(ANY, clocks), told, "2024-04-02", only="tell") == ["tell running due 2024-04-04"]


def test_a_restart_counts_afresh_and_earlier_pauses_and_extensions_are_gone() -> None:
    assert decide("2025-11-20 begun\n2025-12-20 claim", "2025-12-21", term="45 days") == "running due 2026-02-03"
    told = "2025-11-20 begun\n2025-11-25 extended\n2025-12-01 paused\n2025-12-20 claim"
    assert decide(told, "2025-12-21", term="45 days", extension="30 days") == "running due 2026-02-03"
    told += "\n2025-12-22 extended"
    assert decide(told, "2025-12-23", "never", term="45 days", extension="30 days") == "running due 2026-03-05"


def test_a_restart_after_the_lapse_does_not_hide_it() -> None:
    told = "2024-03-01 begun\n2024-05-10 claim"
    assert decide(told, "2024-05-11", "never") == "lapsed due 2024-04-30; running due 2024-07-09"


def test_the_first_start_counts_while_a_run_is_open() -> None:
    assert decide("2024-03-01 begun\n2024-03-05 begun", "2024-03-06") == "running due 2024-04-30"
    again = "2024-03-01 begun\n2024-03-03 ended\n2024-03-05 begun"
    assert decide(again, "2024-03-06", "never") == "met due 2024-04-30; running due 2024-05-04"


@pytest.mark.parametrize(
    ("end", "state"),
    [("2024-04-30 ended", "met"), ("2024-05-01 ended", "late"), ("2024-04-30 dropped", "dropped"),
     ("2024-05-01 dropped", "lapsed"), ("", "lapsed")],
)  # fmt: skip
def test_how_a_run_ends(end: str, state: str) -> None:
    assert decide(f"2024-03-01 begun\n{end}", "2024-06-01", "never") == f"{state} due 2024-04-30"


def test_a_clock_of_one_party_is_not_moved_by_another() -> None:
    told = "2024-03-01 begun #甲\n2024-03-05 begun #乙\n2024-03-10 ended #乙"
    assert read(page(ANY, {"it": {**WORDS, "term": "60 days"}}), told, "2024-03-11") == [
        "it #甲 running due 2024-04-30",
        "it #乙 met due 2024-05-04",
    ]
    assert read(page(ANY, {"it": {**WORDS, "term": "60 days"}}), told + "\n2024-03-12 ended", "2024-03-12") == [
        "it #甲 met due 2024-04-30",
        "it #乙 met due 2024-05-04",
    ]


def test_two_third_parties_pause_and_the_last_one_back_resumes() -> None:
    words = {"starts": "begun", "stops": "ended", "pauses": {"asked": "back"}, "term": "30 days"}
    told = "2024-03-01 begun\n2024-03-05 asked #甲\n2024-03-07 asked #乙\n2024-03-10 back #甲\n2024-03-15 back #乙"
    assert read(page(ANY, {"it": words}), told, "2024-03-16") == ["it running due 2024-04-10"]
    assert read(page(ANY, {"it": words}), told, "2024-03-12") == ["it paused due 2024-04-07"]


CLOSING = {name: {"repeats": True} for name in ANY.split()} | {"closed": {"closes": True}}


def test_closing_drops_what_does_not_stop_by_it_and_spares_what_outlives() -> None:
    clocks = {
        "stopped": {"starts": "begun", "stops": "closed", "term": "60 days"},
        "dropped": {"starts": "begun", "stops": "ended", "term": "60 days"},
        "outlives": {"starts": "begun", "stops": "ended", "term": "60 days", "outlives": True},
        "after": {"starts": "closed", "stops": "ended", "term": "5 days"},
        "party": {"starts": "given", "stops": "ended", "term": "60 days"},
    }
    told = "2024-03-01 begun\n2024-03-02 given #甲\n2024-03-10 closed"
    assert read(page(CLOSING, clocks), told, "2024-03-12") == [
        "stopped met due 2024-04-30",
        "dropped dropped due 2024-04-30",
        "outlives running due 2024-04-30",
        "after running due 2024-03-15",
        "party #甲 dropped due 2024-05-01",
    ]
    reading = read_clocks(Matter(page(CLOSING, clocks), facts(told)), date(2024, 4, 1), calendar())
    assert reading.closed == date(2024, 3, 10)


CASES = {
    "ordinary": {**WORDS, "term": "60 days", "when": {"procedure": ["", "ordinary"]}},
    "simple": {**WORDS, "term": "30 days", "when": {"procedure": "simple"}},
}


def test_a_run_belongs_by_what_was_last_said_before_its_end() -> None:
    kinds = {name: {"repeats": True} for name in ANY.split()} | {"turned": {"sets": {"procedure": "ordinary"}}}
    both = page(kinds, CASES)
    simple = "2024-03-01 begun procedure=simple"
    assert read(both, "2024-03-01 begun", "2024-03-02") == ["ordinary running due 2024-04-30"]
    assert read(both, simple, "2024-03-02") == ["simple running due 2024-03-31"]
    assert read(both, simple + "\n2024-03-20 turned", "2024-03-21") == ["ordinary running due 2024-04-30"]
    ended = simple + "\n2024-03-15 ended\n2024-03-20 turned"
    assert read(both, ended, "2024-03-21") == ["simple met due 2024-03-31"]
    told_by_the_end = simple + "\n2024-03-15 ended procedure=ordinary"
    assert read(both, told_by_the_end, "2024-03-21") == ["simple met due 2024-03-31"]


def test_turning_to_the_longer_procedure_after_the_lapse_does_not_hide_it() -> None:
    kinds = {name: {"repeats": True} for name in ANY.split()} | {"turned": {"sets": {"procedure": "ordinary"}}}
    told = "2024-03-01 begun procedure=simple\n2024-04-05 turned"
    assert read(page(kinds, CASES), told, "2024-04-06") == [
        "ordinary running due 2024-04-30",
        "simple lapsed due 2024-03-31",
    ]


def test_values_of_one_party_choose_no_clock_of_another() -> None:
    told = "2024-03-01 begun #甲\n2024-03-01 begun #乙\n2024-03-02 other #乙 procedure=simple"
    assert read(page(ANY, CASES), told, "2024-03-03") == [
        "ordinary #甲 running due 2024-04-30",
        "simple #乙 running due 2024-03-31",
    ]


def test_only_what_has_happened_by_then_is_read() -> None:
    told = "2024-03-01 begun\n2024-03-05T10:00 ended"
    assert decide(told, "2024-03-04", "never") == "running due 2024-04-30"
    assert decide(told, "2024-03-05T09:59", "never") == "running due 2024-04-30"
    assert decide(told, "2024-03-05T10:00", "never") == "met due 2024-04-30"
    assert decide(told, "2024-03-05", "never") == "met due 2024-04-30"
    assert decide(told, "2024-03-05T02:00:00+00:00", "never") == "met due 2024-04-30"


def test_facts_typed_out_of_order_are_read_in_order() -> None:
    assert decide("2024-05-10 resumed\n2024-03-20 paused\n2024-03-01 begun", "2024-05-11") == "running due 2024-06-20"


def test_facts_of_one_day_that_say_their_hour_are_read_by_the_hour() -> None:
    procedure = page(ANY, {"it": {"starts": "begun", "stops": "ended", "term": "2 hours"}})
    told = "2024-03-01T10:00 ended\n2024-03-01T09:00 begun"
    assert read(procedure, told, "2024-03-01") == ["it met due 2024-03-01"]


def corrected(*told: Fact) -> str:
    procedure = page(ANY, {"it": {**WORDS, "term": "60 days"}})
    return read_clocks(Matter(procedure, told), date(2024, 12, 31), calendar()).clocks[0].state


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    begun, paused, resumed, ended = facts("2024-03-01 begun\n2024-03-20 paused\n2024-05-10 resumed\n2024-05-10 ended")
    assert corrected(begun, paused, resumed, ended) == "met"
    later = fact("2024-05-10 resumed", 5, corrects=3)
    assert corrected(begun, paused, fact("2024-05-12 resumed", 3), ended, later) == "met"
    again = fact("2024-04-01 ended", 6, corrects=5)
    assert corrected(begun, fact("2024-05-09 ended", 4), fact("2024-05-08 ended", 5, corrects=4), again) == "met"


def test_striking_out_leaves_nothing_and_may_itself_be_corrected() -> None:
    begun, ended = facts("2024-03-01 begun\n2024-03-20 ended")
    struck = fact("2024-03-20 ended", 3, corrects=2, strikes=True)
    assert corrected(begun, ended, struck) == "lapsed"
    assert corrected(begun, ended, struck, fact("2024-03-20 ended", 4, corrects=3)) == "met"


def test_a_correction_within_the_day_keeps_the_order_of_the_day() -> None:
    """Taken back and begun again on one day: the corrected end still stands before the new beginning."""
    begun, ended, anew = facts("2024-03-01 begun\n2024-03-20 ended\n2024-03-20 begun")
    procedure = page(ANY, {"it": {**WORDS, "term": "60 days"}})
    told = (begun, ended, anew, fact("2024-03-20 ended reason=clearer", 4, corrects=2))
    states = [clock.state for clock in read_clocks(Matter(procedure, told), date(2024, 3, 21), calendar()).clocks]
    assert states == ["met", "running"]


def test_hours_lose_the_hours_of_a_pause() -> None:
    procedure = page(ANY, {"it": {**WORDS, "term": "24 hours", "extension": "24 hours"}})
    told = "2024-03-01T08:00 begun\n2024-03-01T10:00 paused\n2024-03-01T15:30 resumed"
    clock = read_clocks(Matter(procedure, facts(told)), date(2024, 3, 1), calendar()).clocks[0]
    assert str(clock.due_moment) == "2024-03-02 13:30:00"
    told += "\n2024-03-02T13:00 extended"
    clock = read_clocks(Matter(procedure, facts(told)), date(2024, 3, 2), calendar()).clocks[0]
    assert str(clock.due_moment) == "2024-03-03 13:30:00"


def test_units_that_differ_are_counted_one_after_the_other() -> None:
    procedure = page(ANY, {"it": {**WORDS, "term": "24 hours", "extension": "7 days"}})
    told = "2024-03-01T08:00 begun\n2024-03-01T09:00 extended"
    assert read(procedure, told, "2024-03-02") == ["it running due 2024-03-09"]
    assert decide(
        "2024-01-31 begun\n2024-02-01 extended", "2024-02-02", "never", term="30 days", extension="1 months"
    ) == ("running due 2024-04-01")


def test_at_the_horizon_every_run_is_seen_to_its_end() -> None:
    told = "2024-03-01 begun\n2024-03-05 given #甲"
    clocks = {
        "it": {**WORDS, "term": "60 days"},
        "least": {"starts": "given", "at_least": "5 days"},
        "soon": {"starts": "given"},
    }
    assert read(page(ANY, clocks), told, str(HORIZON)) == [
        "it lapsed due 2024-04-30",
        "least #甲 ripe not before 2024-03-10",
        "soon #甲 running",
    ]
