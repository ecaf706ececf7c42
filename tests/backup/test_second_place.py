"""The second place: the log goes there as it is written, and the database comes back as it was at a moment."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from fazhi.cluster import Cluster, ClusterError, second

SMALL = {"shared_buffers": "16MB", "max_connections": "20", "archive_timeout": "1"}
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def place() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="fazhi-second-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def fazhi(home: Path, *words: str, code: int = 0, **more: str) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "FAZHI_"))}
    command = [str(Path(sys.executable).with_name("fazhi")), *words]
    environment = kept | {"FAZHI_HOME": str(home)} | more
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, (done.stdout, done.stderr[-3000:])
    return done.stdout


def until(true: Any) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to be within a minute")


def write(address: str, text: str) -> None:
    with psycopg.connect(address, autocommit=True) as work:
        work.execute("create table if not exists said (text text)")
        work.execute("insert into said values (%s)", [text])


def read(address: str) -> set[str]:
    with psycopg.connect(address) as work:
        return {row[0] for row in work.execute("select text from said").fetchall()}


def test_the_database_comes_back_as_it_was_at_a_moment(place: Path) -> None:
    copies = place / "第二处 50%"
    cluster = Cluster(place / "one", settings=SMALL, second_place=copies)
    address = cluster.start().superuser
    write(address, "before the copy")
    second.copy_base(copies, place / "one")
    time.sleep(1.1)
    write(address, "after the copy")
    time.sleep(1.1)
    moment = datetime.now(SHANGHAI)
    time.sleep(1.1)
    write(address, "after the moment")
    logs = copies / "log"
    before = len(list(logs.iterdir()))
    write(address, "the last word")
    until(lambda: len(list(logs.iterdir())) > before)
    cluster.stop()
    for name, wanted, said in (
        ("then", moment, {"before the copy", "after the copy"}),
        ("now", None, {"before the copy", "after the copy", "after the moment", "the last word"}),
    ):
        second.lay(copies, place / name, wanted)
        back = Cluster(place / name, settings=SMALL)
        assert read(back.start().superuser) == said
        back.stop()
        second.settled(place / name)
        again = Cluster(place / name, settings=SMALL)
        write(again.start().superuser, "goes on")
        again.stop()


def test_nothing_is_laid_over_data_and_nothing_from_before_the_first_copy(place: Path) -> None:
    cluster = Cluster(place / "one", settings=SMALL, second_place=place / "two")
    cluster.start()
    begun = datetime(2001, 1, 1, tzinfo=SHANGHAI)
    second.copy_base(place / "two", place / "one")
    cluster.stop()
    with pytest.raises(ClusterError, match="已有数据"):
        second.lay(place / "two", place / "one", None)
    with pytest.raises(ClusterError, match="没有这个时刻以前"):
        second.lay(place / "two", place / "three", begun)
    with pytest.raises(ClusterError, match="没有运行"):
        second.copy_base(place / "two", place / "one")


def test_only_the_last_copies_are_kept_with_the_log_since(place: Path) -> None:
    cluster = Cluster(place / "one", settings=SMALL, second_place=place / "two")
    address = cluster.start().superuser
    for number in range(second.KEPT + 2):
        write(address, str(number))
        second.copy_base(place / "two", place / "one")
        time.sleep(1.1)  # copies are named by the second
    cluster.stop()
    assert len(second.bases(place / "two")) == second.KEPT
    label = (second.bases(place / "two")[0][1] / "data" / "backup_label").read_text("ascii")
    oldest = label.partition("(file ")[2].partition(")")[0]
    assert all(one.name >= oldest for one in (place / "two" / "log").glob("0*") if not one.suffix)
    second.lay(place / "two", place / "three", None)
    back = Cluster(place / "three", settings=SMALL)
    assert str(second.KEPT + 1) in read(back.start().superuser)
    back.stop()


PROGRAM = """
import os, django
from fazhi.site.opening import opened
with opened():
    from fazhi.jobs import second
    second.copy()
    for thread in second._running:
        thread.join()
"""


def test_an_office_is_recovered_and_verified(place: Path) -> None:
    home, copies, new = place / "office", place / "copies", place / "new"
    more = {"FAZHI_SECOND": str(copies)}
    table = place / "信件.csv"
    table.write_text("编号,来信时间,来信内容\n1,2025-03-03 09:00,路灯不亮请修\n", "utf-8")
    fazhi(home, "unit", "add", "某区信访局", "--since", "2020-01-01", "--code", "某", **more)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "FAZHI_"))}
    kept |= {"FAZHI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "fazhi.site.settings"} | more
    subprocess.run([sys.executable, "-c", PROGRAM], env=kept, check=True)
    fazhi(home, "import", "appeals", str(table), "--name", "一", **more)
    fazhi(home, "record", "seal", **more)
    slip = place / "receipt.json"
    slip.write_text(fazhi(home, "record", "receipt", **more), "utf-8")
    assert (
        "请先把密钥"
        in subprocess.run(
            [str(Path(sys.executable).with_name("fazhi")), "recover", str(copies)],
            env=kept | {"FAZHI_HOME": str(new)},
            capture_output=True,
            text=True,
        ).stderr
    )
    new.mkdir(mode=0o711)
    shutil.copytree(home / "keys", new / "keys")
    done = json.loads(fazhi(new, "recover", str(copies), "--receipt", str(slip), "--json"))
    assert done["verified"], done
    report = json.loads(fazhi(new, "record", "verify", "--against", str(slip), "--json"))
    assert report["ok"] and report["matters"] == 2
