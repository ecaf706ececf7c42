"""The archive package of a closed matter: whole, verifiable by itself, and telling of everything that was changed."""

import io
import json
import uuid
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import district as laid
from fazhi import archive, desk, ledger
from fazhi.desk import local
from fazhi.jobs.package import CannotPackage, package
from fazhi.jobs.retention import due
from fazhi.jobs.unpack import BadPackage, verify_package
from fazhi.ledger import adopted
from fazhi.ledger.receipt import receipt
from fazhi.ledger.seal import seal_all
from fazhi.people import parties

DAY = date(2025, 3, 5)
TODAY = ledger.today()


@pytest.fixture
def house(fresh_database: Any) -> Any:
    adopted.look_again()
    return laid.lay()


@pytest.fixture
def closed(house: Any) -> uuid.UUID:
    who = parties.register("citizen", "赵示例", "19900000001")
    file = archive.put_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "照片.pdf", house.actor("城管员"))
    for _ in range(3):
        house.receive("城管局")
    got = house.receive("城管局", "门口路灯不亮。", parties=(who,))
    head = ledger.read(got.matter).head
    desk.record(house.actor("城管员"), got.matter, "attached", files=(file,), seen=head, key="f")
    house.record(got.matter, "withdrawn", "城管局", DAY)
    seal_all()
    return got.matter


def changed(file: Path, name: str, alter: Any) -> Path:
    """The package with one part altered, everything else as it was."""
    other = file.with_name(f"{uuid.uuid4().hex}.zip")
    with zipfile.ZipFile(file) as box, zipfile.ZipFile(other, "w") as copy:
        for one in box.namelist():
            data = box.read(one)
            copy.writestr(one, alter(data) if one == name else data)
    return other


def test_a_package_holds_everything_and_verifies_without_a_database(closed, tmp_path):
    file = tmp_path / "一件.zip"
    contents = package(closed, file)
    assert contents.entries == ledger.read(closed).head and oct(file.stat().st_mode & 0o777) == "0o600"
    found = verify_package(file, receipt())
    assert not found.faults and found.compared and not verify_package(file).compared
    with zipfile.ZipFile(file) as box:
        told = json.loads(box.read(f"matters/{closed}.json"))
        assert told["entries"][0]["body"]["text"] == "门口路灯不亮。"
        assert any(name.startswith("files/") and box.read(name).startswith(b"%PDF") for name in box.namelist())
        assert "赵示例" in box.read("parties.json").decode()


def test_an_open_matter_and_a_file_that_is_there_are_refused(house, closed, tmp_path):
    with pytest.raises(CannotPackage, match="还没有办结"):
        package(house.receive("城管局").matter, tmp_path / "a.zip")
    (tmp_path / "b.zip").write_text("mine")
    with pytest.raises(CannotPackage, match="已经存在"):
        package(closed, tmp_path / "b.zip")
    house.record(closed, "noted", "城管局", DAY)
    with pytest.raises(CannotPackage, match="没有封存"):
        package(closed, tmp_path / "c.zip")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("门口路灯不亮。", "门口路灯很亮。", "正文与登记时的承诺值不符"),
        ('"kind": "withdrawn"', '"kind": "answered"', "内容与其摘要不符"),
        ('"day": "2025-03-05"', '"day": "2025-03-04"', "内容与其摘要不符"),
        ('"root": "sm3:', '"root": "sm3:0', "封存证明不成立"),
    ],
)
def test_whatever_is_changed_is_found_even_if_the_list_is_made_anew(closed, tmp_path, old, new, said):
    file = tmp_path / "a.zip"
    package(closed, file)
    name = f"matters/{closed}.json"
    other = changed(file, name, lambda data: data.decode().replace(old, new).encode())
    faults = "".join(verify_package(other).faults)
    assert said in faults and "与目录所记的摘要不符" in faults


def test_the_last_entry_left_out_is_told_by_the_signed_list(closed, tmp_path):
    file = tmp_path / "a.zip"
    package(closed, file)

    def cut(data: bytes) -> bytes:
        told = json.loads(data)
        told["entries"].pop()
        return json.dumps(told).encode()

    other = changed(file, f"matters/{closed}.json", cut)
    assert any("与目录所记的摘要不符" in fault for fault in verify_package(other).faults)
    lists = changed(file, "contents.json", lambda data: data.replace(b'"entries": ', b'"entries": 1'))
    assert any("签名" in fault for fault in verify_package(lists).faults)


def test_what_was_erased_is_not_in_it_and_says_so(house, closed, tmp_path):
    house.clerk("清除员", "区政府", "erase", "record")
    house.grant("清除员", "区政府", secrecy=2)
    desk.erase(house.actor("清除员"), party=ledger.read(closed).parties[0], reason="request", key="e")
    seal_all()
    package(closed, tmp_path / "a.zip")
    found = verify_package(tmp_path / "a.zip", receipt())
    assert not found.faults and found.erased == 1
    assert "赵示例".encode() not in io.BytesIO((tmp_path / "a.zip").read_bytes()).getvalue()


def test_something_else_is_no_package(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with pytest.raises(BadPackage, match="不是完整的归档包"):
        verify_package(tmp_path / "x.zip")


KEEP = """
overlays = "appeal"
retention = { term = "10 years", source = "《示例区业务档案保管期限表》第三条", status = "CONVENTION" }
"""


def test_what_is_due_is_listed_and_stays(house, closed):
    assert due(date(2100, 1, 1)) == (), "no page says how long"
    for name, power in (("系统员", "administer"), ("安全员", "grant")):
        house.clerk(name, "区政府", power)
    place = f"procedures/appeal/{TODAY}.toml"
    matter = local.propose(house.actor("系统员", TODAY), place, KEEP, key="p")[0].matter
    local.adopt(house.actor("安全员", TODAY), matter, seen=1, key="a")
    assert due(date(2035, 12, 31)) == ()
    (one,) = due(date(2036, 1, 1))
    assert (one.matter, one.due) == (closed, date(2036, 1, 1)) and "保管期限表" in one.basis
    assert ledger.read(closed).body(1)["text"] == "门口路灯不亮。", "listing deletes nothing"
    adopted._Shelf.folder, adopted._Shelf.stamp = None, ""
    adopted.look_again()


def test_a_retention_that_says_nothing_is_refused(house):
    for wrong in ('{ source = "x" }', '{ term = "30 days", source = "x" }', "{ permanent = true }"):
        proposal = local.preview(f"procedures/appeal/{TODAY}.toml", f'overlays = "appeal"\nretention = {wrong}\n')
        assert proposal.errors, wrong
