"""Where the server's files lie: in the folder asked for, or where its account can reach when that is closed to it."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fazhi.cluster import complaint
from fazhi.cluster.account import Account, named, server_account
from fazhi.cluster.passwords import make_private, refuse_open, write_private

LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")
_NOTE = "where.txt"
_DATA = "postgres"
_REACHABLE = Path("/var/lib/fazhi")


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one server: its data, its passwords, its log, and the account it runs as."""

    folder: Path
    account: Account

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.folder / _DATA

    @property
    def passwords(self) -> Path:
        """The folder of passwords."""
        return self.folder / "passwords"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "server.log"

    @property
    def note(self) -> Path:
        """Where a running server tells those who join it the folder of its socket."""
        return self.folder / "running.json"

    def give(self, path: Path) -> None:
        """Let the server's account own `path`."""
        if not self.account.is_self:
            os.chown(path, self.account.uid, self.account.gid)


def known(folder: Path) -> Path:
    """The folder that holds the files of the cluster asked for at `folder`."""
    note = folder / _NOTE
    return Path(note.read_text("utf-8").strip()) if note.exists() else folder


def settle(folder: Path) -> Place:
    """Make the place of a cluster, private to the account that runs it.

    Raises ClusterError rather than begin anew beside data that lie where the account cannot go."""
    folder = folder.absolute()
    make_private(folder)
    _refuse_foreign(folder)
    real = _choose(folder)
    account = server_account(real / _DATA)
    if real == folder and not account.can_open(folder.parent):
        if (folder / _DATA).exists():
            raise complaint.closed(folder, account.name, _closed_to(account, folder))
        real = _elsewhere(folder)
        real.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    make_private(real)
    place = Place(real, account)
    place.give(real)
    refuse_open(real, 0o700)
    return place


def remember(folder: Path, place: Place) -> None:
    """Note where the data of `folder` were made, so that later starts look for them there and nowhere else."""
    note = folder.absolute() / _NOTE
    if place.folder != folder.absolute() and not note.exists():
        write_private(note, f"{place.folder}\n".encode())


def _choose(folder: Path) -> Path:
    """Where the data lie, or may be made when there are none; refuses to choose between two or to lose some."""
    noted, other = known(folder), _elsewhere(folder)
    here = (folder / _DATA).exists()
    if noted != folder:
        if here and (noted / _DATA).exists():
            raise complaint.two_places(folder, noted, folder / _NOTE)
        if not here and not (noted / _DATA).exists():
            raise complaint.lost_place(noted, folder / _NOTE)
        return folder if here else noted
    if not here and (other / _DATA).exists():
        raise complaint.lost_note(folder, other, folder / _NOTE)
    return folder


def _elsewhere(folder: Path) -> Path:
    """The place of a folder that the server's account cannot reach; always the same for the same folder."""
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    return _REACHABLE / f"{folder.parent.name}-{digest}"


def _closed_to(account: Account, folder: Path) -> Path:
    """The uppermost folder above `folder` that the account may not pass."""
    return next(one for one in reversed(folder.parents) if not account.can_open(one))


def _refuse_foreign(folder: Path) -> None:
    if os.geteuid() != 0 and folder.stat().st_uid != os.geteuid():
        raise complaint.foreign(folder, named(folder.stat().st_uid))


def socket_folder(place: Place) -> Path:
    """A private folder for the socket; a short one elsewhere when the place's path is too long for a socket."""
    inside = place.folder / "run"
    plain = not set(str(inside)) & set(",\"'")
    if plain and len(os.fsencode(inside)) <= LONGEST_SOCKET:
        shutil.rmtree(inside, ignore_errors=True)
        make_private(inside)
        place.give(inside)
        return inside
    short = Path(tempfile.mkdtemp(prefix="fazhi-", dir="/tmp"))
    place.give(short)
    return short


class Lock:
    """One owner at a time: a lock that the kernel drops with the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Take it, or say who has it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(handle, 200).decode("utf-8", "replace").strip()
            os.close(handle)
            raise complaint.busy(self._path.parent, owner or "?") from None
        os.ftruncate(handle, 0)
        os.write(handle, f"pid {os.getpid()}".encode())
        self._handle = handle

    def drop(self) -> None:
        """Give it back."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
