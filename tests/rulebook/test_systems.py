"""Every system of the reports has a home, and what is named to show that it works is run."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi.rulebook import load
from fazhi.rulebook.load import NATIONAL
from fazhi.rulebook.scenarios import run_scenarios
from fazhi.rulebook.systems import System, check_systems, read_systems

ROOT = Path(__file__).resolve().parents[2]
SYSTEMS = read_systems()
SCENARIOS = sorted({one.scenario for one in SYSTEMS if one.scenario})
TESTS = sorted({one.shown_by for one in SYSTEMS if one.shown_by and not one.scenario})
MAY_WAIT = {
    "sensing", "video rooms", "hot spots", "maps and distances", "reading of forms",
    "the merchant's own page", "exchange with outside sites",
}  # fmt: skip
"""What needs sensors, maps, cameras, or the site of somebody else; no procedure, register or activity may wait."""


def test_every_system_of_the_reports_is_placed_once(shared: Path) -> None:
    with (shared / "seeds_annotated" / "systems.csv").open(encoding="utf-8", newline="") as file:
        told = [(row["name"], row["category"]) for row in csv.DictReader(file)]
    assert [(one.name, one.category) for one in SYSTEMS] == told
    assert len(told) == 256


def test_each_has_a_page_and_something_that_shows_it_or_says_what_it_waits_for() -> None:
    assert list(check_systems(load())) == []
    assert {one.waits for one in SYSTEMS if one.waits} <= MAY_WAIT


def test_most_systems_work() -> None:
    works = sum(one.state == "works" for one in SYSTEMS)
    assert works >= 240, f"{works} of {len(SYSTEMS)}"


@pytest.mark.parametrize(("folder", "name"), SCENARIOS)
def test_the_scenario_that_shows_a_system_passes(folder: str, name: str) -> None:
    found = [one for one in run_scenarios(NATIONAL / folder, load()) if one.name == name]
    assert found and not any(one.faults for one in found), found


def test_the_tests_that_show_systems_are_there() -> None:
    assert set(TESTS) <= collected(), sorted(set(TESTS) - collected())


@pytest.mark.slow
def test_the_tests_that_show_systems_pass() -> None:
    run = pytest_told("-q", *TESTS)
    assert run.returncode == 0, run.stdout[-4000:]


@pytest.mark.parametrize(
    "table",
    [
        'category = "a"\nhome = "registers/nowhere"\nshown_by = "tests/a.py::b"',
        'category = "a"\nhome = "registers/exam"\nshown_by = "registers/exam：没有这个场景"',
        'category = "a"\nwaits = "something"',
        'category = "a"\nhome = "registers/exam"\nshown_by = "x"\nwaits = "y"\nwhy = "z"',
    ],
)
def test_a_system_that_is_placed_wrongly_is_told_with_its_line(tmp_path: Path, table: str) -> None:
    path = tmp_path / "systems.toml"
    path.write_text(f'# systems\n["某系统"]\n{table}\n', encoding="utf-8")
    (finding,) = check_systems(load(), path)
    assert "某系统" in finding.message and finding.line == 2


def test_a_system_says_its_state() -> None:
    assert System("a", "b", "c", "d").state == "works"
    assert System("a", "b", "", "", "e", "f").state == "waits"


def collected() -> set[str]:
    """The tests there are in the files that are named; a test with cases is there by its own name too."""
    files = sorted({one.partition("::")[0] for one in TESTS})
    lines = pytest_told("--collect-only", "-q", *files).stdout.splitlines()
    return {line.strip() for line in lines} | {line.partition("[")[0].strip() for line in lines}


def pytest_told(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=dict(os.environ))
