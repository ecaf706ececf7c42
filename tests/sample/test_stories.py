"""The sample's stories: lawful where they mean to be, the same for the same seed, in every state a desk can show."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from fazhi.cli.sample import district
from fazhi.cli.sample.tell import stories, teller
from fazhi.cli.sample.telling import Story
from fazhi.law import Fact, Matter, admit, read_clocks
from fazhi.rulebook import Rulebook

DAY = date(2026, 6, 10)
NOW = datetime.combine(DAY, time(18), ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return stories(teller(district.streets(), DAY), 400)


def facts(story: Story) -> list[Fact]:
    return [
        Fact(act.kind, act.day, fields=_fields(act.to, act.fields), entry=seq) for seq, act in enumerate(story.acts, 1)
    ]


def _fields(to: str, fields: dict[str, str]) -> dict[str, str]:
    return {**fields, "unit": "00000000-0000-0000-0000-000000000000"} if to else dict(fields)


def test_the_same_day_tells_the_same_stories(told: list[Story]) -> None:
    assert stories(teller(district.streets(), DAY), 400) == told
    assert len(told) == 400
    assert len({story.key for story in told}) == 400


def test_no_story_says_what_cannot_have_happened(told: list[Story], rulebook: Rulebook) -> None:
    unlawful: Counter[str] = Counter()
    for story in told:
        matter = Matter(rulebook.page(story.procedure, story.acts[0].day), ())
        for fact in facts(story):
            found = admit(matter, fact, now=NOW, calendar=rulebook.calendar)
            assert not [one.message for one in found if one.severity == "barred"], (story.key, fact.kind)
            unlawful.update(one.rule for one in found if one.severity == "unlawful")
            matter = replace(matter, facts=(*matter.facts, fact))
    assert sum(unlawful.values()) <= 4


def test_acts_follow_one_another_and_none_lies_ahead(told: list[Story]) -> None:
    for story in told:
        days = [act.day for act in story.acts]
        assert days == sorted(days), story.key
        assert days[-1] <= DAY


def test_the_desk_finds_every_state(told: list[Story], rulebook: Rulebook) -> None:
    states: Counter[str] = Counter()
    for story in told:
        page = rulebook.page(story.procedure, story.acts[0].day)
        reading = read_clocks(Matter(page, tuple(facts(story))), NOW, rulebook.calendar)
        for clock in reading.clocks:
            states[clock.state] += 1
            if clock.state == "running" and clock.due is not None and not clock.rule.by:
                states["due today"] += clock.due == DAY
                states["due soon"] += 0 < (clock.due - DAY).days <= 5
            states["provisional"] += clock.provisional
    for state in ("running", "paused", "met", "late", "lapsed", "due today", "due soon"):
        assert states[state], (state, states)


def test_everything_says_that_it_is_a_sample() -> None:
    page = district.read("district.toml")
    assert all("示例" in unit["name"] for unit in page["unit"])
    assert all("示例" in person["name"] for person in page["person"])
    assert all(given.startswith("示") for given in district.read("names.toml")["given"])
