"""Warnings: silent in usual weeks, told once and early in an outbreak, never in the night, climbing when it grows."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from click.testing import CliRunner

from fazhi.cli.warnings import warnings
from fazhi.hotspots.backtest import back_test
from fazhi.hotspots.series import SHANGHAI, Heard, Key, heard
from fazhi.hotspots.subjects import subject_of, subjects, titles_of
from fazhi.hotspots.voices import Voice
from fazhi.hotspots.warning import LEAST, SILENT, chance_of, strict_enough, watch

FIRST = date(2024, 1, 1)
PLACES = [f"第{number}小区" for number in range(12)]


def _keys(place: str, subject: str) -> tuple[Key, ...]:
    return Key(place, subject), Key(place, f"{subject.partition('/')[0]}/"), Key(place, ""), Key("", subject)


def _usual(days: int = 200, seed: int = 1) -> list[Heard]:
    """Some five messages a day, here and there."""
    chance, names, found = Random(seed), [f"城乡建设/{one}" for one in subjects()], []
    for day in range(days):
        for number in range(chance.randrange(3, 8)):
            keys = _keys(chance.choice(PLACES), chance.choice(names))
            found.append(Heard(f"{day}/{number}", f"p{day}/{number}", FIRST + timedelta(days=day), 10, keys))
    return found


def _outbreak(on: int, people: int, *, hour: int = 10, days: int = 4, who: str = "x") -> list[Heard]:
    keys = _keys("丽湖花园", "环境保护/dust")
    return [
        Heard(f"{who}{one}", f"{who}{one}", FIRST + timedelta(days=on + one % days), hour, keys)
        for one in range(people)
    ]


def _watch(messages: list[Heard], **more: float) -> list:
    ordered = sorted(messages, key=lambda one: (one.day, one.hour, one.number))
    return list(watch(ordered, FIRST + timedelta(days=100), FIRST + timedelta(days=199), **more))


def test_usual_weeks_keep_the_budget():
    assert len(_watch(_usual())) <= 100 / 7


def test_an_outbreak_is_told_once_while_it_lasts_with_who_spoke():
    found = [one for one in _watch([*_usual(), *_outbreak(150, 6)]) if "丽湖花园" in one.key.place]
    assert len(found) == 1
    (one,) = found
    assert one.key == Key("丽湖花园", "环境保护/dust"), "the narrowest that holds, not place and subject beside it"
    assert FIRST + timedelta(days=150) <= one.day < FIRST + timedelta(days=154)
    assert LEAST <= one.count == len(one.members) and all(number.startswith("x") for number in one.members)
    assert one.chance <= one.threshold and one.expected < 1


def test_one_person_writing_every_day_is_no_outbreak():
    keys = _keys("丽湖花园", "环境保护/dust")
    alone = [Heard(f"s{day}", "同一人", FIRST + timedelta(days=150 + day), 10, keys) for day in range(7)]
    assert not [one for one in _watch([*_usual(), *alone]) if one.key.place == "丽湖花园"]


def test_what_grows_climbs_the_ladder():
    more = [*_usual(), *_outbreak(150, 5, days=2), *_outbreak(153, 12, days=2, who="y")]
    levels = [one.level for one in _watch(more) if one.key.place == "丽湖花园"]
    assert levels[:2] == [1, 2]


@pytest.mark.parametrize("hour", [23, 3])
def test_nobody_is_woken(hour):
    (one,) = [w for w in _watch([*_usual(), *_outbreak(150, 6, hour=hour)]) if w.key.place == "丽湖花园"]
    begins, ends = SILENT
    assert ends <= one.tell_at.time() < begins
    assert one.tell_at >= datetime.combine(one.day, time(hour), SHANGHAI)


def test_the_chance_is_that_of_so_many_or_more():
    assert chance_of(0, 1.0, 1.0) == 1.0
    chances = [chance_of(count, 2.0, 10.0) for count in range(1, 12)]
    assert chances == sorted(chances, reverse=True) and chances[-1] > 0
    assert chance_of(1, 1.0, 1.0) == pytest.approx(0.5)


def test_months_that_were_restless_raise_the_bar():
    calm, restless = (
        _usual(),
        [*_usual(), *(one for week in range(12) for one in _outbreak(20 + 14 * week, 9, who=f"w{week}/"))],
    )
    ends = FIRST + timedelta(days=199)
    assert strict_enough(restless, FIRST, ends, budget=0.2) < strict_enough(calm, FIRST, ends, budget=2)


def test_place_and_subject_are_read_from_what_is_said():
    moment = datetime(2024, 5, 1, 23, 30, tzinfo=SHANGHAI)
    voice = Voice("1", "甲", moment, "丽湖花园旁搅拌站粉尘严重", "灰尘很大。")
    one = heard(voice, "环境保护")
    assert one.keys == _keys("丽湖花园", "环境保护/dust") and one.hour == 23
    assert heard(voice).keys[0] == Key("丽湖花园", "/dust")
    assert [str(one) for one in titles_of("环境保护/dust")] == ["环境保护", "扬尘废气"]
    assert subject_of(Voice("2", "乙", moment, "你好", "谢谢。")) == ""


def test_a_back_test_meets_what_was_put_in_and_says_so_again():
    messages = _usual(365)
    first, again = back_test(messages, outbreaks=12, seed=3), back_test(messages, outbreaks=12, seed=3)
    assert first == again and first.outbreaks == 12
    assert first.recall >= 0.8 and first.precision >= 0.5 and min(first.lead) >= -2


def test_a_table_that_is_too_short_is_refused_with_what_would_do(tmp_path):
    table = tmp_path / "留言.csv"
    table.write_text(
        "留言主题,留言时间,留言详情\n路灯坏了,2024-03-01,路灯坏了\n路灯坏了,2024-03-02,路灯\n", encoding="utf-8"
    )
    done = CliRunner().invoke(warnings, ["backtest", str(table)])
    assert done.exit_code == 1 and "八周" in done.output


def test_a_back_test_of_a_table_is_given_to_programs(tmp_path):
    lines = ["留言编号,留言用户,留言主题,留言时间,留言详情"]
    chance = Random(2)
    for day in range(150):
        for number in range(4):
            place, what = chance.choice(PLACES), chance.choice(["夜间施工噪音", "垃圾成堆", "路面破损"])
            lines.append(f"{day}-{number},人{day}-{number},{place}{what},{FIRST + timedelta(days=day)} 09:00:00,{what}")
    table = tmp_path / "留言.csv"
    table.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(warnings, ["backtest", str(table), "--outbreaks", "6", "--json"])
    told = json.loads(done.output)
    assert {"recall", "precision", "lead", "background", "budget"} <= told.keys() and told["outbreaks"] == 6
