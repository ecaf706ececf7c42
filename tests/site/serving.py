"""A platform served as a person would serve it, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

PROGRAM = str(Path(sys.executable).with_name("fazhi"))


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **more: str) -> dict[str, str]:
    """As in a fresh shell."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"FAZHI_HOME": str(home)} | more


class Served:
    """A running `fazhi serve` and what it printed."""

    def __init__(self, home: Path, *words: str, **more: str) -> None:
        self.port = free_port()
        self.home = home
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", str(self.port), *words],
            env=environment(home, **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def until(self, words: str) -> str:
        """Read what it prints until these words come."""
        told = ""
        while line := self.process.stdout.readline():
            told += line
            if words in line:
                return told
        raise AssertionError(f"ended without “{words}”:\n{told}")

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str = "/") -> int:
        """The status of a page."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=20) as answer:
            return int(answer.status)

    def family(self) -> list[psutil.Process]:
        """Every process that it started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number: int = signal.SIGTERM) -> int:
        """Ask it to end, and tell its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def served(home: Path, *words: str, **more: str) -> Iterator[Served]:
    """Serve until the block ends, and wait until it answers."""
    one = Served(home, *words, **more)
    try:
        one.until("已启动")
        one.until("Ctrl-C")
        yield one
    finally:
        one.end()
        one.process.stdout.close()


def gone(processes: list[psutil.Process], patience: float = 30) -> bool:
    """Whether all of them end."""
    deadline = time.monotonic() + patience
    while any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
