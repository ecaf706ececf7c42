"""Each rule of the checker: a text that trips it, with its line, and one that does not."""

from pathlib import Path

import pytest

from fazhi.law import Finding
from fazhi.rulebook import SAMPLE_OVERLAY
from fazhi.rulebook.check import check

HEAD = """title = { zh = "试验", en = "Trial" }
source = "《试验法》"
rolls = "law"
opens_with = "begun"
"""
FACTS = """
[facts.begun]
title = { zh = "开始", en = "Begun" }
fields.way = { title = "方式", choices = { a = { zh = "甲", en = "A" }, b = { zh = "乙", en = "B" } } }
[facts.paused]
title = { zh = "停", en = "Paused" }
after = ["begun"]
repeats = true
[facts.ended]
title = { zh = "结束", en = "Ended" }
after = ["begun"]
closes = true
"""
CLOCK = """
[clocks.finish]
title = { zh = "完成", en = "Finish" }
starts = "begun"
stops = "ended"
term = "30 days"
source = "第一条"
"""
GOOD = HEAD + FACTS + CLOCK


def findings(folder: Path, text: str, name: str = "trial", day: str = "2024-01-01") -> list[Finding]:
    """What the checker says of one page, put among the national ones."""
    path = folder / "procedures" / name / f"{day}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [
        finding for finding in check(folder) if finding.where.startswith(str(folder)) and finding.rule != "no-scenario"
    ]


def test_the_national_pages_are_without_fault():
    assert check() == ()


def test_the_sample_overlay_is_without_fault():
    assert [finding for finding in check(SAMPLE_OVERLAY) if finding.where.startswith(str(SAMPLE_OVERLAY))] == []


def test_a_sound_page_is_without_fault(tmp_path: Path):
    assert findings(tmp_path, GOOD) == []
    elastic = GOOD.replace('"第一条"', '"第一条"\nsoft = true\nstatus = "UNVERIFIED"')
    assert findings(tmp_path, elastic) == []


TRIPS = {
    "unknown-word": (GOOD.replace("stops =", "stop ="), "stop ="),
    "wrong-type": (GOOD.replace('"30 days"', '"a month or so"'), "a month or so"),
    "wrong-type flag": (GOOD.replace("closes = true", 'closes = "yes"'), 'closes = "yes"'),
    "wrong-type status": (GOOD.replace('"第一条"', '"第一条"\nstatus = "SURE"'), 'status = "SURE"'),
    "unknown-fact": (GOOD.replace('starts = "begun"', 'starts = "began"'), 'starts = "began"'),
    "unknown-fact opening": (GOOD.replace('opens_with = "begun"', 'opens_with = "opened"'), 'opens_with = "opened"'),
    "unknown-fact intake": (GOOD + '[intake]\nalso = ["begun"]\n', "also ="),
    "unknown-field intake": (GOOD + '[intake]\nusual = { channel = "pigeon" }\n', "usual ="),
    "wrong-type intake": (GOOD + '[intake]\ntexts = "事情"\n', "[intake]"),
    "unknown-page": (GOOD.replace("closes = true", 'closes = true\nleads_to = ["nowhere"]'), "leads_to"),
    "unknown-choice": (GOOD.replace("term =", 'when = { way = "c" }\nterm ='), 'when = { way = "c" }'),
    "unknown-choice field": (GOOD.replace("term =", 'when = { wya = "a" }\nterm ='), "when ="),
    "unknown-choice case": (GOOD.replace('title = "方式", ', 'title = "方式", when = { way = "a" }, '), "fields.way"),
    "title": (GOOD.replace('title = { zh = "完成", en = "Finish" }\n', ""), "[clocks.finish]"),
    "title field": (GOOD.replace('title = "方式", ', ""), "fields.way"),
    "title choice": (GOOD.replace('a = { zh = "甲", en = "A" }', 'a = "a"'), "fields.way"),
    "unverified": (GOOD.replace('"第一条"', '"第一条"\nstatus = "UNVERIFIED"'), "[clocks.finish]"),
    "no-source": (GOOD.replace('source = "第一条"\n', ""), "[clocks.finish]"),
    "no-start": (GOOD.replace('starts = "begun"\n', ""), "[clocks.finish]"),
    "no-start before": (GOOD.replace('starts = "begun"', 'before = "begun"'), "before ="),
    "no-stop": (GOOD.replace('stops = "ended"\n', ""), "[clocks.finish]"),
    "no-opening": (GOOD.replace('opens_with = "begun"\n', ""), "title"),
    "unreachable": (
        GOOD + '[facts.one]\ntitle = { zh = "一", en = "1" }\nafter = ["two"]\n'
        '[facts.two]\ntitle = { zh = "二", en = "2" }\nafter = ["one"]\n',
        'after = ["two"]',
    ),
    "dead-end": (GOOD.replace("closes = true", 'closes = true\nunless = ["paused"]'), 'unless = ["paused"]'),
    "dead-end none": (GOOD.replace("closes = true\n", ""), "[facts.begun]"),
    "deems-analogy": (
        GOOD.replace('rolls = "law"', 'rolls = "analogy"').replace(
            'source = "第一条"',
            'source = "第一条"\nstatus = { roll = "CONVENTION" }\ndeems = "paused"\n'
            '[clocks.next]\ntitle = { zh = "下一", en = "Next" }\nstarts = "paused"\nstops = "ended"\n'
            'term = "3 working days"\nsource = "第二条"',
        ),
        'deems = "paused"',
    ),
    "silent-choice": (
        GOOD.replace(
            "repeats = true", 'repeats = true\nfields.kind = { title = "种", choices = { x = "子", y = "丑" } }'
        ).replace(
            'source = "第一条"',
            'source = "第一条"\ndeems = "paused"\n'
            '[clocks.next]\ntitle = { zh = "下一", en = "Next" }\nstarts = "paused"\nstops = "ended"\n'
            'term = "3 working days"\nsource = "第二条"\nwhen = { kind = ["x", "y"] }\ndeems = "ended"',
        ),
        "when =",
    ),
    "swallowed": (GOOD.replace('starts = "begun"', 'starts = "paused"'), 'starts = "paused"'),
    "status": (GOOD.replace('"第一条"', '"本地规则（待填）"'), "待填"),
    "status roll": (GOOD.replace('rolls = "law"', 'rolls = "analogy"'), "[clocks.finish]"),
    "redefined": (GOOD + '[facts.noted]\ntitle = { zh = "记", en = "Noted" }\nafter = ["begun"]\n', "[facts.noted]"),
    "syntax": (GOOD + "[facts.broken\n", "[facts.broken"),
    "unknown-fact common": (GOOD + '[common.waved]\nafter = ["begun"]\n', "[common.waved]"),
}


@pytest.mark.parametrize("case", TRIPS)
def test_a_fault_is_found_with_its_line(case: str, tmp_path: Path):
    text, at = TRIPS[case]
    rule = case.split()[0]
    found = [finding for finding in findings(tmp_path, text) if finding.rule == rule]
    assert found, f"{rule} not found"
    line = next(number for number, said in enumerate(text.splitlines(), 1) if at in said)
    assert line in {finding.line for finding in found}
    assert all(finding.message and finding.message_en for finding in found)


def test_an_unknown_word_is_told_with_the_nearest_known_one(tmp_path: Path):
    (found,) = [one for one in findings(tmp_path, GOOD.replace("stops =", "stop =")) if one.rule == "unknown-word"]
    assert "stops" in found.message


def test_a_deemed_fact_may_start_a_clock_that_accepts_silence(tmp_path: Path):
    text = TRIPS["silent-choice"][0].replace('["x", "y"] }\ndeems', '["x", "y", ""] }\ndeems')
    assert "silent-choice" not in {finding.rule for finding in findings(tmp_path, text)}


def test_a_working_day_term_may_deem_though_the_page_rolls_by_analogy(tmp_path: Path):
    text = TRIPS["deems-analogy"][0].replace('term = "30 days"', 'term = "30 working days"')
    assert "deems-analogy" not in {finding.rule for finding in findings(tmp_path, text)}


def test_a_page_that_takes_over_matters_knows_what_they_can_have_said(tmp_path: Path):
    assert findings(tmp_path, GOOD) == []
    later = GOOD.replace(
        '[facts.paused]\ntitle = { zh = "停", en = "Paused" }', '[facts.halted]\ntitle = { zh = "停", en = "Halted" }'
    )
    found = findings(tmp_path, later + "\n[transition]\nunless = []\n", day="2025-01-01")
    assert [(finding.rule, "paused" in finding.message) for finding in found] == [("transition", True)]
    assert findings(tmp_path, later, day="2025-01-01") == []


def test_a_file_is_named_by_its_day_in_force(tmp_path: Path):
    assert [finding.rule for finding in findings(tmp_path, GOOD, day="new-law")] == ["file-name"]


INDICATOR = """title = { zh = "率", en = "Share" }
kind = "ratio"
unit = "%"
of = { procedure = "appeal", clock = "handle", verdict = "in_time" }
per = { procedure = "appeal", clock = "handle", verdict = "judged" }
source = "统计口径"
status = "CONVENTION"
"""
BAD_INDICATORS = {
    "no such fact": INDICATOR.replace('clock = "handle", verdict = "in_time"', 'fact = "solved"'),
    "no such clock": INDICATOR.replace('"handle", verdict = "in_time"', '"hurry", verdict = "in_time"'),
    "no such kind": INDICATOR.replace('of = { procedure = "appeal"', 'of = { procedure = "appeals"'),
    "no such choice": INDICATOR.replace('verdict = "in_time" }', 'verdict = "in_time", where = { channel = "owl" } }'),
    "no denominator": INDICATOR.replace('per = { procedure = "appeal", clock = "handle", verdict = "judged" }\n', ""),
    "verdict of a fact": INDICATOR.replace(
        'of = { procedure = "appeal", clock = "handle"', 'of = { procedure = "appeal", fact = "answered"'
    ),
    "field and matters": INDICATOR.replace(
        'verdict = "in_time" }', 'verdict = "in_time", matters = true, field = "stars" }'
    ),
    "sum without field": INDICATOR.replace('"ratio"', '"sum"').replace("per =", "base ="),
}


def figure(folder: Path, room: str, text: str) -> list[Finding]:
    path = folder / room / "trial.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [finding for finding in check(folder) if finding.where.startswith(str(folder))]


@pytest.mark.parametrize("case", BAD_INDICATORS)
def test_a_bad_indicator_is_found(case: str, tmp_path: Path):
    assert {finding.rule for finding in figure(tmp_path, "indicators", BAD_INDICATORS[case])} == {"indicator"}


def test_a_sound_indicator_is_without_fault(tmp_path: Path):
    assert figure(tmp_path, "indicators", INDICATOR) == []


def test_an_indicator_says_what_it_needs(tmp_path: Path):
    (found,) = figure(tmp_path, "indicators", INDICATOR.replace('unit = "%"\n', ""))
    assert found.rule == "missing-word"


def test_an_alias_belongs_to_one_figure(tmp_path: Path):
    (found,) = figure(tmp_path, "indicators", 'aliases = ["appeals.received"]\n' + INDICATOR)
    assert "appeal_received" in found.message


FIVE = "".join(
    f'[[sections]]\nkey = "s{n}"\ntitle = "节"\nrequired = "{mark}"\n[[sections.paragraphs]]\nasks = "写"\n'
    for n, mark in enumerate("①②③④⑤")
)
OUTLINE = f'title = "年报"\nsource = "督察规定"\nstatus = "SECONDARY"\n{FIVE}'


def test_a_sound_outline_is_without_fault(tmp_path: Path):
    assert figure(tmp_path, "reports", OUTLINE) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (OUTLINE.replace('asks = "写"', 'text = "共{no_such_figure}件。"', 1), "no_such_figure"),
        (OUTLINE.replace('required = "④"\n', ""), "④"),
        (OUTLINE.replace('key = "s1"', 'key = "s0"'), "s0"),
        (OUTLINE.replace('asks = "写"', 'asks = "写"\ntext = "写"', 1), "text"),
    ],
)
def test_a_bad_outline_is_found(text: str, word: str, tmp_path: Path):
    found = figure(tmp_path, "reports", text)
    assert any(finding.rule == "outline" and word in finding.message for finding in found)


CALENDAR = (
    'year = 2027\nsource = "通知（示例）"\n[rest]\n"元旦" = ["2027-01-01/2027-01-03"]\n'
    '[worked]\n"元旦" = ["2027-01-09"]\n'
)


@pytest.mark.parametrize(
    "text",
    [
        CALENDAR.replace("year = 2027\n", ""),
        CALENDAR.replace('source = "通知（示例）"\n', ""),
        CALENDAR.replace("2027-01-09", "2027-01-08"),
        CALENDAR.replace("2027-01-09", "2027-01-02"),
        CALENDAR.replace("2027-01-09", "2028-08-12"),
        CALENDAR.replace("2027-01-09", "9 January"),
    ],
)
def test_a_bad_calendar_is_found(text: str, tmp_path: Path):
    assert "calendar" in {finding.rule for finding in figure(tmp_path, "calendars", text)}


def test_a_sound_calendar_is_without_fault(tmp_path: Path):
    assert figure(tmp_path, "calendars", CALENDAR) == []
