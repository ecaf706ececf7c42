"""Every letter of every page: there is a template, it fills from a scenario's matter, and it says what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from scenario_cases import WHO, Told, case_of, readings, tell

from fazhi.law import Source
from fazhi.letters import paper
from fazhi.letters.case import Person
from fazhi.letters.fill import Letter, fill
from fazhi.rulebook import Rulebook, load
from fazhi.rulebook.check import check
from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.templates import Slot, load_templates, parse, slots_of
from fazhi.rulebook.words import WordFault

BOOK = load()
ALL = list(tell(BOOK))
WRITTEN = [one for one in ALL if not one.template.arrives]


def found(label: str) -> Told:
    return next(one for one in ALL if one.label == label)


def told(label: str, **more: object) -> Letter:
    one = found(label)
    return fill(one.template, case_of(one, BOOK, **more))  # type: ignore[arg-type]


def test_the_pages_name_many_letters() -> None:
    assert len(ALL) > 300
    assert len({(one.template.folder, one.template.name) for one in ALL}) > 200


@pytest.fixture(params=sorted({one.page.name for one in WRITTEN}))
def letters(request: pytest.FixtureRequest) -> list[Told]:
    """The letters of one procedure."""
    return [one for one in WRITTEN if one.page.name == request.param]


def test_each_letter_fills_from_a_scenario(letters: list[Told]) -> None:
    for one in letters:
        letter = fill(one.template, case_of(one, BOOK))
        assert [gap for gap in letter.gaps if not gap.slot.startswith("clock.")] == [], one.label
        assert not re.search(r"[{}\[\]]", letter.text), one.label


def test_each_letter_reads_back_from_its_paper(letters: list[Told]) -> None:
    for one in {told.template.name: told for told in letters}.values():
        letter = fill(one.template, case_of(one, BOOK))
        assert paper.read(paper.write(letter)) == letter.blocks, one.label


def test_each_letter_names_what_it_lacks_and_leaves_no_blank(letters: list[Told]) -> None:
    for one in letters:
        letter = fill(one.template, case_of(one, BOOK, full=False))
        parts = [part for _, text in one.template.texts for part in slots_of(text)]
        needed = {str(slot) for slot, conditional in parts if not conditional} | {"organ", "number"}
        assert letter.gaps, one.label
        assert {gap.slot for gap in letter.gaps} <= needed, one.label
        for gap in letter.gaps:
            assert re.search("[\u4e00-\u9fff]", gap.label.zh) and gap.label.en, (one.label, gap)
            assert f"【待补：{gap.label.zh}】" in letter.text, (one.label, gap)
        assert "制作时尚缺" in letter.blocks[-1].text, one.label
        assert "（）" not in letter.text, one.label


def numbers_of(one: Told) -> Iterator[str]:
    """The terms that the rights notice of a letter tells."""
    case = case_of(one, BOOK)
    for slot, conditional in slots_of(one.template.rights):
        value = case.value(slot)
        assert conditional or isinstance(value, str)
        if slot.path[-1] == "term" and isinstance(value, str):
            yield value


def test_every_rights_notice_tells_a_term_and_an_article() -> None:
    noticed = [one for one in WRITTEN if one.template.rights]
    assert len(noticed) > 40
    for one in noticed:
        letter = fill(one.template, case_of(one, BOOK))
        rights = "\n".join(block.text for block in letter.blocks if block.kind == "rights")
        assert all(number in rights for number in numbers_of(one)), one.label
        assert "《" in rights or not list(numbers_of(one)), one.label


def altered(tmp_path: Path, term: str) -> Rulebook:
    """A rulebook whose page of reconsideration gives another term to sue."""
    folder = tmp_path / "procedures/reconsideration"
    folder.mkdir(parents=True)
    page = (NATIONAL / "procedures/reconsideration/2024-01-01.toml").read_text("utf-8")
    head, clock, rest = page.partition("[clocks.sue]")
    (folder / "2024-01-01.toml").write_text(head + clock + rest.replace('"15 days"', f'"{term}"', 1), "utf-8")
    return load(tmp_path)


def test_the_rights_notice_changes_with_the_page(tmp_path: Path) -> None:
    label = "reconsideration/2024-01-01/decided/行政复议决定书"
    assert "自收到之日起15日内" in told(label).text
    book = altered(tmp_path, "20 days")
    one = next(one for one in tell(book) if one.label == label)
    text = fill(one.template, case_of(one, book)).text
    assert "自收到之日起20日内" in text
    assert "15日" not in text


def test_what_is_not_verified_says_so_beside_the_term() -> None:
    one = found("reconsideration/2024-01-01/decided/行政复议决定书")
    rule = one.page.clocks["sue"]
    kept = rule.source
    try:
        object.__setattr__(rule, "source", Source("某转载", "SECONDARY"))
        text = fill(one.template, case_of(one, BOOK)).text
    finally:
        object.__setattr__(rule, "source", kept)
    assert "15日（据转述，未核原文）" in text
    assert "某转载（据转述，未核原文）" in text
    assert "未核原文" not in fill(one.template, case_of(one, BOOK)).text


def test_the_due_day_is_that_of_the_clock() -> None:
    one = found("reconsideration/2024-01-01/accepted/受理通知书")
    due = next(run.due for run in one.reading.clocks if run.name == "decide")
    assert f"至迟为{due:%Y年%-m月%-d日}" in fill(one.template, case_of(one, BOOK)).text


def test_a_conditional_is_printed_only_when_it_is_there() -> None:
    matters = list(readings(BOOK, BOOK.procedures["reconsideration"][-1]))
    simple = next(
        (one, fact)
        for one in matters
        for fact in one.facts
        if fact.kind == "accepted" and fact.fields.get("procedure") == "simplified"
    )
    one = found("reconsideration/2024-01-01/accepted/受理通知书")
    text = fill(one.template, case_of(Told(one.page, one.kind, one.template, *simple), BOOK)).text
    assert "30日内作出决定" in text
    assert "60日内作出决定" not in text


def test_an_erased_person_is_a_gap_and_never_a_name() -> None:
    label = "reconsideration/2024-01-01/accepted/受理通知书"
    letter = told(label, people=(Person("", erased=True),))
    assert WHO.name not in "".join(block.text for block in letter.blocks if block.kind != "lacking")
    assert any("已依法清除" in gap.label.zh for gap in letter.gaps)


def test_what_is_typed_stands_in_for_a_gap() -> None:
    one = found("reconsideration/2024-01-01/correction_asked/补正通知书")
    letter = fill(one.template, case_of(one, BOOK, full=False), {"this.text": "身份证明复印件", "party": "钱大有"})
    assert "身份证明复印件" in letter.text
    assert "this.text" not in {gap.slot for gap in letter.gaps}
    assert ("“一次性通知补正”的“内容”", "身份证明复印件") in letter.typed


@pytest.mark.parametrize("text", ["{party", "[甲", "甲]", "[甲 [乙]]", "{甲}", "{a.b.c.d.e}", "}"])
def test_a_malformed_template_is_refused(text: str) -> None:
    with pytest.raises(WordFault):
        parse(text)


def test_slots_and_conditionals_are_all_there_is() -> None:
    text = parse("甲{party}[乙{this.on}]")
    assert list(slots_of(text)) == [(Slot(("party",)), False), (Slot(("this", "on")), True)]


PAGE = """title = { zh = "试验", en = "Trial" }
source = "《试验办法》"
opens_with = "received"
[facts.received]
title = { zh = "收到", en = "Received" }
letters = ["试验通知书"]
source = "第一条"
[facts.closed]
title = { zh = "办结", en = "Closed" }
after = ["received"]
closes = true
source = "第二条"
"""
SCENARIO = (
    '[[scenario]]\nname = "办结"\nfacts = "2024-01-05 received\\n2024-01-06 closed"\non = 2024-01-08\nexpect = ""\n'
)


GOOD = '["试验通知书"]\nto = "{party}"\ntext = "{received.on}收到，依照{this.article}。"\n'
FAULTS = {
    "good": (GOOD, []),
    "no_template": ("", [("letter-template", 6)]),
    "unknown_fact": (GOOD.replace("{received.on}", "{decided.on}"), [("letter-slot", 3)]),
    "unknown_clock": (GOOD.replace("{received.on}", "{clock.decide.due}"), [("letter-slot", 3)]),
    "unknown_part": (GOOD.replace("{received.on}", "{party.salary}"), [("letter-slot", 3)]),
    "typed_days": (GOOD.replace("收到，", "收到，请在10日内补正，"), [("letter-typed", 3)]),
    "typed_words": (GOOD.replace("收到，", "收到，请在五个工作日补正，"), [("letter-typed", 3)]),
    "typed_article": (GOOD.replace("{this.article}", "第三十条"), [("letter-typed", 3)]),
    "bare_rights": (GOOD + 'rights = "可以起诉。"\n', [("letter-rights", 4)]),
    "unknown_word": (GOOD + 'wording = "可以起诉。"\n', [("letter-word", 4)]),
    "open_bracket": (GOOD.replace("{party}", "{party"), [("letter-word", 2)]),
    "unused": (GOOD + '["没人要的通知书"]\ntext = "甲"\n', [("letter-unused", 4)]),
}


def test_the_check_finds_what_is_wrong_with_a_letter(tmp_path: Path) -> None:
    for name, (letters, _) in FAULTS.items():
        folder = tmp_path / "procedures" / name
        folder.mkdir(parents=True)
        (folder / "2024-01-01.toml").write_text(PAGE.replace("Trial", name), "utf-8")
        (folder / "scenarios.toml").write_text(SCENARIO, "utf-8")
        if letters:
            (tmp_path / "letters" / name).mkdir(parents=True)
            (tmp_path / "letters" / name / "letters.toml").write_text(letters, "utf-8")
    seen: dict[str, list[tuple[str, int]]] = {name: [] for name in FAULTS}
    for one in check(tmp_path):
        if one.where.startswith(str(tmp_path)):
            seen[Path(one.where).parent.name].append((one.rule, one.line or 0))
    assert seen == {name: expected for name, (_, expected) in FAULTS.items()}


def test_a_local_letter_stands_in_for_the_national_one(tmp_path: Path) -> None:
    folder = tmp_path / "letters/reconsideration"
    folder.mkdir(parents=True)
    (folder / "ours.toml").write_text('["受理通知书"]\ntext = "本区的写法。"\n', "utf-8")
    template = load_templates(tmp_path).find("reconsideration", "受理通知书")
    assert template is not None
    assert template.text == ("本区的写法。",)
    assert load_templates(tmp_path).find("reconsideration", "补正通知书") is not None
