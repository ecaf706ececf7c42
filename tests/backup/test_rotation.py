"""Rotating the master key: texts stay readable, cut off anywhere it goes on, and the old key opens nothing."""

import os
import random
import signal
import subprocess
import sys
import time
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

import district as laid
from fazhi import archive, cluster, ledger
from fazhi.cluster import keys as key_files
from fazhi.jobs import rotate
from fazhi.ledger import cipher, query
from fazhi.ledger.verify import verify
from fazhi.people import masters, parties

DAY = date(2025, 3, 5)
TEXT = "小区门口的路灯连续三晚不亮，请安排人员检修。"


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: Any) -> Path:
    from django.conf import settings

    folder = tmp_path / "keys"
    key_files.make(folder)
    monkeypatch.setattr(settings, "FAZHI_KEYS", folder)
    return folder


@pytest.fixture
def house(keys: Path, fresh_database: Any) -> Any:
    return laid.lay()


def fill(house: Any, count: int = 5) -> list[uuid.UUID]:
    who = parties.register("citizen", "赵示例", "19900000001")
    return [house.receive("城管局", TEXT, parties=(who,)).matter for _ in range(count)]


def texts(matters: list[uuid.UUID]) -> set[str]:
    return {ledger.read(one).body(1)["text"] for one in matters}


def test_everything_stays_readable_and_nothing_lies_under_the_old_key(house, keys):
    matters = fill(house)
    file = archive.put_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", "材料.pdf", house.actor("城管员"))
    old = masters.master("body")
    done = rotate.rotate()
    assert done.bodies == 5 and done.keys == 2 and done.retired == (masters.id_of(old),)
    assert masters.master("body") != old and len(masters.body_keys()) == 1
    assert texts(matters) == {TEXT} and archive.open(file).name == "材料.pdf"
    assert len(parties.find(name="赵示例")) == 1, "equal names are still found"
    assert verify().ok
    rows = query.fetch("owner", "select matter, seq, salt, sealed from ledger_body")
    (keys / "body.key").write_bytes(old)
    for matter, seq, salt, sealed in rows:
        with pytest.raises((cipher.BodyAltered, InvalidTag)):
            cipher.open_body(matter, seq, bytes(salt), bytes(sealed), "")


def test_new_texts_are_under_the_new_key_at_once_and_old_ones_can_be_read_meanwhile(house, keys):
    matters = fill(house)
    before = masters.id_of(masters.master("body"))
    rotate._switch()
    matters += fill(house, 2)
    assert {ledger.read(one).entries[0].body_key for one in matters[:5]} == {before}
    assert ledger.read(matters[-1]).entries[0].body_key == masters.id_of(masters.master("body")) != before
    assert texts(matters) == {TEXT} and rotate.in_progress()
    assert rotate.rotate().bodies == 5
    assert texts(matters) == {TEXT} and not rotate.in_progress()


def test_what_was_erased_stays_erased(house, keys):
    from fazhi import desk

    matters = fill(house, 2)
    house.clerk("清除员", "区政府", "erase", "record")
    house.grant("清除员", "区政府", secrecy=2)
    desk.erase(house.actor("清除员"), matter=matters[0], entries=[1], reason="mistake", key="e")
    assert rotate.rotate().bodies == 1
    assert ledger.read(matters[0]).body(1) is None and verify().ok


def test_a_retired_key_comes_back_for_a_backup_of_its_time(house, keys):
    matters = fill(house, 1)
    rows = query.fetch("owner", "select entry, sealed from ledger_body")
    old = masters.id_of(masters.master("body"))
    rotate.rotate()
    for entry, sealed in rows:  # as a restore of the old backup would leave it
        query.run("owner", "update ledger_body set sealed = %s where entry = %s", [sealed, entry])
    with pytest.raises(cipher.BodyAltered):
        texts(matters)
    assert rotate.recall(old) and texts(matters) == {TEXT}
    assert not rotate.recall("0" * 12)
    assert rotate.rotate().bodies == 1 and not rotate.in_progress()


def test_the_web_may_not_touch_a_body_and_the_owner_only_reseals(house, keys):
    import psycopg

    fill(house, 1)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        query.run("default", "update ledger_body set sealed = ''")
    with pytest.raises(psycopg.Error, match="只能换密钥"):
        query.run("owner", "update ledger_body set salt = ''")


PROGRAM = """
import django; django.setup()
from fazhi.jobs import rotate
rotate.BATCH = 3
print(rotate.rotate().key)
"""


def test_killed_at_any_moment_it_goes_on_and_no_text_is_lost(house, keys, fresh_database):
    matters = fill(house, 40)
    chance = random.Random(5)
    environment = {**os.environ, **fresh_database.environment, "FAZHI_KEYS": str(keys)}
    first = masters.id_of(masters.master("body"))
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stdout=subprocess.DEVNULL)
        time.sleep(0.6 + chance.random() * 0.9)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert texts(matters) == {TEXT}
    rotate.rotate()
    assert texts(matters) == {TEXT} and not rotate.in_progress() and verify().ok
    assert masters.id_of(masters.master("body")) != first
    assert cluster.keys.check(keys) is None
