"""The supervisor of one embedded PostgreSQL server: made, started, watched and ended here."""

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import psycopg

from fazhi.cluster import binaries, complaint, configuration, leftovers, passwords, roles, second
from fazhi.cluster.addresses import DATABASE, SUPERUSER, Addresses, addresses, url
from fazhi.cluster.guests import Guests
from fazhi.cluster.place import Lock, Place, remember, settle, socket_folder

_LAUNCH = Path(__file__).with_name("launch.py")
_LEAST_FREE = 256 * 2**20
_LONGEST_LOG = 20 * 2**20


class Cluster:
    """One PostgreSQL server in one folder, owned by this process while it runs.

    It ends with the thread that started it, so start it from the main thread.
    Raises ClusterBusy when another process owns the folder, else ClusterError."""

    def __init__(
        self,
        folder: Path,
        *,
        settings: Mapping[str, str] | None = None,
        least_free: int = _LEAST_FREE,
        second_place: Path | None = None,
    ) -> None:
        self.folder = folder
        self._second = second_place
        self._settings = dict(settings or {})
        self._least_free = least_free
        self._lock: Lock | None = None
        self._server: subprocess.Popen[bytes] | None = None
        self._place: Place | None = None
        self._socket: Path | None = None
        self._passwords: dict[str, str] = {}

    def __enter__(self) -> Addresses:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> Addresses:
        """Start the server, recovering what an earlier one left, and wait until it answers."""
        place = settle(self.folder)
        lock = Lock(place.folder / "lock")
        lock.take()
        self._lock, self._place = lock, place
        try:
            self._prepare(place)
            remember(self.folder, place)
            self._launch(place)
            with self._superuser() as connection:
                roles.lay(connection, self._passwords)
            passwords.write_private(place.note, json.dumps({"socket": str(self._socket)}).encode())
        except BaseException:
            self.stop()
            raise
        return self.addresses()

    def addresses(self, database: str = DATABASE) -> Addresses:
        """The addresses of every role in a database of the running server."""
        if self._socket is None:
            raise complaint.ClusterError("数据库没有运行。", "The database is not running.")
        return addresses(self._passwords, self._socket, database)

    def create_database(self, name: str, template: str | None = None) -> Addresses:
        """Make a database, as a copy of `template` if given, and tell its addresses."""
        with self._superuser() as connection:
            roles.create_database(connection, name, template or "template1")
        return self.addresses(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, ending the connections to it."""
        with self._superuser() as connection:
            roles.drop_database(connection, name)

    @property
    def pid(self) -> int | None:
        """The process id of the server while it runs."""
        return self._server.pid if self._server and self._server.poll() is None else None

    @property
    def place(self) -> Path:
        """The folder in which the files really lie."""
        return (self._place or settle(self.folder)).folder

    def stop(self, *, wait_for_guests: bool = False) -> None:
        """End the server and all its processes; what was committed stays. Harmless when it does not run."""
        place, server = self._place, self._server
        if place is not None:
            if wait_for_guests:
                Guests(place.folder).wait_until_gone()
            place.note.unlink(missing_ok=True)
            if server is not None:
                _end(server)
                leftovers.clear(place.data)
            if self._socket is not None:
                shutil.rmtree(self._socket, ignore_errors=True)
        if self._lock is not None:
            self._lock.drop()
        self._server = self._socket = self._lock = None

    def _prepare(self, place: Place) -> None:
        free = shutil.disk_usage(place.folder).free
        if free < self._least_free:
            raise complaint.no_space(place.folder, free, self._least_free)
        self._passwords = passwords.read(place.passwords)
        if place.data.exists():
            _check_data(place.data)
            leftovers.clear(place.data)
        else:
            self._initialise(place)
        self._socket = socket_folder(place)
        if self._second is not None:
            second.prepare(self._second, place)
        copying = second.settings(self._second) if self._second is not None else {}
        configuration.write(place.data, self._socket, copying | self._settings)
        for name in ("postgresql.conf", "pg_hba.conf"):
            place.give(place.data / name)

    def _initialise(self, place: Place) -> None:
        """Make the data folder under another name first: it is there whole, or not at all."""
        part = place.folder / "postgres.part"
        shutil.rmtree(part, ignore_errors=True)
        word = place.folder / f"word-{secrets.token_hex(4)}"
        passwords.write_private(word, self._passwords[SUPERUSER].encode() + b"\n")
        place.give(word)
        options = [
            "--username",
            SUPERUSER,
            "--pwfile",
            str(word),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
        ]
        try:
            made = self._run(place, "initdb", "--pgdata", str(part), *options, "--no-instructions")
        finally:
            word.unlink()
        with place.log.open("ab") as log:
            size = log.tell()
            log.write(made.stdout)
        if made.returncode != 0:
            shutil.rmtree(part, ignore_errors=True)
            raise complaint.from_log(place.log, size)
        part.rename(place.data)

    def _command(self, place: Place, program: str, death: int, *arguments: str) -> list[str]:
        folder = binaries.runnable_by(place.account, place.folder)
        launch = [sys.executable, "-I", "-S", str(_LAUNCH)]
        numbers = [str(number) for number in (place.account.uid, place.account.gid, os.getpid(), int(death))]
        return [*launch, *numbers, str(folder / program), *arguments]

    def _run(self, place: Place, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self._command(place, program, signal.SIGKILL, *arguments),
            env=_environment(),
            cwd=place.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    def _launch(self, place: Place) -> None:
        if place.log.exists() and place.log.stat().st_size > _LONGEST_LOG:
            place.log.replace(place.log.with_suffix(".log.1"))
        with os.fdopen(os.open(place.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            size = log.tell()
            self._server = subprocess.Popen(
                self._command(place, "postgres", signal.SIGINT, "-D", str(place.data)),
                env=_environment(),
                cwd=place.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready(place, size)

    def _wait_until_ready(self, place: Place, log_size: int, patience: float = 600.0) -> None:
        """Recovery after a crash may take its time; an end of the process is told at once."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._server is None or self._server.poll() is not None:
                raise complaint.from_log(place.log, log_size)
            try:
                self._superuser().close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise complaint.lost_password(place.passwords / SUPERUSER) from None
                time.sleep(0.03)
            else:
                return
        raise complaint.from_log(place.log, log_size)

    def _superuser(self) -> psycopg.Connection[object]:
        socket = self._socket or Path()
        address = url(SUPERUSER, self._passwords[SUPERUSER], socket, "postgres")
        return psycopg.connect(address, autocommit=True, connect_timeout=10)


def _environment() -> dict[str, str]:
    return {"LC_ALL": "C", "TZ": "Asia/Shanghai", "PATH": os.environ.get("PATH", "/usr/bin:/bin")}


def _check_data(data: Path) -> None:
    """Refuse a data folder of another version, an incomplete one, and one that others may open."""
    version = data / "PG_VERSION"
    if not version.exists():
        raise complaint.not_data(data)
    found = version.read_text("ascii", "replace").strip()
    if found != binaries.MAJOR:
        raise complaint.other_version(data, found, binaries.MAJOR)
    passwords.refuse_open(data, 0o700)


def _end(server: subprocess.Popen[bytes]) -> None:
    """A fast shutdown, then an immediate one; the process is reaped either way."""
    for number, patience in ((signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
        if server.poll() is None:
            server.send_signal(number)
        try:
            server.wait(patience)
        except subprocess.TimeoutExpired:
            continue
        return
