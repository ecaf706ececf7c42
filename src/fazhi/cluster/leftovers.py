"""What an earlier server left behind: its processes are ended, its stale pid file is put aside."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from fazhi.cluster import complaint

_PATIENCE = 60.0


def processes(data: Path) -> Iterator[psutil.Process]:
    """Living server processes that work in this data folder, whatever its pid file says.

    A server process always stands in its data folder, so neither a number in a file nor a name is believed;
    a zombie stands nowhere."""
    here = data.resolve()
    for process in psutil.process_iter(["name"]):
        if not str(process.info["name"] or "").startswith("postgres"):
            continue
        try:
            if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == here:
                yield process
        except (psutil.Error, OSError):
            continue


def clear(data: Path) -> bool:
    """End the processes of an earlier server of this folder and put its pid file aside; true if something was there.

    To be called by the holder of the folder's lock only."""
    found = _end(data)
    note = data / "postmaster.pid"
    if note.exists():
        note.rename(data / "postmaster.pid.stale")
        found = True
    return found


def _end(data: Path) -> bool:
    """Ask for a fast end, then for an immediate one, then insist."""
    found = False
    for number, patience in ((signal.SIGINT, _PATIENCE), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        deadline = time.monotonic() + patience
        told: set[int] = set()
        while left := list(processes(data)):
            found = True
            for process in _heads(left):
                if process.pid not in told:
                    told.add(process.pid)
                    process.send_signal(number)
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return found
    raise complaint.ClusterError(
        f"{data} 的旧数据库进程无法结束，请重启机器后再试。",
        f"The earlier server processes of {data} cannot be ended; restart the machine and try again.",
    )


def _heads(found: list[psutil.Process]) -> list[psutil.Process]:
    """The postmaster alone while it lives; else every orphan."""
    pids = {process.pid for process in found}
    heads = []
    for process in found:
        try:
            if process.ppid() not in pids:
                heads.append(process)
        except psutil.Error:
            continue
    return heads
