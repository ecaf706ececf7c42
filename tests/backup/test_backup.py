"""A backup comes back whole, what was erased stays erased, and what is not whole is said."""

import contextlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from fazhi import archive, desk
from fazhi.jobs import erasures
from fazhi.jobs.backup import DUMP, MANIFEST, CannotBackUp, back_up
from fazhi.jobs.restore import Restored, restore
from fazhi.ledger import followers, read
from fazhi.ledger.receipt import receipt
from fazhi.ledger.refill import compare
from fazhi.ledger.seal import seal_all
from fazhi.ledger.verify import verify
from fazhi.people import parties, units
from fazhi.people.actors import Actor
from fazhi.site.databases import database

SECRET = "三号楼的张三丰"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, with the keys of the session."""
    monkeypatch.setattr(settings, "FAZHI_HOME", tmp_path / "home")
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def clerk(fresh_database: Any) -> Actor:
    unit = units.found("某区信访局", parent=None, since=date(2020, 1, 1), organ_code="某")
    return Actor(None, None, unit, frozenset({"erase"}), "import", "台账")


@pytest.fixture
def elsewhere(fresh_database: Any, template: str) -> Iterator[Callable[[], None]]:
    """Turns to another, empty database."""
    made: list[str] = []

    def turn() -> None:
        name = f"fazhi_{uuid.uuid4().hex[:10]}"
        made.append(name)
        addresses = fresh_database.cluster.create_database(name, template)
        roles = {"default": addresses.web, "owner": addresses.owner, "public": addresses.public}
        connections.close_all()
        for alias, address in (roles | {"sealer": addresses.sealer}).items():
            described = connections.configure_settings({"default": database(alias, address)})["default"]
            settings.DATABASES[alias] = connections.settings[alias] = described
            with contextlib.suppress(AttributeError):
                del connections[alias]

    yield turn
    connections.close_all()
    for name in made:
        fresh_database.cluster.drop_database(name)


def enter(clerk: Actor, key: str, text: str = "路灯不亮", **more: Any) -> desk.Received:
    act = desk.Act("received", date(2024, 5, 6), fields={"channel": "web"}, body={"text": text}, **more)
    return desk.enter(clerk, "appeal", [act], key=key)


def bring_back(folder: Path, **more: Any) -> Restored:
    return restore(folder, tell=lambda _: None, **more)


def test_a_backup_comes_back_verified_and_new_entries_still_arrive(
    clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    first = enter(clerk, "1", files=(archive.put_bytes(b"evidence", "photo.txt", clerk),))
    enter(clerk, "2")
    manifest = back_up(tmp_path / "copy")
    assert (manifest.matters, manifest.entries) == (2, 4), "two matters, each received and numbered"

    elsewhere()
    (Path(settings.FAZHI_HOME) / "files").rename(tmp_path / "lost")
    done = bring_back(tmp_path / "copy")
    assert done.differs == ()
    assert "相符" in done.report.verdict
    assert read(first.matter).body(1) == {"text": "路灯不亮"}

    third = enter(clerk, "3")
    assert third.number != first.number, "official numbers go on where they were"
    assert seal_all() == 2
    report = verify(receipt())
    assert (report.ok, report.unsealed, report.matters) == (True, 0, 3)
    assert [compare(room) for room in followers()] == [()] * len(followers())


def test_the_library_of_reports_comes_back(
    clerk: Actor, elsewhere: Callable[[], None], home: Path, tmp_path: Path
) -> None:
    from datetime import UTC, datetime

    from fazhi.report.shelf import Shelf

    said = (
        "示例区2023年法治政府建设年度报告\n一、工作情况\n全年受理行政复议案件260件，审结202件，审结率85%。\n".encode()
    )
    kept, _ = Shelf(home / "reports").add(said, "报告.txt", datetime.now(UTC))
    enter(clerk, "1")
    back_up(tmp_path / "copy")
    shutil.rmtree(home / "reports")
    elsewhere()
    bring_back(tmp_path / "copy")
    assert Shelf(home / "reports").original(kept.id) == said


def test_what_was_erased_after_the_backup_is_erased_again(
    clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path, home: Path
) -> None:
    party = parties.register("citizen", "张三丰", phone="13900000000")
    file = archive.put_bytes(SECRET.encode(), "photo.txt", clerk)
    entered = enter(clerk, "1", SECRET, parties=(party,), files=(file,))
    back_up(tmp_path / "copy")
    desk.erase(clerk, party=party, key="erase")
    seal_all()
    assert [erasures.note_new(), erasures.note_new()] == [1, 0]
    assert SECRET not in (home / "erasures.json").read_text(encoding="utf-8")

    elsewhere()
    done = bring_back(tmp_path / "copy")
    assert done.differs == ()
    assert done.erased_again == 3, "a body, a file and a party"
    assert read(entered.matter).body(1) is None
    assert parties.masked(party).erased
    with pytest.raises(archive.Gone):
        archive.open(file)
    assert read(entered.matter).entries[-1].kind == "erased"
    assert erasures.replay(erasures.newest()) == 0, "replayed once is replayed for good"


def test_a_list_kept_elsewhere_serves_when_the_home_is_lost(
    clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path, home: Path
) -> None:
    party = parties.register("citizen", "张三丰")
    entered = enter(clerk, "1", SECRET, parties=(party,))
    back_up(tmp_path / "copy")
    desk.erase(clerk, party=party, key="erase")
    erasures.note()
    kept = (home / "erasures.json").rename(tmp_path / "kept.json")

    elsewhere()
    assert bring_back(tmp_path / "copy", newest=kept).differs == ()
    assert read(entered.matter).body(1) is None


def test_yesterdays_backup_does_not_pass_for_today(clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path) -> None:
    enter(clerk, "1")
    back_up(tmp_path / "copy")
    enter(clerk, "2")
    seal_all()
    slip = receipt()
    assert slip is not None
    (tmp_path / "receipt.json").write_text(slip.as_json(), encoding="utf-8")

    elsewhere()
    assert bring_back(tmp_path / "copy", receipt=tmp_path / "receipt.json").differs


def test_a_database_in_use_is_never_overwritten(clerk: Actor, tmp_path: Path) -> None:
    enter(clerk, "1")
    back_up(tmp_path / "copy")
    with pytest.raises(CannotBackUp, match="只能恢复到空的数据库"):
        bring_back(tmp_path / "copy")
    assert verify().matters == 1


def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(
    clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    enter(clerk, "1")
    folder = tmp_path / "copy"
    back_up(folder)
    elsewhere()
    dump = (folder / DUMP).read_bytes()
    (folder / DUMP).write_bytes(dump[:-1] + bytes([dump[-1] ^ 1]))
    with pytest.raises(CannotBackUp, match="与写下时不同"):
        bring_back(folder)
    (folder / DUMP).unlink()
    with pytest.raises(CannotBackUp, match="缺少"):
        bring_back(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(CannotBackUp, match="不是完整的备份"):
        bring_back(folder)


def test_without_its_keys_a_backup_is_refused_with_what_to_do(
    clerk: Actor, elsewhere: Callable[[], None], tmp_path: Path
) -> None:
    enter(clerk, "1")
    folder = tmp_path / "copy"
    back_up(folder)
    assert not (folder / "keys").exists(), "keys leave the house only when asked for"
    said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(said | {"body_key": "0" * 12}), encoding="utf-8")
    elsewhere()
    with pytest.raises(CannotBackUp, match="密钥不符"):
        bring_back(folder)


def test_a_backup_is_never_written_over_another(clerk: Actor, tmp_path: Path) -> None:
    enter(clerk, "1")
    back_up(tmp_path / "copy")
    with pytest.raises(CannotBackUp, match="不是空的"):
        back_up(tmp_path / "copy")


def test_other_accounts_cannot_read_a_backup(clerk: Actor, tmp_path: Path) -> None:
    enter(clerk, "1", files=(archive.put_bytes(b"evidence", "photo.txt", clerk),))
    back_up(tmp_path / "copy", with_keys=True)
    modes = {path.relative_to(tmp_path): path.stat().st_mode & 0o077 for path in (tmp_path / "copy").rglob("*")}
    assert len(modes) > 8
    assert not any(modes.values()), modes
