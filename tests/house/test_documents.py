"""README, Makefile, documents, glossary and message files tell the same as the program."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from fazhi.site import messages, reference
from fazhi.site.main import load_families

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands() -> dict[str, click.Command]:
    """Every command by the words that call it."""
    from fazhi.cli.commands import fazhi

    load_families()
    found: dict[str, click.Command] = {}

    def walk(words: str, command: click.Command) -> None:
        found[words] = command
        if isinstance(command, click.Group):
            for name, inner in command.commands.items():
                walk(f"{words} {name}", inner)

    walk("fazhi", fazhi)
    return found


def unknown_targets(text: str) -> list[str]:
    """What a text calls with `make` and is no target."""
    called = re.findall(r"(?:^|`|\$ )make ([a-z][a-z-]*)", text, re.MULTILINE)
    return [name for name in called if name not in TARGETS]


def unknown_commands(text: str, known: set[str]) -> list[str]:
    """What a text calls with `fazhi` and is no command."""
    called = re.findall(r"(?:^|`|\$ )(?:\.venv/bin/)?(fazhi(?: [a-z][a-z-]*)+)", text, re.MULTILINE)
    groups = {words.rpartition(" ")[0] for words in known}
    unknown = []
    for words in called:
        while words not in known and words.count(" ") > 1 and words.rpartition(" ")[0] not in groups:
            words = words.rpartition(" ")[0]  # an argument
        if words not in known:
            unknown.append(words)
    return unknown


def test_make_targets_of_the_documents_exist():
    broken = {str(path): found for path in documents() if (found := unknown_targets(path.read_text("utf-8")))}
    assert not broken
    assert unknown_targets("run `make coffee`") == ["coffee"]


def test_commands_of_the_documents_exist():
    known = set(commands())
    broken = {str(path): found for path in documents() if (found := unknown_commands(path.read_text("utf-8"), known))}
    assert not broken
    assert unknown_commands("run `fazhi brew coffee`", known) == ["fazhi brew"]


def test_every_target_is_explained():
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert {line.split()[1] for line in told.splitlines()} == TARGETS


def test_ci_calls_what_the_readme_says():
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


def test_the_reference_tells_every_command_as_it_is():
    """Asked in a process of its own: a command that was run before remembers how its help was called."""
    ask = [sys.executable, "-c", "from fazhi.site.reference import page; print(page(), end='')"]
    told = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert reference.PAGE.read_text("utf-8") == told, "run make reference"


def test_every_command_explains_itself_with_an_example():
    mute = [words for words, command in commands().items() if "例：" not in (command.help or "")]
    assert not mute


def test_every_message_has_an_english_form():
    lacks = messages.missing()
    assert not lacks, "run make messages, then fill in:\n" + "\n".join(lacks)


def test_a_message_without_english_is_seen(tmp_path):
    (tmp_path / "page.py").write_text('"""A page."""\nprint(_("从未译过的话"))\n', "utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text('{% translate "也没有译过" %}', "utf-8")
    lacks = "\n".join(messages.missing(tmp_path / "none.po", tmp_path))
    assert "从未译过的话" in lacks
    assert "也没有译过" in lacks


@pytest.mark.parametrize("words", [["--help"], ["database", "check", "--help"]])
def test_help_needs_no_database(words, tmp_path):
    program = str(Path(sys.executable).with_name("fazhi"))
    done = subprocess.run([program, *words], env={"FAZHI_HOME": str(tmp_path / "none")}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "例：" in done.stdout
    assert not (tmp_path / "none").exists()
