"""What holds for every page and every matter, whatever happens."""

import itertools
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from small_pages import calendar, page

from fazhi.law import (
    HORIZON,
    Clock,
    Fact,
    Matter,
    Procedure,
    Reading,
    Transition,
    admit,
    explain,
    explain_json,
    preview,
    read_clocks,
)

KINDS = ["begun", "ended", "dropped", "paused", "resumed", "stayed", "unstayed", "extended", "afresh"]
KINDS += ["closed", "other", "told"]
TERMS = (
    "1 days",
    "20 days",
    "60 days",
    "5 working days",
    "20 working days",
    "1 months",
    "3 months",
    "by 03-31",
    "same day",
)
days = st.dates(date(2022, 1, 1), date(2025, 12, 31))


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    clocks: dict[str, dict[str, Any]] = {}
    for name in ("one", "two", "three"):
        words: dict[str, Any] = {"starts": draw(st.sampled_from(["begun", "told", "ended"]))}
        words["stops"] = draw(st.sampled_from([["ended"], ["told"], ["closed", "ended"]]))
        if draw(st.booleans()):
            words["term"] = draw(st.sampled_from(TERMS))
        if draw(st.integers(0, 3)) == 0:
            words["at_least"] = draw(st.sampled_from(TERMS[:7]))
        if draw(st.booleans()):
            words["pauses"] = {"paused": ["resumed", "other"], "stayed": "unstayed"}
            words["extended_by"] = "extended"
            words["extension"] = draw(st.sampled_from(TERMS[:7]))
            words["restarts"] = "afresh"
        if draw(st.booleans()):
            words["deems"] = draw(st.sampled_from(["ended", "told", "closed"]))
        if draw(st.integers(0, 2)) == 0:
            words["when"] = {"case": draw(st.sampled_from(["", "simple"]))}
        clocks[name] = words
    kinds: dict[str, dict[str, Any]] = {kind: {"repeats": draw(st.booleans())} for kind in KINDS}
    kinds["closed"]["closes"] = True
    return page(kinds, clocks, rolls=draw(st.sampled_from(["law", "analogy", "never"])))


@st.composite
def told(draw: st.DrawFn) -> tuple[Fact, ...]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(KINDS), days, st.sampled_from(["", "", "甲", "乙"]), st.sampled_from(["", "simple"])
            ),
            max_size=9,
        )
    )
    return tuple(
        Fact(kind, day, fields={"case": case} if case else {}, thread=thread, entry=entry)
        for entry, (kind, day, thread, case) in enumerate(rows, 1)
    )


def read(procedure: Procedure, facts: tuple[Fact, ...], now: date = HORIZON) -> Reading:
    return read_clocks(Matter(procedure, facts), now, calendar())


def plain(reading: Reading) -> list[tuple[Any, ...]]:
    """What a reading says, without the entries it stands on."""
    return [
        (c.name, c.thread, c.start, c.state, c.due, c.strict, c.earliest, c.ended_on, c.started.kind)
        for c in reading.clocks
    ]


def by_day(facts: tuple[Fact, ...]) -> list[date]:
    return [fact.day for fact in facts]


@given(procedures(), told(), days)
def test_no_run_ends_before_it_starts_and_strict_is_never_later(
    procedure: Procedure, facts: tuple[Fact, ...], now: date
) -> None:
    for clock in read(procedure, facts, now).clocks:
        if clock.due:
            assert clock.due >= clock.start
            assert clock.strict is not None
            assert clock.warned_by is not None
            assert clock.strict <= clock.due
            assert clock.warned_by <= clock.due
        if clock.earliest:
            assert clock.earliest >= clock.start


@given(procedures(), told(), days, days)
def test_a_fact_that_no_clock_names_changes_nothing(
    procedure: Procedure, facts: tuple[Fact, ...], now: date, day: date
) -> None:
    noted = Fact("noted", day, entry=99)
    assert plain(read(procedure, (*facts, noted), now)) == plain(read(procedure, facts, now))


@given(procedures(), told(), days, st.randoms())
def test_the_order_of_recording_does_not_matter(
    procedure: Procedure, facts: tuple[Fact, ...], now: date, chance: Any
) -> None:
    assume(len(set(by_day(facts))) == len(facts))
    numbers = list(range(1, len(facts) + 1))
    chance.shuffle(numbers)
    shuffled = [replace(fact, entry=number) for fact, number in zip(facts, numbers, strict=True)]
    chance.shuffle(shuffled)
    assert plain(read(procedure, tuple(shuffled), now)) == plain(read(procedure, facts, now))


@given(procedures(), told(), days, st.data())
def test_a_correction_equals_having_recorded_rightly_at_first(
    procedure: Procedure, facts: tuple[Fact, ...], now: date, data: st.DataObject
) -> None:
    assume(facts)
    at = data.draw(st.integers(0, len(facts) - 1))
    wrong = replace(facts[at], kind=data.draw(st.sampled_from(KINDS)), day=data.draw(days))
    recorded = (*facts[:at], wrong, *facts[at + 1 :])
    between = replace(wrong, entry=50, corrects=wrong.entry, day=data.draw(days))
    right = replace(facts[at], entry=51, corrects=data.draw(st.sampled_from([50, wrong.entry])))
    assert plain(read(procedure, (*recorded, between, right), now)) == plain(read(procedure, facts, now))


@given(procedures(), told(), days)
def test_striking_out_equals_never_having_recorded(procedure: Procedure, facts: tuple[Fact, ...], now: date) -> None:
    assume(facts)
    struck = Fact(facts[0].kind, facts[0].day, entry=50, corrects=facts[0].entry, strikes=True)
    assert plain(read(procedure, (*facts, struck), now)) == plain(read(procedure, facts[1:], now))


@given(procedures(), told(), days, st.sampled_from(KINDS), st.integers(1, 300), st.sampled_from(["", "甲"]))
def test_what_happens_later_leaves_the_past_as_it_was_judged(
    procedure: Procedure, facts: tuple[Fact, ...], now: date, kind: str, later: int, thread: str
) -> None:
    """A run that had ended by a day stays so, whatever is done on later days."""
    facts = tuple(fact for fact in facts if fact.day <= now)
    done = [run for run in plain(read(procedure, facts, now)) if run[3] in ("met", "early", "late", "dropped")]
    after = read(procedure, (*facts, Fact(kind, now + timedelta(days=later), thread=thread, entry=50)))
    assert [run for run in plain(after) if run in done] == done


@given(procedures(), told(), days)
def test_reading_at_the_horizon_tells_what_a_later_day_will_show(
    procedure: Procedure, facts: tuple[Fact, ...], now: date
) -> None:
    """If nothing further happens, today's open runs are the horizon's: lapsed after their due day, running before."""
    facts = tuple(fact for fact in facts if fact.day <= now)
    horizon = {(c.name, c.thread, c.start): c for c in read(procedure, facts).clocks}
    for clock in read(procedure, facts, now).clocks:
        seen = horizon.get((clock.name, clock.thread, clock.start))
        if clock.state in ("running", "lapsed") and clock.open and clock.due and seen and seen.open:
            assert (seen.due, seen.state) == (clock.due, "lapsed")
            assert (clock.due < now) == (clock.state == "lapsed")


@given(st.sampled_from(TERMS[:7]), days, st.integers(0, 30), st.integers(0, 60), st.sampled_from(["", "extended"]))
def test_a_pause_moves_the_end_by_exactly_what_it_would_have_counted(
    term: str, start: date, gap: int, length: int, extended: str
) -> None:
    words: dict[str, Any] = {"starts": "begun", "pauses": {"paused": "resumed"}, "term": term}
    procedure = page("begun paused resumed extended", {"it": {**words, "extended_by": "extended", "extension": term}})
    begun = (Fact("begun", start),) + ((Fact("extended", start),) if extended else ())
    begin = start + timedelta(days=gap)
    end = begin + timedelta(days=length)
    free = read(procedure, begun).clocks[0]
    assert free.due is not None
    assume(begin <= free.due)
    moved = read(procedure, (*begun, Fact("paused", begin), Fact("resumed", end))).clocks[0]
    assert moved.due is not None
    lost = [day for day in span(begin, end) if day > start]
    if "working" in term:
        assert calendar().count(free.due, moved.due) == sum(calendar().is_working(day) for day in lost)
    else:
        assert (moved.due - free.due).days == len(lost)


def span(first: date, end: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((end - first).days)]


@given(procedures(), told(), days)
def test_every_clock_is_explained_and_the_days_counted_are_its_term(
    procedure: Procedure, facts: tuple[Fact, ...], now: date
) -> None:
    for clock in read(procedure, facts, now).clocks:
        why = explain(clock, calendar())
        assert why.steps
        if clock.count is None:
            continue
        assert why.due == (clock.due or clock.earliest)
        assert explain_json(json.loads(json.dumps(why.as_json()))) == why
        units = {term.unit for term in clock.count.terms}
        if units in ({"days"}, {"working days"}):
            assert sum(mark.counted for mark in why.days) == sum(term.amount for term in clock.count.terms)
            assert [mark.number for mark in why.days if mark.counted] == list(range(1, max(numbers(clock), 0) + 1))


def numbers(clock: Clock) -> int:
    assert clock.count is not None
    return sum(term.amount for term in clock.count.terms)


@given(procedures(), told())
def test_deemed_facts_come_to_an_end_and_stand_where_their_runs_are_over(
    procedure: Procedure, facts: tuple[Fact, ...]
) -> None:
    reading = read(procedure, facts)
    assert len(reading.deemed) <= 60
    ends = {(c.rule.deems, c.thread, over) for c in reading.clocks for over in (c.due, c.earliest)}
    for fact in reading.deemed[:10]:
        assert (fact.kind, fact.thread, fact.day) in ends


@given(procedures(), told(), days, st.sampled_from(KINDS))
def test_reading_judging_and_foreseeing_never_fail(
    procedure: Procedure, facts: tuple[Fact, ...], now: date, kind: str
) -> None:
    matter = Matter(procedure, facts)
    new = Fact(kind, now)
    findings = admit(matter, new, now=HORIZON, calendar=calendar())  # type: ignore[arg-type]
    assert all(finding.message and finding.message_en for finding in findings)
    for change in preview(matter, new, now, calendar()):
        assert change.before or change.after


@given(st.sampled_from(TERMS[:7]), days, st.integers(1, 5))
def test_extensions_of_one_unit_are_one_longer_term(term: str, start: date, times: int) -> None:
    amount, unit = term.split(" ", 1)
    words: dict[str, Any] = {
        "starts": "begun",
        "term": term,
        "extended_by": "extended",
        "extension": term,
        "times": None,
    }
    extended = page("begun extended", {"it": words}, rolls="law")
    longer = page("begun", {"it": {"starts": "begun", "term": f"{int(amount) * (times + 1)} {unit}"}}, rolls="law")
    facts = (Fact("begun", start), *itertools.repeat(Fact("extended", start), times))
    assert read(extended, facts).clocks[0].due == read(longer, facts[:1]).clocks[0].due


@given(procedures(), procedures(), told(), days, st.lists(st.sampled_from(KINDS), max_size=2))
def test_a_handover_leaves_runs_alone_that_had_ended(
    old: Procedure, new: Procedure, facts: tuple[Fact, ...], day: date, unless: list[str]
) -> None:
    taking = replace(new, in_force=day, transition=Transition(tuple(unless)))
    eve = read_clocks(Matter(old, facts), day - timedelta(days=1), calendar())
    ended = [run for run in plain(eve) if run[3] in ("met", "early", "late", "dropped")]
    after = read_clocks(Matter(old, facts, later=(taking,)), HORIZON, calendar())
    assert [run for run in plain(after) if run in ended][: len(ended)] == ended
