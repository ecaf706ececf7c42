"""The embedded server starts anywhere, for anyone who may, and is private."""

import contextlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from cluster_notes import note, notes

import fazhi
from fazhi.cluster import Cluster, ClusterBusy, ClusterError, binaries
from fazhi.cluster.account import Account

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to act as other accounts")
STRANGER = 61234
START_AND_STOP = """
import os, sys
from pathlib import Path
from fazhi.cluster import Cluster
with Cluster(Path(sys.argv[1])):
    print("started by", os.geteuid())
"""


def test_a_second_start_finds_what_the_first_committed(make):
    cluster = make()
    note(cluster.start())
    cluster.stop()
    assert notes(cluster.start()) == ["kept"]


def test_the_server_has_our_settings(make):
    addresses = make().start()
    with psycopg.connect(addresses.web) as connection:
        told = {
            name: connection.execute("select current_setting(%s)", [name]).fetchone()[0]
            for name in ("TimeZone", "jit", "listen_addresses", "server_encoding", "password_encryption")
        }
        version = connection.execute("select current_setting('server_version_num')::int / 10000").fetchone()[0]
    assert told == {
        "TimeZone": "Asia/Shanghai",
        "jit": "off",
        "listen_addresses": "",
        "server_encoding": "UTF8",
        "password_encryption": "scram-sha-256",
    }
    assert str(version) == binaries.MAJOR


def test_no_role_but_the_supervisor_has_rights_over_the_server(make):
    addresses = make().start()
    with psycopg.connect(addresses.superuser) as connection:
        rows = connection.execute(
            "select rolname from pg_roles where rolsuper or rolcreaterole or rolcreatedb"
        ).fetchall()
    assert rows == [("fazhi_super",)]


def test_everything_is_private(make):
    cluster = make()
    cluster.start()
    for path in (cluster.place, cluster.place / "postgres", cluster.place / "passwords", cluster.place / "run"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    for path in (cluster.place / "passwords").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_nobody_connects_without_a_password(make):
    addresses = make().start()
    address, host = addresses.web.split("@")[0], addresses.web.split("host=")[1]
    without = address.rsplit(":", 1)[0] + f"@/fazhi?host={host}"
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(without)


@as_root
def test_another_account_cannot_connect_even_with_the_password(make, folder):
    addresses = make().start()
    programs = folder.parent / "programs"
    programs.mkdir(mode=0o711)
    psql = binaries.runnable_by(Account(STRANGER, STRANGER, "stranger"), programs) / "psql"
    for address in (addresses.web, addresses.superuser):
        ask = [str(psql), address, "-Atc", "select 'inside'"]
        assert subprocess.run(ask, capture_output=True, text=True, check=False).stdout == "inside\n"
        told = subprocess.run(
            ask, user=STRANGER, group=STRANGER, extra_groups=[], capture_output=True, text=True, cwd="/", check=False
        )
        assert "inside" not in told.stdout
        assert "Permission denied" in told.stderr


@as_root
def test_under_root_the_server_has_no_rights(make):
    cluster = make()
    cluster.start()
    assert psutil.Process(cluster.pid).uids().real != 0


@as_root
def test_a_closed_folder_is_served_from_where_the_account_can_reach(make, folder):
    folder.parent.chmod(0o700)
    with elsewhere(make, folder) as place:
        assert place != folder
        assert notes(make().start()) == ["kept"]


@as_root
def test_data_elsewhere_are_used_when_the_folder_becomes_reachable(make, folder):
    folder.parent.chmod(0o700)
    with elsewhere(make, folder) as place:
        folder.parent.chmod(0o711)
        again = make()
        assert notes(again.start()) == ["kept"]
        assert again.place == place


@as_root
def test_data_in_a_folder_that_was_closed_are_not_left_for_an_empty_database(make, folder):
    cluster = make()
    note(cluster.start())
    cluster.stop()
    folder.parent.chmod(0o700)
    with pytest.raises(ClusterError, match=f"chmod o\\+x '{folder.parent}'") as refused:
        make().start()
    assert str(folder) in str(refused.value)
    folder.parent.chmod(0o711)
    assert notes(make().start()) == ["kept"]


@as_root
def test_data_elsewhere_without_their_note_are_told(make, folder):
    folder.parent.chmod(0o700)
    with elsewhere(make, folder) as place:
        written = folder / "where.txt"
        kept = written.read_text("utf-8")
        written.unlink()
        for mode in (0o700, 0o711):
            folder.parent.chmod(mode)
            with pytest.raises(ClusterError, match=str(place)):
                make().start()
            assert not (folder / "postgres").exists()
        written.write_text(kept, "utf-8")
        assert notes(make().start()) == ["kept"]


@as_root
def test_data_that_are_gone_from_elsewhere_are_told(make, folder):
    folder.parent.chmod(0o700)
    with elsewhere(make, folder) as place:
        (place / "postgres").rename(place / "moved")
        with pytest.raises(ClusterError, match=str(place)):
            make().start()
        (place / "moved").rename(place / "postgres")
        assert notes(make().start()) == ["kept"]


@as_root
def test_data_in_both_places_are_told(make, folder):
    cluster = make()
    note(cluster.start(), "first")
    cluster.stop()
    (folder / "postgres").rename(folder / "moved")
    folder.parent.chmod(0o700)
    with elsewhere(make, folder) as place:
        (folder / "moved").rename(folder / "postgres")
        for mode in (0o700, 0o711):
            folder.parent.chmod(mode)
            with pytest.raises(ClusterError, match=f"{folder} 和 {place}"):
                make().start()
        (folder / "where.txt").unlink()
        assert notes(make().start()) == ["first"]


@contextlib.contextmanager
def elsewhere(make, folder) -> Iterator[Path]:
    """Data made in another place because the folder is closed, and removed at the end."""
    cluster = make()
    note(cluster.start())
    place = cluster.place
    assert place != folder
    cluster.stop()
    try:
        yield place
    finally:
        cluster_places.append(place)


cluster_places: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _places_removed():
    yield
    for place in cluster_places:
        subprocess.run(["rm", "-rf", str(place)], check=True)


@as_root
def test_programs_that_the_account_cannot_reach_are_copied(make, folder, monkeypatch, tmp_path):
    wheel = binaries.folder().parent.parent
    closed = tmp_path / "site-packages" / wheel.name
    closed.parent.mkdir(mode=0o700)
    for suffix in ("", ".libs"):
        shutil.copytree(str(wheel) + suffix, str(closed) + suffix, copy_function=os.link)
    monkeypatch.setattr(binaries, "_wheel", lambda: closed)
    cluster = make()
    note(cluster.start())
    assert psutil.Process(cluster.pid).exe().startswith(str(cluster.place))


def python_of(account: Account) -> list[str]:
    """A Python of this version that the account can run, with the packages of this environment."""
    for python in (Path(sys.executable), Path("/usr/bin/python3")):
        ask = [str(python), "-c", "import sys; print(*sys.version_info[:2])"]
        with contextlib.suppress(OSError):
            told = subprocess.run(ask, user=account.uid, group=account.gid, capture_output=True, text=True, check=False)
            if told.stdout.split() == [str(part) for part in sys.version_info[:2]]:
                return [str(python)]
    return pytest.skip("no Python that an ordinary account can run")


def test_as_an_ordinary_account(folder):
    """Run as the account nobody when this is root, else as oneself."""
    person = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    account = Account(person.pw_uid, person.pw_gid, person.pw_name)
    folder.mkdir(mode=0o700)
    os.chown(folder, account.uid, account.gid)
    if not account.can_run(binaries.find("postgres")):
        pytest.skip("this checkout lies where other accounts cannot reach it")
    packages = [str(Path(binaries.folder()).parents[2]), str(Path(fazhi.__file__).parents[1])]
    told = subprocess.run(
        [*python_of(account), "-c", START_AND_STOP, str(folder)],
        user=account.uid, group=account.gid, capture_output=True, text=True, cwd="/",
        env={"PYTHONPATH": os.pathsep.join(packages)}, check=False,
    )  # fmt: skip
    assert told.stdout == f"started by {account.uid}\n", told.stderr


def test_a_path_with_spaces_quotes_and_chinese(make, folder):
    cluster = make(folder.with_name("某区 司法局, 'O'"))
    note(cluster.start())
    cluster.stop()
    assert notes(cluster.start()) == ["kept"]


def test_a_path_too_long_for_a_socket(make, folder):
    deep = folder.parent / ("很长的目录名" * 5) / ("又一层" * 8)
    deep.parent.mkdir(mode=0o711)
    cluster = make(deep)
    note(cluster.start())
    sockets = cluster.addresses().web.split("host=")[1]
    cluster.stop()
    assert len(sockets) < 107
    assert notes(cluster.start()) == ["kept"]


def test_two_starts_at_once(folder, make):
    first = make()
    note(first.start())
    with pytest.raises(ClusterBusy, match=str(os.getpid())):
        Cluster(folder).start()
    assert notes(first.addresses()) == ["kept"]


def test_stopping_leaves_no_process(make):
    cluster = make()
    cluster.start()
    family = [psutil.Process(cluster.pid), *psutil.Process(cluster.pid).children(recursive=True)]
    cluster.stop()
    assert len(family) > 3
    assert not any(process.is_running() for process in family)


def test_the_server_ends_when_its_supervisor_is_killed(folder, make):
    script = (
        "import sys, time; from pathlib import Path; from fazhi.cluster import Cluster; c = Cluster(Path(sys.argv[1]));"
        "c.start(); print(c.pid, flush=True); time.sleep(600)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    server = psutil.Process(int(supervisor.stdout.readline()))
    supervisor.kill()
    supervisor.wait()
    note(make().start())
    for _ in range(100):
        if not server.is_running():
            break
        time.sleep(0.1)
    assert not server.is_running()


def test_a_database_copied_from_another(make):
    cluster = make()
    note(cluster.start())
    assert notes(cluster.create_database("copied", "fazhi")) == ["kept"]
    cluster.drop_database("copied")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        notes(cluster.addresses("copied"))


def test_addresses_do_not_show_passwords(make):
    addresses = make().start()
    word = addresses.web.split(":")[2].split("@")[0]
    assert len(word) >= 32
    assert word not in repr(addresses)


def test_the_error_speaks_both_languages():
    told = str(ClusterError("数据库没有运行。", "The database is not running."))
    assert told == "数据库没有运行。\nThe database is not running."
