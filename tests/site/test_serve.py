"""One command serves everything, and one signal ends everything."""

import logging
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from serving import PROGRAM, environment, free_port, gone, served

from fazhi.site.logs import Discreet


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix="fazhi-serve-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_every_process(home, number):
    with served(home) as platform:
        assert platform.get() == 200
        family = platform.family()
        assert platform.end(number) == 0
    names = {process.pid for process in family}
    assert len(names) > 8
    assert gone(family, patience=1)


def test_a_kill_of_the_supervisor_leaves_nothing_and_the_next_start_recovers(home):
    with served(home) as platform:
        family = platform.family()
        platform.process.kill()
        platform.process.wait()
        assert gone(family)
    with served(home) as platform:
        assert platform.get() == 200


def test_a_database_that_is_killed_is_started_again(home):
    with served(home) as platform:
        assert platform.get() == 200
        server = next(
            one for one in platform.family() if one.name() == "postgres" and one.parent().name() != "postgres"
        )
        server.kill()
        platform.until("正在恢复")
        again = subprocess.run(
            [PROGRAM, "database", "check"], env=environment(home), capture_output=True, text=True, check=False
        )
        assert again.returncode == 0, again.stderr
        assert platform.get() == 200
        assert not server.is_running()


def test_a_web_process_that_is_killed_is_started_again(home):
    with served(home) as platform:
        web = next(one for one in platform.family() if "granian" in " ".join(one.cmdline()))
        workers = web.children(recursive=True)
        assert workers
        web.kill()
        platform.until("重新启动")
        assert gone(workers)
        assert platform.process.poll() is None


def test_a_used_port_is_told_and_nothing_is_started(home):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        told = subprocess.run(
            [PROGRAM, "serve", "--port", str(port)], env=environment(home), capture_output=True, text=True, check=False
        )
    assert told.returncode == 1
    assert f"{port}" in told.stderr
    assert "端口" in told.stderr
    assert "--port" in told.stderr


def test_a_second_serve_on_the_same_data_is_told(home):
    with served(home) as platform:
        told = subprocess.run(
            [PROGRAM, "serve", "--port", str(free_port())],
            env=environment(home), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 1
        assert "FAZHI_HOME" in told.stderr
        assert platform.get() == 200


def test_commands_join_the_platform_that_runs(home):
    with served(home) as platform:
        told = subprocess.run(
            [PROGRAM, "database", "check"], env=environment(home), capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stderr
        assert "四个数据库角色" in told.stdout
        assert platform.process.poll() is None


def test_a_server_of_ones_own(home, fresh_database):
    """Four addresses, then one: the platform serves, and says what is lost."""
    own = {name: value for name, value in fresh_database.environment.items() if name.startswith("DATABASE")}
    with served(home, **own) as platform:
        assert platform.get() == 200
        assert not [one for one in platform.family() if one.name() == "postgres"]
    one_address = {"DATABASE_URL": fresh_database.addresses.owner}
    told = subprocess.run(
        [PROGRAM, "database", "check"],
        env=environment(home, **one_address),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "不能阻止篡改" in told.stdout
    with served(home, **one_address) as platform:
        assert platform.get() == 200


def test_secrets_are_private(home):
    for path in (home / "keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0
    assert (home / "keys").stat().st_mode & 0o077 == 0


def test_the_platform_listens_on_loopback_alone(home):
    with served(home) as platform:
        listening = {
            connection.laddr.ip
            for one in [psutil.Process(platform.process.pid), *platform.family()]
            for connection in one.net_connections(kind="inet")
            if connection.status == psutil.CONN_LISTEN
        }
    assert listening == {"127.0.0.1"}


def test_headers_keep_pages_to_themselves(client):
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_both_languages(client):
    assert 'lang="zh' in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert 'lang="en' in client.get("/").content.decode()


def test_logs_do_not_quote_what_people_wrote(caplog):
    try:
        raise ValueError("张三丰 13800000000")
    except ValueError:
        record = logging.LogRecord("fazhi", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    text = Discreet("%(message)s").format(record)
    assert "ValueError" in text
    assert Path(__file__).name in text
    assert "张三丰" not in text
