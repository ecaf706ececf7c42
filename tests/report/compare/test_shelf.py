"""The library keeps a report whole or not at all, and never twice."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from tests.report.check.frame import TEXT

from fazhi.report.read import Unreadable
from fazhi.report.shelf import Answer, Shelf, name_of

NOW = datetime(2025, 1, 1, tzinfo=UTC)
SAID = TEXT.format(
    passage="受理行政复议案件260宗，审结202宗，审结率85%。", year=2023, published="2024-01-15", signed="2024年1月10日"
).encode()


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "reports")


def test_original_claims_findings_and_scores_are_kept(shelf):
    kept, new = shelf.add(SAID, "某区.txt", NOW)
    assert new
    assert (kept.unit, kept.year) == ("示例区人民政府", 2023)
    assert kept.findings["inconsistent"] == 1
    assert [one.key for one in kept.scores] == ["on_time", "complete", "data", "comparable", "findable"]
    assert shelf.original(kept.id) == SAID
    assert shelf.read(kept.id).claims


def test_the_same_file_is_kept_once(shelf):
    first, _ = shelf.add(SAID, "某区.txt", NOW)
    again, new = shelf.add(SAID, "另一个名字.txt", NOW)
    assert (again.id, new) == (first.id, False)
    assert len(shelf.kept()) == 1


def test_what_cannot_be_read_leaves_nothing(shelf):
    with pytest.raises(Unreadable):
        shelf.add(b"", "空.txt", NOW)
    assert not shelf.kept()
    assert not list(shelf.folder.glob("*"))


def test_a_changed_original_is_not_passed_off_as_the_same(shelf):
    kept, _ = shelf.add(SAID, "某区.txt", NOW)
    (shelf.folder / kept.id / "original").write_bytes(b"other")
    with pytest.raises(LookupError, match="原件"):
        shelf.read(kept.id)


@pytest.mark.parametrize("identity", ["../../etc", "", "0" * 16, "x" * 16, "..%2f"])
def test_no_name_from_outside_becomes_a_path(shelf, identity):
    shelf.add(SAID, "某区.txt", NOW)
    with pytest.raises(LookupError):
        shelf.original(identity)


def test_the_last_answer_counts_and_half_a_line_is_passed_over(shelf):
    kept, _ = shelf.add(SAID, "某区.txt", NOW)
    from fazhi.report.check import check

    finding = name_of(check(shelf.read(kept.id))[0])
    shelf.answer(kept.id, Answer(finding, "accepted", "", "甲", "2025-01-01"))
    shelf.answer(kept.id, Answer(finding, "answered", "分母含结转", "乙", "2025-01-02"))
    with (shelf.folder / kept.id / "answers.jsonl").open("ab") as file:
        file.write(b'{"finding": "')
    assert shelf.answers(kept.id)[finding].text == "分母含结转"


def test_a_kill_while_adding_leaves_all_or_nothing(tmp_path):
    """A process that adds report after report is killed; every report on the shelf opens, and adding goes on."""
    script = (
        "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from fazhi.report.shelf import Shelf\n"
        "shelf = Shelf(Path(sys.argv[1]))\nsaid = Path(sys.argv[2]).read_bytes()\n"
        "for n in range(1000):\n"
        "    shelf.add(said + f'\\n第{n}次'.encode(), 'a.txt', datetime.now(UTC))\n    print(n, flush=True)\n"
    )
    source = tmp_path / "a.txt"
    source.write_bytes(SAID)
    folder = tmp_path / "reports"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(source)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": "src"},
    )
    assert process.stdout is not None
    told = 0
    for told, _ in enumerate(process.stdout, 1):
        if told == 7:
            break
    process.kill()
    process.wait()
    shelf = Shelf(folder)
    kept = shelf.kept()
    assert len(kept) >= told
    for one in kept:
        assert shelf.read(one.id).claims
    assert shelf.add(SAID, "a.txt", NOW)[1]
