"""The documents about pages: their examples are checked and tested like pages, and the printed reference is current."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from fazhi.cli.rulebook import rulebook as commands
from fazhi.rulebook import load
from fazhi.rulebook.check import check
from fazhi.rulebook.scenarios import run_scenarios
from fazhi.rulebook.show import reference
from fazhi.rulebook.words import CLOCK_WORDS, FACT_WORDS, PAGE_WORDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
HOW_TO = (DOCS / "how-to/add-a-procedure.md").read_text(encoding="utf-8")


def examples(text: str) -> list[str]:
    """The TOML blocks of a document."""
    return re.findall(r"```toml\n(.*?)```", text, re.DOTALL)


def test_the_page_of_the_how_to_is_sound_and_its_scenarios_pass(tmp_path: Path):
    page, letters, scenarios = examples(HOW_TO)
    folder = tmp_path / "procedures/inspection_review"
    folder.mkdir(parents=True)
    templates = tmp_path / "letters/inspection_review/letters.toml"
    templates.parent.mkdir(parents=True)
    templates.write_text(letters, encoding="utf-8")
    (folder / "2021-02-01.toml").write_text(page, encoding="utf-8")
    (folder / "scenarios.toml").write_text(scenarios, encoding="utf-8")
    assert [finding for finding in check(tmp_path) if finding.where.startswith(str(tmp_path))] == []
    outcomes = run_scenarios(folder, load(tmp_path))
    assert len(outcomes) == 2
    assert [outcome.faults for outcome in outcomes] == [(), ()]


def test_the_how_to_explains_every_word():
    lacking = [word for word in {*PAGE_WORDS, *FACT_WORDS, *CLOCK_WORDS} if f"`{word}" not in HOW_TO]
    assert set(lacking) <= {"facts", "clocks", "common", "register", "transition", "intake", "overlays", "without"}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("add-a-local-page.md", "procedures/hotline/2024-07-01.toml"),
        ("add-an-indicator.md", "indicators/trial.toml"),
        ("add-a-holiday-notice.md", "calendars/2027.toml"),
    ],
)
def test_other_examples_are_sound(document: str, place: str, tmp_path: Path):
    (example,) = examples((DOCS / "how-to" / document).read_text(encoding="utf-8"))
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(example, encoding="utf-8")
    found = [one for one in check(tmp_path) if one.where.startswith(str(tmp_path)) and one.rule != "no-scenario"]
    assert found == []


def test_the_printed_reference_is_current():
    stale = [
        name
        for name, text in reference(load()).items()
        if (DOCS / "reference" / name).exists() and (DOCS / "reference" / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, "run: fazhi rulebook reference docs/reference"
    assert (DOCS / "reference/procedure-reconsideration-2024-01-01.md").exists()


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(commands, words)
    return done.exit_code, done.output


def test_the_commands_check_test_show_and_compare(tmp_path: Path):
    assert run("test", "appeal")[0] == 0
    code, told = run("test", "nothing")
    assert code == 1
    assert "reconsideration" in told
    _, shown = run("show", "reconsideration", "--on", "2023-12-31")
    assert "10日" in shown
    assert "10个工作日" not in shown
    _, changed = run("diff", "reconsideration/1999-10-01", "reconsideration")
    assert "期限“被申请人书面答复”的时限：10日 → 10个工作日" in changed
    assert "新增期限“作出决定（简易）”：30日" in changed
    assert "取消期限“县级人民政府转送”：原为7个工作日" in changed
    assert "步骤“批准延长并书面告知当事人”的由谁作出：行政复议机关的负责人 → 行政复议机构的负责人" in changed
    assert not re.search(r"\b(clocks|facts|working days|analogy)\b", changed)
    told = json.loads(run("diff", "reconsideration/1999-10-01", "reconsideration", "--json")[1])
    assert {"what": "期限“被申请人书面答复”的时限", "was": "10日", "will": "10个工作日"} in told
    assert run("diff", "reconsideration", "reconsideration")[1] == "共 0 处不同。\n"
    folder = tmp_path / "procedures/trial"
    folder.mkdir(parents=True)
    (folder / "2024-01-01.toml").write_text('title = "试验"\nsorce = "法"\n', encoding="utf-8")
    code, told = run("check", "--overlay", str(tmp_path))
    assert code == 1
    assert "2024-01-01.toml:2: 错误（unknown-word）" in told
    assert "source" in told
    assert run("show", "appeal", "--overlay", str(tmp_path))[0] == 1


def test_the_reference_can_be_printed(tmp_path: Path):
    assert run("reference", str(tmp_path))[0] == 0
    text = (tmp_path / "procedure-appeal-2022-05-01.md").read_text(encoding="utf-8")
    assert "| 办结 |" in text
    assert "末日为惯例" in text
    assert str(date(2022, 5, 1)) in text
