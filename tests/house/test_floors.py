"""The floors hold, and each contract is seen to fail on a copy of the tree that breaks it."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
MODELS = [one["id"].removesuffix("-models") for one in CONTRACTS if one["id"].endswith("-models")]

# one import that breaks each contract: module → what it imports
BREAKS = {
    "floors": ("ledger/astray.py", "fazhi.desk"),
    "doors": ("web/portal/astray.py", "fazhi.web.office"),
    "law": ("law/source.py", "fazhi.law.admit"),
    "pure": ("law/term.py", "django.db"),
    "reports": ("report/read/astray.py", "django.db"),
    "supervisor": ("cluster/astray.py", "django.conf"),
    "triage": ("triage/letter.py", "django.db"),
    "writers": ("search/astray.py", "fazhi.ledger.append"),
    "portal": ("web/portal/astray2.py", "fazhi.search"),
    "circles": ("web/faces/astray_one.py", "fazhi.web.faces.astray_two"),
    **{f"{room}-models": ("site/astray_models.py", f"fazhi.{room}.models") for room in MODELS},
}


def lint(folder: Path) -> dict[str, str]:
    """The verdict on every contract by its name."""
    command = [
        str(Path(sys.executable).with_name("lint-imports")),
        "--config",
        str(ROOT / "pyproject.toml"),
        "--no-cache",
    ]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(folder), "COLUMNS": "200"}, capture_output=True, text=True
    )
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert len(verdicts) == len(CONTRACTS), done.stdout + done.stderr
    return {name: verdict if verdict == "KEPT" else done.stdout for name, verdict in verdicts.items()}


def test_the_floors_hold():
    broken = {name: why for name, why in lint(ROOT / "src").items() if why != "KEPT"}
    assert not broken, next(iter(broken.values()))


def test_every_contract_has_an_import_that_breaks_it():
    assert set(BREAKS) == {contract["id"] for contract in CONTRACTS}


@pytest.fixture(scope="module")
def broken_tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "src" / "fazhi", folder / "fazhi", ignore=shutil.ignore_patterns("__pycache__"))
    for module, imported in BREAKS.values():
        path = folder / "fazhi" / module
        with path.open("a", encoding="utf-8") as file:
            file.write(f"import {imported}\n")
    (folder / "fazhi/web/faces/astray_two.py").write_text("import fazhi.web.faces.astray_one\n", "utf-8")
    (folder / "fazhi/nowhere").mkdir()
    (folder / "fazhi/nowhere/__init__.py").write_text("", "utf-8")
    return folder


def test_each_contract_is_seen_to_fail(broken_tree):
    kept = [name for name, verdict in lint(broken_tree).items() if verdict == "KEPT"]
    assert not kept


def test_a_room_on_no_floor_fails(broken_tree):
    told = next(iter(why for name, why in lint(broken_tree).items() if name.startswith("Imports go down")))
    assert "nowhere" in told
