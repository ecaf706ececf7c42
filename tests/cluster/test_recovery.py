"""Whatever an earlier end left behind, the next start loses nothing or says clearly why it will not start."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from cluster_notes import note, notes

from fazhi.cluster import ClusterError, available, binaries, join

HOLD = """
import sys, time
from pathlib import Path
from fazhi.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print(cluster.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def stopped(make):
    """A server that has kept something and is stopped, and its data folder."""
    cluster = make()
    note(cluster.start())
    cluster.stop()
    return cluster, cluster.place / "postgres"


def test_killed_while_writing_loses_nothing(make):
    cluster = make()
    addresses = cluster.start()
    note(addresses)
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        for number in range(200):
            connection.execute("insert into notes values (%s)", [str(number)])
        os.kill(cluster.pid, signal.SIGKILL)
    cluster.stop()
    assert notes(cluster.start()) == ["kept", *map(str, range(200))]


def test_killed_with_its_supervisor_loses_nothing(make, folder):
    supervisor = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    server = int(supervisor.stdout.readline())
    note(join(folder))
    os.kill(server, signal.SIGKILL)
    supervisor.kill()
    supervisor.wait()
    assert notes(make().start()) == ["kept"]


@pytest.mark.parametrize("content", ["", "12", "not a number\n", "0\n\n\n", "99999999\n/elsewhere\n1\n5432\n"])
def test_a_truncated_or_stale_pid_file(stopped, content):
    cluster, data = stopped
    (data / "postmaster.pid").write_text(content)
    assert notes(cluster.start()) == ["kept"]


def test_a_pid_file_with_the_number_of_another_process(stopped):
    cluster, data = stopped
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        (data / "postmaster.pid").write_text(f"{other.pid}\n{data}\n{int(time.time())}\n5432\n/nowhere\n\n\nready\n")
        assert notes(cluster.start()) == ["kept"]
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_pid_file_with_the_number_of_a_zombie(stopped):
    cluster, data = stopped
    zombie = subprocess.Popen([sys.executable, "-c", "pass"])
    while psutil.Process(zombie.pid).status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
    (data / "postmaster.pid").write_text(f"{zombie.pid}\n{data}\n{int(time.time())}\n5432\n/nowhere\n\n\nready\n")
    assert notes(cluster.start()) == ["kept"]
    zombie.wait()


def test_another_server_on_the_same_data_is_ended_first(stopped, make):
    """Two servers on one folder would destroy it; the lock says whose it is."""
    cluster, _ = stopped
    cluster.start()
    orphan = cluster._server
    cluster._server = None  # forgotten, as by a supervisor that was killed where no signal follows
    cluster._lock.drop()
    again = make()
    assert notes(again.start()) == ["kept"]
    assert orphan.wait(30) is not None
    assert psutil.Process(again.pid).is_running()


def test_a_folder_of_another_version_is_left_alone(stopped):
    cluster, data = stopped
    (data / "PG_VERSION").write_text("13\n")
    with pytest.raises(ClusterError, match="13") as told:
        cluster.start()
    assert "数据未被改动" in told.value.zh
    (data / "PG_VERSION").write_text(f"{binaries.MAJOR}\n")
    assert notes(cluster.start()) == ["kept"]


def test_a_folder_that_is_no_data_folder_is_left_alone(make, folder):
    cluster = make()
    cluster.start()
    cluster.stop()
    data = cluster.place / "postgres"
    (data / "PG_VERSION").rename(data / "PG_VERSION.away")
    with pytest.raises(ClusterError, match="PG_VERSION"):
        cluster.start()
    assert (data / "base").exists()


@pytest.mark.parametrize("what", ["postgres", "passwords", "passwords/fazhi_web", "."])
def test_wide_permissions_are_refused(stopped, what):
    cluster, data = stopped
    path = data.parent / what
    mode = path.stat().st_mode
    path.chmod(0o755)
    with pytest.raises(ClusterError, match="chmod"):
        cluster.start()
    path.chmod(mode)
    assert notes(cluster.start()) == ["kept"]


def test_too_little_space_is_told_before_the_start(make, stopped):
    cluster, _ = stopped
    with pytest.raises(ClusterError, match="no space left"):
        make(least_free=2**62).start()
    assert notes(cluster.start()) == ["kept"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount a small disk")
def test_a_full_disk_is_told_and_nothing_is_lost(make, folder):
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=90m,mode=711", "fazhi-small", str(folder.parent)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("cannot mount a small disk here")
    try:
        cluster = make(least_free=0)
        note(cluster.start())
        cluster.stop()
        fill = folder.parent / "filler"
        with fill.open("wb") as file, pytest.raises(OSError, match="space"):
            while True:
                file.write(bytes(2**16))
                file.flush()
        with pytest.raises(ClusterError) as told:
            cluster.start()
        assert "磁盘" in told.value.zh
        fill.unlink()
        assert notes(cluster.start()) == ["kept"]
        cluster.stop()
    finally:
        subprocess.run(["umount", "-l", str(folder.parent)], check=True)


def test_a_lost_password_file_is_told(stopped):
    cluster, data = stopped
    kept = data.parent / "passwords" / "fazhi_super"
    word = kept.read_bytes()
    kept.unlink()
    with pytest.raises(ClusterError, match="fazhi_super"):
        cluster.start()
    kept.write_bytes(word)
    assert notes(cluster.start()) == ["kept"]


def test_a_lost_password_of_a_role_is_made_anew(stopped):
    cluster, data = stopped
    (data.parent / "passwords" / "fazhi_owner").unlink()
    assert notes(cluster.start()) == ["kept"]


def test_an_interrupted_first_start_begins_again(make, folder):
    cluster = make()
    cluster.start()
    cluster.stop()
    place = cluster.place
    (place / "postgres").rename(place / "postgres.part")
    shutil.rmtree(place / "postgres.part" / "base")
    note(cluster.start())
    assert notes(cluster.addresses()) == ["kept"]


def test_a_socket_left_behind(stopped):
    cluster, data = stopped
    run = data.parent / "run"
    run.mkdir(mode=0o700)
    (run / ".s.PGSQL.5432").touch()
    (run / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{data}\n1\n5432\n{run}\n")
    assert notes(cluster.start()) == ["kept"]


def test_a_damaged_data_folder_is_told_and_kept(stopped):
    cluster, data = stopped
    control = data / "global" / "pg_control"
    content = control.read_bytes()
    control.write_bytes(bytes(len(content)))
    with pytest.raises(ClusterError, match=r"server\.log"):
        cluster.start()
    control.write_bytes(content)
    assert notes(cluster.start()) == ["kept"]


def test_a_command_joins_the_server_that_runs(make, folder):
    host = make()
    note(host.start())
    with available(make()) as addresses:
        assert notes(addresses) == ["kept"]
    assert host.pid is not None


def test_a_command_starts_a_server_where_none_runs_and_ends_it(make):
    guest = make()
    with available(guest) as addresses:
        note(addresses)
        assert guest.pid is not None
    assert guest.pid is None


def test_a_server_waits_for_its_guests(make, folder):
    """The one who started it for a command ends it only when the last guest has left."""
    guest = (
        "import sys, time, psycopg; from pathlib import Path; from fazhi.cluster import Cluster, available\n"
        "with available(Cluster(Path(sys.argv[1]))) as a:\n"
        "    print('in', flush=True); sys.stdin.readline()\n"
        "    with psycopg.connect(a.owner) as c: c.execute('insert into notes values (1)')\n"
    )
    host = make()
    note(host.start())
    visitor = subprocess.Popen(
        [sys.executable, "-c", guest, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert visitor.stdout.readline() == "in\n"
    visitor.stdin.write("go\n")
    visitor.stdin.flush()
    host.stop(wait_for_guests=True)
    assert visitor.wait(30) == 0
    assert notes(host.start()) == ["kept", "1"]


def test_the_log_tells_nothing_that_people_wrote(make):
    cluster = make()
    addresses = cluster.start()
    note(addresses)
    with psycopg.connect(addresses.owner) as connection, pytest.raises(psycopg.Error):
        connection.execute("select '张三丰的电话'::int")
    cluster.stop()
    assert "张三丰" not in Path(cluster.place / "server.log").read_text("utf-8")
