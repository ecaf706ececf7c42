"""Joining a server that another process runs, so that it waits for its guests before it ends."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fazhi.cluster import passwords
from fazhi.cluster.addresses import Addresses, addresses
from fazhi.cluster.place import known


class Guests:
    """Those who use a server that they did not start, told by a shared lock."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "guests"

    @contextmanager
    def _locked(self, kind: int) -> Iterator[None]:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Be a guest meanwhile."""
        with self._locked(fcntl.LOCK_SH):
            yield

    def wait_until_gone(self) -> None:
        """Wait for the last guest to leave."""
        with self._locked(fcntl.LOCK_EX):
            return


def socket_of(folder: Path) -> Path | None:
    """The folder of the socket of the server that runs on these files, if one does."""
    try:
        return Path(json.loads((folder / "running.json").read_text("utf-8"))["socket"])
    except (FileNotFoundError, ValueError, KeyError):
        return None


def join(folder: Path) -> Addresses | None:
    """The addresses of the server that another process runs in this folder, if one does."""
    real = known(folder.absolute())
    socket = socket_of(real)
    return addresses(passwords.read(real / "passwords"), socket) if socket else None
