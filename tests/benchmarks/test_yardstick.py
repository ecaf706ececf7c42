"""The yardstick: its table can be measured and written at a small size, and it leaves nothing behind."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MARKS = "before\n<!-- yardstick -->\nold\n<!-- /yardstick -->\nafter\n"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for everything temporary, open to the account that runs the database."""
    with tempfile.TemporaryDirectory(prefix="fazhi-yardstick-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


def run(folder: Path, *words: str) -> list[dict[str, str]]:
    """Rows as JSON; the page in the folder gets the table."""
    page, told = folder / "page.md", folder / "rows.json"
    page.write_text(MARKS, "utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "FAZHI_"))}
    command = [sys.executable, "-m", "benchmarks", "--json", str(told), "--write", str(page), *words]
    more = {"cwd": ROOT, "env": {**environment, "TMPDIR": str(folder)}, "capture_output": True, "text": True}
    done = subprocess.run(command, timeout=900, **more)
    assert done.returncode == 0, done.stderr[-3000:]
    rows = json.loads(told.read_text("utf-8"))
    text = page.read_text("utf-8")
    assert text.startswith("before\n<!-- yardstick -->\n") and text.endswith("<!-- /yardstick -->\nafter\n")
    assert "old" not in text.splitlines() and all(f"| {row['promise']} |" in text for row in rows)
    assert {one.name for one in folder.iterdir()} == {"page.md", "rows.json"}
    return rows


def test_a_small_district_is_laid_read_refilled_and_counted(folder):
    rows = run(folder, "--matters", "300", "--rounds", "2", "--only", "import,lists,refill,figures")
    assert [row["promise"].split(",")[0] for row in rows] == [
        "import of entries",
        "any list",
        "refill of every room",
        "indicators of a report",
        "the whole report",
    ]
    assert "all numbers equal" in rows[3]["beside"]
    assert all(row["met"] or row["why"] for row in rows)


def test_a_page_without_marks_and_a_part_that_is_none_are_refused(folder):
    page = folder / "page.md"
    page.write_text("no marks", "utf-8")
    for words, code, said in (
        (["--write", str(page)], 1, b"<!-- yardstick -->"),
        (["--only", "nothing"], 2, b"nothing"),
    ):
        done = subprocess.run([sys.executable, "-m", "benchmarks", *words], cwd=ROOT, capture_output=True)
        assert done.returncode == code and said in done.stderr
    assert page.read_text("utf-8") == "no marks"


@pytest.mark.slow
def test_every_promise_has_a_row(folder):
    rows = run(folder, "--matters", "300", "--rounds", "2", "--seconds", "1")
    table = (ROOT / "README.md").read_text("utf-8").split("yardstick -->")[1]
    told = [line for line in table.splitlines() if line.startswith("| ")][1:]
    first = {line[2:].partition(" |")[0].partition(",")[0] for line in told}
    assert first == {row["promise"].partition(",")[0] for row in rows} and len(told) == len(rows)
    cycles = next(row for row in rows if row["promise"].startswith("life-cycles"))
    assert "no errors" in cycles["measured"] and "equal their refill" in cycles["measured"]
