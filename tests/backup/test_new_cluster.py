"""A backup brought into another cluster by the command line: verified, sealed on, and open to new entries."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TABLE = "编号,来信时间,来信内容,答复时间,答复内容\n1,2024-05-06,路灯不亮,2024-05-20,已修好\n"


def fazhi(home: Path, *words: str, code: int = 0) -> str:
    """Run the command line on a home of its own; what it printed."""
    home.mkdir(mode=0o711, exist_ok=True)
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("DATABASE_", "FAZHI_"))}
    done = subprocess.run(
        [sys.executable, "-c", "from fazhi.site.main import main; main()", *words],
        env=kept | {"FAZHI_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def told(home: Path, *words: str, code: int = 0) -> Any:
    return json.loads(fazhi(home, *words, "--json", code=code))


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the account of the server passes through, which those of pytest do not allow."""
    folder = Path(tempfile.mkdtemp(prefix="fazhi-restore-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_a_new_cluster_takes_over_and_goes_on(place: Path) -> None:
    old, new, copy = place / "old", place / "new", place / "copy"
    table = place / "信件.csv"
    table.write_text(TABLE, encoding="utf-8")
    fazhi(old, "unit", "add", "某区信访局", "--since", "2020-01-01", "--code", "某")
    assert told(old, "import", "appeals", str(table), "--name", "一")["entered"] == 1
    assert told(old, "backup", str(copy), "--with-keys")["entries"] == 3, "the unit, the letter and its number"

    done = told(new, "restore", str(copy))
    assert done["verified"], done
    assert told(new, "import", "appeals", str(table), "--name", "一")["already"] == 1
    assert told(new, "import", "appeals", str(table), "--name", "二", "--anyway")["entered"] == 1
    assert told(new, "record", "seal")["sealed"] == 2, "what arrives after the restore gets its positions"
    report = told(new, "record", "verify", "--against", str(copy / "receipt.json"))
    assert (report["ok"], report["unsealed"], report["matters"]) == (True, 0, 3)
    assert told(new, "record", "compare") == []
